namespace Ledger.Verdicts.Scenarios;

/// <summary>So many entries may be given by all scenarios of a file together.</summary>
internal sealed class Allowance(int most)
{
    private long _taken;

    /// <summary>Whether the refusal just given was the first.</summary>
    public bool IsFirstRefusal => _taken == most + 1L;

    public bool Take() => ++_taken <= most;
}
