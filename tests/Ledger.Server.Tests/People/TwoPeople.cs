using System.Text.Json.Nodes;
using Ledger.Store.People;

namespace Ledger.Server.Tests.People;

/// <summary>The agreement wants two people for 'confirmed' and 'refuted'.</summary>
public sealed class TwoPeople : IAsyncLifetime
{
    private const string Open = $"{Idlib.Agreement}/proposed-assessments";

    private RunningServer _server = null!;
    private HttpClient _amal = null!;
    private HttpClient _basil = null!;
    private string _report = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await Idlib.AdoptedAsync();
        (_amal, _basil) = (
            await _server.ActorAsync(Role.Reviewer.In(Idlib.Id)),
            await _server.ActorAsync(Role.Reviewer.In(Idlib.Id))
        );
        _report = Idlib.NewId();
        (await _server.Http.PostAsync($"{Idlib.Agreement}/reports", Idlib.Report("bombing", "2018-10-14", _report)))
            .Status.Should()
            .Be(HttpStatusCode.Created);
    }

    public async ValueTask DisposeAsync()
    {
        _amal.Dispose();
        _basil.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Confirm_where_one_cannot()
    {
        (await AssessAsync(_amal, "confirmed")).Code.Should().Be("permission/two-people");
        var proposal = await ProposeAsync(_amal, "confirmed");
        (await LevelAsync()).Should().Be("alleged", "a proposal changes nothing");

        (await AssessAsync(_amal, "confirmed", proposal)).Code.Should().Be("permission/two-people", "it is her own");
        (await AssessAsync(_basil, "confirmed", proposal)).Status.Should().Be(HttpStatusCode.Created);

        (await LevelAsync()).Should().Be("confirmed");
        var shown = (await _basil.AskAsync($"/api/v1/reports/{_report}")).Json;
        shown["assessments"]![0]!["data"]!["proposal"]!.GetValue<string>().Should().Be(proposal);
        shown["proposals"]![0]!["entry"]!.GetValue<string>().Should().Be(proposal);
    }

    [Fact]
    public async Task Are_not_needed_for_other_findings() =>
        (await AssessAsync(_amal, "corroborated")).Status.Should().Be(HttpStatusCode.Created);

    [Theory]
    [InlineData("refuted", "assessment/another-level")]
    [InlineData("confirmed", "assessment/another-report")]
    public async Task Agree_on_the_same_finding_about_the_same_report(string level, string problem)
    {
        var proposal = await ProposeAsync(_amal, "confirmed");
        var report = level == "refuted" ? _report : Idlib.NewId();
        if (report != _report)
            await _server.Http.PostAsync($"{Idlib.Agreement}/reports", Idlib.Report("bombing", "2018-10-15", report));

        (await AssessAsync(_basil, level, proposal, report))
            .Problems.Should()
            .ContainSingle()
            .Which.Should()
            .EndWith(problem);
    }

    [Fact]
    public async Task Agree_with_nothing_that_was_withdrawn()
    {
        var proposal = await ProposeAsync(_amal, "confirmed");
        (
            await _amal.PostAsync(
                $"/api/v1/entries/{proposal}/retractions",
                new JsonObject { ["entryId"] = Idlib.NewId(), ["reason"] = "Too early." }
            )
        )
            .Status.Should()
            .Be(HttpStatusCode.Created);

        (await AssessAsync(_basil, "confirmed", proposal)).Code.Should().Be("permission/two-people");
        (await _basil.AskAsync(Open)).Json["proposals"]!.AsArray().Should().BeEmpty();
    }

    [Fact]
    public async Task Agree_with_nothing_that_another_finding_overtook()
    {
        var proposal = await ProposeAsync(_amal, "confirmed");
        (await AssessAsync(_basil, "inconclusive")).Status.Should().Be(HttpStatusCode.Created);

        (await AssessAsync(_basil, "confirmed", proposal)).Code.Should().Be("permission/two-people");
    }

    [Fact]
    public async Task See_what_waits_for_them()
    {
        var proposal = await ProposeAsync(_amal, "refuted");

        var hers = (await _amal.AskAsync(Open)).Json["proposals"]!.AsArray().Should().ContainSingle().Which!;
        var his = (await _basil.AskAsync(Open)).Json["proposals"]!.AsArray().Should().ContainSingle().Which!;
        (hers["entry"]!.GetValue<string>(), hers["mine"]!.GetValue<bool>(), his["mine"]!.GetValue<bool>())
            .Should()
            .Be((proposal, true, false));
        (his["report"]!.GetValue<string>(), his["level"]!.GetValue<string>(), his["grounds"]!.GetValue<string>())
            .Should()
            .Be((_report, "refuted", "Seen by a patrol"));

        await AssessAsync(_basil, "refuted", proposal);
        (await _amal.AskAsync(Open)).Json["proposals"]!.AsArray().Should().BeEmpty();
    }

    [Fact]
    public async Task Are_recorded_once_though_they_send_again()
    {
        var proposal = await ProposeAsync(_amal, "confirmed");
        var assessment = Finding("confirmed", proposal);
        var first = await _basil.PostAsync($"/api/v1/reports/{_report}/assessments", assessment.DeepClone());

        var again = await _basil.PostAsync($"/api/v1/reports/{_report}/assessments", assessment);

        again.Status.Should().Be(HttpStatusCode.OK);
        again.Json["position"]!.GetValue<long>().Should().Be(first.Json["position"]!.GetValue<long>());
    }

    [Fact]
    public async Task Are_two_in_a_batch_too()
    {
        var proposal = await ProposeAsync(_amal, "confirmed");
        var mine = Idlib.NewId();
        JsonObject Typed(string type, JsonObject data)
        {
            data["target"] = _report;
            return new() { ["type"] = type, ["data"] = data };
        }

        var lines = string.Join(
            '\n',
            new[]
            {
                Typed("report_assessed", Finding("confirmed", null)),
                Typed("assessment_proposed", Finding("confirmed", null, mine)),
                Typed("report_assessed", Finding("confirmed", mine)),
                Typed("report_assessed", Finding("confirmed", proposal)),
            }.Select(line => line.ToJsonString())
        );
        var answers = (await _basil.PostAsync($"{Idlib.Agreement}/entries/batch", lines, "application/jsonl"))
            .Text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonNode.Parse(line)!["status"]!.GetValue<int>());

        answers.Should().Equal(403, 201, 403, 201);
    }

    private static JsonObject Finding(string level, string? proposal, string? id = null)
    {
        var finding = new JsonObject
        {
            ["entryId"] = id ?? Idlib.NewId(),
            ["level"] = level,
            ["grounds"] = "Seen by a patrol",
        };
        if (proposal is not null)
            finding["proposal"] = proposal;
        return finding;
    }

    private Task<Answer> AssessAsync(HttpClient who, string level, string? proposal = null, string? report = null) =>
        who.PostAsync($"/api/v1/reports/{report ?? _report}/assessments", Finding(level, proposal));

    private async Task<string> ProposeAsync(HttpClient who, string level)
    {
        var finding = Finding(level, null);
        (await who.PostAsync($"/api/v1/reports/{_report}/proposed-assessments", finding.DeepClone()))
            .Status.Should()
            .Be(HttpStatusCode.Created);
        return finding["entryId"]!.GetValue<string>();
    }

    private async Task<string> LevelAsync() =>
        (await _amal.AskAsync($"/api/v1/reports/{_report}")).Json["level"]!.GetValue<string>();
}
