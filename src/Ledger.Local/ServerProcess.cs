using System.ComponentModel;
using System.Diagnostics;
using System.Security.Cryptography;
using Ledger.Local.Machine;

namespace Ledger.Local;

/// <summary>
/// The server of one data directory, as a process of its own session that outlives whoever started it.
/// </summary>
/// <param name="LogFrom">The length of the log when it was started, in bytes.</param>
public sealed record ServerProcess(int Id, Uri Address, string Connection, string Build, long LogFrom = 0)
{
    private const long LogSize = 10_000_000;

    /// <summary>The running server of this data directory, recognised by the environment it was started with.</summary>
    public static ServerProcess? Find(DataDirectory data) =>
        ProcessTable
            .With("LEDGER_DATA", data.Path)
            .Where(ProcessTable.IsRunning)
            .Select(id =>
                (Id: id, Url: ProcessTable.Variable(id, "LEDGER_URL"), Build: ProcessTable.Variable(id, "LEDGER_BUILD"))
            )
            .Where(process => process is { Url: not null, Build: not null })
            .Select(process => new ServerProcess(
                process.Id,
                new(process.Url!),
                ProcessTable.Variable(process.Id, "LEDGER_CONNECTION") ?? "",
                process.Build!
            ))
            .FirstOrDefault();

    /// <summary>
    /// Changes when the server or a library of ours is built again, so that `up` replaces one that runs yesterday's
    /// code.
    /// </summary>
    public static string BuildOf(string program) =>
        Convert.ToHexStringLower(
            SHA256.HashData([
                .. Directory
                    .EnumerateFiles(Path.GetDirectoryName(program)!, "Ledger.*.dll")
                    .Order(StringComparer.Ordinal)
                    .SelectMany(file => SHA256.HashData(File.ReadAllBytes(file))),
            ])
        )[..16];

    /// <param name="alone">Whether no other server uses the database.</param>
    /// <param name="account">The account to run as; null for ours.</param>
    /// <param name="ledgerName">Null leaves it to the settings of the caller's own environment.</param>
    public static ServerProcess Start(
        DataDirectory data,
        string program,
        Uri address,
        string connection,
        bool alone,
        string? account,
        string? ledgerName = null
    )
    {
        Posix.KeepDescriptorsToOurselves();
        if (File.Exists(data.ServerLog) && new FileInfo(data.ServerLog).Length > LogSize)
            File.Move(data.ServerLog, data.ServerLog + ".1", overwrite: true);

        var logged = File.Exists(data.ServerLog) ? new FileInfo(data.ServerLog).Length : 0;
        var server = new ServerProcess(0, address, connection, BuildOf(program), logged);
        // setsid: a terminal that closes, and Ctrl-C in it, are no business of the server.
        var start = new ProcessStartInfo(
            "/bin/sh",
            ["-c", "exec setsid \"$@\" </dev/null >>\"$0\" 2>&1", data.ServerLog, Dotnet.Host, program]
        )
        {
            UseShellExecute = false,
            UserName = account ?? "",
            WorkingDirectory = Path.GetDirectoryName(program),
        };
        foreach (var (name, value) in server.Variables(data, alone, ledgerName))
            start.Environment[name] = value;
        using var process = Process.Start(start) ?? throw new Win32Exception();
        return server with { Id = process.Id };
    }

    /// <summary>The environment that makes a program the server of this data directory.</summary>
    /// <param name="data">Where its data are.</param>
    /// <param name="alone">Whether no other server uses the database.</param>
    /// <param name="ledgerName">Null leaves it to the settings of the caller's own environment.</param>
    public IReadOnlyDictionary<string, string> Variables(DataDirectory data, bool alone, string? ledgerName)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["LEDGER_DATA"] = data.Path,
            ["LEDGER_URL"] = Address.ToString().TrimEnd('/'),
            ["LEDGER_CONNECTION"] = Connection,
            ["LEDGER_NODES"] = alone ? "one" : "many",
            ["LEDGER_BUILD"] = Build,
        };
        if (ledgerName is not null && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("LEDGER_NAME")))
            variables["LEDGER_NAME"] = ledgerName;
        return variables;
    }

    /// <summary>
    /// Makes the tables as their owner, for servers that own nothing. The owner's password is in this short-lived
    /// process alone.
    /// </summary>
    /// <param name="owner">The connection of the database's owner.</param>
    /// <param name="role">The role of the servers.</param>
    public static async Task MigrateAsync(
        string program,
        string owner,
        string role,
        CancellationToken cancellationToken
    )
    {
        var start = new ProcessStartInfo(Dotnet.Host, [program, "migrate", role])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetDirectoryName(program),
        };
        start.Environment["LEDGER_CONNECTION"] = owner;
        using var process = Process.Start(start) ?? throw new Win32Exception();
        process.StandardInput.Close();
        var (said, wrong) = (
            process.StandardOutput.ReadToEndAsync(cancellationToken),
            process.StandardError.ReadToEndAsync(cancellationToken)
        );
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0)
            throw new LocalProblemException($"The tables could not be created.\n{await wrong}{await said}".TrimEnd());
    }

    public bool IsRunning => ProcessTable.IsRunning(Id);

    /// <summary>Asks the server to finish what it does; one that has not in half a minute is ended.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        foreach (var signal in (int[])[Posix.Terminate, Posix.Kill])
        {
            Posix.Signal(Id, signal);
            if (await Polling.UntilAsync(() => !IsRunning, TimeSpan.FromSeconds(30), cancellationToken))
                return;
        }

        throw new LocalProblemException($"The server, process {Id}, does not stop.");
    }
}
