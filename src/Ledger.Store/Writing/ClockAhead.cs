namespace Ledger.Store.Writing;

/// <summary>That a log ends with entries dated later than it is now.</summary>
/// <param name="Since">The position of the first of them.</param>
internal sealed record ClockAhead(long Since, string Message)
{
    public static ClockAhead From(long since, string message) =>
        new(since, $"{message} The first entry that is dated later than now is at position {since}.");
}
