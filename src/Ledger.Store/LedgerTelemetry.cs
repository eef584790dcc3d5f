using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Ledger.Domain.Identities;

namespace Ledger.Store;

/// <summary>
/// What the Store tells about itself; both the meter and the source of activities are called <c>Ledger</c>.
/// </summary>
public sealed class LedgerTelemetry
{
    public const string Name = "Ledger";

    // A commit takes milliseconds; what takes seconds is trouble. The default limits begin where that begins.
    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30],
    };

    private static readonly InstrumentAdvice<int> Entries = new()
    {
        HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024],
    };

    private readonly Histogram<int> _batchSize;
    private readonly Histogram<double> _batchDuration;
    private readonly Histogram<double> _proposalDuration;
    private readonly Counter<long> _outcomes;
    private readonly ConcurrentDictionary<string, ProjectionLag> _projectionLag = new(StringComparer.Ordinal);

    public LedgerTelemetry(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        _batchSize = meter.CreateHistogram(
            "ledger.writer.batch.size",
            "{entry}",
            "Proposals that shared a transaction",
            tags: null,
            Entries
        );
        _batchDuration = meter.CreateHistogram(
            "ledger.writer.batch.duration",
            "s",
            "From the start of a transaction until its commit",
            tags: null,
            Seconds
        );
        _proposalDuration = meter.CreateHistogram(
            "ledger.writer.proposal.duration",
            "s",
            "From the arrival of a proposal until its outcome is known, the wait for its turn included",
            tags: null,
            Seconds
        );
        meter.CreateObservableGauge(
            "ledger.writer.queue",
            () => Of(QueueLengths, "agreement", queue => (queue.Agreement.ToString(), queue.Waiting)),
            "{entry}",
            "Proposals that wait for their turn"
        );
        _outcomes = meter.CreateCounter<long>("ledger.writer.outcomes", "{entry}", "Proposals by what became of them");
        meter.CreateObservableGauge(
            "ledger.projection.lag",
            () => Of(() => _projectionLag, "projection", lag => (lag.Key, lag.Value.Events)),
            "{entry}",
            "Events that a projection has not seen yet"
        );
        meter.CreateObservableGauge(
            "ledger.projection.delay",
            () => Of(() => _projectionLag, "projection", lag => (lag.Key, lag.Value.Seconds)),
            "s",
            "For how long the oldest event that a projection has not seen yet is recorded; 0 when it has seen all"
        );
        meter.CreateObservableGauge(
            "ledger.book.lag",
            () => Of(BookLags, "agreement", book => (book.Agreement.ToString(), book.Lag)),
            "{entry}",
            "Entries that are committed but not in the book yet"
        );
        meter.CreateObservableGauge(
            "ledger.disk.free",
            () => DiskLeft?.Invoke() is { } left ? [new Measurement<long>(left)] : Array.Empty<Measurement<long>>(),
            "By",
            "Bytes that are left on the disk of the keys"
        );
    }

    public static ActivitySource Activities { get; } = new(Name);

    /// <summary>Says how far each book is behind what is committed; set by whoever keeps the books.</summary>
    internal Func<IEnumerable<(AgreementId Agreement, long Lag)>>? BookLags { get; set; }

    /// <summary>Says how much waits for each writer; set by whoever keeps the writers.</summary>
    internal Func<IEnumerable<(AgreementId Agreement, long Waiting)>>? QueueLengths { get; set; }

    /// <summary>Says how many bytes are left on the disk; set by whoever looks.</summary>
    internal Func<long?>? DiskLeft { get; set; }

    internal void Wrote(AgreementId agreement, int size, TimeSpan duration)
    {
        var tag = new KeyValuePair<string, object?>("agreement", agreement.ToString());
        _batchSize.Record(size, tag);
        _batchDuration.Record(duration.TotalSeconds, tag);
    }

    /// <param name="outcome">What became of a proposal, in one word.</param>
    /// <param name="duration">Since it arrived.</param>
    internal void Ended(string outcome, TimeSpan duration)
    {
        var tag = new KeyValuePair<string, object?>("outcome", outcome);
        _outcomes.Add(1, tag);
        _proposalDuration.Record(duration.TotalSeconds, tag);
    }

    internal void ProjectionIsBehind(string projection, long events, double seconds) =>
        _projectionLag[projection] = new ProjectionLag(events, seconds);

    /// <summary>A measurement for each of what is there now; none while nobody says.</summary>
    private static IEnumerable<Measurement<TValue>> Of<TItem, TValue>(
        Func<IEnumerable<TItem>>? items,
        string tag,
        Func<TItem, (string Name, TValue Value)> measure
    )
        where TValue : struct =>
        items
            ?.Invoke()
            .Select(measure)
            .Select(one => new Measurement<TValue>(one.Value, new KeyValuePair<string, object?>(tag, one.Name)))
        ?? [];

    private sealed record ProjectionLag(long Events, double Seconds);
}
