using System.Collections.Immutable;
using System.Text.Json;
using Ledger.Domain.Entries;
using Ledger.Domain.Identities;
using Ledger.Proof;
using Ledger.Proof.Disclosures;
using Ledger.Store.Sealing;
using NodaTime;

namespace Ledger.Store.Reading;

/// <summary>An entry as it lies in the database.</summary>
/// <param name="Bytes">The very bytes that were hashed: one line of canonical JSON.</param>
public sealed record StoredEntry(
    AgreementId Agreement,
    long Position,
    Guid EntryId,
    string Type,
    Instant RecordedAt,
    byte[] Bytes,
    Hash LeafHash
)
{
    private Entry? _entry;

    /// <summary>What opens its digests; empty unless it was asked for.</summary>
    public ImmutableArray<Disclosure> Disclosures { get; init; } = [];

    /// <summary>What it says, with digests for sealed values.</summary>
    public Entry Entry => _entry ??= new Entry(Position, RecordedAt, EventOf(Bytes, Type));

    /// <summary>
    /// Whether a sender made what is sealed here: they send the salt of every value, which nobody guesses, and each
    /// with its value gives the digest that was recorded.
    /// </summary>
    public bool WasSealedBy(LedgerEvent proposed) => SealedValues.AreOf(proposed, Entry.Event);

    /// <summary>What its sender was told, told again.</summary>
    public Receipt Receipt() => new(Agreement, Position, EntryId, Type, RecordedAt, LeafHash, Repeated: true);

    private static LedgerEvent EventOf(byte[] bytes, string type)
    {
        // A replay spends most of its time here, so the bytes are read once.
        var reader = new Utf8JsonReader(bytes);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("data"u8))
                return (LedgerEvent)
                    JsonSerializer.Deserialize(ref reader, EventTypes.ByName[type], LedgerJson.Options)!;
            reader.Skip();
        }

        throw new InvalidDataException($"An entry of type {type} has no data.");
    }
}
