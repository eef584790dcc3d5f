using System.Collections.Immutable;
using Ledger.Domain.Agreements;
using Ledger.Domain.Entries;
using Ledger.Domain.Reports;
using Ledger.Domain.Time;
using NodaTime;

namespace Ledger.Verdicts.Answers;

/// <summary>By which clock somebody knew: by what had been said, or by what this ledger held.</summary>
public enum KnownBy
{
    Said,
    Recorded,
}

internal static class KnownByClocks
{
    /// <summary>
    /// The times by that clock at which more became known, in order. A lens limits what had been said, whenever it was
    /// recorded.
    /// </summary>
    public static IEnumerable<Instant> Times(this KnownBy by, IEnumerable<Entry> entries, Lens lens) =>
        (
            by == KnownBy.Said
                ? entries.Select(entry => entry.SaidAt).Where(said => !(said > lens.SaidBy))
                : entries.Select(entry => entry.RecordedAt)
        )
            .Distinct()
            .Order();
}

/// <summary>
/// One incident in short, as a map and a list show it: what a report says, or several that are linked.
/// </summary>
public sealed record IncidentStanding
{
    /// <summary>The report whose content this is: that of the highest level, the latest of equals.</summary>
    public required Guid Report { get; init; }

    /// <summary>All reports of the incident that count, in order of their filing.</summary>
    public required ImmutableArray<Guid> Reports { get; init; }

    public required long Position { get; init; }

    public required Level Level { get; init; }

    public required string Kind { get; init; }

    public required Instant From { get; init; }

    public required Instant Until { get; init; }

    public required Precision Precision { get; init; }

    public string? Place { get; init; }

    /// <summary>
    /// Degrees, rounded to a metre; for drawing. The decimals that were recorded stand in the report.
    /// </summary>
    public double? Lat { get; init; }

    public double? Lon { get; init; }

    /// <summary>Metres around the point within which it happened.</summary>
    public int? Metres { get; init; }

    /// <summary>Zones in which it certainly happened.</summary>
    public required ImmutableArray<string> Zones { get; init; }

    /// <summary>Zones in which it may have happened; also one that is named before its line was in force.</summary>
    public required ImmutableArray<string> PerhapsZones { get; init; }

    /// <summary>
    /// The provisions that it violates, by the whole question; of an answer's verdicts, which list a thousand
    /// violations, these are all.
    /// </summary>
    public required ImmutableArray<string> Violates { get; init; }

    public required ImmutableArray<IncidentActor> Actors { get; init; }

    /// <summary>From the lowest to the highest of its reports; who says which stands in each report.</summary>
    public required ImmutableSortedDictionary<string, Quantity> Quantities { get; init; }

    public string? Summary { get; init; }

    public required SourceClass SourceClass { get; init; }

    public string? Source { get; init; }

    /// <summary>The party for which the source speaks.</summary>
    public string? SourceParty { get; init; }

    public required Instant SaidAt { get; init; }

    /// <summary>
    /// Where several versions are asked for: this one was known from then on, by the clock that was asked for.
    /// </summary>
    public Instant? Since { get; init; }

    /// <summary>Where several versions are asked for: and until then, excluded; null is until now.</summary>
    public Instant? Before { get; init; }
}

/// <summary>Somebody who took part.</summary>
/// <param name="Name">As the report says.</param>
/// <param name="Role">By, against, observed.</param>
/// <param name="Party">The party meant, where it is clear.</param>
public sealed record IncidentActor(string Name, ActorRole Role, string? Party);

/// <summary>How every provision stood at each time by what was known at that time.</summary>
public sealed record KnownThenAnswer
{
    public required string Agreement { get; init; }

    public required long Position { get; init; }

    public required KnownBy By { get; init; }

    /// <summary>The first and the last day that were asked for.</summary>
    public required LocalDate From { get; init; }

    public required LocalDate Until { get; init; }

    public required LensUsed Lens { get; init; }

    public required ImmutableArray<ProvisionKnownThen> Provisions { get; init; }
}

/// <param name="Provision">Its id.</param>
/// <param name="Intervals">Half-open, from day to day, each with what was answered at the end of each of its
/// days.</param>
public sealed record ProvisionKnownThen(string Provision, ImmutableArray<TimelineInterval> Intervals);
