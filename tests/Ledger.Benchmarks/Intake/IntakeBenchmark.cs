using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Ledger.Benchmarks.Measuring;
using Ledger.Benchmarks.World;
using Ledger.Domain.Entries;
using Npgsql;

namespace Ledger.Benchmarks.Intake;

/// <summary>
/// What a report costs whoever runs <c>./ledger up</c>: a real server process with people, books and projections, and
/// reports posted over HTTP, beside pgbench's INSERT and COMMIT of one row of the same bytes on the same PostgreSQL.
/// </summary>
internal static class IntakeBenchmark
{
    private static readonly int[] Crowds = [1, 32];

    public static async Task RunAsync(Effort effort)
    {
        // Thirty-two clients of pgbench take a while to connect.
        var round = TimeSpan.FromSeconds(Math.Max(4, (int)(effort.Round * 4).TotalSeconds));
        await using var ledger = await LocalLedger.StartAsync();
        await AdoptAsync(ledger);
        await using var beside = NpgsqlDataSource.Create(ledger.Superuser);
        await using (var table = beside.CreateCommand("create table row (id uuid primary key, data jsonb not null)"))
            await table.ExecuteNonQueryAsync();
        await PostLoad.RunAsync(ledger, Crowds[^1], round);

        var costs = new Table(
            "",
            "POST/s",
            "pgbench/s",
            "POST / pgbench",
            "p50 ms",
            "p99 ms",
            "server ms",
            "PostgreSQL ms",
            "both ms",
            "client ms",
            "pgbench ms",
            "commits",
            "scans"
        );
        foreach (var crowd in Crowds)
        {
            for (var n = 0; n < effort.Rounds; n++)
            {
                var (server, postgres, client, commits) = (
                    ledger.ServerTime,
                    ledger.PostgresTime,
                    ProcessorTime.Of([Environment.ProcessId]),
                    await CommitsAsync(beside, ledger)
                );
                var scans = await ScansAsync(ledger);
                var posted = await PostLoad.RunAsync(ledger, crowd, round);
                // Projections follow, and what they use belongs to the reports.
                var lag = await CaughtUpAsync(ledger);
                (server, postgres, client) = (
                    ledger.ServerTime - server,
                    ledger.PostgresTime - postgres,
                    ProcessorTime.Of([Environment.ProcessId]) - client
                );
                commits = await CommitsAsync(beside, ledger) - commits;
                var inserted = ledger.PostgresTime;
                var rows = await PgbenchAsync(ledger, crowd, round);
                inserted = ledger.PostgresTime - inserted;
                double Each(TimeSpan time) => time.TotalMilliseconds / posted.Accepted;
                var rate = posted.Accepted / posted.Time.TotalSeconds;
                costs.Add(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{crowd} connections, lag gone after {lag.TotalSeconds:F1} s"
                    ),
                    Table.Number(rate),
                    Table.Number(rows),
                    Table.Number(rate / rows),
                    Table.Number(posted.Latency.Median),
                    Table.Number(posted.Latency.At(0.99)),
                    Table.Number(Each(server)),
                    Table.Number(Each(postgres)),
                    Table.Number(Each(server + postgres)),
                    Table.Number(Each(client)),
                    Table.Number(inserted.TotalMilliseconds / (rows * round.TotalSeconds)),
                    Table.Number((double)commits / posted.Accepted),
                    $"{await ScansAsync(ledger) - scans}"
                );
            }
        }

        costs.Print(
            $"Reports posted over HTTP, {effort.Rounds} rounds of {round.TotalSeconds} s; processor time is of one report, projections included"
        );
    }

    private static async Task AdoptAsync(LocalLedger ledger)
    {
        using var http = new HttpClient { BaseAddress = ledger.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ledger.Token);
        var adopted = Mission.Adopted();
        var line =
            $"{{\"type\":\"{EventTypes.NameOf(adopted)}\",\"data\":{JsonSerializer.Serialize(LedgerJson.DataOf(adopted))}}}\n";
        using var body = new StringContent(line, Encoding.UTF8, new MediaTypeHeaderValue("application/x-ndjson"));
        using var answer = await http.PostAsync(
            new Uri($"/api/v1/agreements/{Mission.Id}/entries/batch", UriKind.Relative),
            body
        );
        var said = await answer.Content.ReadAsStringAsync();
        if (!said.Contains("\"status\":201", StringComparison.Ordinal))
            throw new InvalidOperationException(said);
    }

    /// <summary>Waits until the projections have seen every event.</summary>
    private static async Task<TimeSpan> CaughtUpAsync(LocalLedger ledger)
    {
        var clock = Stopwatch.StartNew();
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        await using var database = OpenLedger(ledger);
        while (
            await AskAsync(
                database,
                "select count(*) from ledger.projection_progress p join ledger.ledger_head h using (agreement) where p.position < h.size"
            ) > 0
            && clock.Elapsed < TimeSpan.FromMinutes(2)
        )
            await ticks.WaitForNextTickAsync();
        return clock.Elapsed;
    }

    /// <summary>How often somebody read all entries to find some.</summary>
    private static async Task<long> ScansAsync(LocalLedger ledger)
    {
        await using var database = OpenLedger(ledger);
        return await AskAsync(database, "select seq_scan from pg_stat_user_tables where relname = 'ledger_entry'");
    }

    private static NpgsqlDataSource OpenLedger(LocalLedger ledger) =>
        NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(ledger.Superuser.ConnectionString)
            {
                Database = ledger.Database,
                Pooling = false,
            }
        );

    private static Task<long> CommitsAsync(NpgsqlDataSource beside, LocalLedger ledger) =>
        AskAsync(
            beside,
            $"select xact_commit + xact_rollback from pg_stat_database where datname = '{ledger.Database}'"
        );

    private static async Task<long> AskAsync(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static async Task<double> PgbenchAsync(LocalLedger ledger, int clients, TimeSpan time)
    {
        var script = Path.GetTempFileName();
        try
        {
            var filed = JsonSerializer.Serialize(LedgerJson.DataOf(new Mission(new Random(1)).Filed()));
            await File.WriteAllTextAsync(
                script,
                $"insert into row values (gen_random_uuid(), '{filed.Replace("'", "''", StringComparison.Ordinal)}');\n"
            );
            var start = new ProcessStartInfo(
                "pgbench",
                [
                    "-n",
                    "-M",
                    "prepared",
                    "-c",
                    clients.ToString(CultureInfo.InvariantCulture),
                    "-j",
                    Math.Min(clients, 2).ToString(CultureInfo.InvariantCulture),
                    "-T",
                    ((int)time.TotalSeconds).ToString(CultureInfo.InvariantCulture),
                    "-f",
                    script,
                ]
            )
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            start.Environment["PGHOST"] = ledger.Superuser.Host;
            start.Environment["PGPORT"] = ledger.Superuser.Port.ToString(CultureInfo.InvariantCulture);
            start.Environment["PGUSER"] = ledger.Superuser.Username;
            start.Environment["PGPASSWORD"] = ledger.Superuser.Password;
            start.Environment["PGDATABASE"] = ledger.Superuser.Database;
            using var process = Process.Start(start)!;
            var (said, wrong) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync();
            var rate = (await said)
                .Split('\n')
                .FirstOrDefault(line => line.StartsWith("tps = ", StringComparison.Ordinal));
            return rate is null
                ? throw new InvalidOperationException($"pgbench: {await wrong}{await said}")
                : double.Parse(rate.Split(' ')[2], CultureInfo.InvariantCulture);
        }
        finally
        {
            File.Delete(script);
        }
    }
}
