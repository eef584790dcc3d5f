using System.Collections.Immutable;
using Ledger.Domain.Entries;

namespace Ledger.Verdicts.Scenarios;

/// <summary>Given these entries, when this is asked, then these are the verdicts.</summary>
/// <param name="Line">Where it begins in its file, from 1.</param>
public sealed record Scenario(string Name, int Line, Book Given, Question When, ImmutableArray<Expectation> Then)
{
    public Outcome Run()
    {
        var verdicts = Judge.Status(Given, When).Verdicts.ToDictionary(answer => answer.Provision);
        var zone = Given.Reading(When).TimeZone;
        return new Outcome(
            this,
            [
                .. Then.Select(expected => new Difference(
                        expected,
                        expected.Field.Actual(verdicts[expected.Provision], zone)
                    ))
                    .Where(difference => difference.Actual != difference.Expectation.Expected),
            ]
        );
    }
}

/// <summary>What one field of a provision's verdict must be.</summary>
/// <param name="Line">Where it is written, from 1.</param>
public sealed record Expectation(string Provision, VerdictField Field, string Expected, int Line);

/// <summary>A scenario's outcome: empty when all is as expected.</summary>
public sealed record Outcome(Scenario Scenario, ImmutableArray<Difference> Differences);

public sealed record Difference(Expectation Expectation, string Actual)
{
    public override string ToString() =>
        $"{Expectation.Provision}: {Expectation.Field.Name} is {Actual}, expected {Expectation.Expected}";
}
