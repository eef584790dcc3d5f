using Ledger.Cli.Local.Machine;

namespace Ledger.Cli.Tests.Local;

/// <summary>A directory with a blank in its path, that other accounts may enter.</summary>
public sealed class TemporaryDirectory : IDisposable
{
    public TemporaryDirectory()
    {
        // Not Directory.CreateTempSubdirectory: that one is closed to the account that root lends to PostgreSQL.
        var made = Directory.CreateDirectory(System.IO.Path.Combine("/tmp", $"ledger cli {Guid.NewGuid():N}"));
        Path = Posix.RealPath(made.FullName);
    }

    public string Path { get; }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
