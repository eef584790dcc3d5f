using Ledger.Proof;
using NodaTime;

namespace Ledger.Store.Writing;

/// <summary>What became of something that somebody wanted recorded.</summary>
public abstract record WriteOutcome
{
    private WriteOutcome() { }

    /// <summary>It is in the ledger, now or since it was first sent.</summary>
    public sealed record Recorded(Receipt Receipt) : WriteOutcome;

    /// <summary>It is not in the ledger, and sending it again unchanged will not help.</summary>
    /// <param name="Code">Stable, <c>area/what-is-wrong</c>.</param>
    /// <param name="Pointer">RFC 6901 pointer into the event's payload.</param>
    /// <param name="Message">A sentence with the offending value and the fix.</param>
    public sealed record Refused(string Code, string Pointer, string Message) : WriteOutcome
    {
        /// <summary>As everybody is answered who sends other content under an id that is taken.</summary>
        public static Refused Reused(Guid id) =>
            new(
                "entry/id-reused",
                "/entryId",
                $"The id {id} belongs to another entry of this ledger. Make a new id for new content."
            );
    }

    /// <summary>
    /// Nobody knows yet: the database did not answer in time. Sending the same again, with the same id, is safe and
    /// gets one outcome.
    /// </summary>
    public sealed record Unavailable(string Message) : WriteOutcome;
}

/// <summary>Where an entry stands in the ledger.</summary>
/// <param name="Position">From 1; the leaf index is one less.</param>
/// <param name="EntryHash">Leaf hash of the entry in the log.</param>
/// <param name="Repeated">Whether it had been recorded before this was sent.</param>
public sealed record Receipt(
    string Agreement,
    long Position,
    Guid EntryId,
    string Type,
    Instant RecordedAt,
    Hash EntryHash,
    bool Repeated
);
