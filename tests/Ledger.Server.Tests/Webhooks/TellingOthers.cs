using System.Text.Json.Nodes;
using Ledger.Server.Webhooks;
using Microsoft.AspNetCore.Http;
using Npgsql;

namespace Ledger.Server.Tests.Webhooks;

public sealed class TellingOthers
{
    private const string Hooks = $"{Idlib.Agreement}/webhooks";

    /// <summary>Where a busy machine lets an attempt fail, nobody waits minutes for the next.</summary>
    private static readonly string[] Quick = ["--LEDGER_WEBHOOK_HOSTS=127.0.0.1", "--LEDGER_WEBHOOK_RETRIES=1,1,1,1,1"];

    [Fact]
    public async Task Says_what_was_recorded_and_what_it_changed_signed_and_under_the_id_of_the_entry()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var server = await StartAsync();
        (await server.Http.PostAsync($"{Idlib.Agreement}/reports", Idlib.Report("bombing", "2018-10-01")))
            .Status.Should()
            .Be(HttpStatusCode.Created);
        var secret = await AddAsync(server, receiver.Url, "report_filed", "verdict_changed");
        var report = Idlib.Report("presence", "2018-12-01");
        report["report"]!["narrative"] = "What only some may read";

        (await server.Http.PostAsync($"{Idlib.Agreement}/reports", report)).Status.Should().Be(HttpStatusCode.Created);
        await HearsAsync(receiver, type: "report_filed", count: 1);

