using Ledger.Local.Machine;
using Ledger.Local.Postgres;

namespace Ledger.Cli.Tests.Local;

/// <summary>
/// A directory with a blank in its path, that other accounts may enter, and that the next run removes if this one is
/// killed.
/// </summary>
public sealed class TemporaryDirectory : IDisposable
{
    public TemporaryDirectory()
    {
        // Not Directory.CreateTempSubdirectory: that one is closed to the account that root lends to PostgreSQL.
        var made = Directory.CreateDirectory(
            $"/tmp/{ThrowawayCluster.Prefix}{Environment.ProcessId}-with blank {Guid.NewGuid():N}"
        );
        Path = Posix.RealPath(made.FullName);
    }

    public string Path { get; }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
