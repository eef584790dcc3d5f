using Ledger.Domain.Agreements;
using Ledger.Domain.Places;
using Ledger.Domain.Reports;

namespace Ledger.Verdicts.Facts;

/// <summary>Which facts count: those at least so well established that match at least so surely.</summary>
internal readonly record struct EvidenceStandard(Level Threshold, Certainty Match)
{
    public static readonly EvidenceStandard Widest = new(Level.Alleged, Certainty.Possible);

    public static readonly EvidenceStandard Narrowest = new(Level.Confirmed, Certainty.Certain);

    public bool Admits(Row row) => row.Match >= Match && row.Level.Meets(Threshold);

    public bool Admits(Certainty certainty) => certainty != Certainty.No && certainty >= Match;

    /// <summary>Lets through whatever either does.</summary>
    public static EvidenceStandard Wider(EvidenceStandard one, EvidenceStandard other) =>
        new(
            one.Threshold < other.Threshold ? one.Threshold : other.Threshold,
            one.Match < other.Match ? one.Match : other.Match
        );
}

/// <summary>One standard for facts that speak for the duty-bound and one for those that speak against them.</summary>
internal readonly record struct EvidenceStandards(EvidenceStandard Favourable, EvidenceStandard Unfavourable)
{
    public static readonly EvidenceStandards Best = new(EvidenceStandard.Widest, EvidenceStandard.Narrowest);

    public static readonly EvidenceStandards Worst = new(EvidenceStandard.Narrowest, EvidenceStandard.Widest);

    public static EvidenceStandards Plain(EvidenceStandard standard) => new(standard, standard);

    public static EvidenceStandards Plain(Lens lens, Agreement reading) =>
        Plain(new EvidenceStandard(lens.Threshold ?? reading.Evidence.Threshold, lens.Match ?? Certainty.Certain));

    public bool IsPlain => Favourable == Unfavourable;

    /// <summary>Every standard a lens can ask for.</summary>
    public static IEnumerable<EvidenceStandards> AllPlain =>
        from level in (Level[])[Level.Alleged, Level.Corroborated, Level.Confirmed]
        from match in (Certainty[])[Certainty.Possible, Certainty.Certain]
        select Plain(new EvidenceStandard(level, match));
}
