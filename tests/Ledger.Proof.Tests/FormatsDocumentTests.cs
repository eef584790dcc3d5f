using System.Buffers.Text;
using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Ledger.Proof.Disclosures;
using Ledger.Proof.Entries;
using Ledger.Proof.Json;
using Ledger.Proof.Notes;
using Ledger.Proof.Texts;
using Ledger.Proof.Trees;
using Ledger.Proof.Witnesses;

namespace Ledger.Proof.Tests;

/// <summary>
/// docs/formats.md says it can be reproduced: by this code, and by a shell that has never heard of it. Each named block
/// of the document is compared with what the code makes of the entries in it.
/// </summary>
public partial class TheFormatsDocument
{
    private static readonly string Document = File.ReadAllText(Path.Combine(Repository(), "docs", "formats.md"));
    private static readonly Dictionary<string, string> Blocks = Block()
        .Matches(Document)
        .ToDictionary(block => block.Groups["name"].Value, block => block.Groups["text"].Value);
    private static readonly List<byte[]> Entries =
    [
        .. Blocks["entries"].Split('\n')[..^1].Select(Encoding.UTF8.GetBytes),
    ];
    private static readonly List<Hash> Leaves = [.. Entries.Select(entry => MerkleHash.Leaf(entry))];

    private static readonly Ed25519Key LogKey = Ed25519Key.FromSeed([.. Enumerable.Range(0, 32).Select(i => (byte)i)]);
    private static readonly Ed25519Key WitnessKey = Ed25519Key.FromSeed([
        .. Enumerable.Range(32, 32).Select(i => (byte)i),
    ]);
    private static readonly VerifierKey Log = VerifierKey.OfLog("ledger.example/idlib-2018", LogKey.PublicKey);
    private static readonly VerifierKey Witness = VerifierKey.OfWitness("witness.example/one", WitnessKey.PublicKey);

    private static TreeGrowth Tree => TreeEdge.Empty.Append(Leaves);

    private static SignedCheckpoint LogSigned =>
        new Checkpoint("ledger.example/idlib-2018", 7, Tree.Edge.Root).Sign(Log, LogKey.Sign);

    private static SignedCheckpoint Cosigned =>
        LogSigned.With(LogSigned.Checkpoint.Cosign(Witness, 1_540_000_000, WitnessKey.Sign));

    [Fact]
    public void Has_only_blocks_that_are_checked_here() =>
        Blocks
            .Keys.Should()
            .BeEquivalentTo(
                "receipt",
                "entries",
                "tree.sh",
                "tree",
                "sign.sh",
                "signed",
                "add-checkpoint",
                "tiles",
                "policy",
                "disclosure",
                "signed-report",
                "report-signature",
                "judge.sh",
                "judged",
                "walk.sh",
                "walked",
                "rotated",
                "rotation"
            );

    [Fact]
    public void Names_the_text_of_the_standards_it_follows() => Document.Should().Contain("`5ba5ee8`");

    [Fact]
    public void Has_seven_entries_of_one_agreement_in_a_row()
    {
        var entries = Entries.Select(entry => Entry.Parse(entry)).ToList();
        entries.Select(entry => entry.Position).Should().Equal(1, 2, 3, 4, 5, 6, 7);
        entries.Should().OnlyContain(entry => entry.Agreement == "idlib-2018");
    }

    [Fact]
    public void Has_the_leaves_and_the_root_of_every_size()
    {
        var leaves = Leaves.Select((leaf, index) => $"leaf {index} {leaf}\n");
        var roots = Enumerable
            .Range(0, 8)
            .Select(size => $"root {size} {TreeEdge.Empty.Append(Leaves.Take(size)).Edge.Root}\n");
        Blocks["tree"].Should().Be(string.Concat(leaves.Concat(roots)));
    }

    [Fact]
    public void Has_the_keys_and_the_signed_checkpoint() =>
        Blocks["signed"].Should().Be($"{Log}\n{Witness}\n{Cosigned}");

    [Fact]
    public void Has_the_receipt_of_the_third_entry()
    {
        var proof = new TileTree(7, Read).Inclusion(2);
        Blocks["receipt"].Should().Be(new TlogProof(2, proof, Cosigned).ToString());
        TlogProof
            .Parse(Blocks["receipt"])
            .Verify(Leaves[2], TlogPolicy.Parse(Encoding.UTF8.GetBytes(Blocks["policy"])))
            .Holds.Should()
            .BeTrue();
    }

