namespace Ledger.Verdicts.Rules;

/// <summary>A half-open stretch of time in ticks.</summary>
internal readonly record struct TickSpan(long From, long Until)
{
    public bool IsEmpty => Until <= From;

    public bool Contains(long ticks) => From <= ticks && ticks < Until;

    public TickSpan Cut(TickSpan other) => new(Math.Max(From, other.From), Math.Min(Until, other.Until));
}
