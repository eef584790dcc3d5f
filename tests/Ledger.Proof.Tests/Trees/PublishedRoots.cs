using System.Text;
using System.Text.Json;
using Ledger.Proof.Trees;

namespace Ledger.Proof.Tests.Trees;

/// <summary>
/// The hashes and roots that transparency-dev/merkle and the Certificate Transparency reference implementation agree
/// on.
/// </summary>
public class PublishedRoots
{
    private static JsonElement Vectors => JsonDocument.Parse(PublicVectors.Bytes("rfc6962-vectors.json")).RootElement;

    [Fact]
    public void Of_leaves_and_nodes_are_reproduced()
    {
        foreach (var vector in Vectors.GetProperty("hasher").EnumerateArray())
        {
            var hash = vector.GetProperty("op").GetString() switch
            {
                "empty" => MerkleHash.EmptyRoot,
                "leaf" => MerkleHash.Leaf(Utf8("data_utf8")),

                // The published node has children of four bytes, which a Hash cannot be: prefix and order are seen by
                // hand.
                _ => Hash.Of([0x01, .. Utf8("left_utf8"), .. Utf8("right_utf8")]),
            };
            hash.ToString().Should().Be(vector.GetProperty("want").GetString());

            byte[] Utf8(string name) => Encoding.UTF8.GetBytes(vector.GetProperty(name).GetString()!);
        }
    }

    [Fact]
    public void Of_the_eight_reference_leaves_are_reproduced_at_every_size()
    {
        var leaves = Vectors
            .GetProperty("ct_reference_leaves_hex")
            .EnumerateArray()
            .Select(leaf => MerkleHash.Leaf(Convert.FromHexString(leaf.GetString()!)))
            .ToList();
        var roots = Vectors
            .GetProperty("ct_reference_roots_hex_by_size")
            .EnumerateArray()
            .Select(root => root.GetString())
            .ToList();
        for (var size = 0; size < roots.Count; size++)
            TreeEdge.Empty.Append(leaves.Take(size)).Edge.Root.ToString().Should().Be(roots[size]);
    }

    [Fact]
    public void Of_large_trees_are_reproduced()
    {
        var edge = TreeEdge.Empty;
        foreach (
            var golden in Vectors
                .GetProperty("golden_roots_b64")
                .GetProperty("roots")
                .EnumerateObject()
                .OrderBy(golden => int.Parse(golden.Name))
        )
        {
            edge = edge.Append(TileRows.Leaves((int)edge.Size, int.Parse(golden.Name))).Edge;
            edge.Root.ToBase64().Should().Be(golden.Value.GetString());
        }

        edge.Size.Should().Be(65_535);
    }

    /// <summary>Kept here so that a checkout without the public vectors checks the hashes too.</summary>
    [Theory]
    [InlineData(1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d")]
    [InlineData(2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125")]
    [InlineData(3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77")]
    [InlineData(8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328")]
    public void Of_the_reference_leaves_hold_here_too(int size, string root)
    {
        string[] leaves =
        [
            "",
            "00",
            "10",
            "2021",
            "3031",
            "40414243",
            "5051525354555657",
            "606162636465666768696a6b6c6d6e6f",
        ];
        TreeEdge
            .Empty.Append(leaves.Take(size).Select(leaf => MerkleHash.Leaf(Convert.FromHexString(leaf))))
            .Edge.Root.ToString()
            .Should()
            .Be(root);
    }
}
