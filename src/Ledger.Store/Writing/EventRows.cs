using System.Collections.Concurrent;
using Ledger.Domain.Entries;
using Ledger.Domain.Identities;
using Ledger.Store.Sql;
using Marten;
using Npgsql;
using NpgsqlTypes;

namespace Ledger.Store.Writing;

/// <summary>
/// Appends to Marten's tables in one statement a batch, inside the pipeline that seals and commits. Marten's own append
/// takes trips of its own and inserts event by event; its tables, its names for types and its sequence are used as they
/// are, so that it reads these events as it reads its own.
/// </summary>
internal sealed class EventRows(string schema, AgreementId agreement, IDocumentStore store)
{
    private readonly ConcurrentDictionary<Type, (string Type, string DotNet)> _names = new();

    /// <summary>The first events: Marten makes the stream and says of which type it is.</summary>
    public async Task StartAsync(
        NpgsqlTransaction transaction,
        IReadOnlyList<Entry> entries,
        CancellationToken cancellationToken
    )
    {
        await using var session = store.LightweightSession(Marten.Services.SessionOptions.ForTransaction(transaction));
        session.Events.StartStream<AgreementHead>(
            agreement.ToString(),
            entries.Select(entry =>
            {
                var @event = session.Events.BuildEvent(entry.Event);
                (@event.Id, @event.Timestamp) = (entry.Id, entry.RecordedAt.ToDateTimeOffset());
                return (object)@event;
            })
        );
        await session.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Later events. The stream must have the versions before theirs, and no others.</summary>
    /// <param name="entries">Their positions are their versions.</param>
    /// <param name="data">The payloads of the entries in the same order, as JSON.</param>
    public IEnumerable<NpgsqlBatchCommand> Append(IReadOnlyList<Entry> entries, IReadOnlyList<string> data)
    {
        var names = entries.Select(entry => NamesOf(entry.Event)).ToArray();
        yield return Commands.Step(
            $"""
            insert into {schema}.mt_events (seq_id, id, stream_id, version, data, type, timestamp, tenant_id, mt_dotnet_type, is_archived)
            select nextval('{schema}.mt_events_sequence'), id, $1, $2 + number - 1, data, type, $3, '*DEFAULT*', dotnet, false
            from unnest($4, $5, $6, $7) with ordinality as event (id, type, dotnet, data, number)
            """,
            agreement,
            entries[0].Position,
            entries[0].RecordedAt,
            entries.Select(entry => entry.Id).ToArray(),
            names.Select(name => name.Type).ToArray(),
            names.Select(name => name.DotNet).ToArray(),
            new NpgsqlParameter { Value = data.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Jsonb }
        );
        yield return Commands.Step(
            $"update {schema}.mt_streams set version = $2, timestamp = now() where id = $1",
            agreement,
            entries[^1].Position
        );
    }

    private (string Type, string DotNet) NamesOf(LedgerEvent @event) =>
        _names.GetOrAdd(
            @event.GetType(),
            (_, sample) =>
            {
                using var session = store.LightweightSession();
                var built = session.Events.BuildEvent(sample);
                return (built.EventTypeName, built.DotNetTypeName);
            },
            @event
        );
}
