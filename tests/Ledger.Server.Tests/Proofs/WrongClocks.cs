using System.Text.Json.Nodes;
using Ledger.Store;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using NodaTime.Text;

namespace Ledger.Server.Tests.Proofs;

/// <summary>A server whose clock is wrong says so and records nothing; what it recorded before is found and corrected.</summary>
public sealed class WrongClocks
{
    [Fact]
    public async Task Make_a_server_say_so_and_record_nothing()
    {
        await using var right = await Idlib.AdoptedAsync();
        await using var wrong = await RunningServer.StartAsync(
            right.Connection,
            clock: new ClockAheadBy(TimeSpan.FromHours(1)),
            services: own => own.AddSingleton(right.Get<LedgerStoreOptions>())
        );

        var refused = await wrong.Http.PostAsync($"{Idlib.Agreement}/reports", Report());
        var ready = await wrong.Http.AskAsync("/health/ready");

        refused.Status.Should().Be(HttpStatusCode.ServiceUnavailable);
        refused.Json["code"]!.GetValue<string>().Should().Be("log/clock-differs");
        ready.Status.Should().Be(HttpStatusCode.ServiceUnavailable);
        ready.Json["checks"]!["clock"]!.GetValue<string>().Should().Contain("s apart");
        (await wrong.Http.AskAsync($"{Idlib.Agreement}/verdicts")).Status.Should().Be(HttpStatusCode.OK);
        (await right.Http.PostAsync($"{Idlib.Agreement}/reports", Report())).Status.Should().Be(HttpStatusCode.Created);
        (await right.Http.AskAsync("/health/ready")).Status.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Are_found_by_who_verifies_until_a_decision_in_the_log_corrects_them()
    {
        await using var right = await Idlib.AdoptedAsync();
        await using (
            var ahead = await RunningServer.StartAsync(
                right.Connection,
                clock: new ClockAheadBy(TimeSpan.FromDays(400))
            )
        )
            (await ahead.Http.PostAsync($"{Idlib.Agreement}/reports", Report()))
                .Status.Should()
                .Be(HttpStatusCode.Created);
        var address = right.Http.BaseAddress!.ToString();
        var auditor = new Auditor();

        var refused = await right.Http.PostAsync($"{Idlib.Agreement}/reports", Report());
        var found = await auditor.RunAsync("verify", address);
        string[] decision = ["log", "correct-clock", Idlib.Id, "--since", "2", "--reason", "x", "--authority", "y"];
        var asked = await auditor.RunAsync([.. decision, "--server", address]);
        await auditor.FindsAllGoodAsync([.. decision, "--yes", "--server", address]);
        var later = await right.Http.PostAsync($"{Idlib.Agreement}/reports", Report());

        refused.Status.Should().Be(HttpStatusCode.ServiceUnavailable);
        refused.Json["code"]!.GetValue<string>().Should().Be("log/clock-ahead");
        refused.Text.Should().Contain("position 2");
        found.Exit.Should().Be(2);
        found.Said.Should().Contain("entry/in-the-future").And.Contain("position 2");
        asked.Said.Should().Contain("Nothing was recorded");
        later.Status.Should().Be(HttpStatusCode.Created);
        await auditor.FindsAllGoodAsync("verify", address);
        (await auditor.SweepAsync(right.Connection)).Exit.Should().Be(0);
        var now = InstantPattern.ExtendedIso.Format(SystemClock.Instance.GetCurrentInstant());
        (await right.Http.AskAsync($"{Idlib.Agreement}/verdicts?knownAt={now}")).Json["position"]!
            .GetValue<long>()
            .Should()
            .Be(4);
    }

    [Fact]
    public async Task Cannot_be_corrected_with_another_position_by_who_rewrites_the_log()
    {
        var ledger = new TamperedLedger();
        await ledger.InitializeAsync();
        var forged = await ledger.CopyAsync();
        await ledger.RewriteAsync(forged, entries => Corrected(entries, since: 100));

        var (exit, said) = await Forgiving().SweepAsync(forged);

        exit.Should().Be(2);
        said.Should().Contain("entry/other-correction").And.Contain("position 272");

        // Who keeps no checkpoint, and trusts the key.
        Auditor Forgiving()
        {
            var auditor = ledger.Auditor.Twin();
            foreach (var file in Directory.GetFiles(auditor.Kept, "*", SearchOption.AllDirectories))
            {
                if (Path.GetFileName(file) != "key" && long.TryParse(Path.GetFileName(file), out _))
                    File.Delete(file);
            }

            return auditor;
        }
    }

    private static IEnumerable<JsonObject> Corrected(List<JsonObject> entries, long since)
    {
        var id = Idlib.NewId().ToString();
        var first = DateTimeOffset.Parse(
            entries[0]["recorded"]!.GetValue<string>(),
            System.Globalization.CultureInfo.InvariantCulture
        );
        return
        [
            .. entries,
            new JsonObject
            {
                ["agreement"] = Idlib.Id,
                ["data"] = new JsonObject
                {
                    ["authority"] = "y",
                    ["entryId"] = id,
                    ["reason"] = "x",
                    ["since"] = since,
                },
                ["entry"] = id,
                ["position"] = 0,
                ["recorded"] = first
                    .AddMicroseconds(1)
                    .ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", System.Globalization.CultureInfo.InvariantCulture),
                ["type"] = "clock_corrected",
                ["v"] = 1,
            },
        ];
    }

    private sealed class ClockAheadBy(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;
    }

    private static JsonObject Report() => Idlib.Report("bombing", "2018-10-03");
}
