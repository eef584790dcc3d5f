using Ledger.Cli.Servers;
using NodaTime;

namespace Ledger.Cli.Recording;

/// <summary>The server's word that an entry is in the ledger for good.</summary>
/// <param name="Warnings">What is odd about it and may still be true.</param>
public sealed record ReceiptAnswer(
    string Agreement,
    long Position,
    Guid EntryId,
    string Type,
    Instant RecordedAt,
    string Hash,
    IReadOnlyList<FieldProblem>? Warnings = null
);
