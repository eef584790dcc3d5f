using System.Collections.Immutable;
using Ledger.Domain.Agreements;
using Ledger.Domain.Places;
using Ledger.Domain.Reports;
using Ledger.Verdicts.Matching;

namespace Ledger.Verdicts.Facts;

/// <summary>
/// What some entries changed about the incidents of the house, for tables that are kept by differences: whatever an
/// incident was counted for before is taken back, and counted as it stands after. Both are found at a cost in proportion
/// to what the entries touch.
/// </summary>
/// <param name="Reading">The latest version of the agreement that is live after the entries.</param>
/// <param name="Ended">Incidents before the entries that are not incidents after them.</param>
/// <param name="Begun">Incidents after the entries that were not incidents before them.</param>
public sealed record IncidentChanges(Agreement Reading, ImmutableArray<Incident> Ended, ImmutableArray<Incident> Begun)
{
    private Matcher Matcher { get; init; } = null!;

    /// <summary>The changes that the entries after one position, up to another, made together.</summary>
    /// <param name="book">Holds an agreement, and the entry at <paramref name="after"/>.</param>
    /// <param name="before">The last position before the entries; from 0 every incident begins.</param>
    /// <param name="after">The position of the last of the entries.</param>
    public static IncidentChanges Between(Book book, long before, long after)
    {
        var reading = book.AgreementAt(after)!;
        var log = book.FactsOf(Corroboration.Of(reading));
        var lines = new ZonesInForce(reading, book.Visible(after, Lens.House).Live<Domain.Entries.ZoneDelimited>());
        return new IncidentChanges(
            reading,
            [.. EndedVersions(log, (int)before, (int)after).Select(version => Of(log, version))],
            [.. BegunVersions(log, (int)before, (int)after).Select(version => Of(log, version))]
        )
        {
            Matcher = new Matcher(reading, lines),
        };
    }

    /// <summary>How surely something happened in a zone, by the lines that are known after the entries.</summary>
    public Certainty Zone(string zone, Report report) => Matcher.Zone(zone, report.Place, report.Occurred);

    /// <summary>The party meant by an id or a name; null when it could be anybody.</summary>
    public string? Party(string name) => Matcher.Party(name);

    private static IEnumerable<int> EndedVersions(FactLog log, int before, int after)
    {
        for (var i = First(log.Ended.Count, i => log[log.Ended[i]].Until >= before); i < log.Ended.Count; i++)
        {
            var version = log.Ended[i];
            if (log[version].Until >= after)
                yield break;
            if (log[version].From < before)
                yield return version;
        }
    }

    private static IEnumerable<int> BegunVersions(FactLog log, int before, int after)
    {
        for (var i = First(log.Count, i => log[i].From >= before); i < log.Count && log[i].From < after; i++)
        {
            if (log[i].Until >= after)
                yield return i;
        }
    }

    /// <summary>The first of so many for which something holds that holds for all that come later.</summary>
    private static int First(int count, Func<int, bool> holds)
    {
        var (low, high) = (0, count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = holds(middle) ? (low, middle) : (middle + 1, high);
        }

        return low;
    }

    private static Incident Of(FactLog log, int version)
    {
        var fact = log.FactOf(version);
        var linked = log[version].Linked;
        return new Incident(
            fact.Head.Filing.Id,
            fact.Content,
            fact.Level,
            [
                .. fact.Reports.Select(
                    (report, i) =>
                        new IncidentReport(
                            report.Filing.Id,
                            report.Content,
                            linked.IsDefault ? report.Level : linked[i].Own
                        )
                ),
            ]
        );
    }
}

/// <summary>Live reports that live links tie together, or one alone, as verdicts count them.</summary>
/// <param name="Head">The report that speaks for the incident: that of the highest level, the latest of equals.</param>
/// <param name="Content">What it says.</param>
/// <param name="Level">Its level, lifted where the others corroborate it.</param>
/// <param name="Reports">Every report that counts, in order of filing.</param>
public sealed record Incident(Guid Head, Report Content, Level Level, ImmutableArray<IncidentReport> Reports);

/// <summary>A report of an incident.</summary>
/// <param name="Id">The entry that filed it.</param>
/// <param name="Content">What it says now: the latest live correction, else the filing.</param>
/// <param name="Level">Its own level, whatever the others of the incident say.</param>
public sealed record IncidentReport(Guid Id, Report Content, Level Level);
