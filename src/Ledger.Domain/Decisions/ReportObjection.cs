using Ledger.Domain.Agreements;
using Ledger.Domain.Reports;
using NodaTime;
using static Ledger.Domain.Decisions.Decision;

namespace Ledger.Domain.Decisions;

/// <summary>
/// What can be wrong with a report: words the codebook does not know, and a happening that has not happened.
/// </summary>
internal static class ReportObjection
{
    /// <summary>A phone's clock may be ahead by so much.</summary>
    private static readonly Duration ClockTolerance = Duration.FromHours(1);

    public static Refused? To(Report report, Instant? saidAt, LedgerState state) =>
        EntryDecider.Known(state, a => a.Codebook.Kinds.Keys, report.Kind, "kind", "/report/kind")
        ?? Future(report, state)
        ?? SaidBefore(report, saidAt, state)
        ?? report
            .Attributes.Select(a => Attribute(a.Key, a.Value, state))
            .FirstOrDefault(refused => refused is not null)
        ?? report
            .Quantities.Keys.Select(q =>
                EntryDecider.Known(state, a => a.Codebook.Quantities.Keys, q, "quantity", $"/report/quantities/{q}")
            )
            .FirstOrDefault(refused => refused is not null)
        ?? EntryDecider.Known(state, a => a.Zones.Select(z => z.Id), report.Place?.Zone, "zone", "/report/place/zone")
        ?? EntryDecider.Known(
            state,
            a => a.Parties.Select(p => p.Id),
            report.Source.Party,
            "party",
            "/report/source/party"
        );

    private static Refused? Future(Report report, LedgerState state) =>
        report.Occurred.From <= state.RecordedAt + ClockTolerance
            ? null
            : new Refused(
                "report/occurs-in-the-future",
                "/report/occurred",
                $"It cannot have happened on {report.Occurred.From}: "
                    + $"that is after now ({state.RecordedAt}). Check the year; announcements are statements."
            );

    /// <summary>
    /// Nobody can report what has not begun. Days are compared, in the agreement's zone, because many sources state only
    /// the day on which they said something.
    /// </summary>
    private static Refused? SaidBefore(Report report, Instant? saidAt, LedgerState state)
    {
        if (saidAt is not { } said || state.Agreement is not { TimeZone: var zone })
            return null;
        var (saidOn, begunOn) = (said.InZone(zone).Date, report.Occurred.From.InZone(zone).Date);
        return saidOn >= begunOn
            ? null
            : new Refused(
                "report/said-before-it-occurred",
                "/saidAt",
                $"It cannot have been reported on {saidOn:uuuu-MM-dd}: "
                    + $"what it reports began on {begunOn:uuuu-MM-dd}. Check both days; "
                    + "announcements are statements."
            );
    }

    private static Refused? Attribute(string name, string value, LedgerState state) =>
        EntryDecider.Known(state, a => a.Codebook.Attributes.Keys, name, "attribute", $"/report/attributes/{name}")
        ?? EntryDecider.Known(
            state,
            a => a.Codebook.Attributes.GetValueOrDefault(name)?.Values.Keys ?? [],
            value,
            "value",
            $"/report/attributes/{name}"
        );
}
