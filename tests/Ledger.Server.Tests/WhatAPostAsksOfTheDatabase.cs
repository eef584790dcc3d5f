using System.Diagnostics;

namespace Ledger.Server.Tests;

/// <summary>
/// Trips to the database cost the same on every machine. Those of the writer are counted where it is tested; these are
/// the others, which hold every report up before it is written.
/// </summary>
public sealed class WhatAPostAsksOfTheDatabase(ServerWithIdlib world) : IClassFixture<ServerWithIdlib>
{
    [Fact]
    public async Task Is_who_sends_it_and_nothing_else_before_the_writer()
    {
        // Some ask more: the first notes when the token was last used, and what is remembered of the agreement is looked at
        // again after a second, which a busy machine may take for a request.
        var asked = new List<List<string>>();
        for (var n = 0; n < 10; n++)
            asked.Add(await AskedAsync());

        asked.MinBy(queries => queries.Count).Should().ContainSingle().Which.Should().Contain("api_token");
    }

    private async Task<List<string>> AskedAsync()
    {
        var asked = new List<string>();
        using var test = new Activity("test").SetIdFormat(ActivityIdFormat.W3C).Start();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Microsoft.AspNetCore" or "System.Net.Http" or "Npgsql",
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                if (activity.Source.Name != "Npgsql" || activity.TraceId != test.TraceId)
                    return;
                lock (asked)
                    asked.Add($"{activity.GetTagItem("db.query.text")}");
            },
        };
        ActivitySource.AddActivityListener(listener);
        await PostAsync();
        return asked;
    }

    private async Task PostAsync() =>
        (await world.Http.PostAsync($"{Idlib.Agreement}/reports", Idlib.Report("bombing", "2018-10-14")))
            .Status.Should()
            .Be(HttpStatusCode.Created);
}
