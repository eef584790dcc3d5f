using CsCheck;
using Ledger.Proof.Trees;

namespace Ledger.Proof.Tests.Trees;

/// <summary>Laws: whatever is changed in a proof that holds, it holds no longer.</summary>
public class ADamagedProof
{
    private const int Largest = 300;

    private static readonly RecursiveTree Tree = RecursiveTree.OfNumbers(Largest);

    private static readonly Gen<(int Small, int Large)> Sizes = Gen.Select(Gen.Int[1, Largest], Gen.Int[1, Largest])
        .Select((a, b) => (Math.Min(a, b), Math.Max(a, b)));

    static ADamagedProof()
    {
        // The recursion remembers hashes in a plain dictionary: fill it before several threads read it.
        for (var size = 1; size <= Largest; size++)
        {
            for (var index = 0; index < size; index++)
                _ = Tree.Path(index, size).Count() + Tree.Mth(new(index, index + 1)).GetHashCode();
            for (var old = 1; old <= size; old++)
                _ = Tree.Proof(old, size).Count();
            Tree.Root(size);
        }
    }

    [Fact]
    public void Of_inclusion_fails_with_any_bit_flipped_in_leaf_hash_or_root() =>
        Gen.Select(Sizes, Gen.Int[0, 255], Gen.Int[0, 64])
            .Sample(
                (sizes, bit, part) =>
                {
                    var (index, size) = (sizes.Small - 1, sizes.Large);
                    var hashes = new List<Hash> { Tree.Mth(new(index, index + 1)), Tree.Root(size) };
                    hashes.AddRange(Tree.Path(index, size));
                    hashes[part % hashes.Count] = Flipped(hashes[part % hashes.Count], bit);
                    return InclusionProof.Verify(hashes[0], index, size, hashes[2..], hashes[1])
                        == ProofFault.OtherRoot;
                }
            );

    [Fact]
    public void Of_inclusion_fails_for_every_other_index() =>
        Gen.Select(Sizes, Gen.Int[-2, Largest + 2])
            .Where((sizes, other) => other != sizes.Small - 1)
            .Sample(
                (sizes, other) =>
                    InclusionProof.Verify(
                        Tree.Mth(new(sizes.Small - 1, sizes.Small)),
                        other,
                        sizes.Large,
                        [.. Tree.Path(sizes.Small - 1, sizes.Large)],
                        Tree.Root(sizes.Large)
                    ) != ProofFault.None
            );

    [Fact]
    public void Of_inclusion_fails_with_a_hash_too_few_or_too_many() =>
        Gen.Select(Sizes, Gen.Int[0, 20])
            .Sample(
                (sizes, at) =>
                {
                    var (index, size) = (sizes.Small - 1, sizes.Large);
                    var (leaf, root, proof) = (
                        Tree.Mth(new(index, index + 1)),
                        Tree.Root(size),
                        Tree.Path(index, size).ToList()
                    );
                    var place = at % (proof.Count + 1);
                    List<Hash> longer = [.. proof[..place], root, .. proof[place..]];
                    return InclusionProof.Verify(leaf, index, size, longer, root) == ProofFault.TooManyHashes
                        && (
                            proof.Count == 0
                            || InclusionProof.Verify(leaf, index, size, proof[..^1], root) == ProofFault.TooFewHashes
                        );
                }
            );

    [Fact]
    public void Of_consistency_fails_with_any_bit_flipped_in_hash_or_root() =>
        Gen.Select(Sizes, Gen.Int[0, 255], Gen.Int[0, 64])
            .Sample(
                (sizes, bit, part) =>
                {
                    var hashes = new List<Hash> { Tree.Root(sizes.Small), Tree.Root(sizes.Large) };
                    hashes.AddRange(Tree.Proof(sizes.Small, sizes.Large));
                    hashes[part % hashes.Count] = Flipped(hashes[part % hashes.Count], bit);
                    return ConsistencyProof.Verify(sizes.Small, sizes.Large, hashes[2..], hashes[0], hashes[1])
                        is ProofFault.OtherOldRoot
                            or ProofFault.OtherNewRoot
                            or ProofFault.TwoRootsForOneSize;
                }
            );

    [Fact]
    public void May_hold_for_another_size_because_only_the_signed_checkpoint_binds_the_size()
    {
        // RFC 6962 does not hash the size. This is why a size from anywhere but the checkpoint must never be passed.
        InclusionProof
            .Verify(Tree.Mth(new(0, 1)), 0, 4, [.. Tree.Path(0, 3)], Tree.Root(3))
            .Should()
            .Be(ProofFault.None);
        ConsistencyProof.Verify(2, 4, [.. Tree.Proof(2, 3)], Tree.Root(2), Tree.Root(3)).Should().Be(ProofFault.None);
    }

    [Fact]
    public void Of_consistency_fails_with_a_hash_too_few_or_too_many() =>
        Sizes
            .Where(sizes => sizes.Small < sizes.Large)
            .Sample(sizes =>
            {
                var (old, size) = sizes;
                var (oldRoot, root, proof) = (Tree.Root(old), Tree.Root(size), Tree.Proof(old, size).ToList());
                return ConsistencyProof.Verify(old, size, [.. proof, root], oldRoot, root) == ProofFault.TooManyHashes
                    && ConsistencyProof.Verify(old, size, proof[..^1], oldRoot, root) == ProofFault.TooFewHashes;
            });

    [Fact]
    public void Of_a_log_that_shrank_or_has_two_roots_is_named_so()
    {
        ConsistencyProof.Verify(5, 4, [.. Tree.Proof(4, 5)], Tree.Root(5), Tree.Root(4)).Should().Be(ProofFault.Shrunk);
        ConsistencyProof.Verify(5, 5, [], Tree.Root(5), Tree.Root(4)).Should().Be(ProofFault.TwoRootsForOneSize);
        ConsistencyProof.Verify(0, 5, [], MerkleHash.EmptyRoot, Tree.Root(5)).Should().Be(ProofFault.EmptyOldTree);
        ConsistencyProof.Verify(-1, 5, [], MerkleHash.EmptyRoot, Tree.Root(5)).Should().Be(ProofFault.NegativeSize);
        InclusionProof.Verify(Tree.Root(1), 0, 0, [], MerkleHash.EmptyRoot).Should().Be(ProofFault.IndexOutsideTree);
    }

    [Fact]
    public void Does_not_let_a_node_pass_for_a_leaf()
    {
        // The entry that would have the bytes of a node's preimage without its prefix hashes to something else.
        byte[] children = [.. Tree.Mth(new(0, 1)).ToArray(), .. Tree.Mth(new(1, 2)).ToArray()];
        MerkleHash.Leaf(children).Should().NotBe(Tree.Root(2));
        MerkleHash.Node(Tree.Mth(new(0, 1)), Tree.Mth(new(1, 2))).Should().Be(Tree.Root(2));
    }

    private static Hash Flipped(Hash hash, int bit)
    {
        var bytes = hash.ToArray();
        bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        return new(bytes);
    }
}
