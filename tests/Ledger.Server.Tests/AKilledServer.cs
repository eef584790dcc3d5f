using System.Collections.Concurrent;

namespace Ledger.Server.Tests;

public sealed class AKilledServer
{
    private const int Senders = 16;
    private const int Reports = 600;
    private const int KilledAfter = 150;

    [Fact]
    public async Task Loses_nothing_that_it_acknowledged_and_doubles_nothing_that_is_sent_again()
    {
        var connection = await ServersRole.DatabaseAsync();
        var reports = Enumerable
            .Range(0, Reports)
            .Select(_ => Idlib.Report("bombing", "2018-10-14").ToJsonString())
            .ToArray();
        var receipts = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
        using (var first = await ServerProcess.StartAsync(connection))
        {
            (await first.Http.PostAsync("/api/v1/agreements", Idlib.Adoption()))
                .Status.Should()
                .Be(HttpStatusCode.Created);
            var waiting = new ConcurrentQueue<string>(reports);
            var enough = new TaskCompletionSource();
            var sending = Enumerable
                .Range(0, Senders)
                .Select(_ =>
                    Task.Run(async () =>
                    {
                        while (waiting.TryDequeue(out var report))
                        {
                            var answer = await first.Http.PostAsync($"{Idlib.Agreement}/reports", report);
                            if (
                                answer.Status == HttpStatusCode.Created
                                && receipts.TryAdd(report, answer.Text)
                                && receipts.Count >= KilledAfter
                            )
                                enough.TrySetResult();
                        }
                    })
                )
                .ToArray();
            await enough.Task;
            await first.KillAsync();
            await Task.WhenAll(sending).ContinueWith(_ => { }, TaskScheduler.Default);
        }

        receipts.Count.Should().BeInRange(KilledAfter, Reports - 1, "the server was killed in the midst of it");
        using var second = await ServerProcess.StartAsync(connection);
        var again = await Task.WhenAll(
            reports.Select(async report =>
                (Report: report, Answer: await second.Http.PostAsync($"{Idlib.Agreement}/reports", report))
            )
        );

        again
            .Should()
            .OnlyContain(sent =>
                sent.Answer.Status == HttpStatusCode.OK || sent.Answer.Status == HttpStatusCode.Created
            );
        again
            .Where(sent => receipts.ContainsKey(sent.Report))
            .Should()
            .OnlyContain(sent => sent.Answer.Text == receipts[sent.Report], "an acknowledged entry keeps its receipt");
        var ledger = (await second.Http.AskAsync($"{Idlib.Agreement}/entries.jsonl")).Text.Split(
            '\n',
            StringSplitOptions.RemoveEmptyEntries
        );
        ledger.Should().HaveCount(1 + Reports);
        again
            .Select(sent => sent.Answer.Json["position"]!.GetValue<long>())
            .Order()
            .Should()
            .Equal(Enumerable.Range(2, Reports).Select(position => (long)position));
    }

    [Fact]
    public async Task Asked_to_stop_finishes_what_it_took()
    {
        var connection = await ServersRole.DatabaseAsync();
        var acknowledged = new ConcurrentBag<string>();
        int exit;
        using (var server = await ServerProcess.StartAsync(connection))
        {
            await server.Http.PostAsync("/api/v1/agreements", Idlib.Adoption());
            var some = new TaskCompletionSource();
            var sending = Enumerable
                .Range(0, Senders)
                .Select(_ =>
                    Task.Run(async () =>
                    {
                        while (true)
                        {
                            var report = Idlib.Report("patrol", "2018-10-14");
                            if (
                                (await server.Http.PostAsync($"{Idlib.Agreement}/reports", report)).Status
                                != HttpStatusCode.Created
                            )
                                return;
                            acknowledged.Add(report["entryId"]!.GetValue<string>());
                            if (acknowledged.Count > Senders)
                                some.TrySetResult();
                        }
                    })
                )
                .ToArray();
            await some.Task;
            exit = await server.StopAsync();
            // Whoever sends after the end is refused a connection.
            await Task.WhenAll(sending).ContinueWith(_ => { }, TaskScheduler.Default);
        }

        exit.Should().Be(0);
        await using var again = await RunningServer.StartAsync(connection);
        var ledger = (await again.Http.AskAsync($"{Idlib.Agreement}/entries.jsonl")).Text;
        acknowledged.Should().OnlyContain(id => ledger.Contains(id, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Starts_again_on_what_it_had()
    {
        var connection = await ServersRole.DatabaseAsync();
        string before;
        using (var first = await ServerProcess.StartAsync(connection))
        {
            await first.Http.PostAsync($"{Idlib.Agreement}/entries/batch", Idlib.Demonstration(), "application/jsonl");
            before = (await first.Http.AskAsync($"{Idlib.Agreement}/verdicts?asOf=2018-10-16")).Text;
            await first.KillAsync();
        }

        using var second = await ServerProcess.StartAsync(connection);

        (await second.Http.AskAsync($"{Idlib.Agreement}/verdicts?asOf=2018-10-16")).Text.Should().Be(before);
    }
}
