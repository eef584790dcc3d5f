using System.Runtime.CompilerServices;

namespace Ledger.Cli.Tests;

/// <summary>
/// Compares text with the file that holds it as it was approved. UPDATE_SNAPSHOTS=1 writes the file; the change is then
/// reviewed like code.
/// </summary>
public static class Snapshot
{
    public static void Matches(string actual, string name, [CallerFilePath] string test = "")
    {
        var file = Path.Combine(Path.GetDirectoryName(test)!, "Snapshots", name);
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, actual);
            return;
        }

        File.Exists(file).Should().BeTrue($"UPDATE_SNAPSHOTS=1 writes {file}");
        actual
            .Should()
            .Be(File.ReadAllText(file), $"it was approved so; UPDATE_SNAPSHOTS=1 approves the change of {name}");
    }
}
