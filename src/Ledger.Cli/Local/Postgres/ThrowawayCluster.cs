using System.Globalization;
using Ledger.Cli.Local.Machine;

namespace Ledger.Cli.Local.Postgres;

/// <summary>A cluster for one run of tests, in the temporary directory, gone with the process that asked for it.</summary>
public sealed class ThrowawayCluster : IDisposable
{
    private const string Prefix = "ledger-test-";

    private readonly string home;
    private readonly Cluster cluster;
    private bool disposed;

    private ThrowawayCluster(string home, PostgresBinaries binaries) =>
        (this.home, cluster) = (home, new(home, binaries, ClusterSettings.Throwaway));

    public RunningCluster Running { get; private set; } = null!;

    public static async Task<ThrowawayCluster> StartAsync(PostgresBinaries binaries, CancellationToken cancel)
    {
        await SweepAsync(binaries, cancel);
        var throwaway = new ThrowawayCluster(
            Path.Combine(Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Environment.ProcessId}-{Guid.NewGuid():N}")),
            binaries);
        try
        {
            throwaway.Running = await throwaway.cluster.StartAsync(cancel);
            return throwaway;
        }
        catch
        {
            throwaway.Dispose();
            throw;
        }
    }

    // Not asynchronous: it also runs when the process is about to exit.
    public void Dispose()
    {
        if (disposed)
            return;
        disposed = true;
        RemoveAsync(home, cluster).GetAwaiter().GetResult();
    }

    // A process that was killed could not clean up after itself, so its successors do.
    private static async Task SweepAsync(PostgresBinaries binaries, CancellationToken cancel)
    {
        foreach (var left in Directory.EnumerateDirectories(Path.GetTempPath(), Prefix + "*"))
        {
            cancel.ThrowIfCancellationRequested();
            var owner = Path.GetFileName(left)[Prefix.Length..].Split('-')[0];
            if (!int.TryParse(owner, CultureInfo.InvariantCulture, out var id) || ProcessTable.IsRunning(id))
                continue;
            try
            {
                await RemoveAsync(left, new(left, binaries, ClusterSettings.Throwaway));
            }
            catch (Exception foreign) when (foreign is UnauthorizedAccessException or IOException or LocalProblemException)
            {
                // Another user's leftovers are theirs to remove.
            }
        }
    }

    private static async Task RemoveAsync(string home, Cluster cluster)
    {
        await cluster.StopAsync(immediately: true, CancellationToken.None);
        if (Directory.Exists(home))
            Directory.Delete(home, recursive: true);
    }
}
