using System.Globalization;
using Ledger.Local.Machine;

namespace Ledger.Local.Postgres;

/// <summary>A private PostgreSQL cluster in a directory of its own, listening on 127.0.0.1 alone.</summary>
/// <param name="home">The directory's real path: PostgreSQL's processes are recognised by working in it.</param>
public sealed class Cluster(string home)
{
    private const int Attempts = 5;

    private string Data => DataIn(home);

    private string Log => Path.Combine(home, "postgres.log");

    private string PidFile => Path.Combine(Data, "postmaster.pid");

    public static string DataIn(string home) => Path.Combine(home, "data");

    /// <summary>The major version that made the cluster in this directory; null if there is none yet.</summary>
    public static int? MajorIn(string home)
    {
        var file = Path.Combine(DataIn(home), "PG_VERSION");
        return File.Exists(file) ? int.Parse(File.ReadAllText(file).Trim(), CultureInfo.InvariantCulture) : null;
    }

    /// <summary>
    /// Creates the cluster if there is none, clears away what a kill -9 left, and starts it unless it runs.
    /// </summary>
    public async Task<RunningCluster> StartAsync(
        PostgresBinaries binaries,
        ClusterSettings settings,
        CancellationToken cancellationToken
    )
    {
        var user = await ClusterUser.ForAsync(Data, cancellationToken);
        await user.OwnAsync(home, cancellationToken);
        var passwordFile = Path.Combine(home, "passwords.json");
        var passwords = ClusterPasswords.ReadOrMake(passwordFile);
        await user.GiveAsync(passwordFile, cancellationToken);
        if (!Directory.Exists(Data))
            await CreateAsync(binaries, user, passwords, cancellationToken);

        if (RunningPort() is not { } port)
        {
            await ClearRemainsAsync(cancellationToken);
            port = await StartServerAsync(binaries, settings, user, cancellationToken);
        }

        var cluster = new RunningCluster(port, passwords);
        await cluster.WaitAsync(cancellationToken);
        return cluster;
    }

    /// <summary>
    /// Stops the cluster if it runs. Sessions are ended, transactions rolled back, everything committed is written out.
    /// </summary>
    /// <param name="immediately">Writes nothing out: the next start recovers, as after a power cut.</param>
    /// <returns>Whether it was running.</returns>
    public async Task<bool> StopAsync(bool immediately, CancellationToken cancellationToken)
    {
        if (Running() is not { } running)
            return false;
        Posix.Signal(running.Id, immediately ? Posix.Quit : Posix.Interrupt);
        return await Polling.UntilAsync(
            () => ProcessTable.WorkingIn(Data).Count == 0,
            TimeSpan.FromMinutes(2),
            cancellationToken
        )
            ? true
            : throw new LocalProblemException(
                $"PostgreSQL in {Data}, process {running.Id}, does not stop. The end of {Log}:\n{Files.Tail(Log, 8)}"
            );
    }

    /// <summary>The port of the running server; null if none runs, whatever a stale file claims.</summary>
    public int? RunningPort() => Running()?.Port;

    /// <summary>The process of the running server; null if none runs.</summary>
    public int? RunningId() => Running()?.Id;

    private (int Id, int Port)? Running()
    {
        if (!File.Exists(PidFile) || File.ReadAllLines(PidFile) is not { Length: >= 4 } lines)
            return null;
        return
            int.TryParse(lines[0], out var id)
            && int.TryParse(lines[3], out var port)
            && ProcessTable.WorkingIn(Data).Contains(id)
            ? (id, port)
            : null;
    }

