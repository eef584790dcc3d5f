using System.Text;
using Ledger.Proof.Notes;
using Ledger.Proof.Tests.Notes;
using Ledger.Proof.Tests.Trees;
using Ledger.Proof.Trees;
using Ledger.Proof.Witnesses;

namespace Ledger.Proof.Tests.Witnesses;

/// <summary>A log of a few entries, with everything a server would hand out of it.</summary>
internal static class SmallLog
{
    public static Hash Leaf(int index) => MerkleHash.Leaf(RecursiveTree.Number(index));

    public static SignedCheckpoint At(int size, params TestKey[] witnesses)
    {
        var checkpoint = new Checkpoint(TestKey.Log.Verifier.Name, size, TileRows.OfNumbers(size).Edge.Root);
        return checkpoint
            .Sign(TestKey.Log.Verifier, TestKey.Log.Sign)
            .With(witnesses.Select(witness => checkpoint.Cosign(witness.Verifier, 1_540_000_000, witness.Sign)));
    }

    public static TlogProof Receipt(int index, int size, params TestKey[] witnesses) =>
        new(index, new TileTree(size, TileRows.OfNumbers(size).Read).Inclusion(index), At(size, witnesses));

    public static AddCheckpoint Update(int oldSize, int newSize) =>
        new(
            oldSize,
            oldSize == 0 ? [] : new TileTree(newSize, TileRows.OfNumbers(newSize).Read).Consistency(oldSize),
            At(newSize)
        );

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
