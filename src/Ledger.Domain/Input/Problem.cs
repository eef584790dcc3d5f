namespace Ledger.Domain.Input;

/// <summary>
/// One thing wrong with what somebody handed in: a stable code, where it is, and what to write instead.
/// </summary>
/// <param name="Code">Stable, lower case, <c>area/what-is-wrong</c>; clients may branch on it.</param>
/// <param name="Pointer">RFC 6901 pointer to the offending value, empty for the whole document.</param>
/// <param name="Message">A sentence with the offending value and the fix.</param>
/// <param name="Line">One-based line in the source text, when there is a text.</param>
/// <param name="Column">One-based column in the source text, when there is a text.</param>
public sealed record Problem(string Code, string Pointer, string Message, int? Line = null, int? Column = null)
{
    public override string ToString() =>
        Line is null
            ? $"{Code} at {(Pointer.Length == 0 ? "/" : Pointer)}: {Message}"
            : $"{Line}:{Column} {Code}: {Message}";
}
