using CsCheck;
using Ledger.Cli.Proofs;
using Ledger.Domain.Entries;
using Ledger.Proof.Notes;
using Hash = Ledger.Proof.Hash;

namespace Ledger.Cli.Tests.Proofs;

/// <summary>Logs whose key was changed any number of times, and who knows one of the keys.</summary>
public sealed class FollowingTheKey
{
    private const string Origin = "ledger.example/truce";

    private static readonly Ed25519Key[] Pairs =
    [
        .. Enumerable
            .Range(0, 7)
            .Select(i => Ed25519Key.FromSeed([.. Enumerable.Repeat((byte)i, Ed25519Key.SeedLength)])),
    ];

    private static readonly VerifierKey[] Names = [.. Pairs.Select(pair => VerifierKey.OfLog(Origin, pair.PublicKey))];

    /// <summary>The gaps between changes, and one number to pick with.</summary>
    private static readonly Gen<(int[] Gaps, int Pick)> Logs = Gen.Select(
        Gen.Int[1, 300].Array[0, 5],
        Gen.Int[0, 10_000]
    );

    [Fact]
    public void Leads_from_any_key_of_the_log_to_the_one_that_signs_now() =>
        Logs.Sample(log =>
        {
            var chain = Chain(log.Gaps);
            var trusted = Names[log.Pick % (log.Gaps.Length + 1)];

            Followed(chain).End(Signed(chain.Size, log.Gaps.Length), [trusted]).Should().Be(Names[log.Gaps.Length]);
        });

    [Fact]
    public void Tells_whose_turn_it_is_at_every_size() =>
        Logs.Where(log => log.Gaps.Length > 0)
            .Sample(log =>
            {
                var chain = Chain(log.Gaps);
                var keys = Followed(chain).Keys;

                foreach (var (position, index) in chain.Positions.Select((position, index) => (position, index)))
                {
                    KeySince.At(position - 1, keys).Should().Be(Names[index]);
                    KeySince.At(position, keys).Should().Be(Names[index + 1]);
                }
            });

    [Fact]
    public void Never_leads_from_a_stranger() =>
        Logs.Sample(log =>
        {
            var chain = Chain(log.Gaps);
            Finding(() => Followed(chain).End(Signed(chain.Size, log.Gaps.Length), [Names[^1]]))
                .Should()
                .Be((chain.Size, "key/not-followed"));
        });

    [Fact]
    public void Ends_where_a_signature_is_missing() =>
        Logs.Where(log => log.Gaps.Length > 0)
            .Sample(log =>
            {
                var chain = Chain(log.Gaps);
                var (victim, isOld) = (log.Pick / 2 % log.Gaps.Length, log.Pick % 2 == 0);
                var note = chain.Handovers[chain.Positions[victim]];
                chain.Handovers[chain.Positions[victim]] = note with
                {
                    Note = note.Note with { Signatures = [note.Note.Signatures[isOld ? 1 : 0]] },
                };

                Finding(() => Followed(chain))
                    .Should()
                    .Be((chain.Positions[victim], isOld ? "key/not-signed-by-old" : "key/not-signed-by-new"));
            });

    [Fact]
    public void Ends_where_an_earlier_key_signs_again() =>
        Logs.Where(log => log.Gaps.Length > 0)
            .Sample(log =>
            {
                var chain = Chain(log.Gaps);
                var stolen = log.Pick % log.Gaps.Length;

                // Who trusts the stolen key itself is not deceived either: the log that he reads says that it was given
                // up.
                Finding(() => Followed(chain).End(Signed(chain.Size, stolen), [Names[stolen]]))
                    .Should()
                    .Be((chain.Size, "key/not-the-current"));
            });

    [Theory]
    [InlineData("another root", "key/other-handover")]
    [InlineData("another size", "key/other-handover")]
    [InlineData("another log", "key/other-handover")]
    [InlineData("no checkpoint", "key/missing-handover")]
    public void Ends_where_the_checkpoint_is_not_that_of_the_change(string what, string code)
    {
        var chain = Chain([5, 5]);
        chain.Handovers[10] = what switch
        {
            "another root" => Signed(10, 1, 2, root: Root(11)),
            "another size" => Signed(11, 1, 2, root: Root(10)),
            "another log" => Signed(10, 1, 2, origin: "ledger.example/other"),
            _ => null!,
        };

        Finding(() => Followed(chain)).Should().Be((10, code));
    }

