namespace Ledger.Cli.Writing;

/// <summary>The signs that stand beside words. Every one has its word next to it, so none of them carries meaning alone.</summary>
public sealed record Marks
{
    public static Marks Unicode { get; } = new()
    {
        Dot = "·",
        Dash = "–",
        Ellipsis = "…",
        Bullet = "•",
        Arrow = "→",
        Verdicts = "○●✓✗?",
        Cells = "░▂▅█?",
        OutOfForce = '·',
        Contested = '±',
    };

    public static Marks Ascii { get; } = new()
    {
        Dot = "|",
        Dash = "-",
        Ellipsis = "...",
        Bullet = "*",
        Arrow = "->",
        Verdicts = "o=+x?",
        Cells = "o=+x?",
        OutOfForce = '.',
        Contested = '~',
    };

    /// <summary>Between facts on one line.</summary>
    public required string Dot { get; init; }

    public required string Dash { get; init; }

    public required string Ellipsis { get; init; }

    public required string Bullet { get; init; }

    public required string Arrow { get; init; }

    /// <summary>One sign per verdict: pending, holding, fulfilled, breached, unknown.</summary>
    public required string Verdicts { get; init; }

    /// <summary>One cell of a strip per verdict, in the same order; different without colour.</summary>
    public required string Cells { get; init; }

    /// <summary>A cell of a strip while the provision binds nobody.</summary>
    public required char OutOfForce { get; init; }

    /// <summary>Beside a verdict whose best and worst readings differ.</summary>
    public required char Contested { get; init; }
}
