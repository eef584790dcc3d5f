using System.Globalization;
using Ledger.Proof.Notes;
using Ledger.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Ledger.Web.Tests.Stories;

/// <summary>What witnesses saw, and what they refuse, is shown where somebody asks whether the record is to be believed.</summary>
public sealed class DeskWitnesses : IAsyncDisposable
{
    private readonly string _policy = Path.Combine(Scratch.Folder("web-witness"), "policy");
    private readonly Ed25519Key _witness = Ed25519Key.FromSeed([.. Enumerable.Repeat((byte)7, 32)]);

    private VerifierKey Key => VerifierKey.OfWitness("witness.example/one", _witness.PublicKey);

    [Fact]
    public async Task Say_when_an_entry_was_recorded_as_far_as_their_cosignatures_hold()
    {
        await WritePolicyAsync("");
        await using var server = await StartAsync();
        await CosignAsync(server, "2018-10-20T09:15:00Z");
        await using var visit = await Visit.OpenAsync(server, $"/a/{AppServer.Agreement}/ledger/108");

        await visit.SeesAsync("When witnesses saw it");
        await visit.SeesAsync("Not after");
        (await visit.Page.Locator(".proof").InnerTextAsync())
            .Should()
            .Contain("20 Oct 2018, 12:15")
            .And.Contain("one")
            .And.NotContain("the server’s word alone");

        // A server that moves the time has no signature for it.
        var receipt = await server.Http.GetStringAsync(
            $"/api/v1/agreements/{AppServer.Agreement}/entries/108/proof?size=108"
        );
        var moved = NoteSignature.Parse(receipt.Split('\n')[^2]);
        var forged = new Cosignature(1_500_000_000, Cosignature.TryRead(moved)!.Signature);
        await visit.Page.RouteAsync(
            "**/proof?size=*",
            route =>
                route.FulfillAsync(
                    new()
                    {
                        Body = receipt.Replace($"{moved}", $"{Key.Line(forged.ToBytes())}", StringComparison.Ordinal),
                    }
                )
        );
        await visit.Page.ReloadAsync();
        await visit.SeesAsync("the server’s word alone");
    }

    [Fact]
    public async Task Say_that_they_refuse_what_is_signed()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var refusing = builder.Build();
        refusing.MapPost("/add-checkpoint", () => Results.Text("Another history.", statusCode: 422));
        await refusing.StartAsync(TestContext.Current.CancellationToken);
        await WritePolicyAsync($" {refusing.Urls.Single()}");
        await using var server = await StartAsync();
        await using var visit = await Visit.OpenAsync(server, $"/a/{AppServer.Agreement}/integrity");

        await visit.SeesAsync("A witness refuses what is signed now.");
        await visit.SeesAsync("refuses what is signed now");
    }

    public ValueTask DisposeAsync()
    {
        _witness.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<AppServer> StartAsync()
    {
        var server = new AppServer { Also = [$"--LEDGER_POLICY={_policy}"] };
        await server.InitializeAsync();
        return server;
    }

    /// <param name="url">Where the witness is asked, after a space; empty for one that nobody asks.</param>
    private Task WritePolicyAsync(string url) =>
        File.WriteAllTextAsync(_policy, $"witness one {Key}{url}\nquorum one\n");

    /// <summary>Every checkpoint, at one time.</summary>
    private async Task CosignAsync(AppServer server, string at)
    {
        var time = DateTimeOffset.Parse(at, CultureInfo.InvariantCulture).ToUnixTimeSeconds();
        var signed = SignedCheckpoint
            .Parse(await server.Http.GetStringAsync($"/log/{AppServer.Agreement}/checkpoint"))
            .Checkpoint;
        await TestDatabase.ExecuteAsync(
            server.Connection,
            $"insert into ledger.ledger_cosignature (agreement, size, witness, cosigned_at, line) values ('{AppServer.Agreement}', {signed.Size}, '{Key.Name}', '{at}', '{signed.Cosign(Key, time, _witness.Sign)}')"
        );
    }
}
