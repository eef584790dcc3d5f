using System.Text.Json.Nodes;
using Ledger.Store.People;

namespace Ledger.Server.Tests.People;

/// <summary>A reviewer asks whoever filed a report something.</summary>
public sealed class SendingBack : IAsyncLifetime
{
    private const string List = $"{Idlib.Agreement}/questions";

    private RunningServer _server = null!;
    private HttpClient _monitor = null!;
    private HttpClient _reviewer = null!;
    private string _report = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await Idlib.AdoptedAsync();
        (_monitor, _reviewer) = (
            await _server.ActorAsync(Role.Monitor.In(Idlib.Id)),
            await _server.ActorAsync(Role.Reviewer.In(Idlib.Id))
        );
        _report = Idlib.NewId();
        (await _monitor.PostAsync($"{Idlib.Agreement}/reports", Idlib.Report("bombing", "2018-10-14", _report)))
            .Status.Should()
            .Be(HttpStatusCode.Created);
    }

    public async ValueTask DisposeAsync()
    {
        _monitor.Dispose();
        _reviewer.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Waits_with_whoever_filed_the_report_until_they_answer()
    {
        var question = await AskAsync();

        var waiting = await OnlyAsync(_monitor);
        waiting["entry"]!.GetValue<string>().Should().Be(question);
        waiting["question"]!.GetValue<string>().Should().Be("Which end of the street?");
        waiting["fields"]!.AsArray().Select(f => f!.GetValue<string>()).Should().Equal("place");
        waiting["mine"]!.GetValue<bool>().Should().BeTrue();
        waiting["answer"].Should().BeNull();
        (await OnlyAsync(_reviewer))["mine"]!.GetValue<bool>().Should().BeFalse("somebody else filed the report");

        (await AnswerAsync(_monitor, question)).Status.Should().Be(HttpStatusCode.Created);

        (await OnlyAsync(_reviewer))["answer"]!["words"]!.GetValue<string>().Should().Be("The northern end.");
        var shown = (await _reviewer.AskAsync($"/api/v1/reports/{_report}")).Json;
        shown["questions"]!.AsArray().Should().ContainSingle();
        shown["answers"]!.AsArray().Should().ContainSingle();
        shown["level"]!.GetValue<string>().Should().Be("alleged", "a question finds nothing");
    }

    [Fact]
    public async Task Is_answered_by_a_correction_too()
    {
        await AskAsync();
        var corrected = Idlib.Report("bombing", "2018-10-14", Idlib.NewId());
        corrected["reason"] = "It was the northern end.";

        (await _monitor.PostAsync($"/api/v1/reports/{_report}/corrections", corrected))
            .Status.Should()
            .Be(HttpStatusCode.Created);

        (await OnlyAsync(_reviewer))["answer"]!["type"]!.GetValue<string>().Should().Be("report_corrected");
    }

    [Fact]
    public async Task Is_answered_by_nobody_else()
    {
        var question = await AskAsync();
        using var another = await _server.ActorAsync(Role.Monitor.In(Idlib.Id));

        (await AnswerAsync(another, question)).Code.Should().Be("permission/not-own");

        (await OnlyAsync(_reviewer))["answer"].Should().BeNull();
    }

    [Fact]
    public async Task Ends_when_the_question_or_the_report_is_withdrawn()
    {
        var question = await AskAsync();

        (
            await _reviewer.PostAsync(
                $"/api/v1/entries/{question}/retractions",
                new JsonObject { ["entryId"] = Idlib.NewId(), ["reason"] = "Seen by now." }
            )
        )
            .Status.Should()
            .Be(HttpStatusCode.Created);

        (await _monitor.AskAsync(List)).Json["questions"]!.AsArray().Should().BeEmpty();
        await AskAsync();
        (
            await _monitor.PostAsync(
                $"/api/v1/reports/{_report}/retractions",
                new JsonObject { ["entryId"] = Idlib.NewId(), ["reason"] = "Mistaken." }
            )
        )
            .Status.Should()
            .Be(HttpStatusCode.Created);
        (await _monitor.AskAsync(List)).Json["questions"]!.AsArray().Should().BeEmpty();
    }

    [Theory]
    [InlineData("question", " ", "input/blank")]
    [InlineData("fields", "colour", "input/unknown-word")]
    public async Task Says_what_is_wrong_with_a_question(string member, string value, string problem)
    {
        var question = Question();
        question[member] = value;

        (await _reviewer.PostAsync($"/api/v1/reports/{_report}/questions", question))
            .Problems.Should()
            .ContainSingle()
            .Which.Should()
            .EndWith(problem);
    }

    private static JsonObject Question() =>
        new()
        {
            ["entryId"] = Idlib.NewId(),
            ["question"] = "Which end of the street?",
            ["fields"] = new JsonArray("place"),
            ["by"] = "Desk",
        };

    private async Task<string> AskAsync()
    {
        var question = Question();
        (await _reviewer.PostAsync($"/api/v1/reports/{_report}/questions", question))
            .Status.Should()
            .Be(HttpStatusCode.Created);
        return question["entryId"]!.GetValue<string>();
    }

    private static Task<Answer> AnswerAsync(HttpClient who, string question) =>
        who.PostAsync(
            $"/api/v1/questions/{question}/answers",
            new JsonObject { ["entryId"] = Idlib.NewId(), ["words"] = "The northern end." }
        );

    private static async Task<JsonNode> OnlyAsync(HttpClient who) =>
        (await who.AskAsync(List)).Json["questions"]!.AsArray().Should().ContainSingle().Which!;
}
