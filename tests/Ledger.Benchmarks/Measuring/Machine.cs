using System.Reflection;
using System.Runtime.InteropServices;
using Ledger.Testing;
using Npgsql;

namespace Ledger.Benchmarks.Measuring;

/// <summary>What the figures depend on besides the code.</summary>
internal static class Machine
{
    public static async Task DescribeAsync()
    {
        await using var database = NpgsqlDataSource.Create(await TestDatabase.SuperuserAsync());
        await KeepWhatIsAcknowledgedAsync(database);
        var processor = First("/proc/cpuinfo", "model name");
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1L << 30);
        Console.WriteLine($"Ledger benchmarks, {DateTimeOffset.UtcNow:yyyy-MM-dd HH:mm} UTC");
        Console.WriteLine(
            $"  machine     {Environment.ProcessorCount} cores, {processor}, {memory} GB, load {Load()} before the start"
        );
        Console.WriteLine(
            $"  system      {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}, {(System.Runtime.GCSettings.IsServerGC ? "server" : "workstation")} GC"
        );
        Console.WriteLine(
            $"  PostgreSQL  {await AskAsync(database, "show server_version")}, fsync {await AskAsync(database, "show fsync")}, synchronous_commit {await AskAsync(database, "show synchronous_commit")}, shared_buffers {await AskAsync(database, "show shared_buffers")}"
        );
        Console.WriteLine(
            $"  packages    Marten {VersionOf(typeof(Marten.IDocumentStore))}, Npgsql {VersionOf(typeof(NpgsqlConnection))}"
        );
#if DEBUG
        Console.WriteLine("  THIS IS A DEBUG BUILD: run it with -c Release.");
#endif
    }

    /// <summary>
    /// The tests' own cluster forgets in a crash, to be fast. Speed is only worth telling of one that does not.
    /// </summary>
    private static async Task KeepWhatIsAcknowledgedAsync(NpgsqlDataSource database)
    {
        if (!string.IsNullOrEmpty(Environment.GetEnvironmentVariable("LEDGER_TEST_CONNECTION")))
            return;
        foreach (var setting in (string[])["fsync", "synchronous_commit", "full_page_writes", "autovacuum"])
            await DoAsync(database, $"alter system set {setting} = on");
        await DoAsync(database, "alter system set max_wal_size = '2GB'");
        await DoAsync(database, "select pg_reload_conf()");
        // Sessions that are open take the new settings at their next command, some time soon.
        while (
            await AskAsync(database, "show fsync") != "on"
            || await AskAsync(database, "show synchronous_commit") != "on"
        )
            await Task.Yield();
    }

    private static async Task DoAsync(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<string> AskAsync(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        return (string)(await command.ExecuteScalarAsync())!;
    }

    private static string VersionOf(Type type) =>
        type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    private static string Load() =>
        File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";

    private static string First(string file, string name) =>
        File.Exists(file)
        && Array.Find(File.ReadAllLines(file), line => line.StartsWith(name, StringComparison.Ordinal)) is { } line
            ? line.Split(':', 2)[1].Trim()
            : "unknown processor";
}
