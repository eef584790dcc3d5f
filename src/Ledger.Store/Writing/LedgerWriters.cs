using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using Ledger.Domain.Entries;
using Ledger.Domain.Identities;
using Ledger.Proof.Disclosures;
using Ledger.Proof.Json;
using Ledger.Store.Following;
using Ledger.Store.People;
using Ledger.Store.Reading;
using Ledger.Store.Sealing;
using Ledger.Store.Signing;
using Marten;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Ledger.Store.Writing;

/// <summary>The way into the ledger: one writer per agreement in this process.</summary>
public sealed class LedgerWriters(
    IDocumentStore store,
    NpgsqlDataSource database,
    LedgerReader reader,
    AgreementTexts texts,
    StreamEnds ends,
    LogSigning signing,
    SealedKeys keys,
    LedgerStoreOptions options,
    LedgerTelemetry telemetry,
    DiskSpace disk,
    TimeProvider clock,
    ILoggerFactory loggers
) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<AgreementId, Lazy<LedgerWriter>> _writers = new();
    private readonly ILogger _log = loggers.CreateLogger<LedgerWriters>();

    /// <summary>
    /// Records an event, or says why not. Sending the same event twice records it once. Who cancels stops waiting; what
    /// was in the queue may still be recorded.
    /// </summary>
    /// <exception cref="OperationCanceledException">The caller stopped waiting.</exception>
    public Task<WriteOutcome> WriteAsync(
        AgreementId agreement,
        LedgerEvent proposed,
        CancellationToken cancellationToken = default
    ) => WriteAsync(agreement, proposed, null, cancellationToken);

    /// <summary>The same, and who sent it is kept beside the ledger, never in it.</summary>
    /// <exception cref="OperationCanceledException">The caller stopped waiting.</exception>
    public async Task<WriteOutcome> WriteAsync(
        AgreementId agreement,
        LedgerEvent proposed,
        Filer? by,
        CancellationToken cancellationToken = default
    )
    {
        var arrived = Stopwatch.GetTimestamp();
        var outcome = await SendAsync(agreement, proposed, by, cancellationToken);
        telemetry.Ended(
            outcome switch
            {
                WriteOutcome.Recorded { Receipt.Repeated: true } => "repeated",
                WriteOutcome.Recorded => "recorded",
                WriteOutcome.Refused => "refused",
                _ => "unavailable",
            },
            Stopwatch.GetElapsedTime(arrived)
        );
        return outcome;
    }

    /// <summary>
    /// Records events in their order, each as a single one is; outcomes come in the same order. Later events may refer
    /// to earlier ones.
    /// </summary>
    public async IAsyncEnumerable<WriteOutcome> WriteAllAsync(
        AgreementId agreement,
        IAsyncEnumerable<LedgerEvent> proposed,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        var sent = new Queue<Task<WriteOutcome>>();
        await foreach (var next in proposed.WithCancellation(cancellationToken))
        {
            sent.Enqueue(WriteAsync(agreement, next, cancellationToken));
            // The first must be in the queue, or refused, before others can overtake it.
            if (!_writers.ContainsKey(agreement))
                await sent.Peek();
            if (sent.Count >= options.BatchSize)
                yield return await sent.Dequeue();
        }

        while (sent.TryDequeue(out var last))
            yield return await last;
    }

    private async Task<WriteOutcome> SendAsync(
        AgreementId agreement,
        LedgerEvent proposed,
        Filer? by,
        CancellationToken cancellationToken
    )
    {
        if (SealedValues.ClaimsToBeSealed(proposed))
            return new WriteOutcome.Refused(
                "report/sealed-by-the-ledger",
                "/report/sealed",
                "'sealed' is written by the ledger: send 'narrative', 'source.identity' and 'place.exact' as they are."
            );
        if (
            proposed is AgreementAdopted adopted
            && adopted.File["id"]?.ToString() is var id
            && id != agreement.ToString()
        )
            return new WriteOutcome.Refused(
                "agreement/another-agreement",
                "/file/id",
                $"The file is of '{id}', not of '{agreement}'."
            );
        if (
            !_writers.ContainsKey(agreement)
            && proposed is not AgreementAdopted
            && await reader.SizeAsync(agreement, cancellationToken) == 0
        )
            return new WriteOutcome.Refused(
                "agreement/not-adopted",
                "",
                $"There is no agreement '{agreement}' here; adopt it first."
            );

        if (Forged(agreement, proposed) is { } forged)
            return forged;
        if (SealedValues.SignatureIn(proposed) is { } signature)
            proposed = SealedValues.WithStanding(
                proposed,
                by?.Keys?.Of(signature) ?? Domain.Reports.KeyStanding.Unknown
            );

        Proposal proposal;
        try
        {
            proposal = Proposal.Of(proposed, by);
        }
        catch (CanonicalJsonException wrong)
        {
            return new WriteOutcome.Refused(wrong.Code, wrong.Pointer, wrong.Message);
        }

        var outcome = await Writer(agreement).WriteAsync(proposal, cancellationToken);
        // Whoever is told that something is erased may rely on it. Sent again, it is made sure of again.
        if (outcome is WriteOutcome.Recorded && proposed is ErasureConfirmed erased)
            await keys.DestroyAsync(erased.Handle, CancellationToken.None);
        return outcome;
    }

    private static WriteOutcome.Refused? Forged(AgreementId agreement, LedgerEvent proposed) =>
        SealedValues.SignatureIn(proposed) is { } signature
        && !DeviceSignature.Verify(
            signature.Alg,
            signature.Key,
            signature.Value,
            DeviceSignature.Message(agreement, EventTypes.NameOf(proposed), signature.Content)
        )
            ? new WriteOutcome.Refused(
                "signature/does-not-hold",
                "/report/signature/value",
                $"The signature is not a signature of this key over this report. After the three lines, the content to sign is: {signature.Content}"
            )
            : null;

    /// <summary>How much waits for each writer of this process.</summary>
    internal IEnumerable<(AgreementId Agreement, long Waiting)> QueueLengths =>
        _writers
            .Where(writer => writer.Value.IsValueCreated)
            .Select(writer => (writer.Key, (long)writer.Value.Value.Waiting));

    /// <summary>Stops taking, and writes what was taken.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var writer in _writers.Values)
            await writer.Value.DisposeAsync();
    }

    private LedgerWriter Writer(AgreementId agreement) =>
        _writers
            .GetOrAdd(
                agreement,
                slug => new Lazy<LedgerWriter>(() =>
                    new LedgerWriter(
                        slug,
                        new StreamTransaction(
                            slug,
                            store,
                            database,
                            texts,
                            size => ends.Advance(new Appended(slug, size)),
                            signing.Of(slug),
                            keys.Keys,
                            disk,
                            options,
                            clock
                        ),
                        options,
                        telemetry,
                        _log
                    )
                )
            )
            .Value;
}
