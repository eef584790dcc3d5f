using NodaTime;

namespace Ledger.Domain.Entries;

/// <summary>
/// One line of an agreement's ledger: an event with its position (from 1, contiguous) and when the server recorded it.
/// </summary>
public sealed record Entry(long Position, Instant RecordedAt, LedgerEvent Event)
{
    public Guid Id => Event.EntryId;

    /// <summary>When it was said: by its author's account, else when it was recorded; never later than that.</summary>
    public Instant SaidAt => Event.SaidAt is { } said && said < RecordedAt ? said : RecordedAt;

    public string Type => EventTypes.NameOf(Event);
}
