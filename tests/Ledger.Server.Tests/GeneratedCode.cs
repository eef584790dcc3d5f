using System.Diagnostics;

namespace Ledger.Server.Tests;

/// <summary>
/// The server starts on code that Wolverine generated before it was built. When this fails: delete src/Ledger.Server/Internal and run this test
/// with UPDATE_SNAPSHOTS=1.
/// </summary>
public sealed class GeneratedCode
{
    private static readonly string Kept = Repository.PathOf("src", "Ledger.Server", "Internal", "Generated");

    [Fact]
    public async Task Is_what_Wolverine_would_generate_today()
    {
        var workplace = Directory.CreateTempSubdirectory("ledger-codegen-");
        try
        {
            var start = Repository.Server("codegen", "write");
            start.WorkingDirectory = workplace.FullName;
            start.Environment["LEDGER_CONNECTION"] = "Host=127.0.0.1";
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            var output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            process.ExitCode.Should().Be(0, $"{output}{await errors}");

            var fresh = Read(Path.Combine(workplace.FullName, "Internal", "Generated"));
            if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
                Keep(fresh);
            Read(Kept).Should().BeEquivalentTo(fresh);
        }
        finally
        {
            workplace.Delete(recursive: true);
        }
    }

    private static Dictionary<string, string> Read(string directory) =>
        Directory.Exists(directory)
            ? Directory
                .GetFiles(directory, "*.cs", SearchOption.AllDirectories)
                .ToDictionary(
                    file => Path.GetRelativePath(directory, file),
                    file => File.ReadAllText(file).ReplaceLineEndings("\n"),
                    StringComparer.Ordinal
                )
            : [];

    private static void Keep(Dictionary<string, string> fresh)
    {
        if (Directory.Exists(Kept))
            Directory.Delete(Kept, recursive: true);
        foreach (var (file, text) in fresh)
        {
            var path = Path.Combine(Kept, file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }
    }
}
