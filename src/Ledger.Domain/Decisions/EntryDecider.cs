using System.Collections.Immutable;
using Ledger.Domain.Agreements;
using Ledger.Domain.Entries;
using Ledger.Domain.Input;
using Ledger.Domain.Time;
using NodaTime;
using static Ledger.Domain.Decisions.Decision;

namespace Ledger.Domain.Decisions;

/// <summary>
/// Decides whether an event may be recorded. It asks only what makes an entry meaningful: that what it names exists and
/// that its times can be. Whether a claim is true is for assessments, and whether it matters is for verdicts.
/// </summary>
public static class EntryDecider
{
    /// <summary>A phone's clock may be ahead by so much; what it says is then taken as said when recorded.</summary>
    private static readonly Duration ClockTolerance = Duration.FromMinutes(10);

    /// <summary>
    /// Retractions of retractions, at most: what two people disagree about is then for a finding. A longer chain would be
    /// read again with every entry that lengthens it.
    /// </summary>
    public const int DeepestRetraction = 8;

    /// <summary>Ids of the earlier entries that the decision has to see.</summary>
    public static ImmutableArray<Guid> References(LedgerEvent proposed) =>
        proposed switch
        {
            ReportCorrected e => [e.Target],
            AssessmentProposed e => [e.Target],
            ReportAssessed { Proposal: { } proposal } e => [e.Target, proposal],
            ReportAssessed e => [e.Target],
            ReportSentBack e => [e.Target],
            QuestionAnswered e => [e.Target],
            ReportsLinked e => e.Reports,
            PartyResponded e => [e.Target],
            EvidenceAttached e => [e.Target],
            EntryRetracted e => [e.Target],
            ErasureConfirmed e => [e.Target],
            _ => [],
        };

    public static Decision Decide(LedgerEvent proposed, LedgerState state)
    {
        if (proposed.SaidAt > state.RecordedAt + ClockTolerance)
            return new Refused(
                "time/said-in-the-future",
                "/saidAt",
                $"It cannot have been said at {proposed.SaidAt}, after it is recorded ({state.RecordedAt}). "
                    + "Leave 'saidAt' out if it is said now."
            );

        if (proposed is AgreementAdopted adopted)
            return state.Agreement is null
                ? (Decision?)File(adopted.File) ?? Accept(adopted)
                : new Refused(
                    "agreement/already-adopted",
                    "/file/id",
                    $"'{state.Agreement.Id}' was adopted already; record a revision instead."
                );
        if (state.Agreement is null)
            return new Refused("agreement/not-adopted", "", "There is no agreement here yet; adopt one first.");

        return (Decision?)Objection(proposed, state) ?? Accept(proposed);
    }

    private static Refused? Objection(LedgerEvent proposed, LedgerState state) =>
        proposed switch
        {
            AgreementRevised e => File(e.File) ?? Revision(e, state),
            ZoneDelimited e => Known(state, a => a.Zones.Select(z => z.Id), e.Zone, "zone", "/zone")
                ?? (
                    e.Outer.Geometry.Buffer(1e-6).Covers(e.Inner.Geometry)
                        ? null
                        : new Refused(
                            "zone/outer-does-not-cover-inner",
                            "/outer",
                            "The outer geometry must cover the inner one."
                        )
                ),
            ProvisionSuspended e => Provision(state, e.Provision, "/provision"),
            ProvisionResumed e => Provision(state, e.Provision, "/provision"),
            ProvisionDischarged e => Provision(state, e.Provision, "/provision"),
            DeadlineExtended e => Provision(state, e.Provision, "/provision")
                ?? (
                    state.Readings.Any(r => r.Provision(e.Provision)?.Rule.HasDeadlines == true)
                        ? null
                        : new Refused(
                            "agreement/no-deadline",
                            "/provision",
                            $"'{e.Provision}' has no deadline that could be extended."
                        )
                ),
            AgreementTerminated => null,
            ReportFiled e => ReportObjection.To(e.Report, e.SaidAt, state),
            ReportCorrected e => Target<ReportFiled>(state, e.Target, "/target", "report")
                ?? ReportObjection.To(e.Report, e.SaidAt, state),
            AssessmentProposed e => Target<ReportFiled>(state, e.Target, "/target", "report"),
            ReportAssessed e => Target<ReportFiled>(state, e.Target, "/target", "report") ?? Seconds(e, state),
            ReportSentBack e => Target<ReportFiled>(state, e.Target, "/target", "report"),
            QuestionAnswered e => Target<ReportSentBack>(state, e.Target, "/target", "question"),
            ReportsLinked e => e
                .Reports.Select((id, i) => Target<ReportFiled>(state, id, $"/reports/{i}", "report"))
                .FirstOrDefault(refused => refused is not null),
            PartyResponded e => Target<ReportFiled>(state, e.Target, "/target", "report")
                ?? Party(state, e.Party, "/party"),
            StatementRecorded e => e.Provisions.Select((p, i) => Provision(state, p, $"/provisions/{i}"))
                .FirstOrDefault(refused => refused is not null)
                ?? Party(state, e.Party, "/party")
                ?? Known(state, a => a.Adjudicators.Select(x => x.Id), e.Adjudicator, "adjudicator", "/adjudicator"),
            CoverageRecorded e => e
                .Zones.Select((z, i) => Known(state, a => a.Zones.Select(x => x.Id), z, "zone", $"/zones/{i}"))
                .FirstOrDefault(refused => refused is not null),
            EvidenceAttached e => Target<ReportFiled>(state, e.Target, "/target", "report"),
            EntryRetracted e => Target<LedgerEvent>(state, e.Target, "/target", "entry")
                ?? Retractable(state.Find(e.Target)!)
                ?? (
                    state.RetractionsBelow(e.Target) < DeepestRetraction
                        ? null
                        : new Refused(
                            "entry/retracted-too-deep",
                            "/target",
                            $"This would be retraction number {DeepestRetraction + 1} of one another. File or assess anew what should count."
                        )
                ),
            ErasureRequested e => e.Positions.IsEmpty
                ? new Refused(
                    "erasure/no-positions",
                    "/positions",
                    "Name the positions whose sealed values are to be destroyed."
                )
                : null,
            ErasureConfirmed e => Target<ErasureRequested>(state, e.Target, "/target", "request for erasure")
                ?? (
                    ((ErasureRequested)state.Find(e.Target)!.Event).Handle == e.Handle
                        ? null
                        : new Refused("erasure/other-handle", "/handle", "The request names another handle.")
                ),
            LogResumed or KeyRotated or ClockCorrected => null,
            _ => throw new System.Diagnostics.UnreachableException(
                $"{proposed.GetType().Name} cannot be proposed here."
            ),
        };

