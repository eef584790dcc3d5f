namespace Ledger.Local.Machine;

/// <summary>
/// What runs on this machine, read from /proc. A process is known by where it works or what it was given, never by a
/// number kept in a file: after a kill -9 that number may belong to somebody else.
/// </summary>
public static class ProcessTable
{
    /// <summary>
    /// The processes whose working directory is the given one; PostgreSQL's are in their data directory.
    /// </summary>
    public static IReadOnlyList<int> WorkingIn(string directory) =>
        [.. All().Where(id => WorkingDirectory(id) == directory)];

    /// <summary>The processes started with an environment variable of exactly this value.</summary>
    public static IReadOnlyList<int> With(string variable, string value) =>
        [.. All().Where(id => Variable(id, variable) == value)];

    /// <summary>Whatever works in this directory or below, or was started with its data there.</summary>
    public static IReadOnlyList<int> Beneath(string directory) =>
        [
            .. All()
                .Where(id =>
                    IsBeneath(WorkingDirectory(id), directory) || IsBeneath(Variable(id, "LEDGER_DATA"), directory)
                ),
        ];

    public static bool IsRunning(int id) =>
        Read(id, "stat") is { } stat && !stat[(stat.LastIndexOf(')') + 1)..].StartsWith(" Z", StringComparison.Ordinal);

    public static string? Variable(int id, string name) =>
        Read(id, "environ")
            ?.Split('\0')
            .FirstOrDefault(entry => entry.StartsWith(name + "=", StringComparison.Ordinal))
            ?[(name.Length + 1)..];

    /// <summary>The environment variables of a process that begin so.</summary>
    public static IEnumerable<(string Name, string Value)> Variables(int id, string prefix) =>
        (Read(id, "environ") ?? "")
            .Split('\0')
            .Where(entry => entry.StartsWith(prefix, StringComparison.Ordinal) && entry.Contains('='))
            .Select(entry => (entry[..entry.IndexOf('=')], entry[(entry.IndexOf('=') + 1)..]));

    private static IEnumerable<int> All() =>
        Directory.Exists("/proc")
            ? Directory
                .EnumerateDirectories("/proc")
                .Select(path => int.TryParse(Path.GetFileName(path), out var id) ? id : 0)
                .Where(id => id > 0)
            : [];

    private static bool IsBeneath(string? path, string directory) =>
        path is not null && (path == directory || path.StartsWith(directory + "/", StringComparison.Ordinal));

    private static string? WorkingDirectory(int id) =>
        Unless(() => File.ResolveLinkTarget($"/proc/{id}/cwd", returnFinalTarget: false)?.FullName);

    private static string? Read(int id, string file) => Unless(() => File.ReadAllText($"/proc/{id}/{file}"));

    // A process may end, or belong to somebody else, between being listed and being read.
    private static string? Unless(Func<string?> read)
    {
        try
        {
            return read();
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
