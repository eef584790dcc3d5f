using Ledger.Domain.Entries;

namespace Ledger.Domain.Decisions;

/// <summary>The answer to somebody who wants an event recorded.</summary>
public abstract record Decision
{
    private Decision() { }

    public sealed record Accepted(LedgerEvent Event) : Decision;

    /// <param name="Code">Stable, <c>area/what-is-wrong</c>.</param>
    /// <param name="Pointer">RFC 6901 pointer into the event's payload.</param>
    /// <param name="Message">A sentence with the offending value and the fix.</param>
    public sealed record Refused(string Code, string Pointer, string Message) : Decision;
}