        var told = receiver.Received.Single(message => message.Json["type"]!.GetValue<string>() == "report_filed");
        told.Id.Should().Be(report["entryId"]!.GetValue<string>());
        told.IsSignedWith(secret).Should().BeTrue();
        told.IsSignedWith($"whsec_{Convert.ToBase64String(new byte[24])}").Should().BeFalse();
        told.Json["data"]!["position"]!
            .GetValue<long>()
            .Should()
            .Be(3, "what was recorded before it was added is not told");
        told.Body.Should().NotContain("What only some may read");
        (await server.Http.AskAsync(told.Json["data"]!["entry"]!.GetValue<string>())).Text.Should().Contain(told.Id);
    }

    [Fact]
    public async Task Says_which_verdict_changed()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var server = await StartAsync();
        var secret = await AddAsync(server, receiver.Url, "verdict_changed");
        var before = (await server.Http.AskAsync($"{Idlib.Agreement}/verdicts")).Json["verdicts"]!
            .AsArray()
            .ToDictionary(
                v => v!["provision"]!.GetValue<string>(),
                v => v!["verdict"]!.GetValue<string>(),
                StringComparer.Ordinal
            );
        (await server.Http.PostAsync($"{Idlib.Agreement}/reports", Attack()))
            .Status.Should()
            .Be(HttpStatusCode.Created);
        var after = (await server.Http.AskAsync($"{Idlib.Agreement}/verdicts")).Json["verdicts"]!
            .AsArray()
            .ToDictionary(
                v => v!["provision"]!.GetValue<string>(),
                v => v!["verdict"]!.GetValue<string>(),
                StringComparer.Ordinal
            );
        var changed = after
            .Where(verdict => before[verdict.Key] != verdict.Value)
            .Select(verdict => $"{verdict.Key} {before[verdict.Key]} {verdict.Value}")
            .ToArray();
        changed.Should().NotBeEmpty();

        await HearsAsync(receiver, "verdict_changed", changed.Length);

        receiver
            .Received.Select(message => message.Json["data"]!)
            .Select(data => $"{data["provision"]} {data["was"]} {data["is"]}")
            .Should()
            .BeEquivalentTo(changed);
        receiver.Received.Should().OnlyContain(message => message.IsSignedWith(secret));
        foreach (var message in receiver.Received)
            (await server.Http.AskAsync(message.Json["data"]!["verdict"]!.GetValue<string>())).Json["verdict"]!
                .GetValue<string>()
                .Should()
                .Be(message.Json["data"]!["is"]!.GetValue<string>());
    }

    [Fact]
    public async Task Says_which_verdict_changed_when_it_was_added_in_the_middle_of_what_is_followed()
    {
        await using var receiver = await Receiver.StartAsync();
        var first = await StartAsync();
        await AddAsync(first, receiver.Url, "verdict_changed");
        (await first.Http.PostAsync($"{Idlib.Agreement}/reports", Attack())).Status.Should().Be(HttpStatusCode.Created);
        await HearsAsync(receiver, "verdict_changed", 1);
        var connection = first.Connection;
        await first.DisposeAsync();
        var told = receiver.Received.Count;
        // As if the adoption had not been followed yet when the report came: both are in one page.
        await using (var database = NpgsqlDataSource.Create(connection))
            (
                await database
                    .CreateCommand("delete from ledger.mt_event_progression where name like 'webhooks:%'")
                    .ExecuteNonQueryAsync()
            )
                .Should()
                .Be(1);

        await using var again = await RunningServer.StartAsync(connection, also: Quick);

        await HearsAsync(receiver, "verdict_changed", told + 1);
        receiver
            .Received.Select(message => message.Id)
            .Distinct(StringComparer.Ordinal)
            .Should()
            .HaveCount(told, "what is told again has the id it had");
    }

    /// <summary>The example of the specification's own libraries: what reads this reads ours.</summary>
    [Fact]
    public void Is_signed_as_the_libraries_of_the_standard_sign()
    {
        var published = new Received(
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            "1614265330",
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
            """{"test": 2432232314}"""
        );

        published.IsSignedWith("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").Should().BeTrue();
        (published with { Body = published.Body.Replace(" ", "", StringComparison.Ordinal) })
            .IsSignedWith("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
            .Should()
            .BeFalse();
    }

    [Fact]
    public async Task Is_tried_again_under_the_same_id_until_it_arrives()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer = (_, _) => receiver.Received.Count < 3 ? Results.StatusCode(502) : Results.Ok();
        await using var server = await StartAsync();
        var secret = await AddAsync(server, receiver.Url, "report_filed");

        await server.Http.PostAsync($"{Idlib.Agreement}/reports", Idlib.Report("patrol", "2018-12-01"));
        await HearsAsync(receiver, "report_filed", 3);

        receiver.Received.Select(message => message.Id).Distinct(StringComparer.Ordinal).Should().ContainSingle();
        receiver.Received.Should().OnlyContain(message => message.IsSignedWith(secret));
        (await server.Http.AskAsync($"{Idlib.Agreement}/undelivered")).Json["messages"]!.AsArray().Should().BeEmpty();
    }

    [Fact]
    public async Task Is_given_up_in_the_end_listed_and_sent_again_when_somebody_says_so()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer = (_, _) => Results.StatusCode(503);
        await using var server = await StartAsync("--LEDGER_WEBHOOK_RETRIES=1");
        await AddAsync(server, receiver.Url, "report_filed");
        var report = Idlib.Report("patrol", "2018-12-01");
        await server.Http.PostAsync($"{Idlib.Agreement}/reports", report);

        var dead = new JsonArray();
        await Eventually.Async(async () =>
            (dead = (await server.Http.AskAsync($"{Idlib.Agreement}/undelivered")).Json["messages"]!.AsArray()).Count
            == 1
        );
        dead[0]!["webhookId"]!.GetValue<string>().Should().Be(report["entryId"]!.GetValue<string>());
        dead[0]!["reason"]!.GetValue<string>().Should().Contain("503");
        dead.ToJsonString().Should().NotContain("whsec_");

        receiver.Answer = (_, _) => Results.Ok();
        var heard = receiver.Received.Count;
        (
            await server.Http.PostAsync(
                $"{Idlib.Agreement}/undelivered/{dead[0]!["message"]}/attempts",
                "",
                "application/json"
            )
        )
            .Status.Should()
            .Be(HttpStatusCode.Accepted);
        await HearsAsync(receiver, "report_filed", heard + 1);
        await Eventually.Async(async () =>
            (await server.Http.AskAsync($"{Idlib.Agreement}/undelivered")).Json["messages"]!.AsArray().Count == 0
        );
    }

    [Fact]
    public async Task Goes_to_no_other_place_than_was_asked_for()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var elsewhere = await Receiver.StartAsync();
        receiver.Answer = (_, _) => Results.Redirect(elsewhere.Url, permanent: false, preserveMethod: true);
        await using var server = await StartAsync("--LEDGER_WEBHOOK_RETRIES=1");
        await AddAsync(server, receiver.Url, "report_filed");

        await server.Http.PostAsync($"{Idlib.Agreement}/reports", Idlib.Report("patrol", "2018-12-01"));
        await Eventually.Async(async () =>
            (await server.Http.AskAsync($"{Idlib.Agreement}/undelivered")).Json["messages"]!.AsArray().Count == 1
        );

        elsewhere.Received.Should().BeEmpty();
    }

    [Fact]
    public async Task Ends_when_the_receiver_is_gone_or_removed()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer = (_, _) => Results.StatusCode(410);
        await using var server = await StartAsync();
        await AddAsync(server, receiver.Url, "report_filed");
        await server.Http.PostAsync($"{Idlib.Agreement}/reports", Idlib.Report("patrol", "2018-12-01"));

        await Eventually.Async(async () =>
            (await server.Http.AskAsync(Hooks)).Json["webhooks"]![0]!["stopped"] is not null
        );

        var id = (await server.Http.AskAsync(Hooks)).Json["webhooks"]![0]!["id"]!.GetValue<string>();
        (await server.Http.DeleteAsync($"{Hooks}/{id}")).StatusCode.Should().Be(HttpStatusCode.NoContent);
        (await server.Http.DeleteAsync($"{Hooks}/{id}")).StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await server.Http.AskAsync(Hooks)).Json["webhooks"]!.AsArray().Should().BeEmpty();
    }

    [Fact]
    public async Task Keeps_its_secret()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var server = await StartAsync();
        var secret = await AddAsync(server, receiver.Url, "report_filed");

        (await server.Http.AskAsync(Hooks)).Text.Should().NotContain("whsec_").And.Contain(receiver.Url);
        await using var database = NpgsqlDataSource.Create(server.Connection);
        await using var command = database.CreateCommand("select secret from ledger.webhook");
        var stored = (byte[])(await command.ExecuteScalarAsync())!;
        stored.AsSpan().IndexOf(Convert.FromBase64String(secret["whsec_".Length..])).Should().BeNegative();
    }

    [Theory]
    [InlineData("https://127.0.0.1/hook")]
    [InlineData("https://2130706433/")]
    [InlineData("https://0x7f.1/")]
    [InlineData("https://[::1]/")]
    [InlineData("https://[::ffff:10.0.0.1]/")]
    [InlineData("https://169.254.169.254/latest/meta-data")]
    [InlineData("https://10.1.2.3/")]
    [InlineData("http://example.org/")]
    [InlineData("https://user:password@example.org/")]
    [InlineData("ftp://example.org/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("javascript:alert(1)")]
    public async Task Is_not_taken_on_where_it_must_not_lead(string url)
    {
        await using var server = await Idlib.AdoptedAsync();

        var answer = await server.Http.PostAsync(
            Hooks,
            new JsonObject { ["url"] = url, ["events"] = new JsonArray("report_filed") }
        );

        answer.Status.Should().Be(HttpStatusCode.UnprocessableEntity);
        answer.Problems.Should().BeEquivalentTo("/url webhook/not-an-address");
    }

    [Fact]
    public async Task Does_not_connect_to_a_name_that_leads_into_the_house()
    {
        await using var receiver = await Receiver.StartAsync();
        // 127.0.0.1 is allowed by its name; localhost is another name of the same address, and is not.
        await using var server = await StartAsync("--LEDGER_WEBHOOK_RETRIES=1");
        await AddAsync(
            server,
            receiver.Url.Replace("http://127.0.0.1", "https://localhost", StringComparison.Ordinal),
            "report_filed"
        );

        await server.Http.PostAsync($"{Idlib.Agreement}/reports", Idlib.Report("patrol", "2018-12-01"));

        var dead = new JsonArray();
        await Eventually.Async(async () =>
            (dead = (await server.Http.AskAsync($"{Idlib.Agreement}/undelivered")).Json["messages"]!.AsArray()).Count
            == 1
        );
        dead[0]!["reason"]!.GetValue<string>().Should().Contain("not on the public internet");
        receiver.Received.Should().BeEmpty();
    }

    private static JsonObject Attack()
    {
        var attack = Idlib.Report("bombing", "2018-10-14");
        attack["report"]!["actors"] = new JsonArray(new JsonObject { ["name"] = "syrian-government", ["role"] = "by" });
        attack["report"]!["place"] = new JsonObject
        {
            ["name"] = "Jisr al-Shughur",
            ["point"] = new JsonObject { ["lat"] = "35.81418", ["lon"] = "36.31983" },
            ["precision"] = "exact",
        };
        return attack;
    }

    private static async Task<RunningServer> StartAsync(params string[] also)
    {
        var server = await RunningServer.StartAsync(
            also: also is [] ? Quick : ["--LEDGER_WEBHOOK_HOSTS=127.0.0.1", .. also]
        );
        (await server.Http.PostAsync("/api/v1/agreements", Idlib.Adoption()))
            .Status.Should()
            .Be(HttpStatusCode.Created);
        return server;
    }

    private static async Task<string> AddAsync(RunningServer server, string url, params string[] events)
    {
        var answer = await server.Http.PostAsync(
            Hooks,
            new JsonObject
            {
                ["url"] = url,
                ["events"] = new JsonArray([.. events.Select(name => JsonValue.Create(name))]),
            }
        );
        answer.Status.Should().Be(HttpStatusCode.Created, answer.ToString());
        return answer.Json["secret"]!.GetValue<string>();
    }

    private static Task HearsAsync(Receiver receiver, string type, int count) =>
        Eventually.Async(() =>
            Task.FromResult(
                receiver.Received.Count(message => message.Json["type"]!.GetValue<string>() == type) >= count
            )
        );
}

public sealed class AddressesOfTheInternet
{
    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("1.1.1.1", true)]
    [InlineData("2606:4700::1111", true)]
    [InlineData("127.0.0.1", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("10.255.255.255", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("172.31.0.1", false)]
    [InlineData("172.32.0.1", true)]
    [InlineData("192.168.1.1", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::1", false)]
    [InlineData("::", false)]
    [InlineData("::ffff:127.0.0.1", false)]
    [InlineData("::ffff:8.8.8.8", true)]
    [InlineData("64:ff9b::7f00:1", false)]
    [InlineData("2002:7f00:1::", false)]
    [InlineData("2001:0:1::", false)]
    [InlineData("2001:db8::1", false)]
    [InlineData("fc00::1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("ff02::1", false)]
    public void Are_told_from_those_of_somebodys_house(string address, bool isPublic) =>
        PublicAddress.Is(IPAddress.Parse(address)).Should().Be(isPublic);
}
