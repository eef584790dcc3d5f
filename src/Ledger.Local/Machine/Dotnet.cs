namespace Ledger.Local.Machine;

public static class Dotnet
{
    /// <summary>The `dotnet` that runs this program, so that what we start uses the same.</summary>
    public static string Host =>
        Path.GetFileName(Environment.ProcessPath) == "dotnet"
            ? Environment.ProcessPath!
            : Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
}
