using Ledger.Domain.Input;

namespace Ledger.Verdicts.Scenarios;

/// <summary>So many entries may be given by all scenarios of a file together.</summary>
/// <param name="problems">Those of the whole file: what was not read makes every later scenario another one.</param>
internal sealed class Allowance(int most, Problems problems)
{
    private long _taken;

    public bool Take(string pointer)
    {
        // Told once: all that follow would say the same.
        if (++_taken == most + 1L)
            problems.Add(
                "scenario/too-many-entries",
                pointer,
                "The scenarios give more entries than are read here, those under the common 'given' once for each scenario. Run them with the command line: ledger agreement test FILE."
            );
        return _taken <= most;
    }
}
