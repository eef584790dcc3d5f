using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using Ledger.Cli.Backups;
using Ledger.Cli.Installation;

namespace Ledger.Cli.Tests.Backups;

/// <summary>A ledger of two reports and one file of evidence, with one backup of it.</summary>
public sealed class WithABackup : IAsyncLifetime
{
    public BackedUpLedger Ledger { get; private set; } = null!;

    public string Archive { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        Ledger = await BackedUpLedger.StartAsync();
        await Ledger.AttachAsync(await Ledger.AdoptAsync(), "photograph.txt", "What was photographed");
        await Ledger.SucceedsAsync(ABackedUpLedger.Take);
        Archive = Directory.GetFiles(Ledger.Backups).Single();
    }

    public ValueTask DisposeAsync() => Ledger.DisposeAsync();
}

public sealed class ABackedUpLedger(WithABackup made) : IClassFixture<WithABackup>
{
    /// <summary>A public key is quick, and a passphrase is slow on purpose.</summary>
    public static readonly AgeIdentity Key = AgeIdentity.New();

    private static string To(string folder) =>
        $"./ledger backup {folder} --data /srv/ledger --recipient {Key.Recipient}";

    public static string Take => To("/media/backup");

    private BackedUpLedger Ledger => made.Ledger;

    [Fact]
    public async Task Is_not_restored_with_another_key_or_a_passphrase()
    {
        await RefusesAsync("backup/wrong-key", Ledger.Backups, $"--identity {await WriteAsync(AgeIdentity.New())}");
        await RefusesAsync("backup/wrong-key", Ledger.Backups, "--passphrase-file backup.passphrase");
    }

    [Fact]
    public async Task Is_not_restored_with_another_passphrase()
    {
        await Ledger.SucceedsAsync("./ledger backup secret --data /srv/ledger --passphrase-file backup.passphrase");
        await File.WriteAllTextAsync(Ledger.In("other.passphrase"), "another\n");

        await RefusesAsync("backup/wrong-key", Ledger.In("secret"), "--passphrase-file other.passphrase");
    }

    [Theory]
    [InlineData(30, "backup/")]
    [InlineData(300, "backup/altered")]
    [InlineData(-1, "backup/altered")]
    [InlineData(-5_000, "backup/altered")]
    public async Task Is_not_restored_when_a_byte_was_changed(int at, string code)
    {
        var copy = Copy();
        var archive = Directory.GetFiles(copy).Single();
        var bytes = await File.ReadAllBytesAsync(archive);
        bytes[at < 0 ? bytes.Length + at : at] ^= 1;
        await File.WriteAllBytesAsync(archive, bytes);

        await RefusesAsync(code, copy);
    }

    [Fact]
    public async Task Is_not_restored_when_its_end_is_missing()
    {
        var copy = Copy();
        var archive = Directory.GetFiles(copy).Single();
        await using (var file = File.OpenWrite(archive))
            file.SetLength(file.Length / 2);

        await RefusesAsync("backup/altered", copy);
    }

    [Fact]
    public async Task Is_not_restored_without_its_evidence()
    {
        var copy = Copy();
        Directory.Delete(Path.Combine(copy, "evidence"), recursive: true);

        await RefusesAsync("backup/missing-file", copy);
    }

    [Fact]
    public async Task Is_not_restored_with_evidence_that_was_changed()
    {
        var copy = Copy();
        var file = Directory.EnumerateFiles(Path.Combine(copy, "evidence"), "*", SearchOption.AllDirectories).Single();
        var bytes = await File.ReadAllBytesAsync(file);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(file, bytes);

        await RefusesAsync("backup/altered", copy);
    }

    [Fact]
    public async Task Is_not_restored_over_anything()
    {
        Directory.CreateDirectory(Ledger.In("taken"));
        await File.WriteAllTextAsync(Ledger.In("taken/letter"), "mine");

        await RefusesAsync("backup/target-not-empty", Ledger.Backups, data: "taken");

        (await File.ReadAllTextAsync(Ledger.In("taken/letter"))).Should().Be("mine");
    }

    [Fact]
    public async Task Is_not_restored_when_a_file_is_missing_that_its_manifest_names()
    {
        var copy = await RepackedAsync((_, files) => files.Remove("master.key"), lists: false);

        await RefusesAsync("backup/missing-file", copy);
    }

    [Fact]
    public async Task Is_not_restored_when_it_has_more_than_its_manifest_names()
    {
        var copy = await RepackedAsync((_, files) => files["stranger"] = "?"u8.ToArray(), lists: false);

        await RefusesAsync("backup/not-listed", copy);
    }

    /// <summary>Whoever has the passphrase can make an archive that fits, and still not what was signed.</summary>
    [Fact]
    public async Task Is_not_restored_when_it_is_not_what_was_signed()
    {
        var copy = await RepackedAsync(
            (_, files) =>
            {
                var rows = Unzip(files["tables/ledger_entry.copy.gz"]).Split('\n');
                files["tables/ledger_entry.copy.gz"] = Zip(string.Join('\n', rows[1..]));
            },
            lists: true
        );

        await RefusesAsync("backup/not-verified", copy);
    }

    [Fact]
    public async Task Is_not_restored_without_a_key_that_an_entry_needs()
    {
        var copy = await RepackedAsync(
            (_, files) =>
            {
                foreach (
                    var name in files.Keys.Where(name => name.EndsWith(".keys", StringComparison.Ordinal)).ToList()
                )
                    files.Remove(name);
            },
            lists: true
        );

        await RefusesAsync("backup/not-verified", copy);
    }

