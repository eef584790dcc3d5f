using System.Diagnostics;
using System.Text.Json;
using Ledger.Benchmarks.World;
using Ledger.Domain.Entries;
using Ledger.Testing;
using Npgsql;
using NpgsqlTypes;

namespace Ledger.Benchmarks.Writing;

/// <summary>PostgreSQL with nothing around it: the same reports as rows of an id and JSON.</summary>
internal sealed class PlainRows : IAsyncDisposable
{
    private const int RowsPerCopy = 10_000;

    private readonly NpgsqlDataSource _database;

    private PlainRows(NpgsqlDataSource database) => _database = database;

    public static async Task<PlainRows> CreateAsync()
    {
        var connection = new NpgsqlConnectionStringBuilder(await TestDatabase.CreateAsync())
        {
            MaxAutoPrepare = 4,
            AutoPrepareMinUsages = 2,
        };
        var database = NpgsqlDataSource.Create(connection);
        await using var command = database.CreateCommand("create table row (id uuid primary key, data jsonb not null)");
        await command.ExecuteNonQueryAsync();
        return new PlainRows(database);
    }

    /// <summary>One INSERT, which commits by itself.</summary>
    public async Task InsertAsync(ReportFiled filed)
    {
        await using var command = _database.CreateCommand("insert into row (id, data) values ($1, $2)");
        command.Parameters.Add(new() { Value = filed.EntryId });
        command.Parameters.Add(new() { Value = Json(filed), NpgsqlDbType = NpgsqlDbType.Jsonb });
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>
    /// Rows a second by COPY, ten thousand in a transaction. They are made beforehand: this is a limit, not a peer.
    /// </summary>
    public async Task<double> CopyAsync(TimeSpan time)
    {
        var mission = new Mission(Random.Shared);
        var rows = Enumerable.Range(0, RowsPerCopy).Select(_ => Json(mission.Filed())).ToArray();
        await using var connection = await _database.OpenConnectionAsync();
        var clock = Stopwatch.StartNew();
        var copied = 0L;
        while (clock.Elapsed < time)
        {
            await using var copy = await connection.BeginBinaryImportAsync(
                "copy row (id, data) from stdin (format binary)"
            );
            foreach (var row in rows)
            {
                await copy.StartRowAsync();
                await copy.WriteAsync(Guid.CreateVersion7(), NpgsqlDbType.Uuid);
                await copy.WriteAsync(row, NpgsqlDbType.Jsonb);
            }

            copied += (long)await copy.CompleteAsync();
        }

        return copied / clock.Elapsed.TotalSeconds;
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private static string Json(ReportFiled filed) => JsonSerializer.Serialize(filed, LedgerJson.Options);
}
