using System.Globalization;
using Ledger.Local.Postgres;

namespace Ledger.Testing;

/// <summary>
/// Folders for what tests write. They go with the process; where that is killed, the next run's sweep takes them.
/// </summary>
public static class Scratch
{
    private const UnixFileMode Own = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private static readonly string Home = Make();

    /// <returns>The path of a new, empty folder that no other account may enter.</returns>
    public static string Folder(string name) =>
        Directory.CreateDirectory(Path.Combine(Home, $"{name}-{Path.GetRandomFileName()}"), Own).FullName;

    private static string Make()
    {
        var home = Directory
            .CreateDirectory(
                Path.Combine(
                    Path.GetTempPath(),
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{ThrowawayCluster.Prefix}{Environment.ProcessId}-{Path.GetRandomFileName()}"
                    )
                ),
                Own
            )
            .FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            try
            {
                Directory.Delete(home, recursive: true);
            }
            catch (IOException)
            {
                // Something still writes there; the next sweep is for that.
            }
        };
        return home;
    }
}
