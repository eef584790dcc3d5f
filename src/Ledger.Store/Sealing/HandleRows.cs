using System.Security.Cryptography;
using Ledger.Domain.Entries;
using Ledger.Domain.Identities;
using Ledger.Proof.Sealing;
using Ledger.Store.Sql;
using Npgsql;

namespace Ledger.Store.Sealing;

/// <summary>The tables <c>ledger_handle</c> and <c>ledger_sealed</c>, in the transaction that appends.</summary>
internal sealed class HandleRows(string schema, AgreementId agreement, PersonKeys? keys)
{
    /// <summary>Looks the handles up that the proposals name. Those that the ledger makes are not there yet.</summary>
    public IEnumerable<NpgsqlBatchCommand> Look(IReadOnlyList<SealedEvent> proposals)
    {
        var erased = Erased(proposals);
        var named = proposals.SelectMany(proposal => proposal.NamedHandles).Concat(erased).Distinct().ToArray();
        if (named.Length > 0)
            yield return Commands.Step(
                $"select handle, agreement, state, segment, place, entries from {schema}.ledger_handle where handle = any($1)",
                named
            );
        if (erased.Length > 0)
            yield return Commands.Step(
                $"select distinct handle, position, name from {schema}.ledger_sealed where handle = any($1)",
                erased
            );
    }

    /// <summary>The answers to <see cref="Look"/>, of which there may be none, after the current result.</summary>
    public async Task<HandleBook> ReadAsync(
        NpgsqlDataReader rows,
        IReadOnlyList<SealedEvent> proposals,
        CancellationToken cancellationToken
    )
    {
        var erased = Erased(proposals);
        if (erased.Length == 0 && !proposals.Any(proposal => proposal.NamedHandles.Length > 0))
            return new HandleBook(agreement, keys, []);

        var handles = new Dictionary<Guid, Handle>();
        await rows.NextResultAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            var (id, place) = (rows.GetGuid(0), new KeyPlace(rows.GetGuid(3), rows.GetInt64(4)));
            handles.Add(
                id,
                new Handle
                {
                    Id = id,
                    Agreement = rows.AgreementAt(1),
                    State = Enum.Parse<HandleState>(rows.GetString(2), ignoreCase: true),
                    Place = place,
                    Entries = rows.GetInt32(5),
                    Key = keys?.Find(id, place),
                }
            );
        }

        if (erased.Length > 0)
            await rows.NextResultAsync(cancellationToken);
        while (erased.Length > 0 && await rows.ReadAsync(cancellationToken))
        {
            handles[rows.GetGuid(0)].Positions.Add(rows.GetInt64(1));
            handles[rows.GetGuid(0)].Names.Add(rows.GetString(2));
        }

        return new HandleBook(agreement, keys, handles.Values);
    }

    /// <summary>
    /// Keeps fresh keys in the folder, and gives the commands that write what became of the handles. The folder must be
    /// flushed before the commit.
    /// </summary>
    /// <param name="book">The handles as the batch leaves them.</param>
    /// <param name="sealedValues">What is sealed in which entry, at which position.</param>
    public IEnumerable<NpgsqlBatchCommand> Write(
        HandleBook book,
        IReadOnlyList<(Guid EntryId, long Position, SealedValue Value)> sealedValues
    )
    {
        Handle[] fresh = [.. book.New];
        if (fresh.Length > 0)
        {
            var places = keys!.Add([.. fresh.Select(handle => (handle.Id, handle.Key!))]);
            yield return Commands.Step(
                $"insert into {schema}.ledger_handle (handle, agreement, state, segment, place, entries) select handle, $2, 'open', segment, place, entries from unnest($1, $3, $4, $5) as fresh (handle, segment, place, entries)",
                fresh.Select(handle => handle.Id).ToArray(),
                agreement,
                places.Select(place => place.Segment).ToArray(),
                places.Select(place => place.Offset).ToArray(),
                fresh.Select(handle => handle.Entries).ToArray()
            );
        }

        if (sealedValues.Count > 0)
        {
            yield return Commands.Step(
                $"insert into {schema}.ledger_sealed (entry_id, name, agreement, position, handle, sealed) select entry_id, name, $1, position, handle, sealed from unnest($2, $3, $4, $5, $6) as value (entry_id, name, position, handle, sealed)",
                agreement,
                sealedValues.Select(sealedValue => sealedValue.EntryId).ToArray(),
                sealedValues.Select(sealedValue => sealedValue.Value.Disclosure.Name).ToArray(),
                sealedValues.Select(sealedValue => sealedValue.Position).ToArray(),
                sealedValues.Select(sealedValue => sealedValue.Value.Handle).ToArray(),
                sealedValues
                    .Select(sealedValue =>
                        SealedBytes.Seal(
                            book.KeyOf(sealedValue.Value.Handle),
                            RandomNumberGenerator.GetBytes(SealedBytes.NonceLength),
                            agreement,
                            sealedValue.Value.Disclosure
                        )
                    )
                    .ToArray()
            );
            Handle[] used = [.. book.Touched.Where(handle => handle.Place is not null)];
            if (used.Length > 0)
            {
                yield return Commands.Step(
                    $"update {schema}.ledger_handle h set entries = used.entries from unnest($1, $2) as used (handle, entries) where h.handle = used.handle and h.entries <> used.entries",
                    used.Select(handle => handle.Id).ToArray(),
                    used.Select(handle => handle.Entries).ToArray()
                );
            }
        }

        foreach (var handle in book.Touched.Where(handle => handle.RequestedAt is not null))
            yield return Commands.Step(
                $"update {schema}.ledger_handle set state = 'requested', requested_at = $2 where handle = $1",
                handle.Id,
                handle.RequestedAt!
            );
        foreach (var handle in book.Touched.Where(handle => handle.ErasedAt is not null))
        {
            yield return Commands.Step(
                $"update {schema}.ledger_handle set state = 'erased', erased_at = $2 where handle = $1",
                handle.Id,
                handle.ErasedAt!
            );
            yield return Commands.Step($"delete from {schema}.ledger_sealed where handle = $1", handle.Id);
        }
    }

    private static Guid[] Erased(IReadOnlyList<SealedEvent> proposals) =>
        [
            .. proposals
                .Select(proposal =>
                    (proposal.Event as ErasureRequested)?.Handle ?? (proposal.Event as ErasureConfirmed)?.Handle
                )
                .OfType<Guid>(),
        ];
}
