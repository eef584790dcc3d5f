using System.Collections.Immutable;
using Ledger.Domain.Agreements;
using Ledger.Domain.Identities;
using Ledger.Proof;
using NodaTime;

namespace Ledger.Store;

/// <summary>
/// Where an agreement's ledger ends, and every version of its file; also what Marten calls the type of the stream.
/// </summary>
/// <param name="Id">The slug.</param>
/// <param name="Size">Entries, which is the last position.</param>
/// <param name="Root">Root of the tree over them.</param>
/// <param name="RecordedAt">When the last of them was recorded.</param>
/// <param name="Readings">Oldest first; never empty.</param>
public sealed record AgreementHead(
    AgreementId Id,
    long Size,
    Hash Root,
    Instant RecordedAt,
    ImmutableArray<Agreement> Readings
)
{
    /// <summary>The latest version of the file.</summary>
    public Agreement Agreement => Readings[^1];
}
