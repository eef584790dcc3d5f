using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Ledger.Server.Tests.Proofs;

public sealed class VerifyingALedger
{
    [Fact]
    public async Task Finds_server_bundle_directory_and_database_good()
    {
        await using var server = await WithReportsAsync(270);
        var auditor = new Auditor();

        var (exit, said) = await auditor.RunAsync("verify", server.Http.BaseAddress!.ToString());
        exit.Should().Be(0, said);
        said.Should()
            .Contain("271 entries")
            .And.Contain("seen for the first time")
            .And.Contain("provisions evaluated again")
            .And.Contain("2 withheld from you");

        await auditor.FindsAllGoodAsync("bundle", Idlib.Id, "--server", server.Http.BaseAddress.ToString());
        await auditor.FindsAllGoodAsync("verify", $"{Idlib.Id}.zip");
        ZipFile.ExtractToDirectory(
            Path.Combine(auditor.Home, $"{Idlib.Id}.zip"),
            Path.Combine(auditor.Home, "unpacked")
        );
        File.Exists(Path.Combine(auditor.Home, "unpacked", "tile", "entries", "000")).Should().BeTrue();
        await auditor.FindsAllGoodAsync("verify", "unpacked");
        await auditor.FindsAllGoodAsync("verify", "--database", server.Connection);

        (await auditor.RunAsync("verify", $"{Idlib.Id}.zip"))
            .Said.Should()
            .Contain("continues the checkpoint")
            .And.NotContain("first time");
    }

    [Theory]
    [InlineData(3, false, false)]
    [InlineData(3, true, false)]
    [InlineData(1, false, false)]
    [InlineData(3, true, true)]
    [InlineData(1, true, true)]
    public async Task Calls_a_ledger_of_the_same_name_and_another_key_another_ledger(
        int reports,
        bool withPolicy,
        bool inDatabase
    )
    {
        var auditor = new Auditor();
        await using (var first = await WithReportsAsync(2))
            await auditor.FindsAllGoodAsync("verify", first.Http.BaseAddress!.ToString());
        await using var second = await WithReportsAsync(reports);
        await File.WriteAllTextAsync(
            Path.Combine(auditor.Home, "policy"),
            await second.Http.GetStringAsync($"/log/{Idlib.Id}/policy")
        );

        var (exit, said) = await auditor.RunAsync([
            "verify",
            .. inDatabase ? (string[])["--database", second.Connection] : [second.Http.BaseAddress!.ToString()],
            .. withPolicy ? (string[])["--policy", "policy"] : [],
        ]);

        exit.Should().Be(1, said);
        said.Should()
            .Contain("not the ledger that you verified before")
            .And.Contain("--kept DIRECTORY")
            .And.NotContain("TAMPERED")
            .And.NotContain("good.");
    }

    [Fact]
    public async Task Needs_no_server_for_a_bundle()
    {
        var auditor = new Auditor();
        await using (var server = await WithReportsAsync(3))
            await auditor.FindsAllGoodAsync(
                "bundle",
                Idlib.Id,
                "--server",
                server.Http.BaseAddress!.ToString(),
                "--disclosures",
                "--reason",
                "audit",
                "-o",
                "all.zip"
            );

        (await auditor.RunAsync("verify", "all.zip"))
            .Said.Should()
            .Contain("2 opened and matching, 0 withheld")
            .And.Contain("provisions evaluated again");
    }

    [Fact]
    public async Task Makes_the_same_bundle_twice_and_passes_no_sealed_value_on()
    {
        await using var server = await WithReportsAsync(3);

        var (one, other) = (
            await server.Http.GetByteArrayAsync($"/log/{Idlib.Id}/bundle.zip"),
            await server.Http.GetByteArrayAsync($"/log/{Idlib.Id}/bundle.zip")
        );

        SHA256.HashData(one).Should().Equal(SHA256.HashData(other));
        System
            .Text.Encoding.Latin1.GetString(one)
            .Should()
            .Contain("\"state\":\"withheld\"")
            .And.NotContain("baker")
            .And.NotContain("disclosure\":");
        // An earlier size that was signed gives the bundle it gave then.
        (await server.Http.GetByteArrayAsync($"/log/{Idlib.Id}/bundle.zip?size=2"))
            .Length.Should()
            .BeLessThan(one.Length);
        (await server.Http.AskAsync($"/log/{Idlib.Id}/bundle.zip?size=99")).Code.Should().Be("log/not-found");
    }

