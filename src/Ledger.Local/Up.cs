using System.Diagnostics;
using System.Globalization;
using Ledger.Local.Machine;
using Ledger.Local.Postgres;

namespace Ledger.Local;

/// <summary>What `up` was asked for.</summary>
/// <param name="Connection">A database of the caller's own; null for the private one.</param>
public sealed record UpOptions(string Data, int Port, string? Connection, bool Empty, bool Foreground);

/// <summary>Brings PostgreSQL and the server up, whatever state the last run left them in.</summary>
public sealed class Up(UpOptions options, CommandOutput output, ServerCalls calls)
{
    private readonly TextWriter _progress = output.Progress;
    private readonly long _begun = Stopwatch.GetTimestamp();
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var data = DataDirectory.Open(options.Data);
        ServerProcess server;
        using (await data.TakeTurnAsync(_progress, cancellationToken))
        {
            var program = Checkout.ServerProgram;
            if (await RunningAsync(data, program, cancellationToken) is { } running)
            {
                ServerAddress.Write(data, running.Address);
                await _progress.WriteLineAsync($"Already running at {running.Address} with its data in {data.Path}");
                await DemonstrateAsync(data, running.Address, cancellationToken);
                await SayAsync(
                    data,
                    running.Address,
                    link => $"Open this link to sign a browser in: {link}",
                    cancellationToken
                );
                if (!options.Foreground)
                    return 0;
                throw new LocalProblemException(
                    "--foreground has to start the server itself. Run ./ledger down first."
                );
            }

            var (owner, connection) = await DatabaseAsync(data, cancellationToken);
            server = await ServerAsync(data, program, owner, connection, cancellationToken);
            ServerAddress.Write(data, server.Address);
            await DemonstrateAsync(data, server.Address, cancellationToken);
        }

