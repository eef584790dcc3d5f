using CsCheck;
using Ledger.Cli.Proofs;
using Ledger.Domain.Entries;
using Ledger.Proof.Witnesses;
using NodaTime;

namespace Ledger.Cli.Tests.Proofs;

public sealed class TimesOfWitnesses
{
    private static readonly Instant Start = Instant.FromUtc(2026, 11, 30, 12, 0);

    private static ClockCorrected Correction { get; } =
        new()
        {
            EntryId = Guid.CreateVersion7(),
            Since = 2,
            Reason = "x",
            Authority = "y",
        };

    [Fact]
    public void Are_the_latest_of_what_was_smaller_and_the_earliest_of_what_was_not() =>
        Gen.Select(Gen.Int[1, 30].Array[0, 12], Gen.Int[0, 50].Array[24])
            .Sample(
                (sizes, times) =>
                {
                    var seen = sizes
                        .Distinct()
                        .Order()
                        .Select(
                            (size, i) => (Size: (long)size, Times: new QuorumTimes(times[2 * i], times[(2 * i) + 1]))
                        )
                        .ToList();
                    var witnessed = new WitnessedTimes();
                    foreach (var (size, quorum) in seen)
                        witnessed.Add(size, quorum);
                    for (var position = 1L; position <= 31; position++)
                    {
                        var (before, after) = witnessed.Of(position);
                        var smaller = seen.Where(one => one.Size < position).Select(one => one.Times.From).ToList();
                        var others = seen.Where(one => one.Size >= position).Select(one => one.Times.By).ToList();
                        before?.At.ToUnixTimeSeconds().Should().Be(smaller.Max());
                        after?.At.ToUnixTimeSeconds().Should().Be(others.Min());
                        (before is null).Should().Be(smaller.Count == 0);
                        (after is null).Should().Be(others.Count == 0);
                    }
                }
            );

    [Fact]
    public void Rule_out_what_differs_by_more_than_the_tolerance()
    {
        Verify(Start, Start - WitnessedTimes.Tolerance).Should().BeNull();
        Verify(Start, Start - WitnessedTimes.Tolerance - Duration.FromSeconds(1))
            .Should()
            .Be("entry/recorded-after-witnessed");
    }

    [Fact]
    public void Rule_out_nothing_that_the_log_itself_says_is_dated_wrongly()
    {
        var times = new RecordedTimes(Start + Duration.FromDays(9));
        times.Take(1, Start, Correction);
        times.Take(2, Start + Duration.FromDays(1), Correction);
        times.Witnessed.Add(2, At(Start));
        FluentActions.Invoking(times.End).Should().Throw<TamperedException>();

        times.Take(3, Start + Duration.FromMinutes(20), Correction);
        times.End();
        times.At(2).Should().Be(Start + Duration.FromMinutes(20));
    }

    private static string? Verify(Instant recorded, Instant witnessed)
    {
        var times = new RecordedTimes(Start + Duration.FromDays(9));
        times.Take(1, recorded, Correction);
        times.Witnessed.Add(1, At(witnessed));
        try
        {
            times.End();
            return null;
        }
        catch (TamperedException found)
        {
            return found.Finding.Code;
        }
    }

    private static QuorumTimes At(Instant time) => new(time.ToUnixTimeSeconds(), time.ToUnixTimeSeconds());
}