    [Theory]
    [InlineData("tile/entries/000.p/4", 400, "entry/")]
    [InlineData("tile/0/000.p/4", 70, "position 3: the entry hashes to")]
    [InlineData("checkpoint", 40, "checkpoint/")]
    [InlineData("verdicts.json", 90, "verdict/")]
    public async Task Finds_a_changed_byte_in_a_directory(string file, int at, string finding)
    {
        var auditor = await UnpackedAsync();
        var path = Path.Combine(auditor.Home, "unpacked", file);
        var bytes = await File.ReadAllBytesAsync(path);
        bytes[at] ^= 1;
        await File.WriteAllBytesAsync(path, bytes);

        var (exit, said) = await auditor.RunAsync("verify", "unpacked");

        (exit, said)
            .Should()
            .Match<(int Exit, string Said)>(result =>
                result.Exit == 2 && result.Said.Contains(finding, StringComparison.Ordinal)
            );
    }

    [Fact]
    public async Task Finds_a_verdict_that_does_not_follow()
    {
        var auditor = await UnpackedAsync();
        var path = Path.Combine(auditor.Home, "unpacked", "verdicts.json");
        var stated = JsonNode.Parse(await File.ReadAllTextAsync(path))!;
        stated["status"]!["verdicts"]![0]!["verdict"] = "fulfilled-by-decree";
        await File.WriteAllTextAsync(path, stated.ToJsonString());

        var (exit, said) = await auditor.RunAsync("verify", "unpacked");

        exit.Should().Be(2);
        said.Should().Contain("/verdicts/0/verdict says \"fulfilled-by-decree\"").And.Contain("verdict/other");
        (await auditor.RunAsync("verify", "unpacked", "--proofs-only")).Exit.Should().Be(0);
    }

    [Fact]
    public async Task Cannot_check_what_is_not_there()
    {
        var auditor = new Auditor();

        (await auditor.RunAsync("verify", "nowhere.zip")).Exit.Should().Be(1);
        (await auditor.RunAsync("verify", "http://127.0.0.1:9")).Exit.Should().Be(1);
        (await auditor.RunAsync("verify", "--database", "Host=127.0.0.1;Port=9;Timeout=2")).Exit.Should().Be(1);
        await File.WriteAllTextAsync(Path.Combine(auditor.Home, "policy"), "nonsense\n");
        (await auditor.RunAsync("verify", ".", "--policy", "policy")).Exit.Should().Be(1);
    }

    [Fact]
    public async Task Prints_the_key_to_compare()
    {
        await using var server = await Idlib.AdoptedAsync();

        var (exit, said) = await new Auditor().RunAsync("key", "--server", server.Http.BaseAddress!.ToString());

        exit.Should().Be(0);
        Ledger.Proof.Notes.VerifierKey.Parse(said.Trim()).Name.Should().Be($"ledger.local/{Idlib.Id}");
    }

    internal static async Task<RunningServer> WithReportsAsync(int reports)
    {
        var server = await Idlib.AdoptedAsync();
        var secret = Idlib.Report("bombing", "2018-10-03");
        secret["report"]!["narrative"] = "The baker heard it.";
        secret["report"]!["source"]!["identity"] = "A baker";
        (await server.Http.PostAsync($"{Idlib.Agreement}/reports", secret)).Status.Should().Be(HttpStatusCode.Created);
        var lines = string.Join(
            '\n',
            Enumerable.Range(0, reports - 1).Select(_ => Idlib.Report("bombing", "2018-10-03").ToJsonString())
        );
        (await server.Http.PostAsync($"{Idlib.Agreement}/reports/batch", lines, "application/jsonl"))
            .Status.Should()
            .Be(HttpStatusCode.OK);
        return server;
    }

    private static async Task<Auditor> UnpackedAsync()
    {
        var auditor = new Auditor();
        await using var server = await WithReportsAsync(3);
        await auditor.FindsAllGoodAsync(
            "bundle",
            Idlib.Id,
            "--server",
            server.Http.BaseAddress!.ToString(),
            "-o",
            "all.zip"
        );
        ZipFile.ExtractToDirectory(Path.Combine(auditor.Home, "all.zip"), Path.Combine(auditor.Home, "unpacked"));
        return auditor;
    }
}
