using Ledger.Domain.Entries;
using Ledger.Store.Tests.World;
using Ledger.Store.Writing;
using Ledger.Testing;
using NodaTime;

namespace Ledger.Store.Tests.Writing;

/// <summary>When something was recorded is signed and stays for ever, so a wrong clock records nothing.</summary>
public sealed class WrongClocks
{
    private static readonly Duration Tolerance = Duration.FromSeconds(5);

    [Theory]
    [InlineData(400 * 24 * 3600)]
    [InlineData(60)]
    [InlineData(-3600)]
    public async Task Record_nothing_while_they_differ_from_the_databases(int seconds)
    {
        await using var right = await LedgerHost.WithTruceAsync();
        await using var wrong = await LedgerHost.StartAsync(
            right.Connection,
            new ClockAheadBy(TimeSpan.FromSeconds(seconds)),
            options => options with { ClockTolerance = Tolerance }
        );

        var refused = await wrong.WriteAsync(Truce.Filed());
        var fault = await wrong.Get<RecordingClock>().FaultAsync(TestContext.Current.CancellationToken);
        var recorded = await right.RecordAsync(Truce.Filed());

        refused.Should().BeOfType<WriteOutcome.Unavailable>().Which.Code.Should().Be("log/clock-differs");
        fault.Should().Contain("s apart");
        recorded.Position.Should().Be(2, "the server whose clock is right goes on");
        recorded.RecordedAt.Should().BeLessThan(Now() + Tolerance);
        (await right.Get<RecordingClock>().FaultAsync(TestContext.Current.CancellationToken)).Should().BeNull();
        await right.ShouldBeWholeAsync();
    }

    [Fact]
    public async Task Follow_the_last_entry_and_not_what_the_head_says_of_it()
    {
        await using var ledger = await LedgerHost.WithTruceAsync();
        await TestDatabase.ExecuteAsync(
            ledger.Connection,
            "set session_replication_role = replica; update ledger.ledger_head set recorded_at = '2099-01-01', text_position = 0"
        );

        var receipt = await ledger.RecordAsync(Truce.Filed());

        receipt.RecordedAt.Should().BeLessThan(Now() + Tolerance);
        (await ledger.AskAsync<bool>("select recorded_at < '2099-01-01' and text_position = 1 from ledger.ledger_head"))
            .Should()
            .BeTrue();
    }

    [Fact]
    public async Task Are_corrected_by_a_decision_that_the_log_records()
    {
        await using var ledger = await WithThreeEntriesOf2028Async();

        var refused = await ledger.WriteAsync(Truce.Filed());
        var elsewhere = await ledger.WriteAsync(Corrected(since: 2));
        var since = await ledger.WriteAsync(Corrected(since: 3));
        var later = await ledger.RecordAsync(Truce.Filed());
        var again = await ledger.WriteAsync(Corrected(since: 3));

        var unavailable = refused.Should().BeOfType<WriteOutcome.Unavailable>().Subject;
        unavailable.Code.Should().Be("log/clock-ahead");
        unavailable.Message.Should().Contain("position 3");
        elsewhere.Should().BeOfType<WriteOutcome.Refused>().Which.Code.Should().Be("log/other-position");
        var correction = since.Should().BeOfType<WriteOutcome.Recorded>().Subject.Receipt;
        correction.RecordedAt.Should().BeLessThan(Now() + Tolerance);
        later.RecordedAt.Should().BeGreaterThan(correction.RecordedAt).And.BeLessThan(Now() + Tolerance);
        again.Should().BeOfType<WriteOutcome.Refused>().Which.Code.Should().Be("log/clock-not-ahead");
        (await ledger.Get<RecordingClock>().FaultAsync(TestContext.Current.CancellationToken)).Should().BeNull();
    }

    [Fact]
    public async Task Are_corrected_before_what_waits_with_the_decision()
    {
        await using var ledger = await WithThreeEntriesOf2028Async();

        var outcomes = await Task.WhenAll(
            Enumerable.Range(0, 40).Select(i => ledger.WriteAsync(i == 20 ? Corrected(since: 3) : Truce.Filed()))
        );

        outcomes[20].Should().BeOfType<WriteOutcome.Recorded>();
        var first = outcomes.OfType<WriteOutcome.Recorded>().MinBy(o => o.Receipt.Position)!;
        first.Receipt.Type.Should().Be("clock_corrected");
    }

    [Fact]
    public async Task Leave_what_was_known_when_right_once_they_are_corrected()
    {
        await using var ledger = await WithThreeEntriesOf2028Async();
        var correction = await ledger.RecordAsync(Corrected(since: 3));
        var later = await ledger.RecordAsync(Truce.Filed());

        var book = await ledger.BookAsync();
        await book.ReachedAsync(later.Position, TestContext.Current.CancellationToken);

        KnownAt(correction.RecordedAt - Duration.FromTicks(10)).Should().Be(2);
        KnownAt(correction.RecordedAt).Should().Be(correction.Position);
        KnownAt(later.RecordedAt + Duration.FromDays(100)).Should().Be(later.Position);

        long KnownAt(Instant instant) => book.Read(asked => asked.PositionAt(instant));
    }

    /// <summary>Two entries of now, and three of a server and a database whose clocks were both 400 days ahead.</summary>
    private static async Task<LedgerHost> WithThreeEntriesOf2028Async()
    {
        var ledger = await LedgerHost.WithTruceAsync();
        await ledger.RecordAsync(Truce.Filed());
        await using var ahead = await LedgerHost.StartAsync(
            ledger.Connection,
            new ClockAheadBy(TimeSpan.FromDays(400))
        );
        for (var i = 0; i < 3; i++)
            await ahead.RecordAsync(Truce.Filed());
        return ledger;
    }

    private static ClockCorrected Corrected(long since) =>
        new()
        {
            EntryId = Truce.NewId(),
            Since = since,
            Reason = "The battery was changed.",
            Authority = "The commission",
        };

    /// <summary>Runs as fast as the right one, however busy the machine is.</summary>
    private sealed class ClockAheadBy(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;
    }

    private static Instant Now() => SystemClock.Instance.GetCurrentInstant();
}
