using Ledger.Local.Machine;

namespace Ledger.Local;

/// <summary>Where the programs and the data of this installation are.</summary>
public static class Checkout
{
    /// <summary>
    /// The directory of Ledger.sln; null for a published command that stands alone, as in a container.
    /// </summary>
    public static string? Root { get; } = Above(AppContext.BaseDirectory);

    /// <summary>The data directory of a start that names none: LEDGER_DATA, else one in the checkout.</summary>
    public static string DefaultData =>
        Environment.GetEnvironmentVariable("LEDGER_DATA") is { Length: > 0 } given
            ? given
            : Path.Combine(Root ?? Environment.CurrentDirectory, ".ledger");

    /// <summary>The server beside this program, else the one built in the checkout.</summary>
    public static string ServerProgram =>
        ServerPlaces.FirstOrDefault(File.Exists)
        ?? throw new LocalProblemException(
            $"There is no {ServerPlaces[^1]}. Start with the script ./ledger, which builds it."
        );

    private static string[] ServerPlaces =>
        [
            Path.Combine(AppContext.BaseDirectory, "Ledger.Server.dll"),
            Path.Combine(
                Root ?? AppContext.BaseDirectory,
                "src",
                "Ledger.Server",
                "bin",
                Configuration,
                "net10.0",
                "Ledger.Server.dll"
            ),
        ];

    // Release or Debug, as this program was built: its directory is bin/CONFIGURATION/net10.0.
    private static string Configuration =>
        Path.GetFileName(Path.GetDirectoryName(AppContext.BaseDirectory.TrimEnd('/'))) ?? "";

    private static string? Above(string? directory)
    {
        while (directory is not null && !File.Exists(Path.Combine(directory, "Ledger.sln")))
            directory = Path.GetDirectoryName(directory);
        return directory;
    }
}
