using System.Text;
using CsCheck;
using Ledger.Proof.Notes;
using Ledger.Proof.Texts;

namespace Ledger.Proof.Tests.Notes;

public class ACheckpoint
{
    private static readonly Checkpoint Example = new("ledger.example/idlib-2018", 214, Hash.Of("a root"u8));

    [Fact]
    public void Is_three_lines()
    {
        Example.Text.Should().Be($"ledger.example/idlib-2018\n214\n{Example.Root.ToBase64()}\n");
        Checkpoint.Parse(Example.Text).Should().Be(Example);
    }

    [Fact]
    public void Is_told_from_others_in_one_file()
    {
        var signed = Enumerable
            .Range(1, 3)
            .Select(size => (Example with { Size = size }).Sign(TestKey.Log.Verifier, TestKey.Log.Sign).ToString())
            .ToList();

        var read = SignedCheckpoint.ParseMany(Encoding.UTF8.GetBytes(string.Join('\n', signed)));

        read.Select(one => one.ToString()).Should().Equal(signed);
        SignedCheckpoint.ParseMany([]).Should().BeEmpty();
        foreach (var broken in (string[])[Example.Text, signed[0] + Example.Text, $"{signed[0]}\n{Example.Text}", "\n"])
            FluentActions
                .Invoking(() => SignedCheckpoint.ParseMany(Encoding.UTF8.GetBytes(broken)))
                .Should()
                .Throw<MalformedException>();
    }

    [Fact]
    public void Is_read_as_it_was_signed_and_has_the_logs_signature_and_the_witnesses()
    {
        var witness = TestKey.Witnesses[0];
        var signed = Example
            .Sign(TestKey.Log.Verifier, TestKey.Log.Sign)
            .With(Example.Cosign(witness.Verifier, 1_540_000_000, witness.Sign));
        var read = SignedCheckpoint.Parse(signed.Note.ToBytes());
        read.Checkpoint.Should().Be(Example);
        read.ToString().Should().Be(signed.ToString());
        read.Note.Verify([TestKey.Log.Verifier, witness.Verifier]).Verified.Should().HaveCount(2);
    }

    [Theory]
    [InlineData("o\n214\n{0}", Malformation.Line)]
    [InlineData("o\n214\n", Malformation.Line)]
    [InlineData("\n214\n{0}\n", Malformation.Line)]
    [InlineData("o\n214\n{0}\nextension\n", Malformation.ExtensionLine)]
    [InlineData("o\n214\n{0}\n\n", Malformation.ExtensionLine)]
    [InlineData("o\n0214\n{0}\n", Malformation.Number)]
    [InlineData("o\n-1\n{0}\n", Malformation.Number)]
    [InlineData("o\n214 \n{0}\n", Malformation.Number)]
    [InlineData("o\n\n{0}\n", Malformation.Number)]
    [InlineData("o\n9223372036854775808\n{0}\n", Malformation.Number)]
    [InlineData("o\n214\nAAAA\n", Malformation.HashLength)]
    [InlineData("o\n214\n {0}\n", Malformation.Base64)]
    [InlineData("o\n214\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB=\n", Malformation.Base64)]
    [InlineData("o\n214\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n", Malformation.Base64)]
    public void Has_one_form(string text, Malformation malformation) =>
        FluentActions
            .Invoking(() => Checkpoint.Parse(text.Replace("{0}", Example.Root.ToBase64())))
            .Should()
            .Throw<MalformedException>()
            .Which.Malformation.Should()
            .Be(malformation);

    [Fact]
    public void Of_any_log_and_size_is_read_back() =>
        Gen.Select(Gen.Long[0, long.MaxValue], Gen.Byte.Array[32])
            .Sample(
                (size, root) =>
                {
                    var checkpoint = new Checkpoint("ledger.example/günlük", size, new(root));
                    return Checkpoint.Parse(checkpoint.Text) == checkpoint;
                }
            );

    [Fact]
    public void Published_is_read_although_its_log_is_unknown() =>
        SignedCheckpoint.Parse(PublicVectors.Bytes("notes", "c2sp-issue99.note")).Checkpoint.Size.Should().Be(10);
}

public class ACosignature
{
    private const long Time = 1_679_315_147;
    private static readonly Checkpoint Example = new("example.com/behind-the-sofa", 20_852_163, Hash.Of("a root"u8));
    private static readonly TestKey Witness = TestKey.Witnesses[0];

    [Fact]
    public void Is_over_a_header_a_time_and_the_whole_checkpoint() =>
        Encoding
            .UTF8.GetString(Cosignature.Message(Example.Text, Time))
            .Should()
            .Be($"cosignature/v1\ntime 1679315147\nexample.com/behind-the-sofa\n20852163\n{Example.Root.ToBase64()}\n");

    /// <summary>
    /// The time is that of the example in tlog-cosignature, whose line goes on AAAAAGQYUMs after the key id.
    /// </summary>
    [Fact]
    public void Is_eight_bytes_of_time_and_a_signature()
    {
        var line = Example.Cosign(Witness.Verifier, Time, Witness.Sign);
        line.Value.Length.Should().Be(72);
        Convert.ToHexStringLower(line.Value.Span[..8]).Should().Be("00000000641850cb");
        Cosignature.TryRead(line)!.Time.Should().Be(Time);
        Witness.Verifier.Verify(Example.Text, NoteSignature.Parse(line.ToString())).Should().BeTrue();
    }

    [Fact]
    public void Does_not_hold_with_any_bit_flipped_in_time_or_signature()
    {
        var line = Example.Cosign(Witness.Verifier, Time, Witness.Sign);
        for (var bit = 0; bit < 72 * 8; bit++)
        {
            var value = line.Value.ToArray();
            value[bit / 8] ^= (byte)(1 << (bit % 8));
            Witness.Verifier.Verify(Example.Text, line with { Value = value }).Should().BeFalse();
        }
    }

    [Fact]
    public void Does_not_hold_for_another_checkpoint_or_as_a_logs_signature()
    {
        var line = Example.Cosign(Witness.Verifier, Time, Witness.Sign);
        Witness.Verifier.Verify((Example with { Size = Example.Size + 1 }).Text, line).Should().BeFalse();
        var asLog = VerifierKey.OfLog(Witness.Verifier.Name, Witness.Verifier.PublicKey);
        asLog.Verify(Example.Text, asLog.Line(Cosignature.TryRead(line)!.Signature)).Should().BeFalse();
        Witness
            .Verifier.Verify(Example.Text, Witness.Verifier.Line(Witness.Sign(Encoding.UTF8.GetBytes(Example.Text))))
            .Should()
            .BeFalse();
    }

    [Theory]
    [InlineData(71)]
    [InlineData(73)]
    [InlineData(64)]
    [InlineData(8)]
    public void Has_72_bytes(int length) =>
        Cosignature.TryRead(Witness.Verifier.Line(new byte[length])).Should().BeNull();

    [Fact]
    public void Has_a_time_that_fits_63_bits() =>
        Cosignature.TryRead(Witness.Verifier.Line((byte[])[0x80, .. new byte[71]])).Should().BeNull();

    [Fact]
    public void Is_not_made_without_a_time() =>
        FluentActions
            .Invoking(() => Example.Cosign(Witness.Verifier, 0, Witness.Sign))
            .Should()
            .Throw<ArgumentOutOfRangeException>();
}
