using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Ledger.Proof.Json;
using Ledger.Proof.Texts;

namespace Ledger.Proof.Entries;

/// <summary>
/// What a leaf of the log says: one canonical JSON object. Its bytes are stored as they were hashed and never made
/// again from jsonb, which reorders names and rewrites numbers.
/// </summary>
/// <param name="Agreement">The agreement's slug.</param>
/// <param name="Id">The entry's id, as its author chose it.</param>
/// <param name="Position">From 1; the leaf's index is one less.</param>
/// <param name="Recorded">When the ledger recorded it. What is below a microsecond is cut off before anything is
/// hashed.</param>
/// <param name="Type">Wire name of the event, such as <c>report_filed</c>.</param>
/// <param name="Data">A JSON object: the event.</param>
public sealed record Entry(
    string Agreement,
    Guid Id,
    long Position,
    DateTimeOffset Recorded,
    string Type,
    JsonElement Data
)
{
    /// <summary>tlog-tiles, "Log entries": a bundle gives the length of an entry in 16 bits.</summary>
    public const int MaxLength = 65_535;

    /// <summary>Of this layout; it is in every entry as <c>v</c>.</summary>
    public const int Version = 1;

    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    /// <summary>The bytes that are hashed and stored.</summary>
    /// <exception cref="CanonicalJsonException">The data has no canonical form; the pointer begins with
    /// <c>/data</c>.</exception>
    /// <exception cref="MalformedException"><see cref="Malformation.EntryLength"/>: more than <see cref="MaxLength"/>
    /// bytes;
    /// <see cref="Malformation.EntryMembers"/>: the data is no object.</exception>
    public byte[] ToBytes()
    {
        if (Position is < 1 or > CanonicalJson.MaxInteger)
            throw new MalformedException(Malformation.Number, $"{Position} is no position: they begin at 1.");
        if (Data.ValueKind != JsonValueKind.Object)
            throw new MalformedException(Malformation.EntryMembers, "The data of an entry is a JSON object.");
        var output = new ArrayBufferWriter<byte>(1024);
        var json = new CanonicalJsonWriter(output);

        // The names are in canonical order already, so the object needs no sorting.
        json.WriteAscii("{\"agreement\":");
        json.Under("agreement", () => json.WriteString(Agreement));
        json.WriteAscii(",\"data\":");
        json.Under("data", () => json.Write(Data));
        var recorded = Recorded.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);
        json.WriteAscii($",\"entry\":\"{Id:D}\",\"position\":{Position},\"recorded\":\"{recorded}\",\"type\":");
        json.Under("type", () => json.WriteString(Type));
        json.WriteAscii($",\"v\":{Version}}}");
        return output.WrittenCount <= MaxLength
            ? output.WrittenSpan.ToArray()
            : throw new MalformedException(
                Malformation.EntryLength,
                $"The entry has {output.WrittenCount} bytes; at most {MaxLength} fit a leaf."
            );
    }

    /// <summary>Reads stored or downloaded bytes. <see cref="ToBytes"/> gives the same bytes back.</summary>
    /// <exception cref="CanonicalJsonException">They are not canonical.</exception>
    /// <exception cref="MalformedException">They are not exactly an entry.</exception>
    public static Entry Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MaxLength)
            throw new MalformedException(
                Malformation.EntryLength,
                $"{bytes.Length} bytes are more than an entry may have ({MaxLength})."
            );
        var json = CanonicalJson.Parse(bytes);
        var entry = Read(json);

        // Writing it again catches what reading lets pass: other members, another version, an id in capitals, a time in
        // another form.
        return entry is not null && bytes.SequenceEqual(entry.ToBytes())
            ? entry
            : throw new MalformedException(
                Malformation.EntryMembers,
                "An entry has agreement, data, entry, position, recorded, type and v (1), each in its one form."
            );
    }

    private static Entry? Read(JsonElement json) =>
        json.ValueKind == JsonValueKind.Object
        && Text(json, "agreement") is { } agreement
        && json.TryGetProperty("data", out var data)
        && data.ValueKind == JsonValueKind.Object
        && Guid.TryParseExact(Text(json, "entry"), "D", out var id)
        && json.TryGetProperty("position", out var position)
        && position.ValueKind == JsonValueKind.Number
        && position.GetInt64() is >= 1 and var number
        && DateTimeOffset.TryParseExact(
            Text(json, "recorded"),
            TimeFormat,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var recorded
        )
        && Text(json, "type") is { } type
            ? new(agreement, id, number, recorded, type, data)
            : null;

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
