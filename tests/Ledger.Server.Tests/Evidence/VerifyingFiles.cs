using System.IO.Compression;
using System.Security.Cryptography;
using Ledger.Server.Tests.Proofs;
using Ledger.Store.Evidence;

namespace Ledger.Server.Tests.Evidence;

/// <summary>A monitor attaches photos with the command line; an auditor who sits beside the database looks after them.</summary>
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

        var (altered, missing) = (PathOf(server, photos[0]), PathOf(server, photos[1]));
        await File.WriteAllBytesAsync(altered, photos[2]);
        File.Delete(missing);
        (exit, said) = await auditor.RunAsync(verify);

        exit.Should().Be(2, said);
        said.Should().Contain("2 of 3 files").And.Contain($"{Path.GetFileName(altered)}, of position").And.Contain($"{Path.GetFileName(missing)}, attached at position");

        // Whoever still has the files mends both.
        (exit, said) = await auditor.RunAsync(["report", "attach", report, .. names, "--server", address]);
        said.Should().Contain("attached already");
        (await auditor.RunAsync(verify)).Exit.Should().Be(0);
        (await server.Http.AskAsync($"{Idlib.Agreement}/entries?type=evidence_attached")).Json["entries"]!.AsArray().Should().HaveCount(3);
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
        said.Should().Contain("which no file of a log has");
    }

    private static string PathOf(RunningServer server, byte[] file) => server.Get<EvidenceFiles>().PathOf(Idlib.Id, Convert.ToHexStringLower(SHA256.HashData(file)));
}
