using System.Collections.Immutable;
using Ledger.Domain.Input;
using Ledger.Verdicts.Scenarios;

namespace Ledger.Verdicts.Tests.Examples;

public sealed class ScenarioFiles
{
    private const string Provisions = "  - {id: p, title: P, forbid: {act: attack}}";

    private static Parsed<ImmutableArray<Scenario>> Parse(string text) =>
        ScenarioFile.Parse(text, Accord.FileOf(Provisions, "{threshold: alleged}", "first"), _ => null);

    [Fact]
    public void Fail_a_scenario_with_a_bad_entry_and_run_the_others()
    {
        var outcomes = Parse(
                """
                scenarios:
                  - name: Has a bad entry
                    given:
                      - report: {kind: atack, occurred: 2018-10-05}
                    when: {asOf: 2018-10-06}
                    then: {p: breached}
                  - name: Is well
                    when: {asOf: 2018-10-06}
                    then: {p: holding}
                """
            )
            .Required()
            .Select(scenario => scenario.Run())
            .ToList();

        outcomes.Select(outcome => outcome.IsAsExpected).Should().Equal(false, true);
        outcomes[0]
            .Scenario.Problems.Select(problem => (problem.Code, problem.Line))
            .Should()
            .Equal(("agreement/unknown-kind", 4));
    }

    [Fact]
    public void Are_refused_as_a_whole_where_what_is_common_to_all_is_wrong() =>
        Parse(
                """
                given:
                  - report: {kind: atack, occurred: 2018-10-05}
                scenarios:
                  - {name: A, when: {asOf: 2018-10-06}, then: {p: holding}}
                  - {name: B, when: {asOf: 2018-10-06}, then: {p: holding}}
                """
            )
            .Should()
            .BeOfType<Parsed<ImmutableArray<Scenario>>.Bad>()
            .Which.Problems.Should()
            .ContainSingle(problem => problem.Code == "agreement/unknown-kind" && problem.Line == 2);
}
