using System.Text;
using CsCheck;
using Ledger.Proof.Notes;
using Ledger.Proof.Texts;

namespace Ledger.Proof.Tests.Notes;

public class ASignedNote
{
    private const string Text = "Ceasefire from midnight.\n\nبدأ وقف إطلاق النار\n";

    private static readonly SignedNote Note = TestKey.Log.Note(Text);

    [Fact]
    public void Is_read_as_it_was_written_and_holds()
    {
        var read = SignedNote.Parse(Note.ToBytes());
        read.ToString().Should().Be(Note.ToString());
        read.Text.Should().Be(Text);
        var verdict = read.Verify([TestKey.Log.Verifier]);
        verdict.Fault.Should().Be(NoteFault.None);
        verdict.Verified.Should().ContainSingle().Which.Key.Should().Be(TestKey.Log.Verifier);
    }

    [Fact]
    public void Holds_no_longer_with_any_bit_flipped()
    {
        var bytes = Note.ToBytes();
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            var flipped = (byte[])bytes.Clone();
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            Holds(flipped).Should().BeFalse("bit {0} was flipped", bit);
        }
    }

    [Fact]
    public void Holds_no_longer_with_a_byte_taken_out_or_put_in() =>
        Gen.Select(Gen.Int[0, Note.ToBytes().Length - 1], Gen.Byte)
            .Sample(
                (at, added) =>
                {
                    var bytes = Note.ToBytes();
                    return !Holds([.. bytes[..at], .. bytes[(at + 1)..]])
                        && !Holds([.. bytes[..at], added, .. bytes[at..]]);
                }
            );

    [Fact]
    public void Keeps_signatures_of_strangers_and_ignores_them()
    {
        var stranger = TestKey.OfLog("stranger.example").Note(Text).Signatures;
        var note = SignedNote.Parse(Note.With(stranger).ToString());
        note.Signatures.Should().HaveCount(2);
        note.Verify([TestKey.Log.Verifier]).Fault.Should().Be(NoteFault.None);
        note.Verify([TestKey.OfLog("nobody.example").Verifier]).Fault.Should().Be(NoteFault.NoKnownKey);
        note.Verify([]).Fault.Should().Be(NoteFault.NoKnownKey);
    }

    [Fact]
    public void Ignores_a_key_that_shares_only_its_name_or_only_its_id()
    {
        var other = TestKey.OfLog("other.example");
        var signature = Note.Signatures[0];
        var sameName = signature with { KeyId = other.Verifier.KeyId };
        var sameId = signature with { Name = "other.example" };
        new SignedNote(Text, [sameName, sameId])
            .Verify([TestKey.Log.Verifier, other.Verifier])
            .Fault.Should()
            .Be(NoteFault.NoKnownKey);
    }

    [Fact]
    public void Falls_as_a_whole_when_one_known_key_did_not_sign_it()
    {
        var forged = TestKey.OfLog("other.example");
        var note = Note.With(forged.Note("Another text.\n").Signatures);
        var verdict = note.Verify([TestKey.Log.Verifier, forged.Verifier]);
        (verdict.Fault, verdict.KeyName).Should().Be((NoteFault.BadSignature, "other.example"));
        verdict.Verified.Should().BeEmpty();
        note.Verify([TestKey.Log.Verifier]).Fault.Should().Be(NoteFault.None);
    }

    [Fact]
    public void Counts_a_key_once_however_often_it_signed()
    {
        var line = Note.Signatures[0].ToString();
        var note = SignedNote.Parse($"{Text}\n{line}\n{line}\n");
        note.Verify([TestKey.Log.Verifier]).Verified.Should().ContainSingle();
        Note.With(Note.Signatures).Signatures.Should().ContainSingle();
    }

    [Fact]
    public void May_have_a_hundred_signatures_and_no_more()
    {
        var line = $"{Note.Signatures[0]}\n";
        SignedNote.Parse($"{Text}\n{string.Concat(Enumerable.Repeat(line, 100))}").Signatures.Should().HaveCount(100);
        Refused($"{Text}\n{string.Concat(Enumerable.Repeat(line, 101))}").Should().Be(Malformation.TooManySignatures);
    }

    [Theory]
    [InlineData("text\n", Malformation.NoBlankLine)]
    [InlineData("text\n\n", Malformation.SignatureLine)]
    [InlineData("text\n\n— a AAAAAAE=", Malformation.NoFinalNewline)]
    [InlineData("text\r\n\r\n— a AAAAAAE=\r\n", Malformation.ControlCharacter)]
    [InlineData("te\txt\n\n— a AAAAAAE=\n", Malformation.ControlCharacter)]
    [InlineData("text\n\n- a AAAAAAE=\n", Malformation.SignatureLine)]
    [InlineData("text\n\n—a AAAAAAE=\n", Malformation.SignatureLine)]
    [InlineData("text\n\n— a\n", Malformation.SignatureLine)]
    [InlineData("text\n\n— a AAAAAA==\n", Malformation.SignatureLine)]
    [InlineData("text\n\n— a AAAAAAF=\n", Malformation.Base64)]
    [InlineData("text\n\n— a AAAAAAE\n", Malformation.Base64)]
    [InlineData("text\n\n— a AAAAAAE= \n", Malformation.Base64)]
    [InlineData("text\n\n— a  AAAAAAE=\n", Malformation.Base64)]
    [InlineData("text\n\n— a b AAAAAAE=\n", Malformation.Base64)]
    [InlineData("text\n\n—  AAAAAAE=\n", Malformation.KeyName)]
    [InlineData("text\n\n— a+b AAAAAAE=\n", Malformation.KeyName)]
    [InlineData("text\n\n— a\u00a0b AAAAAAE=\n", Malformation.KeyName)]
    [InlineData("text\n\n— a\u2003b AAAAAAE=\n", Malformation.KeyName)]
    [InlineData("text\n\n— a AAAAAAE=\nmore\n", Malformation.SignatureLine)]
    [InlineData("", Malformation.NoFinalNewline)]
    public void Has_one_form(string note, Malformation malformation) => Refused(note).Should().Be(malformation);

    [Fact]
    public void Has_whole_characters() => Refused("te\ud800xt\n\n— a AAAAAAE=\n").Should().Be(Malformation.NotUtf8);

    [Fact]
    public void Is_UTF8() =>
        FluentActions
            .Invoking(() => SignedNote.Parse([0xff, .. Encoding.UTF8.GetBytes("text\n\n— a AAAAAAE=\n")]))
            .Should()
            .Throw<MalformedException>()
            .Which.Malformation.Should()
            .Be(Malformation.NotUtf8);

    private static Malformation Refused(string note) =>
        FluentActions.Invoking(() => SignedNote.Parse(note)).Should().Throw<MalformedException>().Which.Malformation;

    private static bool Holds(byte[] note)
    {
        try
        {
            return SignedNote.Parse(note).Verify([TestKey.Log.Verifier]).Fault == NoteFault.None;
        }
        catch (MalformedException)
        {
            return false;
        }
    }
}

