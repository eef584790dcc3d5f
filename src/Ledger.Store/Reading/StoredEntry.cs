using System.Collections.Immutable;
using System.Text.Json;
using Ledger.Domain.Entries;
using Ledger.Store.Sealing;
using Ledger.Store.Writing;
using NodaTime;

namespace Ledger.Store.Reading;

/// <summary>An entry as it lies in the database: the very bytes that were hashed, and what opens its digests.</summary>
internal sealed record StoredEntry(string Agreement, long Position, Guid EntryId, string Type, Instant RecordedAt, byte[] Bytes, byte[] LeafHash)
{
    private Entry? _entry;

    /// <summary>Empty unless it was asked for.</summary>
    public ImmutableArray<Disclosure> Disclosures { get; init; } = [];

    public Entry Entry => _entry ??= new Entry(Position, RecordedAt, EventOf(Bytes, Type));

    /// <summary>What its sender was told, told again.</summary>
    public Receipt Receipt() => new(Agreement, Position, EntryId, Type, RecordedAt, Convert.ToHexStringLower(LeafHash), Repeated: true);

    private static LedgerEvent EventOf(byte[] bytes, string type)
    {
        using var entry = JsonDocument.Parse(bytes);
        return (LedgerEvent)entry.RootElement.GetProperty("data").Deserialize(EventTypes.ByName[type], LedgerJson.Options)!;
    }
}
