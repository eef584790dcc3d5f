namespace Ledger.Verdicts.Rules;

/// <summary>When the conditions of a provision hold, by one way of taking the evidence (docs/verdicts.md, section 17).</summary>
/// <param name="Holds">When it may bind, in order; null where nothing is asked of other provisions.</param>
/// <param name="Began">When the duty that waits for other provisions begins; never where there is none.</param>
internal sealed record Conditions(List<TickSpan>? Holds, long Began)
{
    public static readonly Conditions None = new(null, Ticks.Never);

    public bool SameAs(Conditions other) =>
        Began == other.Began
        && (Holds is null ? other.Holds is null : other.Holds is not null && Holds.SequenceEqual(other.Holds));
}
