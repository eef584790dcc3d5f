using CsCheck;
using Ledger.Proof.Notes;
using Ledger.Proof.Tests.Notes;
using Ledger.Proof.Texts;
using Ledger.Proof.Trees;
using Ledger.Proof.Witnesses;
using static Ledger.Proof.Tests.Witnesses.SmallLog;

namespace Ledger.Proof.Tests.Witnesses;

public class AReceipt
{
    private static readonly TlogPolicy Policy = TlogPolicy.OfLog(TestKey.Log.Verifier);
    private static readonly TlogProof Example = Receipt(2, 7, TestKey.Witnesses[0]);

    [Fact]
    public void Is_a_header_an_index_hashes_a_blank_line_and_the_checkpoint()
    {
        var hashes = string.Concat(Example.Hashes.Select(hash => hash.ToBase64() + "\n"));
        Example.ToString().Should().Be($"c2sp.org/tlog-proof@v1\nindex 2\n{hashes}\n{Example.Checkpoint}");
    }

    [Fact]
    public void Is_read_as_it_was_written_and_holds()
    {
        var read = TlogProof.Parse(Utf8(Example.ToString()));
        read.ToString().Should().Be(Example.ToString());
        read.Verify(Leaf(2), Policy).Holds.Should().BeTrue();
    }

    [Fact]
    public void Of_the_only_entry_has_no_hashes()
    {
        var only = Receipt(0, 1);
        only.ToString().Should().StartWith("c2sp.org/tlog-proof@v1\nindex 0\n\nledger.example/");
        TlogProof.Parse(only.ToString()).Verify(Leaf(0), Policy).Holds.Should().BeTrue();
    }

    [Fact]
    public void Keeps_extra_data_of_others()
    {
        var text = (Example with { Extra = "age"u8.ToArray() }).ToString();
        text.Should().Contain("@v1\nextra YWdl\nindex 2\n");
        TlogProof.Parse(text).ToString().Should().Be(text);
    }

    [Fact]
    public void Holds_no_longer_with_any_bit_flipped()
    {
        var bytes = Utf8(Receipt(2, 7).ToString());
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            var flipped = (byte[])bytes.Clone();
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            Holds(flipped, Leaf(2)).Should().BeFalse("bit {0} was flipped", bit);
        }
    }

    [Fact]
    public void Holds_no_longer_with_a_byte_taken_out_or_put_in() =>
        Gen.Select(Gen.Int[0, Utf8(Example.ToString()).Length - 1], Gen.Byte)
            .Sample(
                (at, added) =>
                {
                    var bytes = Utf8(Receipt(2, 7).ToString());
                    at %= bytes.Length;
                    return !Holds([.. bytes[..at], .. bytes[(at + 1)..]], Leaf(2))
                        && !Holds([.. bytes[..at], added, .. bytes[at..]], Leaf(2));
                }
            );

    [Fact]
    public void Is_only_of_its_own_entry()
    {
        var verdict = Example.Verify(Leaf(3), Policy);
        (verdict.Holds, verdict.Checkpoint.Fault, verdict.Inclusion)
            .Should()
            .Be((false, PolicyFault.None, ProofFault.OtherRoot));
        (Example with { Index = 3 }).Verify(Leaf(2), Policy).Inclusion.Should().Be(ProofFault.OtherRoot);
        (Example with { Index = 7 }).Verify(Leaf(2), Policy).Inclusion.Should().Be(ProofFault.IndexOutsideTree);
    }

    [Fact]
    public void Is_worth_nothing_without_a_signature_of_the_log()
    {
        var policy = TlogPolicy.OfLog(TestKey.OfLog("other.example").Verifier);
        Example.Verify(Leaf(2), policy).Checkpoint.Fault.Should().Be(PolicyFault.UnknownLog);
        var stranger = TestKey.OfLog("stranger.example").Note(Example.Checkpoint.Checkpoint.Text);
        (Example with { Checkpoint = Example.Checkpoint with { Note = stranger } })
            .Verify(Leaf(2), Policy)
            .Checkpoint.Fault.Should()
            .Be(PolicyFault.NotSignedByLog);
    }

    [Theory]
    [InlineData("c2sp.org/tlog-proof@v1\n", "c2sp.org/tlog-proof@v2\n", Malformation.Header)]
    [InlineData("c2sp.org/tlog-proof@v1\n", "", Malformation.Header)]
    [InlineData("c2sp.org/tlog-proof@v1\n", " c2sp.org/tlog-proof@v1\n", Malformation.Header)]
    [InlineData("index 2\n", "", Malformation.Line)]
    [InlineData("index 2\n", "index\n", Malformation.Line)]
    [InlineData("index 2\n", "Index 2\n", Malformation.Line)]
    [InlineData("index 2\n", "index  2\n", Malformation.Number)]
    [InlineData("index 2\n", "index 02\n", Malformation.Number)]
    [InlineData("index 2\n", "index -2\n", Malformation.Number)]
    [InlineData("index 2\n", "index 2\nindex 2\n", Malformation.Base64)]
    [InlineData("index 2\n", "index 2\nextra YWdl\n", Malformation.Base64)]
    [InlineData("index 2\n", "extra YWdl\nextra YWdl\nindex 2\n", Malformation.Line)]
    [InlineData("index 2\n", "extra YWdm=\nindex 2\n", Malformation.Base64)]
    [InlineData("index 2\n", "index 2\nAAAA\n", Malformation.HashLength)]
    [InlineData("index 2\n", "index 2\r\n", Malformation.ControlCharacter)]
    [InlineData("index 2\n", "index 2\n\n", Malformation.ExtensionLine)]
    [InlineData("\n\n", "\n", Malformation.Base64)]
    public void Has_one_form(string part, string changed, Malformation malformation)
    {
        var text = Example.ToString();
        var at = text.IndexOf(part, StringComparison.Ordinal);
        FluentActions
            .Invoking(() => TlogProof.Parse(text[..at] + changed + text[(at + part.Length)..]))
            .Should()
            .Throw<MalformedException>()
            .Which.Malformation.Should()
            .Be(malformation);
    }

    [Fact]
    public void Has_at_most_63_hashes()
    {
        var many = Example with { Hashes = [.. Enumerable.Repeat(MerkleHash.EmptyRoot, 63)] };
        TlogProof.Parse(many.ToString()).Verify(Leaf(2), Policy).Inclusion.Should().Be(ProofFault.TooManyHashes);
        FluentActions
            .Invoking(() => TlogProof.Parse((many with { Hashes = [.. many.Hashes, MerkleHash.EmptyRoot] }).ToString()))
            .Should()
            .Throw<MalformedException>()
            .Which.Malformation.Should()
            .Be(Malformation.TooManyHashes);
    }

    private static bool Holds(byte[] proof, Hash leaf)
    {
        try
        {
            return TlogProof.Parse(proof).Verify(leaf, Policy).Holds;
        }
        catch (MalformedException)
        {
            return false;
        }
    }
}
