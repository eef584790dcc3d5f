using Ledger.Domain.Identities;
using Ledger.Proof;
using NodaTime;

namespace Ledger.Store.Reading;

/// <summary>Where an entry stands in the ledger.</summary>
/// <param name="Position">From 1; the leaf index is one less.</param>
/// <param name="EntryHash">Leaf hash of the entry in the log.</param>
/// <param name="Repeated">Whether it had been recorded before this was sent.</param>
public sealed record Receipt(
    AgreementId Agreement,
    long Position,
    Guid EntryId,
    string Type,
    Instant RecordedAt,
    Hash EntryHash,
    bool Repeated
);
