using System.Text.Json.Nodes;
using Ledger.Proof.Entries;
using Ledger.Proof.Notes;
using Ledger.Proof.Trees;
using Ledger.Store.Signing;
using Ledger.Testing;
using Npgsql;

namespace Ledger.Server.Tests.Proofs;

/// <summary>
/// A ledger of 271 entries that an auditor verified twice, at 12 entries and at the end; each test gets a copy of its
/// database and does what a superuser can do.
/// </summary>
public sealed class TamperedLedger : IAsyncLifetime
{
    public const int Size = 271;
    public const int KeptEarly = 12;

    /// <summary>The reporter of position 13 was erased: requested at 14, confirmed here.</summary>
    public const int Confirmed = 15;

    public static readonly Guid Erased = Guid.NewGuid();

    private string _whole = "";
    private string _backup = "";

    internal Auditor Auditor { get; } = new();

    /// <summary>The key, which the operator of the server has.</summary>
    public string KeyFile { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        await using (var server = await Idlib.AdoptedAsync())
        {
            _whole = server.Connection;
            KeyFile = RunningServer.KeyFileOf(server.Connection);
            await PostAsync(server, "reports", Secret(Guid.NewGuid()));
            await PostAsync(server, "reports", Secret(Guid.NewGuid()));
            for (var i = 4; i <= KeptEarly; i++)
                await PostAsync(server, "reports", Idlib.Report("bombing", "2018-10-03"));
            await Auditor.FindsAllGoodAsync("verify", server.Http.BaseAddress!.ToString());
        }

        _backup = await TestDatabase.CopyAsync(_whole);
        await using (var server = await RunningServer.StartAsync(_whole))
        {
            await PostAsync(server, "reports", Secret(Erased));
            var request = new JsonObject
            {
                ["entryId"] = Idlib.NewId(),
                ["handle"] = Erased.ToString(),
                ["authority"] = "A court",
            };
            await PostAsync(server, "erasures", request);
            (
                await server.Http.PostAsync(
                    $"/api/v1/erasures/{request["entryId"]}/confirmations",
                    new JsonObject { ["entryId"] = Idlib.NewId(), ["authority"] = "A court" }
                )
            )
                .Status.Should()
                .Be(HttpStatusCode.Created);
            var lines = string.Join(
                '\n',
                Enumerable.Range(0, Size - Confirmed).Select(_ => Idlib.Report("shelling", "2018-10-04").ToJsonString())
            );
            await server.Http.PostAsync($"{Idlib.Agreement}/reports/batch", lines, "application/jsonl");
            await Auditor.FindsAllGoodAsync("verify", server.Http.BaseAddress!.ToString());
        }
    }

    /// <summary>The master key, without which nothing sealed opens.</summary>
    public string MasterKey => Path.Combine(Path.GetDirectoryName(KeyFile)!, "master.key");

    /// <summary>The ledger as it was when it had 12 entries.</summary>
    public Task<string> BackupAsync() => CopyAsync(_backup);

    public Task<string> CopyAsync() => CopyAsync(_whole);

    /// <summary>As a superuser, with every trigger out of the way.</summary>
    public static Task TamperAsync(string connection, string sql) =>
        TestDatabase.ExecuteAsync(connection, $"set session_replication_role = replica; {sql}");

