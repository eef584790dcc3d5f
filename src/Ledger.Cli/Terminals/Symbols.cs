using Ledger.Verdicts.Answers;

namespace Ledger.Cli.Terminals;

/// <summary>
/// The signs that stand beside words. Every one has its word next to it, so none of them carries meaning alone.
/// </summary>
public sealed record Symbols
{
    public static Symbols Unicode { get; } =
        new(
            "·",
            "–",
            "→",
            new Dictionary<Verdict, (char, char)>
            {
                [Verdict.Pending] = ('○', '░'),
                [Verdict.Holding] = ('●', '▂'),
                [Verdict.Fulfilled] = ('✓', '▅'),
                [Verdict.Breached] = ('✗', '█'),
                [Verdict.Unknown] = ('?', '?'),
            }
        );

    public static Symbols Ascii { get; } =
        new(
            "|",
            "-",
            "->",
            new Dictionary<Verdict, (char, char)>
            {
                [Verdict.Pending] = ('o', '.'),
                [Verdict.Holding] = ('=', '='),
                [Verdict.Fulfilled] = ('+', '+'),
                [Verdict.Breached] = ('x', '#'),
                [Verdict.Unknown] = ('?', '?'),
            }
        );

    private readonly IReadOnlyDictionary<Verdict, (char Sign, char Cell)> _verdicts;

    private Symbols(
        string dot,
        string dash,
        string arrow,
        IReadOnlyDictionary<Verdict, (char Sign, char Cell)> verdicts
    ) => (Dot, Dash, Arrow, _verdicts) = (dot, dash, arrow, verdicts);

    /// <summary>A cell of a strip before the provision binds anybody.</summary>
    public char OutOfForce => ' ';

    /// <summary>Between facts on one line.</summary>
    public string Dot { get; }

    public string Dash { get; }

    public string Arrow { get; }

    public char Sign(Verdict verdict) => _verdicts[verdict].Sign;

    /// <summary>One cell of a strip; different for every verdict without colour.</summary>
    public char Cell(Verdict verdict) => _verdicts[verdict].Cell;
}