    [Fact]
    public async Task Keeps_evidence_once_and_gives_it_no_name_that_tells_what_it_is()
    {
        var evidence = Path.Combine(Ledger.Backups, "evidence");
        var before = Directory.GetFiles(evidence, "*", SearchOption.AllDirectories).Single();
        var written = File.GetLastWriteTimeUtc(before);
        var sha256 = Convert.ToHexStringLower(SHA256.HashData("What was photographed"u8));

        var again = BackedUpLedger.Json(await Ledger.SucceedsAsync($"{To("again")} --json"));
        again["newEvidence"]!.GetValue<int>().Should().Be(1, "it is another folder");
        again = BackedUpLedger.Json(await Ledger.SucceedsAsync($"{To("again")} --json"));

        again["evidence"]!.GetValue<int>().Should().Be(1);
        again["newEvidence"]!.GetValue<int>().Should().Be(0);
        File.GetLastWriteTimeUtc(before).Should().Be(written);
        before.Should().NotContain(sha256);
    }

    [Fact]
    public async Task Names_every_file_with_its_digest_and_the_root_of_every_log()
    {
        var (manifest, files) = await UnpackAsync(made.Archive);

        manifest.Files.Select(file => file.Name).Should().BeEquivalentTo(files.Keys);
        foreach (var file in manifest.Files)
            Convert.ToHexStringLower(SHA256.HashData(files[file.Name])).Should().Be(file.Sha256);
        manifest.Checkpoints.Should().ContainSingle().Which.Agreement.ToString().Should().Be(Demonstration.Agreement);
        var said = await Ledger.SucceedsAsync("./ledger verify");
        said.Should().Contain(manifest.Checkpoints[0].Root);
        files.Keys.Should().Contain(["log.key", "master.key", "backup.key", "first-start.json"]);
        files.Keys.Should().NotContain("operator.token");
    }

    [Fact]
    public async Task Says_which_evidence_no_longer_is_what_it_was()
    {
        await using var other = await BackedUpLedger.StartAsync();
        await other.AttachAsync(await other.AdoptAsync(), "photograph.txt", "What was photographed");
        var file = Directory
            .EnumerateFiles(Path.Combine(other.Data, "evidence"), "*", SearchOption.AllDirectories)
            .Single();
        await File.WriteAllTextAsync(file, "Something else");

        var (exit, said) = await other.RunAsync(Take);

        exit.Should().Be(1);
        said.Should().Contain("evidence/altered").And.Contain(Path.GetFileName(file));
    }

    private async Task RefusesAsync(string code, string backups, string? key = null, string data = "restored")
    {
        key ??= $"--identity {await WriteAsync(Key)}";
        var before = Everything();

        var (exit, said) = await Ledger.RunAsync($"./ledger restore {Path.GetFileName(backups)} --data {data} {key}");

        exit.Should().Be(1, said);
        said.Should().Contain($"({code}");
        Everything().Should().BeEquivalentTo(before, "nothing is left half done");

        List<string> Everything() =>
            [
                .. Directory
                    .EnumerateFileSystemEntries(Path.GetDirectoryName(Ledger.Data)!)
                    .Where(entry => entry != backups),
            ];
    }

    /// <summary>The name of a file with a key.</summary>
    private async Task<string> WriteAsync(AgeIdentity identity)
    {
        var name = $"{Guid.NewGuid():N}.key";
        await File.WriteAllTextAsync(Ledger.In(name), $"{identity}\n");
        return name;
    }

    /// <summary>A copy of the folder of backups, which a test may spoil.</summary>
    private string Copy()
    {
        var copy = Ledger.In($"copy-{Guid.NewGuid():N}");
        foreach (var file in Directory.EnumerateFiles(Ledger.Backups, "*", SearchOption.AllDirectories))
        {
            var to = Path.Combine(copy, Path.GetRelativePath(Ledger.Backups, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }

        return copy;
    }

    private async Task<string> RepackedAsync(Action<BackupManifest, Dictionary<string, byte[]>> change, bool lists)
    {
        var copy = Copy();
        var archive = Directory.GetFiles(copy).Single();
        var (manifest, files) = await UnpackAsync(archive);
        change(manifest, files);
        if (lists)
            manifest = manifest with
            {
                Files =
                [
                    .. files.Select(file => new BackedUpFile(
                        file.Key,
                        Convert.ToHexStringLower(SHA256.HashData(file.Value)),
                        file.Value.Length
                    )),
                ],
            };
        await using var target = File.Create(archive);
        await using var encrypted = AgeFile.Write(target, [Key.Recipient]);
        await using var tar = new TarWriter(encrypted);
        foreach (var (name, content) in files.Prepend(new(BackupManifest.Name, manifest.Write())))
        {
            using var bytes = new MemoryStream(content);
            await tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = bytes });
        }

        return copy;
    }

    private static async Task<(BackupManifest Manifest, Dictionary<string, byte[]> Files)> UnpackAsync(string archive)
    {
        await using var source = File.OpenRead(archive);
        await using var opened = AgeFile.Read(source, [Key]);
        await using var tar = new TarReader(opened);
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        while (await tar.GetNextEntryAsync() is { } entry)
        {
            using var content = new MemoryStream();
            await (entry.DataStream ?? Stream.Null).CopyToAsync(content);
            files.Add(entry.Name, content.ToArray());
        }

        files.Remove(BackupManifest.Name, out var manifest);
        using var text = new MemoryStream(manifest!);
        return (BackupManifest.Read(text), files);
    }

    private static string Unzip(byte[] packed)
    {
        using var reader = new StreamReader(new GZipStream(new MemoryStream(packed), CompressionMode.Decompress));
        return reader.ReadToEnd();
    }

    private static byte[] Zip(string text)
    {
        using var packed = new MemoryStream();
        using (var writer = new StreamWriter(new GZipStream(packed, CompressionMode.Compress)))
            writer.Write(text);
        return packed.ToArray();
    }
}
