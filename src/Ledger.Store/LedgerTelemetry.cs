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

    private readonly Histogram<int> _batchSize;
    private readonly Histogram<double> _batchDuration;
    private readonly Counter<long> _outcomes;
    private readonly ConcurrentDictionary<string, long> _projectionLag = new(StringComparer.Ordinal);

    public LedgerTelemetry(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        _batchSize = meter.CreateHistogram<int>(
            "ledger.writer.batch.size",
            "{entry}",
            "Proposals that shared a transaction"
        );
        _batchDuration = meter.CreateHistogram<double>(
            "ledger.writer.batch.duration",
            "s",
            "From the start of a transaction until its commit"
        );
        _outcomes = meter.CreateCounter<long>("ledger.writer.outcomes", "{entry}", "Proposals by what became of them");
        meter.CreateObservableGauge(
            "ledger.projection.lag",
            () =>
                _projectionLag.Select(lag => new Measurement<long>(
                    lag.Value,
                    new KeyValuePair<string, object?>("projection", lag.Key)
                )),
            "{entry}",
            "Events that a projection has not seen yet"
        );
        meter.CreateObservableGauge(
            "ledger.book.lag",
            () =>
                BookLags
                    ?.Invoke()
                    .Select(book => new Measurement<long>(
                        book.Lag,
                        new KeyValuePair<string, object?>("agreement", book.Agreement.ToString())
                    ))
                ?? [],
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

    /// <summary>Says how many bytes are left on the disk; set by whoever looks.</summary>
    internal Func<long?>? DiskLeft { get; set; }

    internal void Wrote(AgreementId agreement, int size, TimeSpan duration)
    {
        var tag = new KeyValuePair<string, object?>("agreement", agreement.ToString());
        _batchSize.Record(size, tag);
        _batchDuration.Record(duration.TotalSeconds, tag);
    }

    internal void Ended(string outcome) => _outcomes.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    internal void ProjectionIsBehind(string projection, long events) => _projectionLag[projection] = events;
}
