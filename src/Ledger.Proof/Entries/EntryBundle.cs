using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using Ledger.Proof.Texts;
using Ledger.Proof.Trees;

namespace Ledger.Proof.Entries;

/// <summary>The entries whose hashes are one tile of level 0 (C2SP tlog-tiles, "Log entries").</summary>
/// <param name="Index">Of the tile, from zero: the first entry has the index 256 times this.</param>
/// <param name="Width">Number of entries, 1 to 256.</param>
public readonly record struct EntryBundle(long Index, int Width)
{
    private const string Prefix = "tile/entries/";

    /// <summary>
    /// <c>tile/entries/&lt;N&gt;[.p/&lt;W&gt;]</c>, below the log's prefix and without a leading slash.
    /// </summary>
    public string Path => Prefix + TileNumber.Format(Index, Width);

    /// <summary>The bundle with this entry, as wide as a tree of this size fills it.</summary>
    public static EntryBundle InTree(long index, long size)
    {
        var tile = TileId.InTree(0, index, size);
        return new(tile.Index, tile.Width);
    }

    /// <summary>Accepts exactly the paths that <see cref="Path"/> writes.</summary>
    public static bool TryParse([NotNullWhen(true)] string? path, out EntryBundle bundle)
    {
        var number =
            path?.StartsWith(Prefix, StringComparison.Ordinal) == true ? TileNumber.Parse(path[Prefix.Length..]) : null;
        bundle = number is { } place ? new(place.Index, place.Width) : default;
        return number is not null;
    }

    /// <summary>Each entry after its length as a big-endian 16-bit number.</summary>
    public static byte[] Write(IEnumerable<ReadOnlyMemory<byte>> entries)
    {
        var output = new ArrayBufferWriter<byte>();
        foreach (var entry in entries)
        {
            BinaryPrimitives.WriteUInt16BigEndian(output.GetSpan(sizeof(ushort)), checked((ushort)entry.Length));
            output.Advance(sizeof(ushort));
            output.Write(entry.Span);
        }

        return output.WrittenSpan.ToArray();
    }

    /// <summary>The entries of a bundle, as many as <see cref="Width"/> says. Their content is not looked at.</summary>
    /// <exception cref="MalformedException"><see cref="Malformation.TileLength"/>: bytes are missing or left
    /// over.</exception>
    public IReadOnlyList<ReadOnlyMemory<byte>> Read(ReadOnlyMemory<byte> bytes)
    {
        var entries = new List<ReadOnlyMemory<byte>>(Width);
        while (entries.Count < Width)
        {
            if (
                bytes.Length < sizeof(ushort)
                || BinaryPrimitives.ReadUInt16BigEndian(bytes.Span) is var length
                    && bytes.Length < sizeof(ushort) + length
            )
                throw new MalformedException(
                    Malformation.TileLength,
                    $"{Path} ends within entry {entries.Count} of {Width}."
                );
            entries.Add(bytes.Slice(sizeof(ushort), length));
            bytes = bytes[(sizeof(ushort) + length)..];
        }

        return bytes.IsEmpty
            ? entries
            : throw new MalformedException(
                Malformation.TileLength,
                $"{Path} has {bytes.Length} bytes after its {Width} entries."
            );
    }
}
