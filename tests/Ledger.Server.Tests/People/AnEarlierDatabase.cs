using System.Text.Json.Nodes;
using Ledger.Testing;

namespace Ledger.Server.Tests.People;

/// <summary>A ledger is kept for years: a server starts on what an earlier version of it left.</summary>
public sealed class AnEarlierDatabase
{
    [Fact]
    public async Task From_before_there_were_passkeys_is_brought_up_to_date()
    {
        var connection = await TestDatabase.CreateAsync();
        await using (await RunningServer.StartAsync(connection)) { }

        await TestDatabase.ExecuteAsync(
            connection,
            """
            drop table ledger.passkey, ledger.challenge, ledger.past_membership;
            create table ledger.passkey (credential_id bytea primary key, person_id uuid not null, name text not null, credential jsonb not null, created_at timestamptz not null, last_used_at timestamptz);
            create table ledger.challenge (challenge_hash bytea primary key, state text not null, expires_at timestamptz not null, person_id uuid);
            alter table ledger.passkey rename constraint passkey_pkey to pkey_passkey_credential_id;
            alter table ledger.challenge rename constraint challenge_pkey to pkey_challenge_challenge_hash;
            create index passkey_person_id on ledger.passkey (person_id);
            """
        );

        await ServersRole.MigrateAsync(connection);
        await using var server = await RunningServer.StartAsync(connection);
        using var browser = new Browser(server, "localhost");
        await browser.OpenAsync(Browser.SecretOf(await server.Http.PostAsync("/api/v1/people/me/links", "{}")));
        using var phone = new Authenticator();
        var options = (await browser.Http.PostAsync("/api/v1/passkeys/challenges", "{}")).Json["options"]!;
        var made = await browser.Http.PostAsync(
            "/api/v1/passkeys",
            new JsonObject { ["name"] = "Phone", ["credential"] = phone.Make(options, browser.Address) }
        );
        made.Status.Should().Be(HttpStatusCode.Created, made.ToString());
    }
}