    [Fact]
    public void Has_a_report_that_a_device_signed()
    {
        using var device = Ed25519Key.FromSeed([.. Enumerable.Range(0x40, 32).Select(i => (byte)i)]);
        var lines = Blocks["signed-report"].TrimEnd('\n').Split('\n');
        var message = DeviceSignature.Message(lines[1], lines[2], lines[3]);
        Encoding.UTF8.GetString(message).Should().Be(Blocks["signed-report"].TrimEnd('\n'));
        CanonicalJson.IsCanonical(Encoding.UTF8.GetBytes(lines[3])).Should().BeTrue();

        var (key, value) = (Base64Url.EncodeToString(device.PublicKey), Base64Url.EncodeToString(device.Sign(message)));
        Blocks["report-signature"].Should().Be($"{key}\n{value}\n");
        Document.Should().Contain($"\"key\": \"{key}\", \"value\": \"{value}\"");
        DeviceSignature.Verify(DeviceSignature.Ed25519, key, value, message).Should().BeTrue();
    }

    [Fact]
    public void Has_a_change_of_key_that_both_keys_sign()
    {
        using var nextKey = Ed25519Key.FromSeed([.. Enumerable.Range(0x60, 32).Select(i => (byte)i)]);
        var next = VerifierKey.OfLog(Log.Name, nextKey.PublicKey);
        var entry = Encoding.UTF8.GetBytes(Blocks["rotated"].TrimEnd('\n'));
        var data = Entry.Parse(entry).Data;
        (data.GetProperty("oldKey").GetString(), data.GetProperty("newKey").GetString())
            .Should()
            .Be((Log.ToString(), next.ToString()));

        var checkpoint = new Checkpoint(
            Log.Name,
            8,
            TreeEdge.Empty.Append([.. Leaves, MerkleHash.Leaf(entry)]).Edge.Root
        );
        Blocks["rotation"]
            .Should()
            .Be(checkpoint.Sign(Log, LogKey.Sign).With(checkpoint.Sign(next, nextKey.Sign).Note.Signatures).ToString());
    }

    [Fact]
    public void Has_a_policy_that_the_log_alone_does_not_satisfy() =>
        TlogPolicy
            .Parse(Encoding.UTF8.GetBytes(Blocks["policy"]))
            .Verify(LogSigned)
            .Fault.Should()
            .Be(PolicyFault.QuorumNotMet);

    [Fact]
    public void Has_the_proof_that_seven_entries_begin_with_three()
    {
        Blocks["add-checkpoint"]
            .Should()
            .Be(new AddCheckpoint(3, new TileTree(7, Read).Consistency(3), LogSigned).ToString());
        var three = new Checkpoint("ledger.example/idlib-2018", 3, TreeEdge.Empty.Append(Leaves.Take(3)).Edge.Root);
        AddCheckpoint.Parse(Blocks["add-checkpoint"]).Judge([Log], three).Should().Be(WitnessAnswer.Cosign);
    }

    [Fact]
    public void Has_the_tile_and_the_bundle()
    {
        var tile = Tree.Changed.Should().ContainSingle().Subject;
        var bundle = EntryBundle.Write(Entries.Select(entry => (ReadOnlyMemory<byte>)entry));
        Blocks["tiles"]
            .Should()
            .Be(Line(tile.Id.Path, tile.Hashes.ToArray()) + Line(EntryBundle.InTree(0, 7).Path, bundle));
        Document
            .Should()
            .Contain($"`{Convert.ToHexStringLower(bundle[..4]).Insert(6, " ").Insert(4, " ").Insert(2, " ")}`");

        static string Line(string path, byte[] bytes) => $"{path} {bytes.Length} bytes {Hash.Of(bytes)}\n";
    }

    [Fact]
    public void Has_the_disclosure_of_the_digest_in_the_third_entry()
    {
        var disclosure = Disclosure.Parse(Blocks["disclosure"].Split('\n')[1]);
        Blocks["disclosure"]
            .Should()
            .Be(
                $"{Encoding.UTF8.GetString(StrictBase64.DecodeUrl(disclosure.Encoded)!)}\n{disclosure.Encoded}\n{disclosure.Digest}\n"
            );
        Entry.Parse(Entries[2]).Data.GetProperty("sealed")[0].GetString().Should().Be(disclosure.Digest);
    }

    [Fact]
    public void Has_a_script_that_prints_the_tree_with_sha256sum() => Printed("tree.sh").Should().Be(Blocks["tree"]);

    [Fact]
    public void Has_a_script_that_prints_the_signatures_with_openssl()
    {
        Assert.SkipUnless(
            Environment
                .GetEnvironmentVariable("PATH")!
                .Split(':')
                .Any(folder => File.Exists(Path.Combine(folder, "openssl"))),
            "There is no openssl on this machine."
        );
        Printed("sign.sh", Tree.Edge.Root.ToString()).Should().Be(Blocks["signed"]);
    }