    /// <summary>
    /// What an operator can do at worst: rewrites the history, makes every table fit, and signs the result with the
    /// ledger's own key.
    /// </summary>
    public async Task RewriteAsync(
        string connection,
        Func<List<JsonObject>, IEnumerable<JsonObject>> edit,
        string? keyFile = null
    )
    {
        await using var database = NpgsqlDataSource.Create(connection);
        var before = new List<JsonObject>();
        await using (
            var command = database.CreateCommand(
                "select convert_from(bytes, 'UTF8') from ledger.ledger_entry order by position"
            )
        )
        await using (var rows = await command.ExecuteReaderAsync())
        {
            while (await rows.ReadAsync())
                before.Add(JsonNode.Parse(rows.GetString(0))!.AsObject());
        }

        var after = edit(before)
            .Select(
                (entry, i) =>
                {
                    entry["position"] = i + 1;
                    return Entry.Parse(Ledger.Proof.Json.CanonicalJson.Write(entry));
                }
            )
            .ToList();
        var growth = TreeEdge.Empty.Append(after.Select(entry => MerkleHash.Leaf(entry.ToBytes())));
        using var key = LogKey.Open(keyFile ?? KeyFile, "ledger.local", () => new byte[32]);
        var signed = key.Sign(Idlib.Id, after.Count, growth.Edge.Root);

        await using var connected = await database.OpenConnectionAsync();
        await using var all = new NpgsqlBatch(connected);
        void Run(string sql, params object[] values)
        {
            var command = new NpgsqlBatchCommand(sql);
            foreach (var value in values)
                command.Parameters.Add(new NpgsqlParameter { Value = value });
            all.BatchCommands.Add(command);
        }

        Run("set session_replication_role = replica");
        Run("create temp table was as select * from ledger.mt_events");
        Run("truncate ledger.mt_events, ledger.ledger_entry, ledger.ledger_tile, ledger.ledger_checkpoint");
        foreach (var entry in after)
        {
            var bytes = entry.ToBytes();
            Run(
                "insert into ledger.ledger_entry (agreement, position, entry_id, type, recorded_at, bytes, leaf_hash) values ($1, $2, $3, $4, $5, $6, $7)",
                Idlib.Id,
                entry.Position,
                entry.Id,
                entry.Type,
                entry.Recorded,
                bytes,
                MerkleHash.Leaf(bytes).ToArray()
            );
            Run(
                """
                insert into ledger.mt_events select (jsonb_populate_record(w, jsonb_build_object('seq_id', $1::bigint, 'version', $1::bigint, 'id', $2::uuid, 'type', $3::text, 'timestamp', $4::timestamptz, 'data', $5::jsonb))).*
                from was w order by w.id = $2 desc limit 1
                """,
                entry.Position,
                entry.Id,
                entry.Type,
                entry.Recorded,
                entry.Data.GetRawText()
            );
        }

        foreach (var tile in growth.Changed)
            Run(
                "insert into ledger.ledger_tile (agreement, level, index, hashes) values ($1, $2, $3, $4)",
                Idlib.Id,
                tile.Id.Level,
                tile.Id.Index,
                tile.Hashes.ToArray()
            );
        Run(
            "insert into ledger.ledger_checkpoint (agreement, size, root, note) values ($1, $2, $3, $4)",
            Idlib.Id,
            signed.Checkpoint.Size,
            signed.Checkpoint.Root.ToArray(),
            signed.ToString()
        );
        Run(
            """
            update ledger.ledger_head set size = $1, root = $2, recorded_at = (select recorded_at from ledger.ledger_entry where position = $1),
                text_position = (select max(position) from ledger.ledger_entry where type in ('agreement_adopted', 'agreement_revised'))
            """,
            signed.Checkpoint.Size,
            signed.Checkpoint.Root.ToArray()
        );
        Run("update ledger.mt_streams set version = $1", signed.Checkpoint.Size);
        Run(
            "update ledger.ledger_sealed d set position = e.position from ledger.ledger_entry e where e.entry_id = d.entry_id"
        );
        Run(
            "delete from ledger.ledger_sealed d where not exists (select from ledger.ledger_entry e where e.entry_id = d.entry_id)"
        );
        Run(
            "update ledger.ledger_handle set state = 'open' where not exists (select from ledger.ledger_entry where type = 'erasure_confirmed')"
        );
        await all.ExecuteNonQueryAsync();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static JsonObject Secret(Guid reporter)
    {
        var secret = Idlib.Report("bombing", "2018-10-03");
        secret["report"]!["narrative"] = "The baker heard it.";
        secret["report"]!["source"]!["identity"] = "A baker";
        secret["report"]!["handles"] = new JsonObject { ["reporter"] = reporter.ToString() };
        return secret;
    }

    private static async Task PostAsync(RunningServer server, string path, JsonNode body) =>
        (await server.Http.PostAsync($"{Idlib.Agreement}/{path}", body)).Status.Should().Be(HttpStatusCode.Created);

    private static async Task<string> CopyAsync(string connection) =>
        new NpgsqlConnectionStringBuilder(await TestDatabase.CopyAsync(connection))
        {
            Pooling = false,
        }.ConnectionString;
}
