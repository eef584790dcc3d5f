using CsCheck;
using Ledger.Proof.Texts;
using Ledger.Proof.Trees;

namespace Ledger.Proof.Tests.Trees;

public class ATreeOverTiles
{
    private static readonly int[] Edges = [255, 256, 257, 511, 512, 513, 65_535, 65_536, 65_537, 65_792, 65_793];

    [Fact]
    public void Has_the_roots_and_proofs_of_the_recursion_for_every_index_and_size_up_to_300()
    {
        const int largest = 300;
        var recursion = RecursiveTree.OfNumbers(largest);
        var tiles = TileRows.OfNumbers(largest);
        for (var size = 1; size <= largest; size++)
        {
            var root = recursion.Root(size);
            var tree = new TileTree(size, tiles.ReadExactly);
            Assert.Equal(root, tree.Root);
            for (var index = 0; index < size; index++)
            {
                var proof = tree.Inclusion(index);
                Assert.Equal(recursion.Path(index, size), proof);
                Assert.Equal(
                    ProofFault.None,
                    InclusionProof.Verify(recursion.Mth(new(index, index + 1)), index, size, proof, root)
                );
            }

            for (var old = 1; old <= size; old++)
            {
                var proof = tree.Consistency(old);
                Assert.Equal(recursion.Proof(old, size), proof);
                Assert.Equal(ProofFault.None, ConsistencyProof.Verify(old, size, proof, recursion.Root(old), root));
            }
        }
    }

    [Fact]
    public void Has_tiles_and_roots_by_their_definition_where_tiles_fill_up()
    {
        var recursion = RecursiveTree.OfNumbers(Edges[^1]);
        var tiles = new TileRows();
        foreach (var size in Edges)
        {
            tiles.Grow(TileRows.Leaves((int)tiles.Edge.Size, size));
            tiles.Edge.Size.Should().Be(size);
            tiles.Edge.Root.Should().Be(recursion.Root(size));
            foreach (var ((level, index), bytes) in tiles.Rows)
            {
                var span = 1L << (8 * level);
                var width = Math.Min(256, size / span - index * 256);
                var defined = Enumerable
                    .Range(0, (int)width)
                    .SelectMany(i =>
                        recursion.Mth(new((index * 256 + i) * span, (index * 256 + i + 1) * span)).ToArray()
                    );
                Assert.Equal(defined, bytes);
            }

            tiles.Rows.Count.Should().Be(TilesOf(size));
        }
    }

    [Fact]
    public void Proves_what_it_held_at_every_size_where_tiles_fill_up()
    {
        var recursion = RecursiveTree.OfNumbers(Edges[^1]);
        var tiles = TileRows.OfNumbers(Edges[^1]);
        foreach (var size in Edges)
        {
            foreach (var index in Edges.Append(0).Select(edge => edge - 1).Where(index => index >= 0 && index < size))
                Assert.Equal(recursion.Path(index, size), new TileTree(size, tiles.ReadExactly).Inclusion(index));
            foreach (var old in Edges.Append(1).Where(old => old <= size))
                Assert.Equal(recursion.Proof(old, size), new TileTree(size, tiles.ReadExactly).Consistency(old));
        }
    }

    [Fact]
    public void Grows_to_the_same_rows_in_whatever_batches_it_grows() =>
        Gen.Int[0, 700]
            .Array[1, 6]
            .Sample(
                batches =>
                {
                    var tiles = new TileRows();
                    foreach (var batch in batches)
                        tiles.Grow(TileRows.Leaves((int)tiles.Edge.Size, (int)tiles.Edge.Size + batch));
                    var size = (int)tiles.Edge.Size;
                    var once = TileRows.OfNumbers(size);
                    return tiles.Edge.Root == once.Edge.Root
                        && tiles.Rows.Count == once.Rows.Count
                        && tiles.Rows.All(row => once.Rows[row.Key].AsSpan().SequenceEqual(row.Value));
                },
                iter: 30
            );

    [Fact]
    public void Can_be_taken_up_again_from_its_stored_right_edge() =>
        Gen.Int[0, 70_000]
            .Sample(
                size =>
                {
                    var loaded = TreeEdge.Load(size, Large.Value.ReadExactly);
                    var (grown, expected) = (
                        loaded.Append(TileRows.Leaves(size, size + 300)),
                        TileRows.OfNumbers(size + 300)
                    );
                    return loaded.Root == new TileTree(size, Large.Value.ReadExactly).Root
                        && grown.Edge.Root == expected.Edge.Root
                        && grown.Changed.All(tile =>
                            expected.Rows[(tile.Id.Level, tile.Id.Index)].AsSpan().SequenceEqual(tile.Hashes.Span)
                        );
                },
                iter: 20
            );

