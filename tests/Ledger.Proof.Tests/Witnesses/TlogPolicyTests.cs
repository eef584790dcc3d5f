using System.Collections.Immutable;
using System.Text;
using CsCheck;
using Ledger.Proof.Notes;
using Ledger.Proof.Tests.Notes;
using Ledger.Proof.Texts;
using Ledger.Proof.Witnesses;
using static Ledger.Proof.Tests.Witnesses.SmallLog;

namespace Ledger.Proof.Tests.Witnesses;

/// <summary>Two of the three guarantors and one party must have seen a checkpoint.</summary>
public class APolicy
{
    private static readonly string Example = $"""
        # The memorandum's guarantors
        log {TestKey.Log.Verifier} https://ledger.example/log/idlib-2018

          witness turkiye {TestKey.Witnesses[0].Verifier}
        witness russia	{TestKey.Witnesses[1].Verifier} https://witness.example/russia
        witness iran {TestKey.Witnesses[2].Verifier}
        group guarantors 2 turkiye russia iran
        witness party {TestKey.Witnesses[3].Verifier}
        group all-sides all guarantors party
        quorum all-sides

        """.ReplaceLineEndings("\n");

    [Fact]
    public void Names_logs_witnesses_and_the_quorum()
    {
        var policy = TlogPolicy.Parse(Utf8(Example));
        policy.Logs.Should().Equal(new PolicyLog(TestKey.Log.Verifier, "https://ledger.example/log/idlib-2018"));
        policy
            .Witnesses.Select(witness => (witness.Name, witness.Key, witness.Url))
            .Should()
            .Equal(
                ("turkiye", TestKey.Witnesses[0].Verifier, null),
                ("russia", TestKey.Witnesses[1].Verifier, "https://witness.example/russia"),
                ("iran", TestKey.Witnesses[2].Verifier, null),
                ("party", TestKey.Witnesses[3].Verifier, null)
            );
        policy.Quorum!.Name.Should().Be("all-sides");
    }

    [Fact]
    public void Holds_exactly_when_two_guarantors_and_the_party_have_cosigned()
    {
        var policy = TlogPolicy.Parse(Utf8(Example));
        for (var set = 0; set < 16; set++)
        {
            var witnesses = TestKey.Witnesses.Where((_, i) => (set & (1 << i)) != 0).ToArray();
            var verdict = policy.Verify(At(7, witnesses));
            var guarantors = (set & 1) + ((set >> 1) & 1) + ((set >> 2) & 1);
            verdict.Holds.Should().Be(guarantors >= 2 && (set & 8) != 0);
            verdict.Fault.Should().Be(verdict.Holds ? PolicyFault.None : PolicyFault.QuorumNotMet);
            verdict
                .Witnessed.Select(witnessed => witnessed.Witness.Key)
                .Should()
                .Equal(witnesses.Select(witness => witness.Verifier));
            verdict.Witnessed.All(witnessed => witnessed.Time == 1_540_000_000).Should().BeTrue();
        }
    }

    [Fact]
    public void Has_times_that_no_witness_moves_alone()
    {
        // Two guarantors and the party: of the guarantors one has a clock that is years ahead, and one that stands still.
        var policy = TlogPolicy.Parse(Utf8(Example));
        var verdict = policy.Verify(Cosigned((0, 1_000), (1, 9_999_999), (2, 1), (3, 1_010)));

        policy.TimesOf(verdict).Should().Be(new QuorumTimes(From: 1_000, By: 1_010));
    }

    [Fact]
    public void Has_no_times_where_the_quorum_is_not_met_or_not_asked_for()
    {
        var policy = TlogPolicy.Parse(Utf8(Example));
        policy.TimesOf(policy.Verify(Cosigned((0, 1_000), (3, 1_010)))).Should().BeNull();
        var alone = TlogPolicy.OfLog(TestKey.Log.Verifier);
        alone.TimesOf(alone.Verify(At(7))).Should().BeNull();
    }

    [Fact]
    public void Hears_witnesses_whatever_key_the_log_signed_with()
    {
        var policy = TlogPolicy.Parse(Utf8(Example)) with
        {
            Logs = [new PolicyLog(TestKey.OfLog(TestKey.Log.Verifier.Name + "/other").Verifier, null)],
        };
        policy.Verify(At(7, TestKey.Witnesses)).Holds.Should().BeFalse();
        policy.VerifyWitnesses(At(7, TestKey.Witnesses)).Holds.Should().BeTrue();
        policy.VerifyWitnesses(At(7, TestKey.Witnesses[0])).Fault.Should().Be(PolicyFault.QuorumNotMet);
        var forged = At(6).Checkpoint.Cosign(TestKey.Witnesses[2].Verifier, 1, TestKey.Witnesses[2].Sign);
        policy.VerifyWitnesses(At(7).With(forged)).Fault.Should().Be(PolicyFault.BadSignature);
    }

