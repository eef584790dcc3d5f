using System.Text.Json.Nodes;

namespace Ledger.Server.Tests;

/// <summary>
/// What is filed by HTTP shows in the verdicts of the memorandum as signed where it should, and nowhere else.
/// </summary>
public sealed class TheMainJob : IAsyncLifetime
{
    private RunningServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await Idlib.AdoptedAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_bombing_near_Jisr_al_Shughur_breaches_article_two()
    {
        var before = await VerdictsAsync("2018-10-16");

        await FileAsync(
            "bombing",
            "2018-10-14",
            """{"name": "syrian-government", "role": "by"}""",
            """{"name": "Near Jisr al-Shughur", "point": {"lat": "35.81418", "lon": "36.31983"}, "precision": "near"}"""
        );

        Changes(before, await VerdictsAsync("2018-10-16")).Should().Equal("p2: holding to breached");
        Changes(before, await VerdictsAsync("2018-10-13"))
            .Should()
            .NotContain(change => change.StartsWith("p2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_complete_withdrawal_in_time_fulfils_article_five()
    {
        var before = await VerdictsAsync("2018-10-16");

        await FileAsync(
            "withdrawal",
            "2018-10-12",
            """{"name": "radical-groups", "role": "by"}""",
            InZone,
            """{"moved": "fighters", "extent": "complete"}"""
        );

        Changes(before, await VerdictsAsync("2018-10-16")).Should().Equal("p5: breached to fulfilled");
    }

    [Fact]
    public async Task A_handover_of_all_weapons_in_time_fulfils_article_six()
    {
        var before = await VerdictsAsync("2018-10-16");

        await FileAsync(
            "weapon-handover",
            "2018-10-08",
            """{"name": "opposition", "role": "by"}""",
            InZone,
            """{"moved": "heavy-weapons", "extent": "complete"}"""
        );

        Changes(before, await VerdictsAsync("2018-10-16")).Should().Equal("p6: breached to fulfilled");
    }

    [Fact]
    public async Task A_convoy_to_an_observation_post_breaches_nothing()
    {
        var before = await VerdictsAsync("2018-10-20");

        await FileAsync(
            "convoy",
            "2018-10-17",
            """{"name": "turkey", "role": "by"}""",
            InZone,
            """{"moved": "heavy-weapons", "destination": "observation-post"}"""
        );

        Changes(before, await VerdictsAsync("2018-10-20")).Should().BeEmpty();
    }

    [Fact]
    public async Task A_convoy_of_heavy_weapons_to_the_front_breaches_what_it_should()
    {
        var before = await VerdictsAsync("2018-10-20");

        await FileAsync(
            "convoy",
            "2018-10-17",
            """{"name": "syrian-government", "role": "by"}""",
            InZone,
            """{"moved": "heavy-weapons", "destination": "front-line"}"""
        );

        Changes(before, await VerdictsAsync("2018-10-20")).Should().Equal("p6-after: holding to breached");
    }

    [Fact]
    public async Task A_retraction_takes_the_breach_back_and_the_earlier_position_keeps_it()
    {
        var before = await VerdictsAsync("2018-10-16");
        var report = await FileAsync("bombing", "2018-10-14", """{"name": "russia", "role": "by"}""", InZone);

        var retraction = await _server.Http.PostAsync(
            $"/api/v1/reports/{report}/retractions",
            new JsonObject { ["entryId"] = Idlib.NewId(), ["reason"] = "It was filed by mistake." }
        );

        retraction.Status.Should().Be(HttpStatusCode.Created, retraction.ToString());
        Changes(before, await VerdictsAsync("2018-10-16")).Should().BeEmpty();
        Changes(before, await VerdictsAsync("2018-10-16&knownAt=2")).Should().Equal("p2: holding to breached");
    }

    [Fact]
    public async Task Why_names_the_clause_the_deciding_entry_and_its_author()
    {
        var report = await FileAsync("bombing", "2018-10-14", """{"name": "russia", "role": "by"}""", InZone);

        var why = (await _server.Http.AskAsync($"{Idlib.Agreement}/verdicts/p2/why?asOf=2018-10-16")).Json;

        why["conclusion"]!.GetValue<string>().Should().Contain("Article 2");
        why["entries"]!.AsArray().Single()!["entry"]!.GetValue<string>().Should().Be(report);
        why["entries"]![0]!["author"]!.GetValue<string>().Should().Be("A newspaper");
    }

    [Fact]
    public async Task Every_kind_of_entry_about_a_report_is_told_with_it()
    {
        var (report, other) = (
            await FileAsync("bombing", "2018-10-14", """{"name": "russia", "role": "by"}""", InZone),
            await FileAsync("bombing", "2018-10-14", """{"name": "russia", "role": "by"}""", InZone)
        );
        async Task AboutAsync(string what, string body)
        {
            var data = JsonNode.Parse(body)!;
            data["entryId"] = Idlib.NewId();
            (await _server.Http.PostAsync($"/api/v1/reports/{report}/{what}", data))
                .Status.Should()
                .Be(HttpStatusCode.Created);
        }

        await AboutAsync(
            "corrections",
            """{"reason": "It was shelling.", "report": {"kind": "shelling", "occurred": "2018-10-14", "source": {"class": "media"}, "narrative": "سمعنا القصف"}}"""
        );
        await AboutAsync("assessments", """{"level": "confirmed", "grounds": "Two films.", "by": "A reviewer" }""");
        await AboutAsync("responses", """{"party": "russia", "stance": "denies" }""");
        await AboutAsync(
            "evidence",
            """{"sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "mediaType": "image/jpeg", "size": 10}"""
        );
        await AboutAsync("links", $$"""{"reports": ["{{report}}", "{{other}}"]}""");

        var shown = (await _server.Http.OpenReportAsync(report)).Json;

        shown["level"]!.GetValue<string>().Should().Be("confirmed");
        shown["content"]!["kind"]!.GetValue<string>().Should().Be("shelling");
        shown["corrections"]![0]!["data"]!["report"]!["narrative"]!.GetValue<string>().Should().Be("سمعنا القصف");
        shown["linkedWith"]!.AsArray().Select(id => id!.GetValue<string>()).Should().Equal(other);
        foreach (var list in (string[])["corrections", "assessments", "responses", "evidence", "links"])
            shown[list]!.AsArray().Should().ContainSingle(because: list);
        (
            await _server.Http.AskAsync(
                $"{Idlib.Agreement}/reports?kind=shelling&level=confirmed&state=live&from=2018-10-14&until=2018-10-14"
            )
        ).Json["reports"]!
            .AsArray()
            .Should()
            .ContainSingle();
        (await _server.Http.AskAsync($"{Idlib.Agreement}/reports?from=2018-10-15")).Json["reports"]!
            .AsArray()
            .Should()
            .BeEmpty();
    }

    private const string InZone =
        """{"name": "The zone", "zone": "dmz", "point": {"lat": "35.45", "lon": "36.45"}, "precision": "exact"}""";

    private async Task<string> FileAsync(string kind, string day, string actor, string place, string attributes = "{}")
    {
        var report = Idlib.Report(kind, day);
        report["report"]!["actors"] = new JsonArray(JsonNode.Parse(actor));
        report["report"]!["place"] = JsonNode.Parse(place);
        report["report"]!["attributes"] = JsonNode.Parse(attributes);
        var answer = await _server.Http.PostAsync($"{Idlib.Agreement}/reports", report);
        answer.Status.Should().Be(HttpStatusCode.Created, answer.ToString());
        return answer.Json["entryId"]!.GetValue<string>();
    }

    private async Task<Dictionary<string, string>> VerdictsAsync(string asOf) =>
        (await _server.Http.AskAsync($"{Idlib.Agreement}/verdicts?asOf={asOf}")).Json["verdicts"]!
            .AsArray()
            .ToDictionary(
                verdict => verdict!["provision"]!.GetValue<string>(),
                verdict => verdict!["verdict"]!.GetValue<string>(),
                StringComparer.Ordinal
            );

    private static IEnumerable<string> Changes(Dictionary<string, string> before, Dictionary<string, string> after) =>
        after
            .Where(verdict => before[verdict.Key] != verdict.Value)
            .Select(verdict => $"{verdict.Key}: {before[verdict.Key]} to {verdict.Value}");
}
