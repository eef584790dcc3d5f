using NodaTime;

namespace Ledger.Domain.Entries;

/// <summary>
/// Something recorded about an agreement, in its stream for ever. The server adds position and recording time; both
/// stand in the entry, not here.
/// </summary>
public abstract record LedgerEvent
{
    /// <summary>UUIDv7 made by whoever files the entry, so that sending it twice records it once.</summary>
    public required Guid EntryId { get; init; }

    /// <summary>
    /// When its author said it, by the author's account; null is when it was recorded. Never later than that.
    /// </summary>
    public Instant? SaidAt { get; init; }
}
