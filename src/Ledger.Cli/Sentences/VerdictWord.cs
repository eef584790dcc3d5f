using Ledger.Cli.Terminals;
using Ledger.Verdicts.Answers;

namespace Ledger.Cli.Sentences;

/// <summary>
/// A verdict as its sign and its word. Before a provision is in force there is nothing that could be kept or broken, so
/// none is told.
/// </summary>
public static class VerdictWord
{
    public static StyledText Of(Life life, Verdict verdict, Symbols symbols, int column = 0) =>
        life == Life.NotYetInForce
            ? new StyledText($"{symbols.Dash} {"not yet".PadRight(column)}", Styles.Faint)
            : new StyledText($"{symbols.Sign(verdict)} {Words.Of(verdict).PadRight(column)}", Styles.Of(verdict));
}
