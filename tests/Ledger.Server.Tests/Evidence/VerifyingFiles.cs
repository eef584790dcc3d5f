using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Ledger.Domain.Evidence;
using Ledger.Server.Tests.Proofs;
using Ledger.Store.Evidence;

namespace Ledger.Server.Tests.Evidence;

/// <summary>
/// A monitor attaches photos with the command line; an auditor who sits beside the database looks after them.
/// </summary>
public sealed class VerifyingFiles
{
    [Fact]
    public async Task Names_each_that_is_missing_or_altered()
    {
        await using var server = await Idlib.AdoptedAsync();
        var auditor = new Auditor();
        var (address, report) = (server.Http.BaseAddress!.ToString(), await EvidenceClient.FileAsync(server.Http));
        var photos = Enumerable.Range(0, 3).Select(i => EvidenceClient.Photo(5_000 + i)).ToArray();
        var names = photos.Select((_, i) => $"{i}.jpg").ToArray();
        for (var i = 0; i < photos.Length; i++)
            await File.WriteAllBytesAsync(Path.Combine(auditor.Home, names[i]), photos[i]);
        (await auditor.RunAsync(["report", "attach", report, .. names, "--server", address])).Exit.Should().Be(0);
        await auditor.FindsAllGoodAsync("verify", address);
        string[] verify = ["verify", "--database", server.Connection, "--evidence", server.Get<EvidenceFiles>().Folder];

        var (exit, said) = await auditor.RunAsync(verify);
        exit.Should().Be(0, said);
        said.Should().Contain("3 files intact");
        (exit, said) = await auditor.RunAsync("verify", "--database", server.Connection);
        exit.Should().Be(0, said);
        said.Should().Contain("NOT LOOKED AT: 3 files are attached").And.NotContain("intact");

        var (altered, missing) = (PathOf(server, photos[0]), PathOf(server, photos[1]));
        await File.WriteAllBytesAsync(altered, photos[2]);
        File.Delete(missing);
        (exit, said) = await auditor.RunAsync(verify);

        exit.Should().Be(2, said);
        said.Should()
            .Contain("2 of 3 files")
            .And.Contain($"{Path.GetFileName(altered)}, attached at position")
            .And.Contain($"{Path.GetFileName(missing)}, attached at position");

        // Whoever still has the files mends both.
        (exit, said) = await auditor.RunAsync(["report", "attach", report, .. names, "--server", address]);
        said.Should().Contain("already attached");
        (await auditor.RunAsync(verify)).Exit.Should().Be(0);
        (await server.Http.AskAsync($"{Idlib.Agreement}/entries?type=evidence_attached")).Json["entries"]!
            .AsArray()
            .Should()
            .HaveCount(3);
    }

