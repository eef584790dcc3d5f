using NodaTime;

namespace Ledger.Cli.Recording;

/// <summary>The server's word that an entry is in the ledger for good.</summary>
public sealed record Receipt(
    string Agreement,
    long Position,
    Guid EntryId,
    string Type,
    Instant RecordedAt,
    string Hash
);
