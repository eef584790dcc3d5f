using Ledger.Cli.Terminals;
using Ledger.Verdicts.Answers;

namespace Ledger.Cli.Sentences;

/// <summary>
/// A verdict as its sign and its word. Before a provision is in force there is nothing that could be kept or broken, so
/// none is told.
/// </summary>
public static class VerdictWord
{
    public static Ink Of(Life life, Verdict verdict, Marks marks, int column = 0) =>
        life == Life.NotYetInForce
            ? new Ink($"{marks.Dash} {"not yet".PadRight(column)}", Styles.Faint)
            : new Ink($"{marks.Sign(verdict)} {Words.Of(verdict).PadRight(column)}", Styles.Of(verdict));
}
