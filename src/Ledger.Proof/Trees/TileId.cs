using System.Diagnostics.CodeAnalysis;

namespace Ledger.Proof.Trees;

/// <summary>
/// One tile of hashes (C2SP tlog-tiles, "Merkle Tree"): hash i of tile n at level l is the hash of the 256^l leaves
/// from (256 n + i) 256^l on.
/// </summary>
/// <param name="Level">0 to 63. A tree of less than 2^63 leaves has levels 0 to 7.</param>
/// <param name="Index">n, from zero.</param>
/// <param name="Width">Number of hashes, 1 to 256. Below 256 the tile is partial: a prefix of the full one to
/// come.</param>
public readonly record struct TileId(int Level, long Index, int Width)
{
    public const int FullWidth = 256;

    private const int BitsPerLevel = 8;

    public bool IsFull => Width == FullWidth;

    /// <summary>
    /// <c>tile/&lt;L&gt;/&lt;N&gt;[.p/&lt;W&gt;]</c>, below the log's prefix and without a leading slash.
    /// </summary>
    public string Path => $"tile/{Level}/{TileNumber.Format(Index, Width)}";

    /// <summary>The tile as wide as a tree of this size fills it.</summary>
    public static TileId InTree(int level, long index, long size)
    {
        var width = Math.Min(FullWidth, (size >> (BitsPerLevel * level)) - index * FullWidth);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1, nameof(index));
        return new(level, index, (int)width);
    }

    /// <summary>
    /// Accepts exactly the paths that <see cref="Path"/> writes; the level may be any that tlog-tiles allows.
    /// </summary>
    public static bool TryParse([NotNullWhen(true)] string? path, out TileId id)
    {
        id = default;
        if (
            path?.Split('/', 3) is not ["tile", var level, var number]
            || !Texts.Decimals.TryParse(level, out var parsed)
            || parsed > 63
            || TileNumber.Parse(number) is not { } place
        )
            return false;
        id = new((int)parsed, place.Index, place.Width);
        return true;
    }
}