    [Fact]
    public void Has_a_judge_outside_our_code()
    {
        Assert.SkipUnless(
            Environment
                .GetEnvironmentVariable("PATH")!
                .Split(':')
                .Any(folder => File.Exists(Path.Combine(folder, "openssl"))),
            "There is no openssl on this machine."
        );
        Printed("judge.sh", Tree.Edge.Root.ToString()).Should().Be(Blocks["judged"]);
        var (exit, printed) = Run("judge.sh", [], Leaves[0].ToString());
        printed.Should().EndWith("The root is another\n");
        exit.Should().Be(1);
        Run("judge.sh", [("signed", Blocks["signed"].Replace("\n7\n", "\n6\n"))], Tree.Edge.Root.ToString())
            .Exit.Should()
            .Be(1, "nobody signed that");
    }

    [Fact]
    public void Has_the_walk_of_an_inclusion_proof_as_a_script()
    {
        Walk(Entries[2], Blocks["receipt"], Log).Should().Be((0, Blocks["walked"]));
        foreach (var size in (int[])[1, 5, 6])
        {
            var edge = TreeEdge.Empty.Append(Leaves.Take(size));
            var signed = new Checkpoint(Log.Name, size, edge.Edge.Root).Sign(Log, LogKey.Sign);
            var tree = new TileTree(size, id => edge.Changed.Single(tile => tile.Id == id).Hashes);
            for (var index = 0; index < size; index++)
                Walk(Entries[index], new TlogProof(index, tree.Inclusion(index), signed).ToString(), Log)
                    .Exit.Should()
                    .Be(0, "entry {0} of {1} is there", index, size);
        }
    }

    [Theory]
    [InlineData("index 2\n", "index 3\n", "does not lead to the root")]
    [InlineData("index 2\n", "index 7\n", "has no such entry")]
    [InlineData("\n7\n", "\n6\n", "Failure")]
    [InlineData("Z5Nc3vw8", "Y5Nc3vw8", "does not lead to the root")]
    [InlineData("FcyzSAdL7z8vos1sD7jn3UiUtoHEUwTgq4IlM4R0WOk=\n", "", "does not lead to the root")]
    [InlineData("— ledger.example/idlib-2018 9+9gzqIoh23Q", "— ledger.example/idlib-2018 9+9gzqIoh23R", "Failure")]
    [InlineData("— ledger.example/idlib-2018 9+9g", "— ledger.example/idlib-2018 9+9h", "has not signed it")]
    public void Has_a_walk_that_refuses_a_damaged_receipt(string part, string damage, string why)
    {
        var (exit, printed) = Walk(Entries[2], Blocks["receipt"].Replace(part, damage, StringComparison.Ordinal), Log);
        exit.Should().Be(1, printed);
        printed.Should().Contain(why);
    }

    [Fact]
    public void Has_a_walk_that_refuses_another_entry_and_another_key()
    {
        Walk(Entries[3], Blocks["receipt"], Log).Exit.Should().Be(1);
        Walk(Entries[2], Blocks["receipt"], VerifierKey.OfLog("other.example", LogKey.PublicKey)).Exit.Should().Be(1);
        Walk(Entries[2], Blocks["receipt"], VerifierKey.OfLog(Log.Name, WitnessKey.PublicKey)).Exit.Should().Be(1);
    }

    private static (int Exit, string Printed) Walk(byte[] entry, string receipt, VerifierKey key) =>
        Run(
            "walk.sh",
            [("entry", Encoding.UTF8.GetString(entry)), ("receipt", receipt)],
            "entry",
            "receipt",
            key.ToString()
        );

    private static ReadOnlyMemory<byte> Read(TileId id) => Tree.Changed.Single(tile => tile.Id == id).Hashes;

    private static string Printed(string script, params string[] arguments) => Run(script, [], arguments).Printed;

    private static (int Exit, string Printed) Run(
        string script,
        (string Name, string Text)[] files,
        params string[] arguments
    )
    {
        var folder = Directory.CreateTempSubdirectory("formats-");
        File.WriteAllText(Path.Combine(folder.FullName, "entries.jsonl"), Blocks["entries"]);
        File.WriteAllText(Path.Combine(folder.FullName, "signed"), Blocks["signed"]);
        File.WriteAllText(Path.Combine(folder.FullName, script), Blocks[script]);
        foreach (var (name, text) in files)
            File.WriteAllText(Path.Combine(folder.FullName, name), text);
        using var shell = Process.Start(
            new ProcessStartInfo("sh", [script, .. arguments])
            {
                WorkingDirectory = folder.FullName,
                RedirectStandardOutput = true,
                UseShellExecute = false,
            }
        )!;
        var printed = shell.StandardOutput.ReadToEnd();
        shell.WaitForExit();
        folder.Delete(recursive: true);
        return (shell.ExitCode, printed);
    }

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Ledger.sln")))
            folder =
                folder.Parent ?? throw new DirectoryNotFoundException("Ledger.sln is in no folder above the tests.");
        return folder.FullName;
    }

    /// <summary>A fenced block whose info string has a second word, its name.</summary>
    [GeneratedRegex(
        @"^```\w+ (?<name>\S+)\n(?<text>.*?)^```$",
        RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Block();
}
