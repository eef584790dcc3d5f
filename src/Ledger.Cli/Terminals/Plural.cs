namespace Ledger.Cli.Terminals;

public static class Plural
{
    /// <summary><c>1 report</c>, <c>2 reports</c>.</summary>
    public static string Of(long count, string one, string? many = null) =>
        $"{count} {(count == 1 ? one : many ?? $"{one}s")}";
}
