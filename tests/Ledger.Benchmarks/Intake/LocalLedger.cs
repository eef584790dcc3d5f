using System.Diagnostics;
using System.Net.Sockets;
using System.Text.Json;
using Ledger.Local;
using Ledger.Local.Machine;
using Ledger.Local.Postgres;
using Npgsql;

namespace Ledger.Benchmarks.Intake;

/// <summary>
/// What a user has after <c>./ledger up</c>: a server process and a PostgreSQL of its own, in a folder that goes away
/// with this.
/// </summary>
internal sealed class LocalLedger : IAsyncDisposable
{
    private readonly string _folder;
    private readonly string _postgres;
    private readonly int _server;

    private LocalLedger(string folder)
    {
        _folder = folder;
        _postgres = Path.Combine(folder, "postgres", "data");
        var server = ServerProcess.Find(DataDirectory.Open(folder))!;
        (_server, Address) = (server.Id, server.Address);
        Token = File.ReadAllText(Path.Combine(folder, "operator.token")).Trim();
        var passwords = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "postgres", "passwords.json")));
        Superuser = new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = int.Parse(File.ReadAllLines(Path.Combine(_postgres, "postmaster.pid"))[3]),
            Username = "postgres",
            Password = passwords.RootElement.GetProperty(nameof(Superuser)).GetString(),
            Database = "postgres",
            MaxPoolSize = 64,
        };
        Database = new NpgsqlConnectionStringBuilder(server.Connection).Database!;
    }

    public Uri Address { get; }

    public string Token { get; }

    /// <summary>The cluster's superuser, in a database beside the ledger's.</summary>
    public NpgsqlConnectionStringBuilder Superuser { get; }

    /// <summary>The ledger's.</summary>
    public string Database { get; }

    /// <summary>Processor time of the server so far.</summary>
    public TimeSpan ServerTime => ProcessorTime.Of([_server]);

    /// <summary>Processor time of PostgreSQL so far, with the sessions that have ended.</summary>
    public TimeSpan PostgresTime => ProcessorTime.Of(ProcessTable.WorkingIn(_postgres));

    public static async Task<LocalLedger> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("ledger-benchmark-").FullName;
        // PostgreSQL runs as another account where root starts it, and must get at its folder in there.
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(
                folder,
                File.GetUnixFileMode(folder) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute
            );
        await RunAsync("up", "--data", folder, "--empty", "--port", FreePort().ToString());
        return new LocalLedger(folder);
    }

    /// <summary>Runs the command line tool as a process of its own.</summary>
    public Task LedgerAsync(params string[] arguments) =>
        RunAsync([.. arguments, "--server", Address.AbsoluteUri, "--token", Token]);

    public async ValueTask DisposeAsync()
    {
        await RunAsync("down", "--data", _folder);
        Directory.Delete(_folder, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(
            Dotnet.Host,
            [Path.Combine(Checkout.Root!, "src", "Ledger.Cli", "bin", "Release", "net10.0", "ledger.dll"), .. arguments]
        )
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // One client sends more than a person may.
        (start.Environment["LEDGER_LIMIT"], start.Environment["LEDGER_LIMIT_PERSON"]) = ("0", "0");
        using var process = Process.Start(start)!;
        var (said, wrong) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException(
                $"ledger {string.Join(' ', arguments)} ended with {process.ExitCode}: {await wrong}{await said}"
            );
    }
}
