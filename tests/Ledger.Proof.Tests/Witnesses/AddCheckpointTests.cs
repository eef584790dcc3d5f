using Ledger.Proof.Notes;
using Ledger.Proof.Tests.Notes;
using Ledger.Proof.Texts;
using Ledger.Proof.Trees;
using Ledger.Proof.Witnesses;
using static Ledger.Proof.Tests.Witnesses.SmallLog;

namespace Ledger.Proof.Tests.Witnesses;

public class ACheckpointOfferedToAWitness
{
    private static readonly VerifierKey[] Logs = [TestKey.Log.Verifier];

    [Fact]
    public void Is_an_old_size_hashes_a_blank_line_and_the_checkpoint()
    {
        var update = Update(3, 7);
        var hashes = string.Concat(update.Hashes.Select(hash => hash.ToBase64() + "\n"));
        update.ToString().Should().Be($"old 3\n{hashes}\n{At(7)}");
        AddCheckpoint.Parse(Utf8(update.ToString())).ToString().Should().Be(update.ToString());
        Update(0, 7).ToString().Should().Be($"old 0\n\n{At(7)}");
    }

    [Fact]
    public void Is_cosigned_when_it_follows_from_the_last_one()
    {
        for (var old = 0; old <= 20; old++)
        {
            for (var size = Math.Max(old, 1); size <= 20; size++)
                AddCheckpoint
                    .Parse(Update(old, size).ToString())
                    .Judge(Logs, old == 0 ? null : At(old).Checkpoint)
                    .Should()
                    .Be(WitnessAnswer.Cosign);
        }
    }

    [Fact]
    public void Of_an_unknown_log_is_answered_404() =>
        Update(3, 7).Judge([TestKey.OfLog("other.example").Verifier], null).Should().Be(WitnessAnswer.UnknownOrigin);

    [Fact]
    public void Without_the_logs_signature_is_answered_403()
    {
        var update = Update(0, 7);
        var stranger = TestKey.OfLog("stranger.example").Note(update.Checkpoint.Checkpoint.Text);
        (update with { Checkpoint = update.Checkpoint with { Note = stranger } })
            .Judge(Logs, null)
            .Should()
            .Be(WitnessAnswer.NotSignedByLog);
        var forged = update.Checkpoint.Note with { Signatures = [TestKey.Log.Note("other\n").Signatures[0]] };
        (update with { Checkpoint = update.Checkpoint with { Note = forged } })
            .Judge(Logs, null)
            .Should()
            .Be(WitnessAnswer.NotSignedByLog);
    }

    [Fact]
    public void With_an_old_size_above_the_new_one_is_answered_400() =>
        (Update(3, 7) with { OldSize = 8 }).Judge(Logs, At(8).Checkpoint).Should().Be(WitnessAnswer.OldSizeAboveNew);

    [Fact]
    public void With_another_old_size_than_the_last_one_is_answered_409()
    {
        Update(3, 7).Judge(Logs, At(4).Checkpoint).Should().Be(WitnessAnswer.OtherOldSize);
        Update(3, 7).Judge(Logs, null).Should().Be(WitnessAnswer.OtherOldSize);
        Update(0, 7).Judge(Logs, At(3).Checkpoint).Should().Be(WitnessAnswer.OtherOldSize);
    }

    [Fact]
    public void That_contradicts_the_last_one_is_answered_422()
    {
        var other = At(3).Checkpoint with { Root = Hash.Of("another history"u8) };
        Update(3, 7).Judge(Logs, other).Should().Be(WitnessAnswer.Inconsistent);
        Update(3, 3).Judge(Logs, other).Should().Be(WitnessAnswer.Inconsistent);
        (Update(3, 7) with { Hashes = [] }).Judge(Logs, At(3).Checkpoint).Should().Be(WitnessAnswer.Inconsistent);
        (Update(0, 7) with { Hashes = [Hash.Of([])] }).Judge(Logs, null).Should().Be(WitnessAnswer.Inconsistent);
        (Update(3, 3) with { Hashes = [Hash.Of([])] })
            .Judge(Logs, At(3).Checkpoint)
            .Should()
            .Be(WitnessAnswer.Inconsistent);
    }

    [Fact]
    public void Of_an_empty_log_has_the_root_of_the_empty_tree()
    {
        Update(0, 0).Judge(Logs, null).Should().Be(WitnessAnswer.Cosign);
        var wrong = new Checkpoint(TestKey.Log.Verifier.Name, 0, Hash.Of("x"u8)).Sign(
            TestKey.Log.Verifier,
            TestKey.Log.Sign
        );
        new AddCheckpoint(0, [], wrong).Judge(Logs, null).Should().Be(WitnessAnswer.Inconsistent);
    }

    [Theory]
    [InlineData("old 3\n", "old 03\n", Malformation.Number)]
    [InlineData("old 3\n", "3\n", Malformation.Line)]
    [InlineData("old 3\n", "", Malformation.Line)]
    [InlineData("old 3\n", "old 3 \n", Malformation.Number)]
    [InlineData("old 3\n", "old 3\nAAAA\n", Malformation.HashLength)]
    [InlineData("\n\n", "\n", Malformation.Base64)]
    public void Has_one_form(string part, string changed, Malformation malformation)
    {
        var text = Update(3, 7).ToString();
        var at = text.IndexOf(part, StringComparison.Ordinal);
        FluentActions
            .Invoking(() => AddCheckpoint.Parse(text[..at] + changed + text[(at + part.Length)..]))
            .Should()
            .Throw<MalformedException>()
            .Which.Malformation.Should()
            .Be(malformation);
    }
}

public class TheAnswerOfAWitness
{
    private static readonly TestKey Witness = TestKey.Witnesses[0];
    private static readonly SignedCheckpoint Checkpoint = At(7);

    [Fact]
    public void Gives_its_cosignature_among_lines_of_others()
    {
        var line = Checkpoint.Checkpoint.Cosign(Witness.Verifier, 1_540_000_000, Witness.Sign);
        var other = Checkpoint.Checkpoint.Cosign(
            TestKey.Witnesses[1].Verifier,
            1_540_000_000,
            TestKey.Witnesses[1].Sign
        );
        var found = WitnessResponse.Cosignature($"{other}\n{line}\n", Checkpoint, Witness.Verifier)!;
        found.ToString().Should().Be(line.ToString());
        Checkpoint.With(found).Note.Verify([Witness.Verifier]).Fault.Should().Be(NoteFault.None);
    }

    [Fact]
    public void Is_worth_nothing_for_another_checkpoint_or_without_a_time()
    {
        var older = At(6).Checkpoint.Cosign(Witness.Verifier, 1_540_000_000, Witness.Sign);
        WitnessResponse.Cosignature($"{older}\n", Checkpoint, Witness.Verifier).Should().BeNull();
        var timeless = Witness.Verifier.Line(
            new Cosignature(0, Witness.Sign(Cosignature.Message(Checkpoint.Note.Text, 0))).ToBytes()
        );
        WitnessResponse.Cosignature($"{timeless}\n", Checkpoint, Witness.Verifier).Should().BeNull();
        FluentActions
            .Invoking(() => WitnessResponse.Cosignature("no\n", Checkpoint, Witness.Verifier))
            .Should()
            .Throw<MalformedException>();
    }
}