/// <summary>Notes from the C2SP texts and from golang/mod.</summary>
public class PublishedNotes
{
    [Theory]
    [InlineData("c2sp-foo", 1)]
    [InlineData("c2sp-issue99", 1)]
    [InlineData("peter-enoch", 2)]
    public void Hold(string name, int signatures)
    {
        var note = SignedNote.Parse(PublicVectors.Bytes("notes", name + ".note"));
        var keys = Keys(name);
        note.Verify(keys).Verified.Select(signature => signature.Key).Should().Equal(keys).And.HaveCount(signatures);
        note.ToBytes().Should().Equal(PublicVectors.Bytes("notes", name + ".note"));
    }

    [Theory]
    [InlineData("bad-00", Malformation.NoBlankLine)]
    [InlineData("bad-01", Malformation.SignatureLine)]
    [InlineData("bad-02", Malformation.NoFinalNewline)]
    [InlineData("bad-03", Malformation.ControlCharacter)]
    [InlineData("bad-04", Malformation.NotUtf8)]
    [InlineData("bad-05", Malformation.NoFinalNewline)]
    [InlineData("bad-06", Malformation.SignatureLine)]
    [InlineData("bad-07", Malformation.TooManySignatures)]
    public void Are_refused_when_they_have_another_form(string name, Malformation malformation)
    {
        var note = PublicVectors.Bytes("notes", name + ".note");
        FluentActions
            .Invoking(() => SignedNote.Parse(note))
            .Should()
            .Throw<MalformedException>()
            .Which.Malformation.Should()
            .Be(malformation);
    }

    [Fact]
    public void Are_refused_with_a_space_in_a_name_even_when_they_end_in_a_newline()
    {
        var note = PublicVectors.Text("notes", "bad-05.note") + "\n";
        FluentActions
            .Invoking(() => SignedNote.Parse(note))
            .Should()
            .Throw<MalformedException>()
            .Which.Malformation.Should()
            .Be(Malformation.Base64);
    }

    [Fact]
    public void Do_not_hold_with_a_bad_signature_of_a_known_key()
    {
        var verdict = SignedNote.Parse(PublicVectors.Bytes("notes", "bad-08.note")).Verify(Keys("peter-enoch"));
        (verdict.Fault, verdict.KeyName).Should().Be((NoteFault.BadSignature, "PeterNeumann"));
    }

    private static List<VerifierKey> Keys(string name) =>
        [
            .. PublicVectors
                .Text("notes", name + ".vkey")
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(VerifierKey.Parse),
        ];
}
