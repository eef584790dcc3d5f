using System.Text.Json;
using CsCheck;
using Ledger.Proof.Entries;
using Ledger.Proof.Trees;

namespace Ledger.Proof.Tests.Trees;

public class PathsOfTiles
{
    [Theory]
    [InlineData(0, 0, 256, "tile/0/000")]
    [InlineData(0, 999, 256, "tile/0/999")]
    [InlineData(0, 1000, 256, "tile/0/x001/000")]
    [InlineData(0, 1234067, 256, "tile/0/x001/x234/067")]
    [InlineData(1, 1234067, 17, "tile/1/x001/x234/067.p/17")]
    [InlineData(7, 9_223_372_036_854_775_807, 255, "tile/7/x009/x223/x372/x036/x854/x775/807.p/255")]
    public void Are_those_of_tlog_tiles(int level, long index, int width, string path)
    {
        new TileId(level, index, width).Path.Should().Be(path);
        TileId.TryParse(path, out var id).Should().BeTrue();
        id.Should().Be(new TileId(level, index, width));
    }

    [Fact]
    public void Of_bundles_have_no_level()
    {
        new EntryBundle(273, 112).Path.Should().Be("tile/entries/273.p/112");
        EntryBundle.TryParse("tile/entries/x001/x234/067", out var bundle).Should().BeTrue();
        bundle.Should().Be(new EntryBundle(1234067, 256));
        EntryBundle.InTree(273, 70_000).Should().Be(new EntryBundle(273, 112));
    }

    [Theory]
    [InlineData("tile/0/0")]
    [InlineData("tile/0/0000")]
    [InlineData("tile/0/x000/001")]
    [InlineData("tile/0/001/000")]
    [InlineData("tile/0/x001/x000")]
    [InlineData("tile/0/x1/000")]
    [InlineData("tile/0/X001/000")]
    [InlineData("tile/00/000")]
    [InlineData("tile/64/000")]
    [InlineData("tile/-1/000")]
    [InlineData("tile/0/000.p/0")]
    [InlineData("tile/0/000.p/256")]
    [InlineData("tile/0/000.p/01")]
    [InlineData("tile/0/000.p/")]
    [InlineData("tile/0/000.p/1/")]
    [InlineData("tile/0/000.p/1.p/1")]
    [InlineData("tile/0/000 ")]
    [InlineData("tile/0/+00")]
    [InlineData("tile/0/٠٠٠")]
    [InlineData("/tile/0/000")]
    [InlineData("tile/0/")]
    [InlineData("tile/0")]
    [InlineData("tile/0/x009/x223/x372/x036/x854/x775/808")]
    [InlineData("tile/0/x999/x999/x999/x999/x999/x999/x999/999")]
    [InlineData("")]
    [InlineData(null)]
    public void Have_no_second_spelling(string? path)
    {
        TileId.TryParse(path, out _).Should().BeFalse();
        EntryBundle.TryParse(path?.Replace("tile/0/", "tile/entries/"), out _).Should().BeFalse();
    }

    [Fact]
    public void Are_read_back() =>
        Gen.Select(Gen.Int[0, 63], Gen.Long[0, long.MaxValue], Gen.Int[1, 256])
            .Sample(
                (level, index, width) =>
                    TileId.TryParse(new TileId(level, index, width).Path, out var id)
                    && id == new TileId(level, index, width)
            );

    [Fact]
    public void Agree_with_the_published_rows()
    {
        foreach (
            var row in JsonDocument
                .Parse(PublicVectors.Bytes("tile-paths.json"))
                .RootElement.GetProperty("paths")
                .EnumerateArray()
        )
        {
            var (index, width, path) = (
                row.GetProperty("index").GetInt64(),
                row.GetProperty("width").GetInt32(),
                row.GetProperty("path").GetString()
            );
            var written =
                row.GetProperty("level").ValueKind == JsonValueKind.Number
                    ? new TileId(row.GetProperty("level").GetInt32(), index, width).Path
                    : new EntryBundle(index, width).Path;
            written.Should().Be(path);
        }
    }

    [Fact]
    public void For_70000_leaves_are_those_of_the_standard_example()
    {
        TreeEdge
            .TilesOf(70_000)
            .Select(tile => tile.Path)
            .Should()
            .Equal("tile/0/273.p/112", "tile/1/001.p/17", "tile/2/000.p/1");
        TileId.InTree(1, 0, 70_000).Path.Should().Be("tile/1/000");
        TreeEdge.TilesOf(256).Select(tile => tile.Path).Should().Equal("tile/1/000.p/1");
        FluentActions.Invoking(() => TileId.InTree(0, 274, 70_000)).Should().Throw<ArgumentOutOfRangeException>();
    }
}
