using System.Net.Http.Headers;

namespace Ledger.Server.Tests;

public sealed class PinnedAnswers(ServerWithIdlib world) : IClassFixture<ServerWithIdlib>
{
    [Theory]
    [InlineData($"{Idlib.Agreement}/verdicts?asOf=2018-10-16")]
    [InlineData($"{Idlib.Agreement}/verdicts/p2?asOf=2018-10-16T12:00:00%2B03:00&threshold=alleged&match=possible")]
    [InlineData(
        $"{Idlib.Agreement}/verdicts/p2?asOf=2018-10-16&saidBy=2018-10-14&lens=strict&sourcesNot=party:russia,class:other"
    )]
    [InlineData($"{Idlib.Agreement}/verdicts/p2/timeline")]
    [InlineData($"{Idlib.Agreement}/verdicts/p2/history?asOf=2018-10-16")]
    [InlineData($"{Idlib.Agreement}/verdicts/p2/flips?asOf=2018-10-16")]
    [InlineData($"{Idlib.Agreement}/verdicts/p2/why-changed?asOf=2018-10-16&fromAsOf=2018-10-01")]
    [InlineData($"{Idlib.Agreement}/diff?asOf=2018-10-16&fromKnownAt=1&fromLens=strict&lens=alleged")]
    [InlineData($"{Idlib.Agreement}/next?asOf=2018-10-01")]
    [InlineData($"{Idlib.Agreement}/who-says?asOf=2018-10-16")]
    [InlineData($"{Idlib.Agreement}/verdicts/p2/why?asOf=2018-10-16")]
    public async Task Stay_the_same_for_ever_and_say_so(string path)
    {
        var now = await world.Http.AskAsync(path);
        var pinned = now.Json["pinned"]!.GetValue<string>();
        var before = await world.Http.AskAsync(pinned);

        await world.Http.PostAsync($"{Idlib.Agreement}/reports", Idlib.Report("bombing", "2018-10-14"));
        var after = await world.Http.AskAsync(pinned);

        now.Status.Should().Be(HttpStatusCode.OK, now.ToString());
        now.Response.Headers.CacheControl!.ToString().Should().Contain("no-cache").And.Contain("private");
        before.Text.Should().Be(now.Text);
        after.Text.Should().Be(now.Text);
        after
            .Response.Headers.CacheControl!.ToString()
            .Should()
            .Contain("max-age=31536000")
            .And.Contain("immutable")
            .And.Contain("private", "a cache between must not give it to others");
        after.Json["pinned"]!.GetValue<string>().Should().Be(pinned);
    }

    [Fact]
    public async Task Are_not_sent_again_to_whoever_has_them()
    {
        var first = await world.Http.AskAsync($"{Idlib.Agreement}/verdicts?asOf=2018-10-16&knownAt=1");
        using var request = new HttpRequestMessage(
            HttpMethod.Get,
            $"{Idlib.Agreement}/verdicts?asOf=2018-10-16&knownAt=1"
        );
        request.Headers.IfNoneMatch.Add(first.Response.Headers.ETag!);

        var again = await world.Http.SendAsync(request).ReadAsync();

        (again.Status, again.Text).Should().Be((HttpStatusCode.NotModified, ""));
    }

    [Fact]
    public async Task Name_the_position_that_a_time_was_resolved_to()
    {
        var receipt = await world.Http.PostAsync($"{Idlib.Agreement}/reports", Idlib.Report("patrol", "2018-10-14"));
        var recorded = receipt.Json["recordedAt"]!.GetValue<string>();

        var answer = await world.Http.AskAsync(
            $"{Idlib.Agreement}/verdicts?asOf=2018-10-16&knownAt={Uri.EscapeDataString(recorded)}"
        );

        answer.Json["position"]!.GetValue<long>().Should().Be(receipt.Json["position"]!.GetValue<long>());
    }

    [Fact]
    public async Task An_entry_and_its_lines_are_the_same_bytes()
    {
        var line = (await world.Http.AskAsync($"{Idlib.Agreement}/entries.jsonl?from=1&limit=1")).Text.TrimEnd('\n');
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Idlib.Agreement}/entries?limit=1")
        {
            Headers = { Accept = { MediaTypeWithQualityHeaderValue.Parse("application/jsonl") } },
        };

        var (at, accepted) = (
            await world.Http.AskAsync($"{Idlib.Agreement}/entries/1"),
            await world.Http.SendAsync(request).ReadAsync()
        );

        at.Text.Should().Be(line);
        at.Response.Headers.CacheControl!.ToString().Should().Contain("immutable");
        accepted.Text.Should().Be(line + "\n");
        (await world.Http.AskAsync($"/api/v1/entries/{at.Json["entry"]}")).Text.Should().Be(line);
    }

    [Fact]
    public async Task Pages_lead_through_the_whole_ledger()
    {
        for (var i = 0; i < 5; i++)
            await world.Http.PostAsync($"{Idlib.Agreement}/reports", Idlib.Report("patrol", "2018-10-14"));
        var (positions, filed) = (new List<long>(), 0);

        for (var next = $"{Idlib.Agreement}/entries?limit=2"; next is not null; )
        {
            var page = await world.Http.AskAsync(next);
            positions.AddRange(page.Json["entries"]!.AsArray().Select(entry => entry!["position"]!.GetValue<long>()));
            next = page.Json["next"]?.GetValue<string>();
            page.Response.Headers.TryGetValues("Link", out var links);
            (links?.Single()).Should().Be(next is null ? null : $"<{next}>; rel=\"next\"");
        }

        for (var next = $"{Idlib.Agreement}/reports?limit=2&kind=patrol"; next is not null; )
        {
            var page = await world.Http.AskAsync(next);
            filed += page.Json["reports"]!.AsArray().Count;
            next = page.Json["next"]?.GetValue<string>();
        }

        positions.Should().Equal(Enumerable.Range(1, positions.Count).Select(position => (long)position));
        filed.Should().BeGreaterThanOrEqualTo(5);
    }
}
