using System.Text.Json.Nodes;

namespace Ledger.Server.Tests;

public sealed class ComparingAnswers : IAsyncLifetime
{
    private RunningServer _server = null!;
    private string _report = "";

    public async ValueTask InitializeAsync()
    {
        _server = await Idlib.AdoptedAsync();
        var bombing = Bombing();
        _report = bombing["entryId"]!.GetValue<string>();
        (await _server.Http.PostAsync($"{Idlib.Agreement}/reports", bombing))
            .Status.Should()
            .Be(HttpStatusCode.Created);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Without_the_report_there_is_no_breach_and_nothing_is_stored()
    {
        var answer = await AskAsync($$"""{"without": ["{{_report}}"]}""");

        Changed(answer).Should().Equal("p2: breached to holding");
        answer.Json["removed"]!.AsArray().Single()!["entry"]!.GetValue<string>().Should().Be(_report);
        (await _server.Http.AskAsync($"{Idlib.Agreement}/entries")).Json["size"]!.GetValue<long>().Should().Be(2);
    }

    [Fact]
    public async Task With_a_supposed_withdrawal_the_removal_is_done()
    {
        var withdrawal = Idlib.Report("withdrawal", "2018-10-12");
        withdrawal["report"]!["actors"] = JsonNode.Parse("""[{"name": "radical-groups", "role": "by"}]""");
        withdrawal["report"]!["place"] = JsonNode.Parse(
            """{"zone": "dmz", "point": {"lat": "35.45", "lon": "36.45"}, "precision": "exact"}"""
        );
        withdrawal["report"]!["attributes"] = JsonNode.Parse("""{"moved": "fighters", "extent": "complete"}""");

        var answer = await AskAsync(
            new JsonObject
            {
                ["suppose"] = new JsonArray(new JsonObject { ["type"] = "report_filed", ["data"] = withdrawal }),
            }.ToJsonString()
        );

        Changed(answer).Should().Equal("p5: breached to fulfilled");
    }

    [Fact]
    public async Task Another_version_of_the_file_is_supposed_before_it_is_recorded()
    {
        var adopted = Idlib.Adoption();
        var file = adopted["file"]!.DeepClone().AsObject();
        var removal = file["provisions"]!.AsArray().Single(provision => provision!["id"]!.GetValue<string>() == "p5")!;
        removal["achieve"]!["by"] = "2018-12-31";
        file["version"] = "longer";
        var revision = new JsonObject
        {
            ["entryId"] = Idlib.NewId(),
            ["file"] = file,
            ["sourceSha256"] = adopted["sourceSha256"]!.DeepClone(),
            ["appliesFrom"] = "2018-09-17",
            ["reason"] = "More time",
        };

        var answer = await AskAsync(
            new JsonObject
            {
                ["suppose"] = new JsonArray(new JsonObject { ["type"] = "agreement_revised", ["data"] = revision }),
            }.ToJsonString()
        );

        Changed(answer).Should().Equal("p5: breached to pending");
        (await _server.Http.AskAsync($"{Idlib.Agreement}/verdicts?asOf=2018-10-16")).Json["verdicts"]!
            .AsArray()
            .Should()
            .Contain(
                verdict =>
                    verdict!["provision"]!.GetValue<string>() == "p5"
                    && verdict["verdict"]!.GetValue<string>() == "breached",
                "nothing was stored"
            );
    }

    [Theory]
    [InlineData(
        """{"suppose": [{"type": "report_filed", "data": {"entryId": "01926d00-0000-7000-8000-000000000040", "report": {"kind": "bombardment", "occurred": "2018-10-14", "source": {"class": "media"}}}}]}""",
        "/suppose/0/data/report/kind agreement/unknown-kind"
    )]
    [InlineData("""{"suppose": [{"type": "entry_retracted", "data": {}}]}""", "/suppose/0/type lens/suppose")]
    [InlineData("""{"without": ["01926d00-0000-7000-8000-000000000040"]}""", "/without query/unknown-entry")]
    [InlineData("""{"reading": "secret"}""", "/reading verdict/unknown-reading")]
    [InlineData("""{"treshold": "alleged"}""", "/treshold input/unknown-member")]
    public async Task A_lens_that_cannot_be_is_refused(string lens, string problem)
    {
        var answer = await AskAsync(lens);

        answer.Should().BeAProblem();
        answer.Problems.Should().Equal(problem);
    }

    [Fact]
    public async Task Between_two_positions_the_report_made_the_difference()
    {
        var diff = await _server.Http.AskAsync($"{Idlib.Agreement}/diff?asOf=2018-10-16&fromKnownAt=1");
        var why = await _server.Http.AskAsync(
            $"{Idlib.Agreement}/verdicts/p2/why-changed?asOf=2018-10-16&fromKnownAt=1"
        );

        Changed(diff).Should().Equal("p2: holding to breached");
        diff.Json["added"]!.AsArray().Single()!["entry"]!.GetValue<string>().Should().Be(_report);
        why.Json["flippedBy"]!.AsArray().Single()!["entries"]![0]!["entry"]!.GetValue<string>().Should().Be(_report);
    }

    [Fact]
    public async Task History_and_flips_name_the_entry()
    {
        var history = (await _server.Http.AskAsync($"{Idlib.Agreement}/verdicts/p2/history?asOf=2018-10-16")).Json[
            "steps"
        ]!.AsArray();
        var flips = (await _server.Http.AskAsync($"{Idlib.Agreement}/verdicts/p2/flips?asOf=2018-10-16")).Json[
            "sets"
        ]!.AsArray();

        history
            .Select(step => $"{step!["position"]} {step["standing"]!["verdict"]}")
            .Should()
            .Equal("1 holding", "2 breached");
        flips.Single()!["entries"]![0]!["entry"]!.GetValue<string>().Should().Be(_report);
    }

    [Fact]
    public async Task A_difference_from_nothing_is_refused()
    {
        var answer = await _server.Http.AskAsync($"{Idlib.Agreement}/diff?asOf=2018-10-16");

        (answer.Status, answer.Code).Should().Be((HttpStatusCode.BadRequest, "query/no-difference"));
    }

    [Fact]
    public async Task Both_points_are_read_and_told_apart()
    {
        var answer = await _server.Http.AskAsync(
            $"{Idlib.Agreement}/diff?asOf=2018-10-16&fromAsOf=yesterday&fromLens=strickt"
        );

        answer.Status.Should().Be(HttpStatusCode.BadRequest);
        answer.Problems.Should().BeEquivalentTo("fromAsOf time/not-an-instant", "fromLens lens/unknown");
    }

    private static JsonObject Bombing()
    {
        var bombing = Idlib.Report("bombing", "2018-10-14");
        bombing["report"]!["actors"] = JsonNode.Parse("""[{"name": "syrian-government", "role": "by"}]""");
        return bombing;
    }

    private Task<Answer> AskAsync(string lens) =>
        _server.Http.PostAsync($"{Idlib.Agreement}/what-if?asOf=2018-10-16", lens);

    private static IEnumerable<string> Changed(Answer answer) =>
        answer.Json["provisions"]!
            .AsArray()
            .Where(change =>
                change!["before"]!["verdict"]!.GetValue<string>() != change["after"]!["verdict"]!.GetValue<string>()
            )
            .Select(change =>
                $"{change!["provision"]}: {change["before"]!["verdict"]} to {change["after"]!["verdict"]}"
            );
}
