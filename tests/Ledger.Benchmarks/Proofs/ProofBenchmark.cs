using System.Security.Cryptography;
using Ledger.Benchmarks.Measuring;
using Ledger.Proof;
using Ledger.Proof.Trees;

namespace Ledger.Benchmarks.Proofs;

/// <summary>The tree in memory, in one thread, beside the hashing that it cannot do without.</summary>
internal static class ProofBenchmark
{
    private const int Batch = 512;
    private const int EntryLength = 1024;

    public static async Task RunAsync(Effort effort)
    {
        var entry = RandomNumberGenerator.GetBytes(EntryLength);
        var node = RandomNumberGenerator.GetBytes(1 + (2 * Hash.Length));
        var tiles = new Dictionary<(int Level, long Index), ReadOnlyMemory<byte>>();
        var edge = Grow(effort.Leaves, tiles);
        var hashes = Enumerable.Range(0, Batch).Select(i => Leaf(effort.Leaves + i)).ToArray();
        var proofs = Enumerable
            .Range(0, Batch)
            .Select(_ => Random.Shared.NextInt64(edge.Size))
            .Select(index => (Index: index, Path: Tree().Inclusion(index)))
            .ToArray();

        await Race.RunAsync(
            $"A tree of {effort.Leaves:N0} leaves, times a second in one thread",
            effort,
            [
                Contender.Alone(
                    "entries of 1 KB hashed and appended, 512 a batch",
                    () =>
                        edge.Append(
                            Enumerable.Repeat(entry, Batch).Select(bytes => MerkleHash.Leaf(bytes))
                        ).Changed.Count > 0
                            ? Batch
                            : 0
                ),
                Contender.Alone(
                    "leaf hashes appended, 512 a batch",
                    () => edge.Append(hashes).Changed.Count > 0 ? Batch : 0
                ),
                Contender.Alone(
                    "inclusion proofs, each alone",
                    () => Tree().Inclusion(Random.Shared.NextInt64(edge.Size)).Count > 0 ? 1 : 0
                ),
                Contender.Alone(
                    "inclusion proofs, 512 of the newest together",
                    () =>
                    {
                        var tree = Tree();
                        for (var index = edge.Size - Batch; index < edge.Size; index++)
                            tree.Inclusion(index);
                        return Batch;
                    }
                ),
                Contender.Alone(
                    "inclusion proofs verified",
                    () =>
                    {
                        foreach (var (index, path) in proofs)
                        {
                            if (
                                InclusionProof.Verify(Leaf(index), index, edge.Size, path, edge.Root) != ProofFault.None
                            )
                                throw new InvalidOperationException($"The proof of leaf {index} does not hold.");
                        }

                        return proofs.Length;
                    }
                ),
                Contender.Alone("SHA-256 of 1 KB", () => Hashed(entry)),
                Contender.Alone("SHA-256 of a node", () => Hashed(node)),
            ],
            "SHA-256 of 1 KB",
            "SHA-256 of a node"
        );

        TileTree Tree() => new(edge.Size, id => tiles[(id.Level, id.Index)]);
    }

    private static TreeEdge Grow(int leaves, Dictionary<(int Level, long Index), ReadOnlyMemory<byte>> tiles)
    {
        var growth = TreeEdge.Empty.Append(Enumerable.Range(0, leaves).Select(i => Leaf(i)));
        foreach (var tile in growth.Changed)
            tiles[(tile.Id.Level, tile.Id.Index)] = tile.Hashes;
        return growth.Edge;
    }

    private static Hash Leaf(long index) => MerkleHash.Leaf(BitConverter.GetBytes(index));

    private static int Hashed(byte[] content)
    {
        Span<byte> hash = stackalloc byte[Hash.Length];
        for (var i = 0; i < Batch; i++)
            SHA256.HashData(content, hash);
        return Batch;
    }
}
