using System.Diagnostics;
using System.IO.Compression;
using System.Text.Json.Nodes;
using Ledger.Testing;

namespace Ledger.Server.Tests.Proofs;

/// <summary>
/// A log, receipts and proofs of consistency verified with golang.org/x/mod/sumdb, which Go's checksum database uses
/// and which knows nothing of us; the program is tests/other-tools/verify.go.
/// </summary>
public sealed class AnotherTool(AnotherTool.Log log) : IClassFixture<AnotherTool.Log>
{
    private const string Modules = "/usr/share/gocode";

    [Fact]
    public async Task Finds_a_log_and_its_proofs_good() =>
        (await VerifyAsync(log.Key, log.Directory, log.Proofs))
            .Should()
            .Be((0, $"{Log.Size} entries, {log.Proofs.Length} proofs\n"));

    [Theory]
    [InlineData("checkpoint", 45)]
    [InlineData("tile/entries/001", 3_000)]
    [InlineData("tile/entries/002.p/89", 70)]
    [InlineData("tile/0/000", 2_000)]
    [InlineData("tile/0/002.p/89", 40)]
    [InlineData("tile/1/000.p/2", 33)]
    public async Task Finds_a_changed_byte(string file, int at)
    {
        using var copy = new Copy(log.Directory);
        var path = Path.Combine(copy.Folder, file);
        var bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        bytes[at] ^= 1;
        await File.WriteAllBytesAsync(path, bytes, TestContext.Current.CancellationToken);

        (await VerifyAsync(log.Key, copy.Folder, [])).Exit.Should().Be(2);
    }

    [Fact]
    public async Task Finds_a_proof_of_something_else()
    {
        foreach (var proof in log.Proofs)
        {
            var lines = await File.ReadAllLinesAsync(proof, TestContext.Current.CancellationToken);
            var about = Array.FindIndex(
                lines,
                line =>
                    line.StartsWith("index ", StringComparison.Ordinal)
                    || line.StartsWith("old ", StringComparison.Ordinal)
            );
            var words = lines[about].Split(' ');
            lines[about] = $"{words[0]} {(words[1] == "300" ? 299 : 300)}";
            var forged = Path.Combine(Scratch.Folder("forged"), Path.GetFileName(proof));
            await File.WriteAllTextAsync(
                forged,
                string.Join('\n', lines) + "\n",
                TestContext.Current.CancellationToken
            );

            (await VerifyAsync(log.Key, log.Directory, [forged])).Exit.Should().Be(2, proof);
        }
    }

    private static async Task<(int Exit, string Said)> VerifyAsync(string key, string directory, string[] proofs)
    {
        using var process = Process.Start(
            new ProcessStartInfo(await Program.Value, [key, directory, .. proofs])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
            }
        )!;
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, said);
    }

    private static readonly Lazy<Task<string>> Program = new(async () =>
    {
        if (!Directory.Exists($"{Modules}/src/golang.org/x/mod/sumdb/tlog") || !File.Exists("/usr/bin/go"))
            throw new InvalidOperationException(
                "There is no Go with golang.org/x/mod: apt-get install golang-go golang-golang-x-mod-dev"
            );
        var folder = Scratch.Folder("go");
        var (program, start) = (
            Path.Combine(folder, "verify"),
            new ProcessStartInfo("/usr/bin/go") { UseShellExecute = false, RedirectStandardError = true }
        );
        foreach (
            var argument in (string[])
                ["build", "-o", program, Path.Combine(Repository.Root, "tests", "other-tools", "verify.go")]
        )
            start.ArgumentList.Add(argument);
        (start.Environment["GO111MODULE"], start.Environment["GOPATH"], start.Environment["GOCACHE"]) = (
            "off",
            Modules,
            Path.Combine(folder, "cache")
        );
        using var build = Process.Start(start)!;
        var said = await build.StandardError.ReadToEndAsync();
        await build.WaitForExitAsync();
        return build.ExitCode == 0 ? program : throw new InvalidOperationException(said);
    });

    /// <summary>
    /// Two full tiles and a partial one, in a directory, with receipts and proofs of consistency around the borders of
    /// tiles.
    /// </summary>
    public sealed class Log : IAsyncLifetime
    {
        public const int Size = 601;

        public string Key { get; private set; } = "";

        public string Directory { get; private set; } = "";

        public string[] Proofs { get; private set; } = [];

        public async ValueTask InitializeAsync()
        {
            await using var server = await VerifyingALedger.WithReportsAsync(Size - 1);
            var folder = Scratch.Folder("log");
            Directory = Path.Combine(folder, "log");
            await File.WriteAllBytesAsync(
                Path.Combine(folder, "log.zip"),
                await server.Http.GetByteArrayAsync($"/log/{Idlib.Id}/bundle.zip")
            );
            await ZipFile.ExtractToDirectoryAsync(Path.Combine(folder, "log.zip"), Directory);
            Key = (await server.Http.AskAsync($"/log/{Idlib.Id}/policy")).Text.Split(' ', '\n')[1];
            var files = new List<string>();
            foreach (var position in (int[])[1, 2, 255, 256, 257, 512, 513, 600, 601])
                files.Add(
                    await SaveAsync($"/api/v1/agreements/{Idlib.Id}/entries/{position}/proof", $"{position}.tlog-proof")
                );
            foreach (var size in (int[])[1, 2, 255, 256, 257, 511, 512, 513, 600, 601])
                files.Add(await SaveAsync($"/log/{Idlib.Id}/consistency?from={size}", $"{size}.add-checkpoint"));
            Proofs = [.. files];

            async Task<string> SaveAsync(string address, string name)
            {
                await File.WriteAllBytesAsync(Path.Combine(folder, name), await server.Http.GetByteArrayAsync(address));
                return Path.Combine(folder, name);
            }
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class Copy : IDisposable
    {
        public Copy(string directory)
        {
            foreach (var file in System.IO.Directory.GetFiles(directory, "*", SearchOption.AllDirectories))
            {
                var target = Path.Combine(Folder, Path.GetRelativePath(directory, file));
                System.IO.Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.Copy(file, target);
            }
        }

        public string Folder { get; } = Scratch.Folder("copy");

        public void Dispose() => System.IO.Directory.Delete(Folder, recursive: true);
    }
}
