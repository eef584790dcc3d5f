using System.Globalization;

namespace Ledger.Cli.Proofs;

/// <summary>The first bad thing that verification came upon.</summary>
/// <param name="Position">The entry it is about, or the first of those it may be about; null when it is about the log
/// as a whole.</param>
/// <param name="Code">Stable, <c>area/what-is-wrong</c>.</param>
/// <param name="Message">A sentence with the values that disagree.</param>
/// <param name="Until">The last position it may be about, when that is not <paramref name="Position"/>.</param>
public sealed record Finding(long? Position, string Code, string Message, long? Until = null)
{
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{(Position, Until) switch
    {
        (null, _) => "",
        (var at, null) => $"position {at}: ",
        (var from, var until) when from == until => $"position {from}: ",
        var (from, until) => $"positions {from} to {until}: ",
    }}{Message} ({Code})"
        );
}

/// <summary>The ledger is not what it claims to be.</summary>
public sealed class TamperedException(Finding finding) : Exception(finding.ToString())
{
    public TamperedException(long? position, string code, string message)
        : this(new Finding(position, code, message)) { }

    public Finding Finding => finding;
}
