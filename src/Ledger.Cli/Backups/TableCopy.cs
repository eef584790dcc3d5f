using System.IO.Compression;
using System.Text;
using Npgsql;

namespace Ledger.Cli.Backups;

/// <summary>
/// The rows of the ledger's tables, out of a database and into another one. Tables, guards and rights are not copied:
/// the program that restores makes them, so that they are right whatever the database was.
/// </summary>
internal static class TableCopy
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Which servers run, and what they say to each other, is no part of a ledger.</summary>
    private const string OfServers = "^wolverine_(node|control)";

    public static async Task<IReadOnlyList<(string Name, string[] Columns)>> TablesAsync(
        NpgsqlConnection connection,
        string schema,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand(
            """
            select c.relname, array_agg(a.attname::text order by a.attnum) from pg_class c
            join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
            where n.nspname = $1 and c.relkind in ('r', 'p') and not c.relispartition and c.relname !~ $2
                and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
            group by c.relname order by c.relname
            """,
            connection
        )
        {
            Parameters =
            {
                new() { Value = schema },
                new() { Value = OfServers },
            },
        };
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var tables = new List<(string, string[])>();
        while (await rows.ReadAsync(cancellationToken))
            tables.Add((rows.GetString(0), rows.GetFieldValue<string[]>(1)));
        return tables;
    }

    public static async Task<IReadOnlyList<BackedUpSequence>> SequencesAsync(
        NpgsqlConnection connection,
        string schema,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand(
            """
            select sequencename::text, coalesce(last_value, start_value), last_value is not null from pg_sequences
            where schemaname = $1 and sequencename !~ $2 order by 1
            """,
            connection
        )
        {
            Parameters =
            {
                new() { Value = schema },
                new() { Value = OfServers },
            },
        };
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var sequences = new List<BackedUpSequence>();
        while (await rows.ReadAsync(cancellationToken))
            sequences.Add(new(rows.GetString(0), rows.GetInt64(1), rows.GetBoolean(2)));
        return sequences;
    }

    public static async Task WriteAsync(
        NpgsqlConnection connection,
        string schema,
        BackedUpTable table,
        string file,
        CancellationToken cancellationToken
    )
    {
        // The query, not the table, so that a table in parts comes whole.
        using var rows = await connection.BeginTextExportAsync(
            $"copy (select {Names(table.Columns)} from {Name(schema)}.{Name(table.Name)}) to stdout",
            cancellationToken
        );
        await using var packed = new GZipStream(
            new FileStream(
                file,
                new FileStreamOptions
                {
                    Mode = FileMode.CreateNew,
                    Access = FileAccess.Write,
                    UnixCreateMode = Local.Machine.Files.OwnerOnly,
                }
            ),
            CompressionLevel.Fastest
        );
        await using var writer = new StreamWriter(packed, Utf8);
        await MoveAsync(rows, writer, cancellationToken);
    }

    /// <param name="connection">In a transaction, with triggers and rights out of the way.</param>
    public static async Task ReadAsync(
        NpgsqlConnection connection,
        string schema,
        BackedUpTable table,
        string file,
        CancellationToken cancellationToken
    )
    {
        using var rows = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress), Utf8);
        await using var writer = await connection.BeginTextImportAsync(
            $"copy {Name(schema)}.{Name(table.Name)} ({Names(table.Columns)}) from stdin",
            cancellationToken
        );
        await MoveAsync(rows, writer, cancellationToken);
    }

    public static string Name(string identifier) => $"\"{identifier.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Names(IEnumerable<string> columns) => string.Join(", ", columns.Select(Name));

    private static async Task MoveAsync(TextReader from, TextWriter to, CancellationToken cancellationToken)
    {
        var buffer = new char[64 * 1024];
        while (await from.ReadAsync(buffer.AsMemory(), cancellationToken) is > 0 and var read)
            await to.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
    }
}
