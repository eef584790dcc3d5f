using Ledger.Proof;
using NodaTime;

namespace Ledger.Store.Log;

/// <summary>The end of an agreement's ledger, read under its lock.</summary>
/// <param name="Size">Entries so far.</param>
/// <param name="Root">Root of the tree over them.</param>
/// <param name="RecordedAt">When the last of them was recorded, by its own bytes.</param>
/// <param name="TextPosition">The last position that changed the text of the agreement.</param>
internal sealed record StreamHead(long Size, Hash Root, Instant RecordedAt, long TextPosition);