    private static Decision Accept(LedgerEvent proposed) => new Accepted(proposed);

    /// <summary>The file was read at the edge; a batch may hold anything.</summary>
    private static Refused? File(System.Text.Json.Nodes.JsonObject file) =>
        AgreementFile.Read(file) is Parsed<Agreement>.Bad bad
            ? new Refused(bad.Problems[0].Code, $"/file{bad.Problems[0].Pointer}", bad.Problems[0].Message)
            : null;

    private static Refused? Revision(AgreementRevised proposed, LedgerState state)
    {
        var revised = AgreementFile.Read(proposed.File).Required();
        if (revised.Id != state.Agreement!.Id)
            return new Refused(
                "agreement/another-agreement",
                "/file/id",
                $"The file is of '{revised.Id}', not of '{state.Agreement.Id}'."
            );
        return state.Readings.Any(r => r.Version == revised.Version)
            ? new Refused(
                "agreement/version-used",
                "/file/version",
                $"The version '{revised.Version}' was recorded already; give the new one another name."
            )
            : null;
    }

    /// <summary>
    /// Two people agree only on the same finding about the same report. That they are two is for whoever knows who they
    /// are.
    /// </summary>
    private static Refused? Seconds(ReportAssessed proposed, LedgerState state)
    {
        if (proposed.Proposal is not { } id)
            return null;
        if (Target<AssessmentProposed>(state, id, "/proposal", "proposed assessment") is { } refused)
            return refused;
        var first = (AssessmentProposed)state.Find(id)!.Event;
        if (first.Target != proposed.Target)
            return new Refused(
                "assessment/another-report",
                "/proposal",
                $"The proposal {id} is about the report {first.Target}."
            );
        return first.Level == proposed.Level
            ? null
            : new Refused(
                "assessment/another-level",
                "/level",
                $"The proposal {id} is another finding; agree with it as it is, or propose your own."
            );
    }

    private static Refused? Retractable(Entry target) =>
        target.Event switch
        {
            AgreementAdopted => new Refused(
                "entry/not-retractable",
                "/target",
                "The adoption cannot be retracted; terminate or revise the agreement."
            ),
            ErasureRequested or ErasureConfirmed => new Refused(
                "entry/not-retractable",
                "/target",
                "An erasure cannot be retracted: what was destroyed cannot be restored."
            ),
            LogResumed => new Refused(
                "entry/not-retractable",
                "/target",
                "The resumption of a log cannot be retracted: what was signed before stays signed."
            ),
            ClockCorrected => new Refused(
                "entry/not-retractable",
                "/target",
                "That the clock was corrected cannot be retracted: what was recorded since stands after it."
            ),
            KeyRotated => new Refused(
                "entry/not-retractable",
                "/target",
                "A change of key cannot be retracted: what was signed stays signed. Change the key once more."
            ),
            _ => null,
        };

    private static Refused? Target<T>(LedgerState state, Guid id, string pointer, string what)
        where T : LedgerEvent =>
        state.Find(id)?.Event switch
        {
            T => null,
            null => new Refused("entry/not-found", pointer, $"There is no entry {id} in this ledger."),
            var other => new Refused(
                "entry/wrong-type",
                pointer,
                $"Entry {id} is not a {what} but {EventTypes.NameOf(other)}."
            ),
        };

    private static Refused? Provision(LedgerState state, string id, string pointer) =>
        Known(state, a => a.Provisions.Select(p => p.Id), id, "provision", pointer);

    private static Refused? Party(LedgerState state, string? id, string pointer) =>
        Known(state, a => a.Parties.Select(p => p.Id), id, "party", pointer);

    /// <summary>
    /// A word is known when any version of the file knows it, since a lens may read the ledger by any of them.
    /// </summary>
    internal static Refused? Known(
        LedgerState state,
        Func<Agreement, IEnumerable<string>> words,
        string? word,
        string what,
        string pointer
    ) =>
        word is null || state.Readings.Any(reading => words(reading).Contains(word))
            ? null
            : new Refused(
                $"agreement/unknown-{what}",
                pointer,
                $"'{state.Agreement!.Id}' has no {what} '{word}'.{Nearest.Hint(word, words(state.Agreement))}"
            );
}