    [Fact]
    public void Is_not_changed_by_an_append_that_is_rolled_back()
    {
        var edge = TreeEdge.Empty.Append(TileRows.Leaves(0, 200)).Edge;
        var root = edge.Root;
        edge.Append(TileRows.Leaves(200, 600));
        (edge.Size, edge.Root).Should().Be((200, root));
        edge.Append(TileRows.Leaves(200, 201)).Edge.Root.Should().Be(RecursiveTree.OfNumbers(201).Root(201));
    }

    [Fact]
    public void Touches_one_tile_per_level_for_an_append_a_root_or_an_inclusion_proof_and_two_for_a_consistency_proof()
    {
        var tiles = TileRows.OfNumbers(70_000);
        tiles.Grow(TileRows.Leaves(70_000, 70_001)).Should().HaveCount(1);
        Gen.Select(Gen.Int[1, 70_000], Gen.Int[1, 70_000])
            .Sample(
                (a, b) =>
                {
                    var (old, size) = (Math.Min(a, b), Math.Max(a, b));
                    return Asked(() => new TileTree(size, tiles.Read).Root) <= 3
                        && Asked(() => new TileTree(size, tiles.Read).Inclusion(old - 1)) <= 6
                        && Asked(() => new TileTree(size, tiles.Read).Consistency(old)) <= 6;
                },
                iter: 200,
                threads: 1
            );

        int Asked(Func<object> ask)
        {
            tiles.Asked.Clear();
            ask();
            tiles.Asked.Should().OnlyHaveUniqueItems();
            return tiles.Asked.Count;
        }
    }

    [Fact]
    public void Reads_no_tile_twice_for_the_proofs_of_a_batch()
    {
        var tiles = TileRows.OfNumbers(1_000);
        var tree = new TileTree(1_000, tiles.Read);
        for (var index = 0; index < 1_000; index++)
            tree.Inclusion(index);
        tiles.Asked.Should().OnlyHaveUniqueItems().And.HaveCount(5);
    }

    [Fact]
    public void Says_beforehand_which_tiles_it_will_ask_for()
    {
        var tiles = TileRows.OfNumbers(1_000);
        new TileTree(1_000, tiles.Read).Inclusion(300);
        TileTree.TilesOf(TreePaths.Inclusion(300, 1_000), 1_000).Should().Equal(tiles.Asked);
        tiles.Asked.Clear();
        new TileTree(1_000, tiles.Read).Consistency(700);
        TileTree.TilesOf(TreePaths.Consistency(700, 1_000), 1_000).Should().Equal(tiles.Asked);
        tiles.Asked.Clear();
        TreeEdge.Load(1_000, tiles.Read);
        TreeEdge.TilesOf(1_000).Should().Equal(tiles.Asked);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(32 * 43)]
    [InlineData(32 * 44 + 1)]
    [InlineData(32 * 257)]
    public void Refuses_a_tile_whose_length_is_not_what_its_place_needs(int length) =>
        FluentActions
            .Invoking(() => new TileTree(44, _ => new byte[length]).Root)
            .Should()
            .Throw<MalformedException>()
            .Which.Malformation.Should()
            .Be(Malformation.TileLength);

    [Fact]
    public void Needs_no_more_tiles_for_the_largest_size_a_checkpoint_can_have()
    {
        TileTree.TilesOf([new(0, long.MaxValue)], long.MaxValue).Should().HaveCount(8);
        TreeEdge
            .TilesOf(long.MaxValue)
            .Should()
            .Equal(TileTree.TilesOf([new(0, long.MaxValue)], long.MaxValue).Reverse());
        TreePaths.Inclusion(long.MaxValue - 1, long.MaxValue).Count.Should().BeLessThanOrEqualTo(63);
    }

    private static readonly Lazy<TileRows> Large = new(() => TileRows.OfNumbers(70_000));

    /// <summary>tlog-tiles: at each level as many tiles as it takes for floor(size / 256^level) hashes.</summary>
    private static int TilesOf(long size)
    {
        var tiles = 0L;
        for (; size > 0; size /= 256)
            tiles += (size + 255) / 256;
        return (int)tiles;
    }
}

public class TheEmptyTree
{
    [Fact]
    public void Has_the_hash_of_nothing_for_a_root()
    {
        MerkleHash.EmptyRoot.ToString().Should().Be("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        TreeEdge.Empty.Root.Should().Be(MerkleHash.EmptyRoot);
        new TileTree(0, _ => throw new InvalidOperationException("The empty tree has no tiles."))
            .Root.Should()
            .Be(MerkleHash.EmptyRoot);
        TreeEdge.TilesOf(0).Should().BeEmpty();
    }

    [Fact]
    public void Includes_nothing() =>
        FluentActions.Invoking(() => TreePaths.Inclusion(0, 0)).Should().Throw<ArgumentOutOfRangeException>();

    [Fact]
    public void Stays_empty_when_nothing_is_appended()
    {
        var growth = TreeEdge.Empty.Append([]);
        growth.Changed.Should().BeEmpty();
        growth.Edge.Size.Should().Be(0);
    }
}