    [Fact]
    public async Task Of_a_bundle_needs_nothing_but_the_bundle()
    {
        var auditor = new Auditor();
        var photos = Enumerable.Range(0, 3).Select(i => EvidenceClient.Photo(300_000 + i)).ToArray();
        byte[] one,
            other;
        await using (var server = await Idlib.AdoptedAsync())
        {
            var address = server.Http.BaseAddress!.ToString();
            var report = await EvidenceClient.FileAsync(server.Http);
            for (var i = 0; i < photos.Length; i++)
                await File.WriteAllBytesAsync(Path.Combine(auditor.Home, $"{i}.jpg"), photos[i]);
            (await auditor.RunAsync(["report", "attach", report, "0.jpg", "1.jpg", "2.jpg", "--server", address]))
                .Exit.Should()
                .Be(0);
            var onlyNamed = Idlib.Report("bombing", "2018-10-03");
            onlyNamed["report"]!["evidence"] = new JsonArray(new string('a', 64));
            (await server.Http.PostAsync($"{Idlib.Agreement}/reports", onlyNamed))
                .Status.Should()
                .Be(HttpStatusCode.Created);
            await auditor.FindsAllGoodAsync("bundle", Idlib.Id, "--server", address, "--evidence", "-o", "all.zip");
            await auditor.FindsAllGoodAsync("bundle", Idlib.Id, "--server", address, "-o", "without.zip");
            (one, other) = (
                await File.ReadAllBytesAsync(Path.Combine(auditor.Home, "all.zip")),
                await server.Http.GetByteArrayAsync($"/log/{Idlib.Id}/bundle.zip?evidence=included")
            );

            // Public reading opens the log, and no photo.
            (await server.Http.PostAsync($"{Idlib.Agreement}/public-reading", new JsonObject { ["public"] = true }))
                .Status.Should()
                .Be(HttpStatusCode.OK);
            using var stranger = server.Stranger();
            using var allowed = await stranger.GetAsync(
                $"/log/{Idlib.Id}/bundle.zip",
                HttpCompletionOption.ResponseHeadersRead
            );
            allowed.StatusCode.Should().Be(HttpStatusCode.OK);
            (await stranger.AskAsync($"/log/{Idlib.Id}/bundle.zip?evidence=included"))
                .Code.Should()
                .Be("permission/denied");
        }

        one.Should().Equal(other, "the same size and asker give the same bytes");
        (await auditor.RunAsync("verify", "all.zip"))
            .Should()
            .Match<(int Exit, string Said)>(found =>
                found.Exit == 0
                && found.Said.Contains(
                    "3 files intact, 1 named in reports but not stored here",
                    StringComparison.Ordinal
                )
            );
        (await auditor.RunAsync("verify", "without.zip"))
            .Should()
            .Match<(int Exit, string Said)>(found =>
                found.Exit == 0 && !found.Said.Contains("intact", StringComparison.Ordinal)
            );

        var folder = Path.Combine(auditor.Home, "unpacked");
        await ZipFile.ExtractToDirectoryAsync(Path.Combine(auditor.Home, "all.zip"), folder);
        using (
            var sums = System.Diagnostics.Process.Start(
                new System.Diagnostics.ProcessStartInfo("sha256sum", ["--check", "--strict", "SHA256SUMS"])
                {
                    WorkingDirectory = Path.Combine(folder, "evidence"),
                    RedirectStandardOutput = true,
                    UseShellExecute = false,
                }
            )!
        )
        {
            (await sums.StandardOutput.ReadToEndAsync())
                .Split('\n')
                .Count(line => line.EndsWith(": OK", StringComparison.Ordinal))
                .Should()
                .Be(3);
            await sums.WaitForExitAsync();
            sums.ExitCode.Should().Be(0);
        }

        string InFolder(byte[] photo) =>
            Path.Combine(folder, EvidenceName.InBundle(Convert.ToHexStringLower(SHA256.HashData(photo))));
        await File.WriteAllBytesAsync(InFolder(photos[0]), photos[1]);
        (await auditor.RunAsync("verify", "unpacked"))
            .Should()
            .Match<(int Exit, string Said)>(found =>
                found.Exit == 2 && found.Said.Contains("(evidence/altered)", StringComparison.Ordinal)
            );
        await File.WriteAllBytesAsync(InFolder(photos[0]), photos[0]);
        File.Delete(InFolder(photos[2]));
        (await auditor.RunAsync("verify", "unpacked"))
            .Should()
            .Match<(int Exit, string Said)>(found =>
                found.Exit == 2 && found.Said.Contains("(evidence/missing)", StringComparison.Ordinal)
            );
    }

    [Fact]
    public async Task Of_a_bundle_does_not_unpack_what_is_endless()
    {
        var auditor = new Auditor();
        await using (var zip = await ZipFile.OpenAsync(Path.Combine(auditor.Home, "bomb.zip"), ZipArchiveMode.Create))
        {
            await using var bomb = await zip.CreateEntry("checkpoint", CompressionLevel.SmallestSize).OpenAsync();
            var zeros = new byte[1 << 20];
            for (var i = 0; i < 400; i++)
                await bomb.WriteAsync(zeros);
        }

        var (exit, said) = await auditor.RunAsync("verify", "bomb.zip");

        exit.Should().Be(1);
        said.Should().Contain("the limit for a file of a log");
    }

    private static string PathOf(RunningServer server, byte[] file) =>
        server.Get<EvidenceFiles>().PathOf(Idlib.Id, Convert.ToHexStringLower(SHA256.HashData(file)));
}
