namespace Ledger.Server.Tests;

public sealed class TwoServers : IAsyncLifetime
{
    private RunningServer _one = null!;
    private RunningServer _other = null!;

    public async ValueTask InitializeAsync()
    {
        var connection = await ServersRole.DatabaseAsync();
        _one = await RunningServer.StartAsync(connection, alone: false);
        _other = await RunningServer.StartAsync(connection, alone: false);
        (await _one.Http.PostAsync("/api/v1/agreements", Idlib.Adoption())).Status.Should().Be(HttpStatusCode.Created);
    }

    public async ValueTask DisposeAsync()
    {
        await _one.DisposeAsync();
        await _other.DisposeAsync();
    }

    [Fact]
    public async Task What_one_acknowledged_the_other_knows_at_once()
    {
        for (var day = 1; day <= 20; day++)
        {
            var receipt = await _one.Http.PostAsync(
                $"{Idlib.Agreement}/reports",
                Idlib.Report("bombing", $"2018-10-{day:00}")
            );
            (await _other.Http.AskAsync($"{Idlib.Agreement}/verdicts?asOf=2018-10-31")).Json["position"]!
                .GetValue<long>()
                .Should()
                .Be(receipt.Json["position"]!.GetValue<long>());
        }
    }

    [Fact]
    public async Task The_same_report_sent_to_both_is_recorded_once()
    {
        var reports = Enumerable
            .Range(0, 50)
            .Select(_ => Idlib.Report("bombing", "2018-10-14").ToJsonString())
            .ToArray();

        var answers = await Task.WhenAll(
            reports.SelectMany(report =>
                new[] { _one, _other }.Select(async server =>
                    (report, answer: await server.Http.PostAsync($"{Idlib.Agreement}/reports", report))
                )
            )
        );

        answers
            .GroupBy(sent => sent.report)
            .Should()
            .OnlyContain(group => group.Select(sent => sent.answer.Text).Distinct().Count() == 1);
        (await _one.Http.AskAsync($"{Idlib.Agreement}/entries")).Json["size"]!
            .GetValue<long>()
            .Should()
            .Be(1 + reports.Length);
    }

    [Fact]
    public async Task Both_say_the_same_of_the_same_question()
    {
        await _one.Http.PostAsync($"{Idlib.Agreement}/reports", Idlib.Report("bombing", "2018-10-14"));

        var (said, also) = (
            await _one.Http.AskAsync($"{Idlib.Agreement}/verdicts?asOf=2018-10-16"),
            await _other.Http.AskAsync($"{Idlib.Agreement}/verdicts?asOf=2018-10-16")
        );

        also.Text.Should().Be(said.Text);
        also.Response.Headers.ETag.Should().Be(said.Response.Headers.ETag);
    }
}
