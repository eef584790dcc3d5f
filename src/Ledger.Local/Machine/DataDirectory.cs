namespace Ledger.Local.Machine;

/// <summary>Everything that `up` keeps: the cluster, the server's log and address, what it fetched.</summary>
public sealed class DataDirectory
{
    private DataDirectory(string path) => Path = path;

    /// <summary>The real path, without symbolic links, by which running processes are recognised.</summary>
    public string Path { get; }

    public string ServerLog => In("server.log");

    public string ServerFile => In("server.json");

    public string In(string name) => System.IO.Path.Combine(Path, name);

    public static DataDirectory Open(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
            var directory = new DataDirectory(Posix.RealPath(path));
            File.WriteAllText(directory.In("writable"), "");
            File.Delete(directory.In("writable"));
            return directory;
        }
        catch (Exception refused) when (refused is UnauthorizedAccessException or IOException)
        {
            throw new LocalProblemException(
                $"{path} cannot be written by {Environment.UserName}: "
                    + $"{refused.Message} Give --data with a directory of your own."
            );
        }
    }

    /// <summary>One `up` or `down` at a time; the system takes the lock back from a process that dies.</summary>
    public async Task<IDisposable> TakeTurnAsync(TextWriter output, CancellationToken cancellationToken)
    {
        FileStream? turn = null;
        if (!TryTake())
        {
            await output.WriteLineAsync("Waiting for another `ledger up` or `ledger down` on this data.");
            if (!await Polling.UntilAsync(TryTake, TimeSpan.FromMinutes(10), cancellationToken))
                throw new LocalProblemException(
                    $"Another `ledger up` or `ledger down` has held {In("turn.lock")} for ten minutes."
                );
        }

        return turn!;

        bool TryTake()
        {
            try
            {
                turn = new(In("turn.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
                return true;
            }
            catch (IOException)
            {
                return false;
            }
        }
    }
}
