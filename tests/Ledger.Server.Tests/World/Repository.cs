using System.Diagnostics;

namespace Ledger.Server.Tests.World;

/// <summary>Files of this checkout, and the server as it was built in it.</summary>
public static class Repository
{
    public static string Root { get; } = Above(AppContext.BaseDirectory);

    /// <summary>The same build configuration as these tests.</summary>
    public static string ServerProgram { get; } =
        PathOf(
            "src",
            "Ledger.Server",
            Path.GetRelativePath(PathOf("tests", "Ledger.Server.Tests"), AppContext.BaseDirectory),
            "Ledger.Server.dll"
        );

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    public static ProcessStartInfo Server(params string[] args) =>
        new("dotnet", [ServerProgram, .. args])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

    private static string Above(string directory) =>
        File.Exists(Path.Combine(directory, "Ledger.sln"))
            ? directory
            : Above(Path.GetDirectoryName(directory.TrimEnd('/'))!);
}
