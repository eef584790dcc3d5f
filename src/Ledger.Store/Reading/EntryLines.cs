using System.Runtime.CompilerServices;
using System.Text.Json;
using Ledger.Domain.Entries;
using NodaTime;
using Npgsql;

namespace Ledger.Store.Reading;

/// <summary>One line of a ledger as it was hashed.</summary>
/// <param name="Bytes">The entry's canonical JSON.</param>
public sealed record EntryLine(string Agreement, long Position, Guid EntryId, string Type, Instant RecordedAt, byte[] Bytes)
{
    public Entry Read()
    {
        using var entry = JsonDocument.Parse(Bytes);
        return new Entry(Position, RecordedAt, (LedgerEvent)entry.RootElement.GetProperty("data").Deserialize(EventTypes.ByName[Type], LedgerJson.Options)!);
    }
}

/// <summary>Reads entries for whoever asks for them as they lie in the log.</summary>
public sealed class EntryLines(NpgsqlDataSource database, LedgerStoreOptions options)
{
    private const string Columns = "e.agreement, e.position, e.entry_id, e.type, e.recorded_at, e.bytes";

    /// <summary>In order, from one position up to another, both included.</summary>
    /// <param name="type">A type of entry; null is all.</param>
    public IAsyncEnumerable<EntryLine> BetweenAsync(string agreement, long from, long to, string? type = null, int most = int.MaxValue, CancellationToken cancellation = default) => QueryAsync(
        "e.agreement = $1 and e.position between $2 and $3 and ($4::text is null or e.type = $4) order by e.position limit $5",
        [agreement, from, to, (object?)type ?? DBNull.Value, (long)most],
        cancellation);

    /// <summary>Of whatever agreement.</summary>
    public async Task<EntryLine?> FindAsync(Guid entryId, CancellationToken cancellation = default) =>
        await QueryAsync("e.entry_id = $1", [entryId], cancellation).FirstOrDefaultAsync(cancellation);

    /// <summary>Every agreement with the number of its entries, by name.</summary>
    public async Task<IReadOnlyList<(string Agreement, long Size)>> AgreementsAsync(CancellationToken cancellation = default)
    {
        await using var command = database.CreateCommand($"select agreement, size from {options.Schema}.ledger_head where size > 0 order by agreement collate \"C\"");
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var agreements = new List<(string, long)>();
        while (await rows.ReadAsync(cancellation))
            agreements.Add((rows.GetString(0), rows.GetInt64(1)));
        return agreements;
    }

    private async IAsyncEnumerable<EntryLine> QueryAsync(string where, object[] values, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var command = database.CreateCommand($"select {Columns} from {options.Schema}.ledger_entry e where {where}");
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
        {
            yield return new EntryLine(
                rows.GetString(0),
                rows.GetInt64(1),
                rows.GetGuid(2),
                rows.GetString(3),
                Instant.FromDateTimeUtc(rows.GetDateTime(4)),
                rows.GetFieldValue<byte[]>(5));
        }
    }
}
