namespace Ledger.Local.Machine;

public static class Programs
{
    /// <summary>The path of the first of these that PATH has.</summary>
    public static string? Find(params ReadOnlySpan<string> names)
    {
        var directories = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(
            ':',
            StringSplitOptions.RemoveEmptyEntries
        );
        foreach (var name in names)
        {
            if (Array.Find(directories, directory => IsExecutable(Path.Combine(directory, name))) is { } directory)
                return Path.Combine(directory, name);
        }

        return null;
    }

    private static bool IsExecutable(string path) =>
        File.Exists(path) && File.GetUnixFileMode(path).HasFlag(UnixFileMode.OtherExecute);
}
