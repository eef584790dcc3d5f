using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Ledger.Domain.Agreements;
using Ledger.Domain.Input;
using Ledger.Server.Answers;
using Ledger.Server.Authorization;
using Ledger.Server.Description;
using Ledger.Server.Requests;
using Ledger.Verdicts.Scenarios;
using Wolverine.Http;

namespace Ledger.Server.Agreements;

/// <summary>
/// Runs the scenarios of an agreement file: given these reports, when this is asked, then these are the verdicts.
/// Nothing is stored.
/// </summary>
public static class TestAgreementFile
{
    /// <summary>A request is answered within seconds.</summary>
    private const int MostEntries = 20_000;

    [WolverinePost("/api/v1/agreement-tests")]
    [Permit(Permission.Administer)]
    [Describe(
        "testAgreementFile",
        "Run an agreement file's scenarios",
        Detail = "The body is that of a check, with the scenario files by name as `scenarios`; files of entries that they refer to belong in `beside`. All scenarios together may read 20,000 entries; the command line has no such limit. Nothing is stored.",
        Form = BodyForm.Plain,
        Example = "agreement_test",
        Gives = typeof(TestedFile)
    )]
    public static async Task<IResult> Post(HttpRequest request) =>
        (await RequestBody.JsonAsync(request)).Then(Test) switch
        {
            Parsed<TestedFile>.Good { Value: var good } => new JsonAnswer(good),
            Parsed<TestedFile>.Bad bad => ErrorAnswer.Of(bad.Problems),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private static Parsed<TestedFile> Test(JsonNode body) =>
        SentFile
            .Read(body, "scenarios")
            .Then(sent =>
                sent.Agreement()
                    .Then(agreement =>
                    {
                        var files = sent.Files["scenarios"];
                        if (files.Count == 0)
                            return new Parsed<TestedFile>.Bad([
                                new Problem(
                                    "input/missing",
                                    "/scenarios",
                                    "Send at least one file of scenarios: its text by its name."
                                ),
                            ]);
                        var (tested, problems) = (
                            ImmutableArray.CreateBuilder<TestedScenario>(),
                            ImmutableArray.CreateBuilder<Problem>()
                        );
                        foreach (var (name, text) in files)
                        {
                            switch (
                                ScenarioFile.Parse(
                                    text,
                                    agreement,
                                    beside => EntriesIn(sent.Files["beside"], beside),
                                    MostEntries
                                )
                            )
                            {
                                case Parsed<ImmutableArray<Scenario>>.Good good:
                                    tested.AddRange(
                                        good.Value.Select(scenario => TestedScenario.Of(name, scenario.Run()))
                                    );
                                    break;
                                case Parsed<ImmutableArray<Scenario>>.Bad bad:
                                    // Whose line and column it is, the pointer cannot say: it is that of the text's own
                                    // content.
                                    problems.AddRange(
                                        bad.Problems.Select(problem =>
                                            problem with
                                            {
                                                Message = $"{name}: {problem.Message}",
                                            }
                                        )
                                    );
                                    break;
                            }
                        }

                        return problems.Count > 0
                            ? new Parsed<TestedFile>.Bad(problems.ToImmutable())
                            : new Parsed<TestedFile>.Good(
                                new TestedFile(
                                    tested.Count(scenario => scenario.Ok),
                                    tested.Count(scenario => !scenario.Ok),
                                    tested.ToImmutable()
                                )
                            );
                    })
            );

    /// <summary>Lines of JSON; one that is no entry ends the file, and the scenario that names it says so.</summary>
    private static List<WrittenEntry>? EntriesIn(IReadOnlyDictionary<string, string> beside, string name)
    {
        if (!beside.TryGetValue(name, out var text))
            return null;
        var entries = new List<WrittenEntry>();
        foreach (var line in text.Split('\n').Where(line => !string.IsNullOrWhiteSpace(line)))
        {
            if (
                JsonInput.Parse(line) is not Parsed<JsonNode>.Good { Value: JsonObject whole }
                || whole["type"] is not JsonValue type
                || whole["data"] is not JsonObject data
            )
                return null;
            entries.Add(new WrittenEntry(type.ToString(), data));
        }

        return entries;
    }
}

/// <param name="Passed">Scenarios of which every verdict is as expected.</param>
/// <param name="Scenarios">In the order of their files.</param>
public sealed record TestedFile(int Passed, int Failed, ImmutableArray<TestedScenario> Scenarios);

/// <param name="Line">Where it begins in its file, from 1.</param>
/// <param name="AsOf">When its verdicts are asked for; null where it cannot be run.</param>
/// <param name="Problems">Why it cannot be run; null where it can.</param>
public sealed record TestedScenario(
    string File,
    int Line,
    string Name,
    NodaTime.Instant? AsOf,
    bool Ok,
    ImmutableArray<TestedProblem>? Problems,
    ImmutableArray<TestedDifference> Differences
)
{
    public static TestedScenario Of(string file, Outcome outcome) =>
        new(
            file,
            outcome.Scenario.Line,
            outcome.Scenario.Name,
            outcome.Scenario.Content?.When.AsOf,
            outcome.IsAsExpected,
            outcome.Scenario.Problems.IsEmpty
                ? null
                :
                [
                    .. outcome.Scenario.Problems.Select(problem => new TestedProblem(
                        problem.Code,
                        problem.Message,
                        problem.Line,
                        problem.Column
                    )),
                ],
            [
                .. outcome.Differences.Select(difference => new TestedDifference(
                    difference.Expectation.Provision,
                    difference.Expectation.Field.Name,
                    difference.Expectation.Expected,
                    difference.Actual,
                    difference.Expectation.Line
                )),
            ]
        );
}

/// <param name="Field">Of the verdict: verdict, since, due, violations and so on.</param>
/// <param name="Line">Where it is expected, from 1.</param>
public sealed record TestedDifference(string Provision, string Field, string Expected, string Actual, int Line);

/// <param name="Code">Stable, for programs.</param>
/// <param name="Message">What is wrong, in a sentence.</param>
/// <param name="Line">Where it is in the file of scenarios, from 1.</param>
/// <param name="Column">The same within the line.</param>
public sealed record TestedProblem(string Code, string Message, int? Line, int? Column);
