using System.Diagnostics;
using System.Globalization;
using Ledger.Local.Machine;

namespace Ledger.Local.Postgres;

/// <summary>
/// A cluster for one run of tests, in the temporary directory, gone with the process that asked for it.
/// </summary>
public sealed class ThrowawayCluster : IDisposable
{
    /// <summary>
    /// Directories in the temporary one that begin so and then name a process are removed once that process is gone.
    /// </summary>
    public const string Prefix = "ledger-test-";

    private readonly string _home;
    private bool _disposed;

    private ThrowawayCluster(string home) => _home = home;

    public RunningCluster Running { get; private set; } = null!;

    public static async Task<ThrowawayCluster> StartAsync(
        PostgresBinaries binaries,
        CancellationToken cancellationToken
    )
    {
        var temporary = await EnterableAsync(cancellationToken);
        await SweepAsync(temporary);
        var name = string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Environment.ProcessId}-{Guid.NewGuid():N}");
        var throwaway = new ThrowawayCluster(Path.Combine(temporary, name));
        try
        {
            throwaway.Running = await new Cluster(throwaway._home).StartAsync(
                binaries,
                ClusterSettings.Throwaway,
                cancellationToken
            );
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
        if (Stop() && Directory.Exists(_home))
            Directory.Delete(_home, recursive: true);
    }

    /// <summary>
    /// Stops it, and has another process remove what it kept: a test runner gives its process ten seconds to end, and
    /// hundreds of databases take longer.
    /// </summary>
    public void Leave()
    {
        if (!Stop())
            return;
        using var removal = Process.Start(
            "/bin/sh",
            ["-c", "setsid rm -rf \"$0\" </dev/null >/dev/null 2>&1 &", _home]
        );
        removal.WaitForExit();
    }

    private bool Stop()
    {
        if (_disposed)
            return false;
        _disposed = true;
        new Cluster(_home).StopAsync(immediately: true, CancellationToken.None).GetAwaiter().GetResult();
        return true;
    }

    // A temporary directory of root's own is closed to the account that the cluster runs as.
    private static async Task<string> EnterableAsync(CancellationToken cancellationToken)
    {
        var user = await ClusterUser.ForAsync("", cancellationToken);
        var ours = Posix.RealPath(Path.GetTempPath());
        return await user.CanEnterAsync(ours, cancellationToken) ? ours : Posix.RealPath("/tmp");
    }

    // A process that was killed could not clean up after itself, so its successors do.
    private static async Task SweepAsync(string temporary)
    {
        foreach (var left in Directory.EnumerateDirectories(temporary, Prefix + "*"))
        {
            var owner = Path.GetFileName(left)[Prefix.Length..].Split('-')[0];
            if (!int.TryParse(owner, CultureInfo.InvariantCulture, out var id) || ProcessTable.IsRunning(id))
                continue;
            try
            {
                foreach (var process in ProcessTable.Beneath(left))
                    Posix.Signal(process, Posix.Kill);
                await Polling.UntilAsync(
                    () => ProcessTable.Beneath(left).Count == 0,
                    TimeSpan.FromSeconds(10),
                    CancellationToken.None
                );
                Directory.Delete(left, recursive: true);
            }
            catch (Exception foreign) when (foreign is UnauthorizedAccessException or IOException)
            {
                // Another account's leftovers are theirs to remove.
            }
        }
    }
}