    private static SignedCheckpoint Cosigned(params (int Witness, long Time)[] times) =>
        At(7)
            .With(
                times.Select(seen =>
                    At(7)
                        .Checkpoint.Cosign(
                            TestKey.Witnesses[seen.Witness].Verifier,
                            seen.Time,
                            TestKey.Witnesses[seen.Witness].Sign
                        )
                )
            );

    [Fact]
    public void Wants_the_logs_own_signature_whatever_the_witnesses_say()
    {
        var policy = TlogPolicy.Parse(Utf8(Example));
        var signed = At(7, TestKey.Witnesses);
        var withoutLog = signed with { Note = signed.Note with { Signatures = signed.Note.Signatures[1..] } };
        policy.Verify(withoutLog).Fault.Should().Be(PolicyFault.NotSignedByLog);
    }

    [Fact]
    public void Accepts_no_log_under_the_origin_of_another()
    {
        var other = TestKey.OfLog("other.example");
        var policy = TlogPolicy.Parse(Utf8($"log {TestKey.Log.Verifier}\nlog {other.Verifier}\nquorum none\n"));
        var checkpoint = new Checkpoint(TestKey.Log.Verifier.Name, 7, Hash.Of("x"u8));
        policy.Verify(checkpoint.Sign(other.Verifier, other.Sign)).Fault.Should().Be(PolicyFault.NotSignedByLog);
        policy
            .Verify((checkpoint with { Origin = "third.example" }).Sign(other.Verifier, other.Sign))
            .Fault.Should()
            .Be(PolicyFault.UnknownLog);
        policy
            .Verify((checkpoint with { Origin = "other.example" }).Sign(other.Verifier, other.Sign))
            .Holds.Should()
            .BeTrue();
    }

    [Fact]
    public void Refuses_a_checkpoint_with_a_bad_signature_of_a_listed_witness_even_if_the_quorum_is_met_without_it()
    {
        var policy = TlogPolicy.Parse(Utf8(Example));
        var older = At(6).Checkpoint.Cosign(TestKey.Witnesses[2].Verifier, 1, TestKey.Witnesses[2].Sign);
        var verdict = policy.Verify(At(7, [.. TestKey.Witnesses[..2], TestKey.Witnesses[3]]).With(older));
        (verdict.Fault, verdict.Culprit).Should().Be((PolicyFault.BadSignature, "witness.example/iran"));
    }

    [Fact]
    public void Counts_a_witness_once_however_often_it_cosigned()
    {
        var policy = TlogPolicy.Parse(Utf8(Example));
        var twice = At(7, TestKey.Witnesses[0], TestKey.Witnesses[3]);
        twice = twice.With(twice.Checkpoint.Cosign(TestKey.Witnesses[0].Verifier, 2, TestKey.Witnesses[0].Sign));
        policy.Verify(twice).Fault.Should().Be(PolicyFault.QuorumNotMet);
    }

    [Fact]
    public void Of_a_single_witness_needs_no_group()
    {
        var policy = TlogPolicy.Parse(
            Utf8($"log {TestKey.Log.Verifier}\nwitness w {TestKey.Witnesses[0].Verifier}\nquorum w\n")
        );
        policy.Verify(At(7, TestKey.Witnesses[0])).Holds.Should().BeTrue();
        policy.Verify(At(7, TestKey.Witnesses[1])).Fault.Should().Be(PolicyFault.QuorumNotMet);
    }

    [Fact]
    public void Without_quorum_believes_the_log_alone() =>
        TlogPolicy.OfLog(TestKey.Log.Verifier).Verify(At(7)).Holds.Should().BeTrue();

