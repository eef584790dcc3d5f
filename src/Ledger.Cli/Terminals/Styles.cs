using Ledger.Verdicts.Answers;
using Spectre.Console;

namespace Ledger.Cli.Terminals;

/// <summary>Colours repeat what words say; nothing is told by them alone.</summary>
public static class Styles
{
    public static readonly Style Title = new(decoration: Decoration.Bold);

    public static readonly Style Faint = new(decoration: Decoration.Dim);

    public static readonly Style Good = new(Color.Green);

    public static readonly Style Bad = new(Color.Red, decoration: Decoration.Bold);

    public static readonly Style Open = new(Color.Blue);

    public static readonly Style Doubt = new(Color.Yellow);

    public static Style Of(Verdict verdict) =>
        verdict switch
        {
            Verdict.Fulfilled or Verdict.Holding => Good,
            Verdict.Breached => Bad,
            Verdict.Unknown => Doubt,
            _ => Open,
        };
}
