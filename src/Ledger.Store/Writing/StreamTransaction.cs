using System.Collections.Immutable;
using Ledger.Domain.Decisions;
using Ledger.Domain.Entries;
using Ledger.Domain.Identities;
using Ledger.Domain.Time;
using Ledger.Proof.Disclosures;
using Ledger.Store.Log;
using Ledger.Store.Reading;
using Ledger.Store.Reports;
using Ledger.Store.Sealing;
using Ledger.Store.Signing;
using Ledger.Store.Sql;
using Marten;
using NodaTime;
using Npgsql;

namespace Ledger.Store.Writing;

/// <summary>
/// One turn with an agreement's stream, in two trips to the database: one locks it and looks up what the proposals
/// touch, the other appends, seals, signs, tells and commits. Several processes on one database take turns through the
/// row in <c>ledger_head</c>.
/// </summary>
internal sealed class StreamTransaction(
    AgreementId agreement,
    IDocumentStore store,
    NpgsqlDataSource database,
    AgreementTexts texts,
    Action<long> committed,
    LogSigner? signer,
    PersonKeys? keys,
    DiskSpace disk,
    LedgerStoreOptions options,
    TimeProvider clock
)
{
    private readonly HeadRows _heads = new(options.Schema, agreement);
    private readonly EventRows _events = new(options.Schema, agreement, store);
    private readonly LogTree _tree = new(options.Schema, agreement);
    private readonly HandleRows _handles = new(options.Schema, agreement, keys);

    /// <summary>What the first trip found, under the lock.</summary>
    private sealed record Found(
        StreamHead Head,
        Instant DatabaseClock,
        IReadOnlyList<StoredEntry> Recorded,
        HandleBook Handles,
        ImmutableArray<EntryStanding> Retracted
    );

    /// <summary>Outcomes in the order of the proposals. When this throws, nothing is known about any of them.</summary>
    public async Task<ImmutableArray<WriteOutcome>> RunAsync(
        IReadOnlyList<Proposal> proposals,
        CancellationToken cancellationToken
    )
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var asked = clock.GetUtcNow();
        var found = await LookAsync(transaction, proposals, cancellationToken);
        var now = Instant.FromDateTimeOffset(clock.GetUtcNow()).ToMicroseconds();
        var head = found.Head;
        var difference = RecordingClock.Difference(
            Instant.FromDateTimeOffset(asked),
            found.DatabaseClock,
            now,
            options.ClockTolerance
        );
        var readings = await texts.ReadAsync(connection, agreement, head.TextPosition, cancellationToken);

        var rollback = signer is null ? null : await signer.RollbackAsync(transaction, head, cancellationToken);
        var ahead = RecordingClock.Ahead(agreement, head.RecordedAt, now, options.ClockTolerance) is { } message
            ? ClockAhead.From(await _heads.WrongSinceAsync(transaction, now, cancellationToken), message)
            : null;
        // The decision that times ran ahead goes back before them, and goes first; a rollback is decided on before that.
        var corrects =
            ahead is not null && rollback is null && proposals.Any(proposal => proposal.Event is ClockCorrected);
        // One instant for the whole batch and for no other, even if the clock went back: what was known at an instant
        // is then always a whole number of batches.
        var recordedAt = corrects ? now : Instant.Max(now, head.RecordedAt + Instants.Microsecond);
        var changes =
            signer is not null && proposals.Any(proposal => proposal.Event is KeyRotated)
                ? await signer.ChangesAsync(transaction, cancellationToken)
                : [];
        var batch = new WriteBatch(
            agreement,
            head.Size,
            recordedAt,
            readings,
            found.Recorded,
            found.Handles,
            await EntryRows.RetractionsBelowAsync(
                transaction,
                options.Schema,
                [.. found.Recorded.Where(entry => entry.Entry.Event is EntryRetracted).Select(entry => entry.EntryId)],
                cancellationToken
            )
        )
        {
            Rollback = rollback,
            ClockAhead = corrects ? ahead : null,
            KeyObjection = signer is null ? null : proposed => signer.Objection(proposed, changes),
        };
        var decided = new WriteOutcome[proposals.Count];
        foreach (
            var i in Enumerable
                .Range(0, decided.Length)
                .OrderBy(i => !(corrects && proposals[i].Event is ClockCorrected))
        )
            decided[i] = batch.Add(proposals[i]);
        ImmutableArray<WriteOutcome> outcomes = [.. decided];
        if (batch.Accepted.Count == 0)
            return outcomes;

        if (disk.Full is { } full)
            throw new NotRecordingException(NotRecordingException.DiskFull, full);
        if (difference is not null)
            throw new NotRecordingException(NotRecordingException.ClockDiffers, difference);
        if (rollback is null && signer?.Refused is { } refused)
            throw new NotRecordingException(NotRecordingException.RefusedByWitnesses, refused);
        if (rollback is not null && !batch.Accepted.Any(accepted => accepted.Entry.Event is LogResumed))
            throw new NotRecordingException(NotRecordingException.RolledBack, rollback.Message);
        if (ahead is not null && rollback is null && batch.Accepted[0].Entry.Event is not ClockCorrected)
            throw new NotRecordingException(NotRecordingException.ClockAhead, ahead.Message);
        await AppendAsync(transaction, found, batch, rollback, cancellationToken);
        return outcomes;
    }

    private async Task<Found> LookAsync(
        NpgsqlTransaction transaction,
        IReadOnlyList<Proposal> proposals,
        CancellationToken cancellationToken
    )
    {
        var targets = proposals.SelectMany(p => EntryDecider.References(p.Event)).Distinct().ToArray();
        var retracted = Retracted(proposals);
        SealedEvent[] sealedEvents = [.. proposals.Select(p => p.Sealed)];
        var ids = proposals.Select(p => p.EntryId).Concat(targets).Distinct().ToArray();
        while (true)
        {
            // Each statement sees what was committed before it began, so those after the first see all that the lock
            // waited for.
            await using var batch = new NpgsqlBatch(transaction.Connection, transaction);
            foreach (var command in _heads.Lock())
                batch.BatchCommands.Add(command);
            batch.BatchCommands.Add(EntryRows.WithIds(options.Schema, ids));
            foreach (var command in _handles.Look(sealedEvents))
                batch.BatchCommands.Add(command);
            if (retracted.Length > 0)
                batch.BatchCommands.Add(EntryStandingRows.Look(options.Schema, retracted));

            await using (var rows = await batch.ExecuteReaderAsync(cancellationToken))
            {
                var (head, databaseClock) = await _heads.ReadAsync(rows, cancellationToken);
                await rows.NextResultAsync(cancellationToken);
                var recorded = await rows.StoredEntriesAsync(cancellationToken).ToListAsync(cancellationToken);
                var handles = await _handles.ReadAsync(rows, sealedEvents, cancellationToken);
                if (retracted.Length > 0)
                    await rows.NextResultAsync(cancellationToken);
                var standings = retracted.Length > 0 ? await EntryStandingRows.ReadAsync(rows, cancellationToken) : [];
                await rows.CloseAsync();
                if (head is not null)
                    return new Found(
                        head,
                        databaseClock,
                        await OpenAsync(transaction, proposals, recorded, cancellationToken),
                        handles,
                        standings
                    );
            }

            await _heads.BeginAsync(transaction, cancellationToken);
        }
    }

    /// <summary>
    /// What the proposals retract, as far as it may be recorded: of what is proposed beside them, what that speaks of.
    /// </summary>
    private static Guid[] Retracted(IReadOnlyList<Proposal> proposals)
    {
        var beside = proposals.ToLookup(p => p.EntryId, p => p.Event);
        var found = new HashSet<Guid>();
        var next = new Queue<Guid>(proposals.Select(p => p.Event).OfType<EntryRetracted>().Select(e => e.Target));
        while (next.TryDequeue(out var id))
        {
            if (!found.Add(id))
                continue;
            foreach (var target in beside[id].SelectMany(said => EntryDecider.References(said)))
                next.Enqueue(target);
        }

        return [.. found];
    }

    /// <summary>What was sealed in entries that are sent again, to compare it with what is sent.</summary>
    private async Task<IReadOnlyList<StoredEntry>> OpenAsync(
        NpgsqlTransaction transaction,
        IReadOnlyList<Proposal> proposals,
        List<StoredEntry> recorded,
        CancellationToken cancellationToken
    )
    {
        var sent = proposals.Select(proposal => proposal.EntryId).ToHashSet();
        var closed = recorded
            .Where(entry => sent.Contains(entry.EntryId) && SealedValues.IsSealed(entry.Entry.Event))
            .ToDictionary(entry => entry.EntryId);
        if (closed.Count == 0)
            return recorded;

        await using var command = transaction.Ask(SealedRows.Query(options.Schema), closed.Keys.ToArray());
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var opened = new List<(Guid Entry, Disclosure Disclosure)>();
        await foreach (var value in SealedRows.ReadAsync(rows, keys, cancellationToken))
        {
            if (value.Open(closed[value.Entry].Entry.Event) is { } disclosure)
                opened.Add((value.Entry, disclosure));
        }

        var values = opened.ToLookup(value => value.Entry, value => value.Disclosure);
        return [.. recorded.Select(entry => entry with { Disclosures = [.. values[entry.EntryId]] })];
    }

    private async Task AppendAsync(
        NpgsqlTransaction transaction,
        Found found,
        WriteBatch batch,
        Rollback? rollback,
        CancellationToken cancellationToken
    )
    {
        var head = found.Head;
        Entry[] entries = [.. batch.Accepted.Select(accepted => accepted.Entry)];
        LogEntry[] logged = [.. batch.Accepted.Select(accepted => accepted.Log)];
        var growth = await _tree.GrowAsync(transaction, head.Size, head.Root, logged, cancellationToken);
        var tree = growth.Edge;
        // A change of key ends its batch, so the checkpoint of its own position is signed.
        var signed = signer?.Sign(tree.Size, tree.Root, entries[^1].Event);

        var standings = new EntryStandings(found.Retracted, found.Recorded.Select(stored => stored.Entry), entries);
        EntryStanding[] changed = [.. standings.Changed];
        Guid[] settled = [.. standings.Settled];
        var rests =
            settled.Length > 0
                ? await EntryStandingRows.SettleAsync(
                    transaction,
                    options.Schema,
                    agreement,
                    changed,
                    settled,
                    cancellationToken
                )
                : [];

        await using var pipeline = new NpgsqlBatch(transaction.Connection, transaction);
        if (head.Size == 0)
            await _events.StartAsync(transaction, entries, cancellationToken);
        else
            Add(_events.Append(entries, [.. batch.Data]));
        Add([_tree.Entries(head.Size + 1, entries[0].RecordedAt, logged)]);
        Add(_handles.Write(found.Handles, batch.Sealed));
        Add([_tree.Tiles(growth.Changed)]);
        if (settled.Length == 0)
            Add(EntryStandingRows.Write(options.Schema, agreement, changed));
        Add(ReportRows.Write(options.Schema, agreement, standings, rests, entries));
        Add(FilingRows.Write(options.Schema, [.. batch.Filed]));
        if (signed is not null)
            Add([signer!.Insert(signed)]);
        Add(
            _heads.Advance(
                new StreamHead(tree.Size, tree.Root, entries[0].RecordedAt, batch.TextPosition ?? head.TextPosition)
            )
        );
        // In the same trip: a statement that fails skips what follows it, so nothing is committed without the rest.
        Add([new NpgsqlBatchCommand("COMMIT")]);

        if (found.Handles.New.Any())
            keys!.Flush();
        if (rollback is not null)
            signer!.Resume(rollback);
        await pipeline.ExecuteNonQueryAsync(cancellationToken);
        _tree.Committed(tree);
        if (signed is not null)
            signer!.Committed(signed);
        committed(tree.Size);
        if (batch.TextPosition is { } text)
            texts.Remember(agreement, text, batch.Readings);

        void Add(IEnumerable<NpgsqlBatchCommand> commands)
        {
            foreach (var command in commands)
                pipeline.BatchCommands.Add(command);
        }
    }
}
