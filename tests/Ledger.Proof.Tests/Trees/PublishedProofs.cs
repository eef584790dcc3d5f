using System.Text.Json;
using Ledger.Proof.Trees;

namespace Ledger.Proof.Tests.Trees;

/// <summary>
/// The probes of transparency-dev/merkle: good proofs, and the same damaged, each in a file named after the damage. The
/// table says for what reasons a damage may be refused, null meaning that a value is no hash and cannot even be passed.
/// </summary>
public class PublishedProofs
{
    private static readonly Dictionary<string, ProofFault?[]> Reasons = new()
    {
        ["empty-leaf"] = [null],
        ["empty-root"] = [null, ProofFault.OtherRoot],
        ["empty-root-and-leaf"] = [null],
        ["empty-root-and-random-leaf"] = [ProofFault.IndexOutsideTree, ProofFault.OtherRoot],
        ["empty-proof"] = [ProofFault.TooFewHashes],
        ["inserted-component"] = [ProofFault.TooManyHashes],
        ["leafIdx"] = [ProofFault.IndexOutsideTree, ProofFault.OtherRoot, ProofFault.TooFewHashes],
        ["modified-proof"] = [ProofFault.OtherRoot, ProofFault.OtherOldRoot, ProofFault.OtherNewRoot],
        ["preceding"] = [ProofFault.TooManyHashes],
        ["random-leaf"] = [null],
        ["random-root"] = [ProofFault.OtherRoot],
        ["removed-component"] = [ProofFault.TooFewHashes],
        ["roots-do-not-match-and-sizes-are-zero"] = [ProofFault.EmptyOldTree],
        ["roots-do-not-not-match-and-sizes-are-one"] = [ProofFault.TwoRootsForOneSize],
        ["size1-is-greater"] = [ProofFault.Shrunk],
        ["size1-is-zero"] = [ProofFault.EmptyOldTree],
        ["size1-XOR"] = [ProofFault.EmptyOldTree, ProofFault.TooFewHashes, ProofFault.TooManyHashes],
        ["size1-plus"] = [ProofFault.TwoRootsForOneSize, ProofFault.TooFewHashes, ProofFault.TooManyHashes],
        ["size1-sub"] = [ProofFault.EmptyOldTree, ProofFault.TooFewHashes],
        ["size2-div"] = [ProofFault.Shrunk, ProofFault.TwoRootsForOneSize, ProofFault.TooManyHashes],
        ["size2-mul"] = [ProofFault.TooFewHashes],
        ["sizes-are-equal-one-but-roots-are-not"] = [ProofFault.TwoRootsForOneSize],
        ["sizes-are-equal-zero"] = [ProofFault.EmptyOldTree],
        ["sizes-do-not-watch"] = [ProofFault.TooFewHashes],
        ["sizes-match-but-proof-is-not-empty-and-sizes-are-one"] = [ProofFault.TooManyHashes],
        ["sizes-match-but-proof-is-not-empty-and-sizes-are-zero"] = [ProofFault.EmptyOldTree],
        ["consistency-check-on-empty-tree"] = [ProofFault.EmptyOldTree],
        ["swapped-roots"] = [ProofFault.OtherOldRoot, ProofFault.OtherNewRoot],
        ["trailing"] = [ProofFault.TooManyHashes],
        ["treeSize-div"] = [ProofFault.IndexOutsideTree, ProofFault.TooManyHashes],
        ["treeSize-mul"] = [ProofFault.TooFewHashes],
        ["truncated-proof"] = [ProofFault.TooFewHashes],
        ["wrong-leaf"] = [null, ProofFault.OtherRoot],
        ["wrong-root1"] = [ProofFault.OtherOldRoot, ProofFault.OtherNewRoot],
        ["wrong-root2"] = [ProofFault.OtherNewRoot],
    };

    [Fact]
    public void Of_inclusion_hold_or_fail_for_the_right_reason() =>
        Check(
            "inclusion",
            98,
            probe =>
                Hash.TryParse(probe.GetProperty("leafHash").GetString(), out var leaf)
                && Hash.TryParse(probe.GetProperty("root").GetString(), out var root)
                    ? InclusionProof.Verify(
                        leaf,
                        Number(probe, "leafIdx"),
                        Number(probe, "treeSize"),
                        Proof(probe),
                        root
                    )
                    : null
        );

    [Fact]
    public void Of_consistency_hold_or_fail_for_the_right_reason() =>
        Check(
            "consistency",
            98,
            probe =>
                ConsistencyProof.Verify(
                    Number(probe, "size1"),
                    Number(probe, "size2"),
                    Proof(probe),
                    Opaque(probe.GetProperty("root1")),
                    Opaque(probe.GetProperty("root2"))
                )
        );

    private static void Check(string kind, int atLeast, Func<JsonElement, ProofFault?> verify)
    {
        var files = Directory.GetFiles(
            PublicVectors.PathOf("transparency-dev-merkle", "testdata", kind),
            "*.json",
            SearchOption.AllDirectories
        );
        files.Length.Should().BeGreaterThanOrEqualTo(atLeast);
        foreach (var file in files)
        {
            var probe = JsonDocument.Parse(File.ReadAllBytes(file)).RootElement;
            var fault = verify(probe);
            var name = Path.GetFileNameWithoutExtension(file);
            if (probe.GetProperty("wantErr").GetBoolean())
                Reasons
                    .Where(reason => name.StartsWith(reason.Key, StringComparison.Ordinal))
                    .MaxBy(reason => reason.Key.Length)
                    .Value.Should()
                    .Contain(fault, file);
            else
                fault.Should().Be(ProofFault.None, file);
        }
    }

    /// <summary>An index of 2^64-1 is -1 here.</summary>
    private static long Number(JsonElement probe, string name) => unchecked((long)probe.GetProperty(name).GetUInt64());

    private static IReadOnlyList<Hash> Proof(JsonElement probe) =>
        probe.GetProperty("proof") is { ValueKind: JsonValueKind.Array } hashes
            ? [.. hashes.EnumerateArray().Select(Opaque)]
            : [];

    /// <summary>
    /// Garbage in the probes has other lengths than 32 bytes, which a <see cref="Hash"/> cannot have: its hash stands
    /// for it.
    /// </summary>
    private static Hash Opaque(JsonElement base64)
    {
        var bytes = base64.GetBytesFromBase64();
        return bytes.Length == Hash.Length ? new(bytes) : Hash.Of(bytes);
    }
}
