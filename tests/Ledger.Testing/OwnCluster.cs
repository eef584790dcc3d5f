using Ledger.Local.Machine;
using Ledger.Local.Postgres;
using Npgsql;

namespace Ledger.Testing;

/// <summary>
/// A cluster that a test may stop or crash, and start again on its port. It is durable, because what survives a crash
/// is the question.
/// </summary>
public sealed class OwnCluster : IAsyncDisposable
{
    private readonly string _home;
    private readonly Cluster _cluster;
    private readonly PostgresBinaries _binaries;
    private readonly int _port;

    private OwnCluster(string home, Cluster cluster, PostgresBinaries binaries, RunningCluster running)
    {
        (_home, _cluster, _binaries, _port) = (home, cluster, binaries, running.Port);
        // A name of its own, because hosts on databases of one name share a signing key and what it signed.
        Connection = new NpgsqlConnectionStringBuilder(running.ConnectionAsSuperuser())
        {
            Database = $"own_{Guid.NewGuid():N}",
        }.ConnectionString;
    }

    public string Connection { get; }

    public static async Task<OwnCluster> StartAsync()
    {
        var home = Directory.CreateTempSubdirectory("ledger-own-cluster-").FullName;
        var binaries = await PostgresSource.FindAsync(home, clusterMajor: null, CancellationToken.None);
        var cluster = new Cluster(home);
        var running = await cluster.StartAsync(binaries, ClusterSettings.Durable, CancellationToken.None);
        var own = new OwnCluster(home, cluster, binaries, running);
        await TestDatabase.ExecuteAsync(
            running.ConnectionAsSuperuser(),
            $"create database {new NpgsqlConnectionStringBuilder(own.Connection).Database}"
        );
        return own;
    }

    /// <summary>As PostgreSQL stops at once: the next start recovers.</summary>
    public Task StopAsync() => _cluster.StopAsync(immediately: true, CancellationToken.None);

    /// <summary>As <c>kill -9</c> of every process of the server.</summary>
    public async Task CrashAsync()
    {
        foreach (var process in ProcessTable.WorkingIn(Cluster.DataIn(_home)))
            Posix.Signal(process, Posix.Kill);
        await Polling.UntilAsync(
            () => ProcessTable.WorkingIn(Cluster.DataIn(_home)).Count == 0,
            TimeSpan.FromMinutes(1),
            CancellationToken.None
        );
    }

    public async Task StartAgainAsync()
    {
        if ((await _cluster.StartAsync(_binaries, ClusterSettings.Durable, CancellationToken.None)).Port != _port)
            throw new InvalidOperationException($"Somebody else took port {_port} meanwhile.");
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_home, recursive: true);
    }
}
