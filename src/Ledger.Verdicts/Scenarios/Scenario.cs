using System.Collections.Immutable;
using Ledger.Domain.Entries;
using Ledger.Domain.Input;

namespace Ledger.Verdicts.Scenarios;

/// <summary>Given these entries, when this is asked, then these are the verdicts.</summary>
/// <param name="Line">Where it begins in its file, from 1.</param>
/// <param name="Content">Null where it cannot be run.</param>
/// <param name="Problems">Why it cannot.</param>
public sealed record Scenario(string Name, int Line, ScenarioContent? Content, ImmutableArray<Problem> Problems)
{
    public Outcome Run() => new(this, Content?.Run() ?? []);
}

/// <summary>What a scenario says, where nothing is wrong with it.</summary>
public sealed record ScenarioContent(Book Given, Question When, ImmutableArray<Expectation> Then)
{
    public ImmutableArray<Difference> Run()
    {
        var verdicts = Judge.Status(Given, When).Verdicts.ToDictionary(answer => answer.Provision);
        var zone = Given.Reading(When).TimeZone;
        return
        [
            .. Then.Select(expected => new Difference(
                    expected,
                    expected.Field.Actual(verdicts[expected.Provision], zone)
                ))
                .Where(difference => difference.Actual != difference.Expectation.Expected),
        ];
    }
}

/// <summary>What one field of a provision's verdict must be.</summary>
/// <param name="Line">Where it is written, from 1.</param>
public sealed record Expectation(string Provision, VerdictField Field, string Expected, int Line);

/// <summary>A scenario's outcome.</summary>
public sealed record Outcome(Scenario Scenario, ImmutableArray<Difference> Differences)
{
    /// <summary>Whether it could be run and all is as expected.</summary>
    public bool IsAsExpected => Scenario.Problems.IsEmpty && Differences.IsEmpty;
}

public sealed record Difference(Expectation Expectation, string Actual)
{
    public override string ToString() =>
        $"{Expectation.Provision}: {Expectation.Field.Name} is {Actual}, expected {Expectation.Expected}";
}
