using System.Globalization;
using System.Text.RegularExpressions;

namespace Ledger.Server.Tests;

public sealed class WatchingTheServer(ServerWithIdlib world) : IClassFixture<ServerWithIdlib>
{
    [Fact]
    public async Task Health_says_what_is_ready()
    {
        (await world.Http.AskAsync("/health/live")).Json["status"]!.GetValue<string>().Should().Be("ok");

        var ready = await world.Http.AskAsync("/health/ready");

        ready.Status.Should().Be(HttpStatusCode.OK);
        ready.Json["checks"]!
            .AsObject()
            .Select(check => $"{check.Key} {check.Value}")
            .Should()
            .BeEquivalentTo("database ok", "books ok", "clock ok", "disk ok", "witnesses ok");
    }

    [Theory]
    [InlineData("ledger_writer_batch_size")]
    [InlineData("ledger_writer_batch_duration_seconds")]
    [InlineData("ledger_writer_proposal_duration_seconds")]
    [InlineData("ledger_writer_queue")]
    [InlineData("ledger_projection_lag")]
    [InlineData("ledger_projection_delay_seconds")]
    [InlineData("ledger_book_lag")]
    [InlineData("http_server_request_duration_seconds")]
    [InlineData("db_client_operation_duration_seconds")]
    public async Task Metrics_tell_of(string metric)
    {
        await world.Http.PostAsync($"{Idlib.Agreement}/reports", Idlib.Report("patrol", "2018-10-14"));

        // A scrape within the same third of a second gets the last one's text again.
        await Eventually.Async(async () =>
            (await world.Http.AskAsync("/metrics")).Text.Contains($"# TYPE {metric}", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Metrics_tell_batches_of_milliseconds_apart()
    {
        await world.Http.PostAsync($"{Idlib.Agreement}/reports", Idlib.Report("patrol", "2018-10-14"));

        var limits = Array.Empty<double>();
        await Eventually.Async(async () =>
        {
            limits =
            [
                .. Regex
                    .Matches(
                        (await world.Http.AskAsync("/metrics")).Text,
                        "^ledger_writer_batch_duration_seconds_bucket\\{.*le=\"(?<limit>[0-9.]+)\"",
                        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
                        TimeSpan.FromSeconds(5)
                    )
                    .Select(found => double.Parse(found.Groups["limit"].Value, CultureInfo.InvariantCulture)),
            ];
            return limits.Length > 0;
        });

        limits.Count(limit => limit <= 0.1).Should().BeGreaterThanOrEqualTo(6);
        limits.Should().Contain(limit => limit > 5);
    }
}
