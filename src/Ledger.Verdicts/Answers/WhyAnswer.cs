using System.Collections.Immutable;
using Ledger.Domain.Agreements;
using Ledger.Domain.Reports;
using NodaTime;

namespace Ledger.Verdicts.Answers;

/// <summary>Why a verdict is what it is: from the clause to the people who said so.</summary>
public sealed record WhyAnswer
{
    public required VerdictAnswer Answer { get; init; }

    /// <summary>One or two sentences in English.</summary>
    public required string Conclusion { get; init; }

    public required Clause Clause { get; init; }

    /// <summary>The breach that activates the provision, where it needs one.</summary>
    public Activation? Activation { get; init; }

    /// <summary>The arithmetic of each deadline; of at most the first hundred duties.</summary>
    public required ImmutableArray<DeadlineExplained> Deadlines { get; init; }

    /// <summary>The deciding entries with what they say.</summary>
    public required ImmutableArray<Cited> Entries { get; init; }

    /// <summary>What separates the bounds, with what it says.</summary>
    public required ImmutableArray<Cited> SeparatedBy { get; init; }

    /// <summary>When somebody was watching, as far as it touches the provision.</summary>
    public required ImmutableArray<Watch> Coverage { get; init; }

    /// <summary>Facts that fail by exactly one condition; of many, the latest.</summary>
    public required ImmutableArray<NearMiss> NearMisses { get; init; }

    /// <summary>How many near misses are left out.</summary>
    public int NearMissesOmitted { get; init; }

    /// <summary>
    /// What everybody says about the provision, the latest statement of each. It decides nothing, an adjudicator's
    /// finding aside.
    /// </summary>
    public required ImmutableArray<Claim> Statements { get; init; }

    /// <summary>What parties say about the reports that decide it.</summary>
    public required ImmutableArray<Response> Responses { get; init; }
}

/// <summary>The agreement's words and our rule, kept apart.</summary>
public sealed record Clause
{
    public string? Article { get; init; }

    public required ImmutableSortedDictionary<string, string> Title { get; init; }

    public ImmutableSortedDictionary<string, string>? Words { get; init; }

    public ImmutableSortedDictionary<string, string>? Reading { get; init; }

    /// <summary>The rule itself in English sentences made from its data, to be held against the reading.</summary>
    public required ImmutableArray<string> Rule { get; init; }

    /// <summary>Names the version of the reading.</summary>
    public required string Version { get; init; }

    public required ImmutableArray<string> Duty { get; init; }

    internal static Clause Of(Agreement reading, Provision provision) =>
        new()
        {
            Article = provision.Article,
            Title = provision.Title.ByLanguage,
            Words = provision.Words?.ByLanguage,
            Reading = provision.Reading?.ByLanguage,
            Rule = RuleInWords.Of(reading, provision),
            Version = reading.Version,
            Duty = provision.Duty,
        };
}

/// <summary>
/// Another provision whose breach puts this one in force, and when it was breached; null when it was not.
/// </summary>
public sealed record Activation(string Provision, Moment? At);

/// <summary>How a deadline was worked out.</summary>
public sealed record DeadlineExplained
{
    public string? Key { get; init; }

    /// <summary>The start of the duty: the trigger, or the start of force.</summary>
    public required Moment Starts { get; init; }

    /// <summary>The first instant that is too late; null while it stands still.</summary>
    public Moment? TooLate { get; init; }

    /// <summary>The arithmetic as a sentence, with the last day in words.</summary>
    public required string Arithmetic { get; init; }
}

/// <summary>One instant, as UTC and as the clocks of the agreement's time zone show it.</summary>
public sealed record Moment(Instant Utc, string Local);

/// <summary>An entry and what it says.</summary>
public sealed record Cited
{
    public required Guid Entry { get; init; }

    public long? Position { get; init; }

    public required string Type { get; init; }

    public Role? Role { get; init; }

    public Level? Level { get; init; }

    public string? Kind { get; init; }

    public Moment? From { get; init; }

    public Moment? Until { get; init; }

    public string? Place { get; init; }

    /// <summary>Who took part, as the report says, each with its role.</summary>
    public ImmutableArray<Actor>? Actors { get; init; }

    public string? Subject { get; init; }

    /// <summary>Who says so: the name of the source, or whoever recorded it.</summary>
    public string? Author { get; init; }

    public SourceClass? SourceClass { get; init; }

    public Instant? SaidAt { get; init; }

    public Instant? RecordedAt { get; init; }

    /// <summary>The correction that gave the report its content.</summary>
    public Guid? CorrectedBy { get; init; }

    /// <summary>The assessment that gave the report its level.</summary>
    public Guid? AssessedBy { get; init; }

    /// <summary>Grounds of that assessment, or the basis of a power.</summary>
    public string? Grounds { get; init; }

    public string? Summary { get; init; }

    /// <summary>
    /// Numbers of linked reports, from the lowest to the highest, and who says which stands in each report.
    /// </summary>
    public ImmutableSortedDictionary<string, Quantity>? Quantities { get; init; }
}

/// <summary>A time in which somebody was watching.</summary>
public sealed record Watch(
    Guid Entry,
    Instant From,
    Instant Until,
    ImmutableArray<string> Zones,
    string By,
    string? Method
);

/// <summary>The condition by which alone a fact did not count.</summary>
public enum Condition
{
    Level,
    Actor,
    Zone,
    Subject,
    Attribute,
    Quantity,
    Exclusion,
    Late,
    TooEarly,
    OutsideForce,
}

/// <summary>A fact that would have counted but for one condition.</summary>
public sealed record NearMiss
{
    /// <summary>What it would have been.</summary>
    public required Role Role { get; init; }

    public required Condition Failed { get; init; }

    /// <summary>The condition in words: late by two days, 3 km outside the zone.</summary>
    public required string Words { get; init; }

    public required Cited Entry { get; init; }
}