    private async Task CreateAsync(
        PostgresBinaries binaries,
        ClusterUser user,
        ClusterPasswords passwords,
        CancellationToken cancellationToken
    )
    {
        // Made beside and renamed when complete, so that an interrupted creation is not mistaken for a cluster.
        // A new name each time: a killed start may have left its initdb writing into the last.
        var unfinished = $"{Data}.unfinished-{Guid.NewGuid():N}";
        var passwordFile = Path.Combine(home, "superuser.password");
        Files.Replace(passwordFile, passwords.Superuser, Files.OwnerOnly);
        await user.GiveAsync(passwordFile, cancellationToken);

        // Some systems have no C.UTF-8; plain C sorts alike and only knows the case of ASCII letters.
        ProcessResult made = new(1, "");
        foreach (var locale in (string[])["C.UTF-8", "C"])
        {
            made = await ProcessRunner.RunAsync(
                binaries.Initdb,
                [
                    "-D",
                    unfinished,
                    "-U",
                    RunningCluster.Superuser,
                    "--pwfile",
                    passwordFile,
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    $"--locale={locale}",
                    "--lc-messages=C",
                ],
                user.Name,
                cancellationToken: cancellationToken
            );
            if (made.Succeeded)
                break;
        }

        File.Delete(passwordFile);
        if (!made.Succeeded)
            throw new LocalProblemException($"{binaries.Initdb} could not create a cluster in {home}: {made.Output}");
        await File.AppendAllTextAsync(
            Path.Combine(unfinished, "postgresql.conf"),
            "include = 'ledger.conf'\n",
            cancellationToken
        );
        Directory.Move(unfinished, Data);
        foreach (
            var left in Directory
                .EnumerateDirectories(home, "data.unfinished-*")
                .Where(left => ProcessTable.WorkingIn(left).Count == 0)
        )
            Directory.Delete(left, recursive: true);
    }

    private async Task ClearRemainsAsync(CancellationToken cancellationToken)
    {
        // Children of a killed postmaster notice and leave by themselves; one that does not still holds the shared
        // memory.
        foreach (var signal in (int[])[0, Posix.Terminate, Posix.Kill])
        {
            var left = ProcessTable.WorkingIn(Data);
            if (left.Count == 0)
                break;
            if (signal != 0)
                left.ToList().ForEach(id => Posix.Signal(id, signal));
            await Polling.UntilAsync(
                () => ProcessTable.WorkingIn(Data).Count == 0,
                TimeSpan.FromSeconds(10),
                cancellationToken
            );
        }

        // Nobody works here any more, so the number in it is that of a stranger, or of a process not yet reaped.
        File.Delete(PidFile);
    }

    private async Task<int> StartServerAsync(
        PostgresBinaries binaries,
        ClusterSettings settings,
        ClusterUser user,
        CancellationToken cancellationToken
    )
    {
        Posix.KeepDescriptorsToOurselves();
        var configuration = Path.Combine(Data, "ledger.conf");
        var said = "";
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var port =
                attempt == 0 && LastPort(configuration) is { } last && Ports.IsFree(last) ? last : Ports.AnyFree();
            Files.Replace(configuration, settings.ToFile(port));
            var before = File.Exists(Log) ? new FileInfo(Log).Length : 0;
            var started = await ProcessRunner.RunAsync(
                binaries.PgCtl,
                ["start", "-D", Data, "-l", Log, "-w", "-t", "600"],
                user.Name,
                cancellationToken: cancellationToken
            );
            if (started.Succeeded)
                return port;
            said = Files.Tail(Log, 8);
            // Only a port that somebody took in between is worth another attempt.
            if (!Files.Since(Log, before).Contains("could not bind", StringComparison.Ordinal))
                break;
        }

        throw new LocalProblemException(
            $"PostgreSQL {binaries.Version} did not start in {Data}. The end of {Log}:\n{said}"
        );
    }

    // The port of last time, so that a connection written down somewhere stays right.
    private static int? LastPort(string configuration) =>
        File.Exists(configuration)
        && File.ReadLines(configuration).FirstOrDefault(line => line.StartsWith("port = ", StringComparison.Ordinal))
            is { } line
        && int.TryParse(line["port = ".Length..].Trim('\''), CultureInfo.InvariantCulture, out var port)
            ? port
            : null;
}
