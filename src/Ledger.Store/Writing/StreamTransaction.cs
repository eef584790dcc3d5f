using System.Collections.Immutable;
using Ledger.Domain.Decisions;
using Ledger.Domain.Entries;
using Ledger.Domain.Time;
using Ledger.Proof;
using Ledger.Proof.Disclosures;
using Ledger.Proof.Notes;
using Ledger.Proof.Sealing;
using Ledger.Proof.Trees;
using Ledger.Store.Following;
using Ledger.Store.People;
using Ledger.Store.Publishing;
using Ledger.Store.Reading;
using Ledger.Store.Reports;
using Ledger.Store.Sealing;
using Ledger.Store.Signing;
using Marten;
using Marten.Services;
using NodaTime;
using Npgsql;

namespace Ledger.Store.Writing;

/// <summary>
/// One turn with an agreement's stream: lock it, load what the proposals touch, decide, append, seal, commit. Several
/// processes on one database take turns through the row in <c>ledger_head</c>.
/// </summary>
internal sealed class StreamTransaction(
    string agreement,
    IDocumentStore store,
    NpgsqlDataSource database,
    StreamEnds ends,
    LogSigner? signer,
    PersonKeys? keys,
    LedgerStoreOptions options,
    TimeProvider clock
)
{
    private readonly LogSeal _seal = new(options.Schema, agreement, new HandleRows(options.Schema, agreement, keys));
    private readonly AgreementTexts _texts = new(options.Schema);

    /// <summary>Outcomes in the order of the proposals. When this throws, nothing is known about any of them.</summary>
    public async Task<ImmutableArray<WriteOutcome>> RunAsync(
        IReadOnlyList<Proposal> proposals,
        CancellationToken cancellationToken
    )
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var (head, recorded) = await LockAsync(transaction, proposals, cancellationToken);
        var readings = await _texts.ReadAsync(connection, agreement, head.TextPosition, cancellationToken);

        // One instant for the whole batch and for no other, even if the clock went back: what was known at an instant
        // is then always a whole number of batches.
        var recordedAt = Instant.Max(
            Instant.FromDateTimeOffset(clock.GetUtcNow()).ToMicroseconds(),
            head.RecordedAt + Instants.Microsecond
        );
        var handles = await _seal.Handles.ReadAsync(transaction, proposals, cancellationToken);
        var rollback = signer is null ? null : await signer.RollbackAsync(transaction, head, cancellationToken);
        var changes =
            signer is not null && proposals.Any(proposal => proposal.Event is KeyRotated)
                ? await new LogRows(options.Schema, connection, transaction).KeyChangesAsync(
                    agreement,
                    cancellationToken
                )
                : [];
        var batch = new WriteBatch(agreement, head.Size, recordedAt, readings, recorded, handles)
        {
            Rollback = rollback,
            KeyObjection = signer is null ? null : proposed => signer.Objection(proposed, changes),
        };
        ImmutableArray<WriteOutcome> outcomes = [.. proposals.Select(batch.Add)];
        if (batch.Accepted.Count == 0)
            return outcomes;

        if (rollback is not null && !batch.Accepted.Any(accepted => accepted.Entry.Event is LogResumed))
            throw new RolledBackException(rollback.Message);
        await AppendAsync(transaction, head, recordedAt, batch, cancellationToken);
        var tree = await _seal.SealAsync(
            transaction,
            head.Size,
            head.Root,
            recordedAt,
            [.. batch.Accepted.Select(a => a.Log)],
            handles,
            cancellationToken
        );
        Entry[] entries = [.. batch.Accepted.Select(a => a.Entry)];
        await ReportRows.ReferAsync(connection, options.Schema, entries, cancellationToken);
        await ReportRows.UpdateAsync(connection, options.Schema, agreement, entries, cancellationToken);
        await Filer.KeepAsync(connection, options.Schema, [.. batch.Filed], cancellationToken);
        // A change of key ends its batch, so the checkpoint of its own position is signed.
        var signed = signer?.Sign(
            tree.Size,
            tree.Root,
            entries[^1].Event is KeyRotated rotated ? KeyChange.Of(tree.Size, rotated) : null
        );
        if (handles.New.Any())
            keys!.Flush();
        await AdvanceAsync(
            transaction,
            new StreamHead(tree.Size, tree.Root, recordedAt, batch.TextPosition ?? head.TextPosition),
            signed,
            cancellationToken
        );
        if (rollback is not null)
            signer!.Resume(rollback);
        await transaction.CommitAsync(cancellationToken);
        _seal.Committed(tree);
        if (signed is not null)
            signer!.Committed(signed);
        ends.Advance(new Appended(agreement, tree.Size));
        if (batch.TextPosition is { } text)
            _texts.Remember(agreement, text, batch.Readings);
        return outcomes;
    }

    private async Task<(StreamHead Head, IReadOnlyList<StoredEntry> Recorded)> LockAsync(
        NpgsqlTransaction transaction,
        IReadOnlyList<Proposal> proposals,
        CancellationToken cancellationToken
    )
    {
        var ids = proposals.SelectMany(p => EntryDecider.References(p.Event).Append(p.EntryId)).Distinct().ToArray();
        while (true)
        {
            await using var batch = new NpgsqlBatch(transaction.Connection, transaction);
            batch.BatchCommands.Add(
                new NpgsqlBatchCommand(
                    $"select size, root, recorded_at, text_position from {options.Schema}.ledger_head where agreement = $1 for update"
                )
                {
                    Parameters = { new() { Value = agreement } },
                }
            );
            // Each statement sees what was committed before it began, so this one sees all that the lock waited for.
            batch.BatchCommands.Add(
                new NpgsqlBatchCommand(
                    $"select {EntryRows.Columns} from {options.Schema}.ledger_entry e where e.entry_id = any($1)"
                )
                {
                    Parameters = { new() { Value = ids } },
                }
            );
            batch.BatchCommands.Add(
                new NpgsqlBatchCommand(Disclosures.Query(options.Schema))
                {
                    Parameters = { new() { Value = proposals.Select(p => p.EntryId).ToArray() } },
                }
            );
            await using (var reader = await batch.ExecuteReaderAsync(cancellationToken))
            {
                if (await reader.ReadAsync(cancellationToken))
                {
                    var head = new StreamHead(
                        reader.GetInt64(0),
                        new Hash(reader.GetFieldValue<byte[]>(1)),
                        Instant.FromDateTimeUtc(reader.GetDateTime(2)),
                        reader.GetInt64(3)
                    );
                    await reader.NextResultAsync(cancellationToken);
                    var recorded = await reader.StoredEntriesAsync(cancellationToken).ToListAsync(cancellationToken);
                    await reader.NextResultAsync(cancellationToken);
                    var values = await OpenAsync(reader, recorded, cancellationToken);
                    return (
                        head,
                        [.. recorded.Select(entry => entry with { Disclosures = [.. values[entry.EntryId]] })]
                    );
                }
            }

            await using var first = new NpgsqlCommand(
                $"insert into {options.Schema}.ledger_head (agreement, size, root, recorded_at, text_position) values ($1, 0, $2, 'epoch', 0) on conflict do nothing",
                transaction.Connection,
                transaction
            )
            {
                Parameters =
                {
                    new() { Value = agreement },
                    new() { Value = MerkleHash.EmptyRoot.ToArray() },
                },
            };
            await first.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    /// <summary>What was sealed in entries that are sent again, to compare it with what is sent.</summary>
    private async Task<ILookup<Guid, Disclosure>> OpenAsync(
        NpgsqlDataReader rows,
        List<StoredEntry> recorded,
        CancellationToken cancellationToken
    )
    {
        var opened = new List<(Guid Entry, Disclosure Disclosure)>();
        while (await rows.ReadAsync(cancellationToken))
        {
            var entry = recorded.First(stored => stored.EntryId == rows.GetGuid(0));
            if (
                SealedValues.DigestOf(entry.Entry.Event, rows.GetString(1)) is { } digest
                && keys?.Find(rows.GetGuid(4), new KeyPlace(rows.GetGuid(5), rows.GetInt64(6))) is { } key
                && SealedBytes.Open(key, entry.Agreement, digest, rows.GetFieldValue<byte[]>(3)) is { } disclosure
            )
                opened.Add((entry.EntryId, disclosure));
        }

        return opened.ToLookup(value => value.Entry, value => value.Disclosure);
    }

    private async Task AppendAsync(
        NpgsqlTransaction transaction,
        StreamHead head,
        Instant recordedAt,
        WriteBatch batch,
        CancellationToken cancellationToken
    )
    {
        await using var session = store.LightweightSession(SessionOptions.ForTransaction(transaction));
        var events = batch
            .Accepted.Select(accepted =>
            {
                var @event = session.Events.BuildEvent(accepted.Entry.Event);
                @event.Id = accepted.Entry.Id;
                @event.Timestamp = recordedAt.ToDateTimeOffset();
                return (object)@event;
            })
            .ToArray();
        var appended =
            head.Size == 0
                ? session.Events.StartStream<AgreementHead>(agreement, events)
                : session.Events.Append(agreement, head.Size + events.Length, events);
        await session.SaveChangesAsync(cancellationToken);

        for (var i = 0; i < appended.Events.Count; i++)
        {
            if (appended.Events[i].Version != head.Size + 1 + i)
                throw new InvalidOperationException(
                    $"Entry {batch.Accepted[i].Entry.Id} of '{agreement}' got version {appended.Events[i].Version}, but its position is {head.Size + 1 + i}: the stream and the log disagree."
                );
        }
    }

    private async Task AdvanceAsync(
        NpgsqlTransaction transaction,
        StreamHead head,
        SignedCheckpoint? signed,
        CancellationToken cancellationToken
    )
    {
        await using var batch = new NpgsqlBatch(transaction.Connection, transaction);
        if (signed is not null)
            batch.BatchCommands.Add(signer!.Insert(signed));
        batch.BatchCommands.Add(
            new NpgsqlBatchCommand(
                $"update {options.Schema}.ledger_head set size = $2, root = $3, recorded_at = $4, text_position = $5 where agreement = $1"
            )
            {
                Parameters =
                {
                    new() { Value = agreement },
                    new() { Value = head.Size },
                    new() { Value = head.Root.ToArray() },
                    new() { Value = head.RecordedAt.ToDateTimeUtc() },
                    new() { Value = head.TextPosition },
                },
            }
        );
        batch.BatchCommands.Add(
            new NpgsqlBatchCommand("select pg_notify($1, $2)")
            {
                Parameters =
                {
                    new() { Value = Appended.Channel(options.Schema) },
                    new() { Value = new Appended(agreement, head.Size).ToPayload() },
                },
            }
        );
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }
}
