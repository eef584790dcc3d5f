using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Ledger.Domain.Identities;
using Ledger.Proof;
using Ledger.Store.Sql;
using NodaTime;
using Npgsql;

namespace Ledger.Store.Reading;

/// <summary>Reads what was recorded, from the bytes that were hashed.</summary>
public sealed class LedgerReader(NpgsqlDataSource database, LedgerStoreOptions options, AgreementTexts texts)
{
    /// <summary>For so long a text of another server's making may be unknown to whoever reads what is proposed.</summary>
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    /// <summary>Entries that are read at once.</summary>
    private const long MostOfAPage = 1_000;

    /// <summary>Bytes of entries after which a page ends, whatever it was to hold.</summary>
    private const int LargestPage = 1 << 20;

    private readonly string _schema = options.Schema;

    /// <summary>Every agreement, by slug.</summary>
    public Task<ImmutableArray<AgreementHead>> AgreementsAsync(CancellationToken cancellationToken = default) =>
        HeadsAsync(null, cancellationToken);

    public async Task<AgreementHead?> AgreementAsync(
        AgreementId agreement,
        CancellationToken cancellationToken = default
    ) => (await HeadsAsync(agreement, cancellationToken)).FirstOrDefault();

    /// <summary>
    /// The latest version of the agreement's file, for reading what is proposed: from memory where it was looked at within
    /// a second. What is recorded is decided on the text under the stream's lock, whatever this says.
    /// </summary>
    public async ValueTask<Domain.Agreements.Agreement?> TextAsync(
        AgreementId agreement,
        CancellationToken cancellationToken = default
    ) =>
        texts.Within(Moment, agreement) is [.., var latest]
            ? latest
            : (await AgreementAsync(agreement, cancellationToken))?.Agreement;

    /// <summary>The number of entries, which is the last position; 0 when there is no such agreement.</summary>
    public async Task<long> SizeAsync(AgreementId agreement, CancellationToken cancellationToken = default) =>
        await AskAsync<long?>(
            $"select size from {_schema}.ledger_head where agreement = $1",
            cancellationToken,
            agreement
        ) ?? 0;

    /// <summary>
    /// Entries in order, from one position up to another, both included. No connection is held while the caller works
    /// on what it was given: a client that reads an export slowly, or not at all, would keep it from everybody else.
    /// </summary>
    /// <param name="agreement">The slug.</param>
    /// <param name="from">The first position.</param>
    /// <param name="to">The last position.</param>
    /// <param name="type">Only entries of this type; null is all.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async IAsyncEnumerable<StoredEntry> EntriesAsync(
        AgreementId agreement,
        long from = 1,
        long to = long.MaxValue,
        string? type = null,
        int? limit = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        var most = MostOfAPage;
        for (var left = limit ?? long.MaxValue; left > 0; )
        {
            var (page, isLast) = await PageAsync(agreement, from, to, type, Math.Min(left, most), cancellationToken);
            foreach (var entry in page)
                yield return entry;
            if (isLast)
                yield break;
            (from, left) = (page[^1].Position + 1, left - page.Count);
            // Rows that were asked for and do not fit were sent for nothing.
            most = Math.Min(MostOfAPage, 2L * page.Count);
        }
    }

    public Task<StoredEntry?> EntryAsync(
        AgreementId agreement,
        long position,
        CancellationToken cancellationToken = default
    ) => OneAsync("e.agreement = $1 and e.position = $2", cancellationToken, agreement, position);

    /// <summary>Finds an entry of any agreement.</summary>
    public Task<StoredEntry?> EntryAsync(Guid id, CancellationToken cancellationToken = default) =>
        OneAsync("e.entry_id = $1", cancellationToken, id);

    /// <summary>Entries that speak of another one directly, in order.</summary>
    public async Task<ImmutableArray<StoredEntry>> AboutAsync(
        Guid target,
        CancellationToken cancellationToken = default
    )
    {
        await using var command = database.Ask(
            $"select {EntryRows.Columns} from {_schema}.ledger_entry e join {_schema}.ledger_reference r on r.entry_id = e.entry_id where r.target = $1 order by e.position",
            target
        );
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        return [.. await rows.StoredEntriesAsync(cancellationToken).ToListAsync(cancellationToken)];
    }

    private async Task<(List<StoredEntry> Page, bool IsLast)> PageAsync(
        AgreementId agreement,
        long from,
        long to,
        string? type,
        long limit,
        CancellationToken cancellationToken
    )
    {
        await using var command = database.Ask(
            $"select {EntryRows.Columns} from {_schema}.ledger_entry e where e.agreement = $1 and e.position between $2 and $3 {(type is null ? "" : "and e.type = $4")} order by e.position limit {limit}",
            [agreement, from, to, .. type is null ? (ReadOnlySpan<object?>)[] : [type]]
        );
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var (page, bytes) = (new List<StoredEntry>(), 0L);
        await foreach (var entry in rows.StoredEntriesAsync(cancellationToken))
        {
            page.Add(entry);
            if ((bytes += entry.Bytes.Length) >= LargestPage)
                return (page, false);
        }

        return (page, page.Count < limit);
    }

    private async Task<StoredEntry?> OneAsync(
        string where,
        CancellationToken cancellationToken,
        params object[] parameters
    )
    {
        await using var command = database.Ask(
            $"select {EntryRows.Columns} from {_schema}.ledger_entry e where {where}",
            parameters
        );
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        return await rows.StoredEntriesAsync(cancellationToken).FirstOrDefaultAsync(cancellationToken);
    }

    private async Task<ImmutableArray<AgreementHead>> HeadsAsync(
        AgreementId? agreement,
        CancellationToken cancellationToken
    )
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var rows = new List<(AgreementId Id, long Size, Hash Root, Instant RecordedAt, long TextPosition)>();
        var which = agreement is null ? "" : "where h.agreement = $1";
        await using (
            var command = connection.Ask(
                $"""
                select h.agreement, h.size, h.root, coalesce(e.recorded_at, 'epoch'), coalesce(t.position, 0)
                from {_schema}.ledger_head h
                left join {_schema}.ledger_entry e on e.agreement = h.agreement and e.position = h.size
                left join lateral (
                    select max(x.position) as position from {_schema}.ledger_entry x
                    where x.agreement = h.agreement and x.position <= h.size and x.type = any(array['agreement_adopted', 'agreement_revised'])) t on true
                {which} order by h.agreement
                """,
                [.. agreement is null ? (ReadOnlySpan<object?>)[] : [agreement]]
            )
        )
        {
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
                rows.Add(
                    (
                        reader.AgreementAt(0),
                        reader.GetInt64(1),
                        reader.HashAt(2),
                        reader.InstantAt(3),
                        reader.GetInt64(4)
                    )
                );
        }

        var heads = ImmutableArray.CreateBuilder<AgreementHead>(rows.Count);
        foreach (var row in rows)
            heads.Add(
                new AgreementHead(
                    row.Id,
                    row.Size,
                    row.Root,
                    row.RecordedAt,
                    await texts.ReadAsync(connection, row.Id, row.TextPosition, cancellationToken)
                )
            );
        return heads.ToImmutable();
    }

    private async Task<T?> AskAsync<T>(string sql, CancellationToken cancellationToken, params object[] parameters)
    {
        await using var command = database.Ask(sql, parameters);
        return await command.ExecuteScalarAsync(cancellationToken) is T answer ? answer : default;
    }
}
