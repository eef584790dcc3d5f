using System.Diagnostics;
using System.Threading.Channels;
using Ledger.Domain.Entries;
using Ledger.Domain.Identities;
using Ledger.Store.Log;
using Ledger.Store.Signing;
using Microsoft.Extensions.Logging;

namespace Ledger.Store.Writing;

/// <summary>
/// Writes into one agreement's ledger for this process. Whatever waits shares one transaction, senders in turn; whoever
/// sends more than fits waits for room.
/// </summary>
internal sealed class LedgerWriter : IAsyncDisposable
{
    private readonly AgreementId _agreement;
    private readonly StreamTransaction _stream;
    private readonly LedgerStoreOptions _options;
    private readonly LedgerTelemetry _telemetry;
    private readonly ILogger _log;
    private readonly FairQueue _queue;
    private readonly Task _running;
    private volatile Gathering? _gathering;

    public LedgerWriter(
        AgreementId agreement,
        StreamTransaction stream,
        LedgerStoreOptions options,
        LedgerTelemetry telemetry,
        ILogger log
    )
    {
        (_agreement, _stream, _options, _telemetry, _log) = (agreement, stream, options, telemetry, log);
        _queue = new FairQueue(options.QueueLength);
        _running = Task.Run(RunAsync);
    }

    /// <summary>Proposals that wait for their turn.</summary>
    public int Waiting => _queue.Count;

    /// <summary>Who stops waiting after the proposal is in the queue may still find it recorded.</summary>
    public async Task<WriteOutcome> WriteAsync(Proposal proposal, CancellationToken cancellationToken)
    {
        try
        {
            await _queue.AddAsync(proposal, cancellationToken);
            if (_gathering is { } gathering && _queue.Count >= gathering.Company)
                gathering.Enough.TrySetResult();
        }
        catch (ChannelClosedException)
        {
            return new WriteOutcome.Unavailable("The server is stopping.");
        }

        return await proposal.Outcome.WaitAsync(cancellationToken);
    }

    /// <summary>Writes what is in the queue, then stops.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Close();
        await _running;
    }

    private async Task RunAsync()
    {
        var batch = new List<Proposal>(_options.BatchSize);
        while (await _queue.WaitAsync())
        {
            // Under load the next batch gathered while the last one was written. Company that was there lately is worth
            // waiting for, and no longer than until as many have come again; a lone writer is not held up.
            if (batch.Count > 1)
                await GatherAsync(batch.Count);
            batch.Clear();
            // A change of key is the last of its batch: what comes after it is signed with the new key alone.
            while (
                batch.Count < _options.BatchSize
                && batch is not [.., { Event: KeyRotated }]
                && _queue.TryTake(out var proposal)
            )
                batch.Add(proposal);
            await WriteAsync(batch);
        }
    }

    private async Task GatherAsync(int company)
    {
        if (
            !_queue.TryPeek(out var first)
            || _options.BatchDelay - first.Age is not { Ticks: > 0 } rest
            || _queue.Count >= company
        )
            return;
        var gathering = new Gathering(company);
        _gathering = gathering;
        // Whoever came before they could know that they are waited for.
        if (_queue.Count < company)
            await Task.WhenAny(gathering.Enough.Task, Task.Delay(rest, CancellationToken.None));
        _gathering = null;
    }

    private async Task WriteAsync(List<Proposal> proposals)
    {
        IReadOnlyList<Proposal> waiting = proposals;
        for (var attempt = 0; waiting.Count > 0; attempt++)
        {
            try
            {
                using var activity = LedgerTelemetry.Activities.StartActivity("ledger.write");
                activity?.SetTag("ledger.agreement", _agreement.ToString()).SetTag("ledger.batch.size", waiting.Count);
                var started = Stopwatch.GetTimestamp();
                var outcomes = await _stream.RunAsync(waiting, CancellationToken.None);
                _telemetry.Wrote(_agreement, waiting.Count, Stopwatch.GetElapsedTime(started));
                for (var i = 0; i < waiting.Count; i++)
                    waiting[i].Complete(outcomes[i]);
                return;
            }
            catch (NotRecordingException refused)
            {
                _log.LogCritical(refused, "{Agreement} is closed for writing.", _agreement);
                foreach (var proposal in waiting)
                    proposal.Complete(new WriteOutcome.Unavailable(refused.Message) { Code = refused.Code });
                return;
            }
            catch (Exception fault) when (DiskSpace.IsFull(fault))
            {
                _log.LogCritical(fault, "{Agreement} cannot be written: a disk is full.", _agreement);
                foreach (var proposal in waiting)
                    proposal.Complete(
                        new WriteOutcome.Unavailable(
                            "A disk of the server is full. Send the same again later, with the same id: it is recorded once."
                        )
                        {
                            Code = NotRecordingException.DiskFull,
                        }
                    );
                return;
            }
            catch (Exception fault) when (Faults.MayPass(fault))
            {
                _log.LogWarning(
                    fault,
                    "Writing {Count} entries of {Agreement} failed at attempt {Attempt}; their ids make it safe to try again.",
                    waiting.Count,
                    _agreement,
                    attempt + 1
                );
                foreach (var late in waiting.Where(p => p.Age > _options.RetryFor))
                    late.Complete(
                        new WriteOutcome.Unavailable(
                            "The database does not answer. Send the same entry again with the same id; it is recorded only once."
                        )
                    );
                waiting = [.. waiting.Where(p => !p.Outcome.IsCompleted)];
                if (waiting.Count > 0)
                    await Task.Delay(Faults.Pause(attempt), CancellationToken.None);
            }
            catch (Exception fault) when (waiting.Count > 1)
            {
                _log.LogError(
                    fault,
                    "One of {Count} entries of {Agreement} breaks the batch; each is written alone.",
                    waiting.Count,
                    _agreement
                );
                foreach (var proposal in waiting)
                    await WriteAsync([proposal]);
                return;
            }
            catch (Exception fault)
            {
                _log.LogError(
                    fault,
                    "Entry {EntryId} of {Agreement} cannot be written.",
                    waiting[0].EntryId,
                    _agreement
                );
                waiting[0].Fail(fault);
                return;
            }
        }
    }

    /// <summary>A batch that waits until as many proposals have come as the last one had.</summary>
    private sealed record Gathering(int Company)
    {
        public TaskCompletionSource Enough { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