        await SayAsync(data, server.Address, link => Welcome(server.Address, link, Holds(data)), cancellationToken);
        return options.Foreground ? await new Foreground(data, server, _progress).FollowAsync(cancellationToken) : 0;
    }

    private async Task<ServerProcess?> RunningAsync(
        DataDirectory data,
        string program,
        CancellationToken cancellationToken
    )
    {
        if (
            ServerProcess.Find(data) is not { } server
            || !await ServerHealth.IsReadyAsync(server.Address, cancellationToken)
        )
            return null;
        return
            server.Build == ServerProcess.BuildOf(program)
            && (options.Connection ?? server.Connection) == server.Connection
            ? server
            : null;
    }

    /// <returns>The connection of a private database's owner, null for one of the caller's; and the server's.</returns>
    private async Task<(string? Owner, string Server)> DatabaseAsync(
        DataDirectory data,
        CancellationToken cancellationToken
    )
    {
        var first = FirstStart.Read(data);
        if (options.Connection is { } given)
        {
            if (first is { Database: DatabaseKind.Private })
                throw new LocalProblemException(
                    $"{data.Path} has a database of its own. Give another --data together with --connection."
                );
            var isNew = await LedgerDatabase.IsNewAsync(given, cancellationToken);
            (
                first
                ?? new(
                    DatabaseKind.Given,
                    isNew && !options.Empty ? DemonstrationState.Wanted : DemonstrationState.None,
                    isNew ? FirstStart.NewName() : null
                )
            ).Write(data);
            return (null, given);
        }

        if (first is { Database: DatabaseKind.Given })
            throw new LocalProblemException(
                $"{data.Path} was started with a database of yours: "
                    + "give --connection or LEDGER_CONNECTION again, or another --data."
            );
        (
            first
            ?? new(
                DatabaseKind.Private,
                options.Empty ? DemonstrationState.None : DemonstrationState.Wanted,
                FirstStart.NewName()
            )
        ).Write(data);
        return await PrivateDatabaseAsync(data, cancellationToken);
    }

    private async Task<(string Owner, string Server)> PrivateDatabaseAsync(
        DataDirectory data,
        CancellationToken cancellationToken
    )
    {
        var home = await ClusterHome.InAsync(data, cancellationToken);
        await StepAsync("Looking for PostgreSQL; if there is none, npm downloads it");
        // Fetched beside the cluster, where the account that runs it can get at it.
        var binaries = await PostgresSource.FindAsync(
            Path.GetDirectoryName(home) is { } parent && parent != "/var/lib" ? parent : home,
            Cluster.MajorIn(home),
            cancellationToken
        );
        await StepAsync($"Starting PostgreSQL {binaries.Version} from {binaries.Directory} with its data in {home}");
        return await LedgerDatabase.EnsureAsync(
            await new Cluster(home).StartAsync(binaries, ClusterSettings.Durable, cancellationToken),
            cancellationToken
        );
    }

    private async Task<ServerProcess> ServerAsync(
        DataDirectory data,
        string program,
        string? owner,
        string connection,
        CancellationToken cancellationToken
    )
    {
        if (ServerProcess.Find(data) is { } left)
        {
            // It may be starting, or finding its database again; then it is right as it is.
            if (
                left.Build == ServerProcess.BuildOf(program)
                && left.Connection == connection
                && await ReadyAsync(left, TimeSpan.FromSeconds(20), cancellationToken)
            )
                return left;
            await _progress.WriteLineAsync(
                "Stopping the running server, because its program, database or health is not as it should be."
            );
            await left.StopAsync(cancellationToken);
            // Its last threads may hold the port for a moment longer.
            await Polling.UntilAsync(() => Ports.IsFree(options.Port), TimeSpan.FromSeconds(2), cancellationToken);
        }

        if (owner is not null)
        {
            await StepAsync("Creating or updating the tables");
            await ServerProcess.MigrateAsync(program, owner, LedgerDatabase.Server, cancellationToken);
        }

        // Root starts somebody else's ledger as them, or they could neither see nor stop it.
        var account = await Account.OwnerAsync(data.Path, cancellationToken);
        var port = options.Port;
        var said = "";
        for (var attempt = 0; attempt < 5; attempt++)
        {
            if (attempt > 0 || !Ports.IsFree(port))
            {
                var free = Ports.AnyFree();
                await _progress.WriteLineAsync($"Port {port} is taken by another program; using {free}.");
                port = free;
            }

            await StepAsync($"Starting the server at {ServerAddress.On(port)}");
            var server = ServerProcess.Start(
                data,
                program,
                ServerAddress.On(port),
                connection,
                alone: options.Connection is null,
                account,
                FirstStart.Read(data)?.LedgerName
            );
            if (await ReadyAsync(server, Patience, cancellationToken))
                return server;
            if (server.IsRunning)
                await server.StopAsync(cancellationToken);
            // Only a port that somebody took in between is worth another attempt.
            said = Files.Since(data.ServerLog, server.LogFrom);
            if (!said.Contains("address already in use", StringComparison.OrdinalIgnoreCase))
                break;
        }

        throw new LocalProblemException(
            $"The server did not start. What it wrote to {data.ServerLog}:\n{said.TrimEnd()}"
        );
    }

    private static async Task<bool> ReadyAsync(
        ServerProcess server,
        TimeSpan limit,
        CancellationToken cancellationToken
    )
    {
        var ready = false;
        await Polling.UntilAsync(
            async () =>
                (ready = await ServerHealth.IsReadyAsync(server.Address, cancellationToken)) || !server.IsRunning,
            limit,
            cancellationToken
        );
        return ready;
    }

    private async Task DemonstrateAsync(DataDirectory data, Uri address, CancellationToken cancellationToken)
    {
        if (FirstStart.Read(data) is not { Demonstration: DemonstrationState.Wanted } first)
            return;
        await StepAsync("Loading the demonstration");
        await calls.LoadDemonstration(data, address, cancellationToken);
        (first with { Demonstration = DemonstrationState.Loaded }).Write(data);
    }

    private async Task SayAsync(
        DataDirectory data,
        Uri address,
        Func<string, string> words,
        CancellationToken cancellationToken
    )
    {
        var link = await calls.SignInLink(data, address, cancellationToken);
        await output.ResultAsync(
            words(link),
            new
            {
                server = address.AbsoluteUri,
                data = data.Path,
                signIn = link,
            }
        );
    }

    /// <summary>Every step with the time since `up` began, so that nobody takes a slow one for a hung one.</summary>
    private Task StepAsync(string what) =>
        _progress.WriteLineAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Stopwatch.GetElapsedTime(_begun).TotalSeconds, 4:0} s  {what}"
            )
        );

    private static bool Holds(DataDirectory data) =>
        FirstStart.Read(data) is { Demonstration: DemonstrationState.Loaded };

    private static string Welcome(Uri address, string link, bool hasDemonstration) =>
        $"""

            The ledger is at {address}
            Sign a browser in, once, within half an hour:
              {link}

            First steps:
              {string.Join("\n  ", hasDemonstration ? WithDemonstration : Empty)}
              ./ledger doctor
              ./ledger down
            """;

    private static readonly string[] WithDemonstration =
    [
        "./ledger status idlib-2018",
        "./ledger status idlib-2018 --as-of 2018-10-16",
        "./ledger people invite \"Amal\" --role monitor --agreement idlib-2018",
    ];

    private static readonly string[] Empty =
    [
        "./ledger agreement check FILE",
        "./ledger agreement adopt FILE",
        "./ledger agreement list",
    ];
}