    [Fact]
    public void Ends_where_the_entry_is_no_change_of_this_log()
    {
        SaidInstead(
                new KeyRotated
                {
                    EntryId = Guid.Empty,
                    OldKey = Names[4].ToString(),
                    NewKey = Names[2].ToString(),
                    Reason = "",
                    Authority = "",
                }
            )
            .Should()
            .Be("key/other-before");
        SaidInstead(
                new KeyRotated
                {
                    EntryId = Guid.Empty,
                    OldKey = Names[1].ToString(),
                    NewKey = Names[0].ToString(),
                    Reason = "",
                    Authority = "",
                }
            )
            .Should()
            .Be("key/used-before");
        SaidInstead(
                new KeyRotated
                {
                    EntryId = Guid.Empty,
                    OldKey = Names[1].ToString(),
                    NewKey = VerifierKey.OfLog("ledger.example/other", Pairs[2].PublicKey).ToString(),
                    Reason = "",
                    Authority = "",
                }
            )
            .Should()
            .Be("key/other-name");
        SaidInstead(
                new KeyRotated
                {
                    EntryId = Guid.Empty,
                    OldKey = Names[1].ToString(),
                    NewKey = VerifierKey.OfWitness(Origin, Pairs[2].PublicKey).ToString(),
                    Reason = "",
                    Authority = "",
                }
            )
            .Should()
            .Be("key/other-name");
        SaidInstead(
                new KeyRotated
                {
                    EntryId = Guid.Empty,
                    OldKey = Names[1].ToString(),
                    NewKey = "a key",
                    Reason = "",
                    Authority = "",
                }
            )
            .Should()
            .Be("key/malformed");

        static string SaidInstead(KeyRotated said)
        {
            var chain = Chain([5, 5]);
            chain.Said[1] = said;
            return Finding(() => Followed(chain)).Code;
        }
    }

    private sealed record RandomLog(
        List<long> Positions,
        List<KeyRotated> Said,
        Dictionary<long, SignedCheckpoint> Handovers,
        long Size
    );

    /// <summary>
    /// The first key is replaced by the second after the first gap, and so on; a few entries come at the end.
    /// </summary>
    private static RandomLog Chain(int[] gaps)
    {
        var positions = gaps.Select((_, i) => (long)gaps[..(i + 1)].Sum()).ToList();
        return new RandomLog(
            positions,
            [
                .. positions.Select(
                    (_, i) =>
                        new KeyRotated
                        {
                            EntryId = Guid.Empty,
                            OldKey = Names[i].ToString(),
                            NewKey = Names[i + 1].ToString(),
                            Reason = "",
                            Authority = "",
                        }
                ),
            ],
            positions
                .Select((position, i) => (position, i))
                .ToDictionary(p => p.position, p => Signed(p.position, p.i, p.i + 1)),
            gaps.Sum() + 3
        );
    }

    private static KeyChain Followed(RandomLog log)
    {
        var chain = new KeyChain(Origin, position => Task.FromResult(log.Handovers.GetValueOrDefault(position)));
        foreach (var (position, said) in log.Positions.Zip(log.Said))
            chain.TakeAsync(position, said, Root(position)).GetAwaiter().GetResult();
        return chain;
    }

    private static Hash Root(long size) => Hash.Of(BitConverter.GetBytes(size));

    private static SignedCheckpoint Signed(
        long size,
        int key,
        int? also = null,
        Hash? root = null,
        string origin = Origin
    )
    {
        var checkpoint = new Checkpoint(origin, size, root ?? Root(size));
        var signed = checkpoint.Sign(Names[key], Pairs[key].Sign);
        return also is { } second
            ? signed.With(checkpoint.Sign(Names[second], Pairs[second].Sign).Note.Signatures)
            : signed;
    }

    private static (long? Position, string Code) Finding(Action follow)
    {
        var found = FluentActions.Invoking(follow).Should().Throw<TamperedException>().Which.Finding;
        return (found.Position, found.Code);
    }
}
