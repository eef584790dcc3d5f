namespace Ledger.Verdicts.Scenarios;

/// <summary>So many entries may be given by all scenarios of a file together.</summary>
internal sealed class Allowance(int most)
{
    private long taken;

    /// <summary>Whether the refusal just given was the first.</summary>
    public bool IsFirstRefusal => taken == most + 1L;

    public bool Take() => ++taken <= most;
}