    [Theory]
    [InlineData("quorum none", Malformation.NoFinalNewline)]
    [InlineData("", Malformation.PolicyQuorum)]
    [InlineData("# quorum none\n", Malformation.PolicyQuorum)]
    [InlineData("quorum none\nquorum none\n", Malformation.PolicyQuorum)]
    [InlineData("quorum absent\n", Malformation.PolicyName)]
    [InlineData("quorum none\r\n", Malformation.ControlCharacter)]
    [InlineData("quorum none\u007f\n", Malformation.ControlCharacter)]
    [InlineData("quorum\n", Malformation.Line)]
    [InlineData("quorum none none\n", Malformation.Line)]
    [InlineData("Quorum none\n", Malformation.Line)]
    [InlineData("log\n", Malformation.Line)]
    [InlineData("log L u v\n", Malformation.Line)]
    [InlineData("log LOG\nlog LOG\n", Malformation.PolicyKey)]
    [InlineData("log W1\n", Malformation.KeyType)]
    [InlineData("witness a LOG\n", Malformation.KeyType)]
    [InlineData("log rubbish\n", Malformation.Line)]
    [InlineData("witness a W1\nwitness b W1\n", Malformation.PolicyKey)]
    [InlineData("witness a W1\nwitness a W2\n", Malformation.PolicyName)]
    [InlineData("witness none W1\n", Malformation.PolicyName)]
    [InlineData("group none any a\n", Malformation.PolicyName)]
    [InlineData("group g any a\nwitness a W1\n", Malformation.PolicyName)]
    [InlineData("witness a W1\ngroup a any a\n", Malformation.PolicyName)]
    [InlineData("witness a W1\ngroup g any none\n", Malformation.PolicyName)]
    [InlineData("witness a W1\ngroup g any a a\n", Malformation.PolicyName)]
    [InlineData("witness a W1\ngroup g any a\ngroup h any a\n", Malformation.PolicyName)]
    [InlineData("witness a W1\ngroup g 0 a\n", Malformation.PolicyThreshold)]
    [InlineData("witness a W1\ngroup g 2 a\n", Malformation.PolicyThreshold)]
    [InlineData("witness a W1\ngroup g 01 a\n", Malformation.PolicyThreshold)]
    [InlineData("witness a W1\ngroup g most a\n", Malformation.PolicyThreshold)]
    [InlineData("witness a W1\ngroup g any\n", Malformation.Line)]
    public void Has_one_meaning(string text, Malformation malformation)
    {
        text = text.Replace("LOG", TestKey.Log.Verifier.ToString())
            .Replace("W1", TestKey.Witnesses[0].Verifier.ToString())
            .Replace("W2", TestKey.Witnesses[1].Verifier.ToString());
        FluentActions
            .Invoking(() => TlogPolicy.Parse(Utf8(text)))
            .Should()
            .Throw<MalformedException>()
            .Which.Malformation.Should()
            .Be(malformation);
    }

    [Fact]
    public void Knows_a_key_again_under_another_name()
    {
        var renamed = VerifierKey.OfWitness("renamed.example", TestKey.Witnesses[0].Verifier.PublicKey);
        FluentActions
            .Invoking(() =>
                TlogPolicy.Parse(Utf8($"witness a {TestKey.Witnesses[0].Verifier}\nwitness b {renamed}\nquorum none\n"))
            )
            .Should()
            .Throw<MalformedException>()
            .Which.Malformation.Should()
            .Be(Malformation.PolicyKey);
    }

    [Fact]
    public void Takes_names_as_octets_and_keys_as_UTF8()
    {
        var key = VerifierKey.OfWitness("şahit.example", TestKey.Witnesses[0].Verifier.PublicKey);
        byte[] text =
        [
            .. Utf8($"witness "),
            0xff,
            .. Utf8($" {key}\nwitness "),
            0xfe,
            .. Utf8($" {TestKey.Witnesses[1].Verifier}\nquorum "),
            0xff,
            (byte)'\n',
        ];
        var policy = TlogPolicy.Parse(text);
        policy.Witnesses[0].Key.Should().Be(key);
        policy.Quorum.Should().Be(policy.Witnesses[0]);
    }

    [Fact]
    public void Shows_names_as_they_are_written()
    {
        var policy = TlogPolicy.Parse(
            Utf8($"witness türkiye {TestKey.Witnesses[0].Verifier}\ngroup kefiller any türkiye\nquorum kefiller\n")
        );
        policy.Witnesses[0].Name.Should().Be("türkiye");
        policy.Quorum!.IsMetBy([policy.Witnesses[0]]).Should().BeTrue();
    }

    [Fact]
    public void Is_met_only_by_thresholds_and_more_witnesses_never_hurt() =>
        Gen.Select(Gen.Int[0, 15], Gen.Int[0, 15])
            .Sample(
                (few, more) =>
                {
                    var policy = TlogPolicy.Parse(Encoding.UTF8.GetBytes(Example));
                    var small = Witnesses(policy, few);
                    return !policy.Quorum!.IsMetBy(small) || policy.Quorum.IsMetBy(Witnesses(policy, few | more));
                }
            );

    private static ImmutableHashSet<PolicyWitness> Witnesses(TlogPolicy policy, int set) =>
        [.. policy.Witnesses.Where((_, i) => (set & (1 << i)) != 0)];
}
