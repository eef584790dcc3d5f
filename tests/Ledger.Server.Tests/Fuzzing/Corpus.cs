using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Ledger.Domain.Agreements;
using Ledger.Domain.Entries;
using Ledger.Proof.Entries;
using Ledger.Proof.Notes;
using Ledger.Proof.Witnesses;
using Ledger.Server.Description;
using Ledger.Verdicts;
using Ledger.Verdicts.Replaying;
using NodaTime;

namespace Ledger.Server.Tests.Fuzzing;

/// <summary>
/// Good inputs: the shipped agreements, the examples of the interface, and what a server with the demonstration
/// publishes.
/// </summary>
public sealed class Corpus : IAsyncLifetime
{
    private static readonly string[] Questions20 =
    [
        "",
        "asOf=2018-10-16",
        "asOf=2018-10-16T10:00:00Z&knownAt=20&lens=strict",
        "asOf=2018-10-16T10:00:00%2B03:00&knownAt=2018-10-14",
        "saidBy=2018-10-20&threshold=confirmed&match=possible",
        "reading=signed&without=01922b7e-4a00-7c3e-9f10-2b6d1c7a9e55,01922b7e-4a00-7c3e-9f10-2b6d1c7a9e56",
        "sourcesOnly=class:media,party:turkey",
        "sourcesNot=reliability:A&sourcesNot=party:russia",
        "fromAsOf=2018-10-10&fromKnownAt=5&fromSaidBy=2018-10-10&fromLens=strict",
    ];

    public static IReadOnlyDictionary<string, string> Beside { get; } =
        Files("*.geojson")
            .GroupBy(file => Path.GetFileName(file))
            .ToDictionary(file => file.Key, file => File.ReadAllText(file.First()), StringComparer.Ordinal);

    public RunningServer Server { get; private set; } = null!;

    public IReadOnlyList<byte[]> AgreementTexts { get; } =
    [.. Files("*.yaml").Where(file => !file.Contains("scenarios", StringComparison.Ordinal)).Select(File.ReadAllBytes)];

    public IReadOnlyList<byte[]> Scenarios { get; } = [.. Files("*.scenarios.yaml").Select(File.ReadAllBytes)];

    public AgreementFile Agreement { get; } =
        AgreementFile
            .Parse(File.ReadAllText(Repository.PathOf("agreements", Idlib.Id, "signed.yaml")), name => Beside[name])
            .Required();

    public IReadOnlyList<byte[]> Mappings => ImportedTables.MappingTexts;

    public ImportedTables Tables =>
        field ??= new ImportedTables(Agreement.Agreement, Files("*.csv").Select(File.ReadAllBytes));

    public IReadOnlyList<byte[]> AgreementJsons =>
        [Bytes(Agreement.Json.ToJsonString()), Bytes(Examples.Of("agreement_adopted")["file"]!.ToJsonString())];

    public IReadOnlyList<byte[]> Lines { get; } =
    [
        .. EventTypes
            .ByName.Keys.Where(type => type is not ("agreement_adopted" or "agreement_revised"))
            .Select(type => Bytes(new JsonObject { ["type"] = type, ["data"] = Examples.Of(type) }.ToJsonString())),
        .. Idlib.Demonstration().Split('\n').Where(line => line.Length < 4_000).Select(Bytes),
    ];

    public IReadOnlyList<byte[]> Reports { get; } =
    [
        Bytes(Examples.Of("report_filed").ToJsonString()),
        .. Idlib
            .Demonstration()
            .Split('\n')
            .Select(line => JsonNode.Parse(line)!)
            .Where(line => line["type"]!.GetValue<string>() == "report_filed")
            .Select(line => Bytes(line["data"]!.ToJsonString())),
    ];

    public IReadOnlyList<byte[]> Batches =>
        [
            Bytes(string.Join('\n', Idlib.Demonstration().Split('\n').Skip(1).Take(8))),
            Bytes(string.Join("\r\n", Lines.Take(6).Select(Encoding.UTF8.GetString))),
        ];

    public IReadOnlyList<byte[]> Geometries { get; } =
    [
        .. Files("*.geojson").Select(File.ReadAllBytes),
        Bytes(
            """{"type":"MultiPolygon","coordinates":[[[["36.1","35.1"],["36.2","35.1"],["36.2","35.2"],["36.1","35.1"]]],[[[37,35],[37.5,35],[37.5,35.5],[37,35]]]]}"""
        ),
    ];

    public IReadOnlyList<byte[]> Queries { get; } = [.. Questions20.Select(Bytes)];

    public IReadOnlyList<byte[]> Questions { get; } =
    [
        Bytes("""{"asOf":"2018-10-16","knownAt":"20","lens":"strict"}"""),
        Bytes(
            """{"asOf":"2018-10-16T10:00:00Z","knownAt":"2018-10-14","saidBy":"2018-10-14","threshold":"confirmed","match":"possible","reading":"signed"}"""
        ),
        Bytes(
            """{"asOf":"2018-10-16","sources":{"only":[{"class":"media"},{"party":"turkey"}]},"without":["01922b7e-4a00-7c3e-9f10-2b6d1c7a9e55"]}"""
        ),
    ];

    public Book Book { get; private set; } = null!;

    public Instant Now { get; } = Instant.FromUtc(2026, 11, 22, 0, 0);

    public IReadOnlyList<byte[]> Checkpoints { get; private set; } = [];

    public SignedCheckpoint Checkpoint { get; private set; } = null!;

    public IReadOnlyList<byte[]> Proofs { get; private set; } = [];

    public IReadOnlyList<byte[]> Additions { get; private set; } = [];

    public IReadOnlyList<byte[]> Policies { get; private set; } = [];

    public IReadOnlyList<byte[]> Keys { get; private set; } = [];

    public IReadOnlyList<byte[]> Disclosures { get; } =
    [
        Bytes(
            "WyJBQUVDQXdRRkJnY0lDUW9MREEwT0R3Iiwi bmFycmF0aXZlIiwid29yZHMiXQ".Replace(" ", "", StringComparison.Ordinal)
        ),
    ];

    public IReadOnlyList<byte[]> SealedValues { get; private set; } = [];

    public IReadOnlyList<byte[]> EntryBytes { get; private set; } = [];

    public int BundleWidth { get; private set; }

    public IReadOnlyList<byte[]> EntryBundles { get; private set; } = [];

    public IReadOnlyList<byte[]> TilePaths { get; } =
    [
        Bytes("tile/0/000"),
        Bytes("tile/1/x001/x234/067.p/12"),
        Bytes("tile/entries/x001/067"),
        Bytes("tile/entries/000.p/5"),
    ];

    public IReadOnlyList<byte[]> Heads { get; } =
    [
        [0xFF, 0xD8, 0xFF, 0xE0],
        [0, 0, 0, 0x18, .. "ftypisom"u8],
        [.. "RIFF\0\0\0\0WEBP"u8],
        [0x1A, 0x45, 0xDF, 0xA3, .. "webm"u8],
        [0x50, 0x4B, 3, 4, .. "word/"u8],
    ];

    public IReadOnlyList<byte[]> Bundles { get; private set; } = [];

    public IReadOnlyDictionary<string, byte[]> BundleContent { get; private set; } =
        new Dictionary<string, byte[]>(StringComparer.Ordinal);

    public IReadOnlyList<string> BundleNames { get; private set; } = [];

    /// <summary>Each file of the bundle after the number that chooses it.</summary>
    public IReadOnlyList<byte[]> BundleFiles =>
        [.. BundleNames.Select((name, i) => (byte[])[(byte)i, .. BundleContent[name]])];

    public async ValueTask InitializeAsync()
    {
        Server = await RunningServer.StartAsync();
        (await Server.Http.PostAsync($"{Idlib.Agreement}/entries/batch", Idlib.Demonstration(), "application/jsonl"))
            .Status.Should()
            .Be(HttpStatusCode.OK);
        var log = $"/log/{Idlib.Id}";
        Checkpoints = [await GetAsync($"{log}/checkpoint")];
        Checkpoint = SignedCheckpoint.Parse(Checkpoints[0]);
        Proofs =
        [
            await GetAsync($"{Idlib.Agreement}/entries/5/proof"),
            await GetAsync($"{Idlib.Agreement}/entries/1/proof"),
        ];
        Additions = [await GetAsync($"{log}/consistency?from=3"), await GetAsync($"{log}/consistency?from=0")];
        var policy = Encoding.UTF8.GetString(await GetAsync($"{log}/policy"));
        Keys = [Bytes(policy.Split(' ', '\n')[1])];
        var key = Encoding.UTF8.GetString(Keys[0]);
        Policies =
        [
            Bytes(policy),
            Bytes(
                $"log {key} https://example.org/log\nwitness w1 {key} https://example.org/w1\nwitness w2 {key}\ngroup g 1 w1 w2\nquorum g\n"
            ),
        ];
        Bundles = [await OpenedAsync($"{log}/bundle.zip")];
        await UnpackAsync(Bundles[0]);
        BundleWidth = (int)Math.Min(256, Checkpoint.Checkpoint.Size);
        EntryBundles = [BundleContent[EntryBundle.InTree(0, Checkpoint.Checkpoint.Size).Path]];
        EntryBytes =
        [
            .. EntryBundle
                .InTree(0, Checkpoint.Checkpoint.Size)
                .Read(EntryBundles[0])
                .Select(entry => entry.ToArray())
                .Where(entry => entry.Length < 8_000),
        ];
        SealedValues =
        [
            Bytes("""{"position":5,"name":"narrative","state":"opened","disclosure":"WyJhIl0"}"""),
            Bytes("""{"position":6,"name":"source.identity","state":"erased","by":9}"""),
        ];
        var entries = Encoding
            .UTF8.GetString(await GetAsync($"{Idlib.Agreement}/entries.jsonl"))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Book = Replay.Load(Agreement, entries).Required();
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private async Task UnpackAsync(byte[] bundle)
    {
        await using var zip = new ZipArchive(new MemoryStream(bundle));
        var content = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var entry in zip.Entries)
        {
            using var bytes = new MemoryStream();
            await using var stream = await entry.OpenAsync();
            await stream.CopyToAsync(bytes);
            content[entry.FullName] = bytes.ToArray();
        }

        (BundleContent, BundleNames) = (content, [.. content.Keys.Order(StringComparer.Ordinal)]);
    }

    private async Task<byte[]> OpenedAsync(string path)
    {
        using var answer = await Server.Http.PostAsync(path, Client.Body("""{"reason": "audit"}"""));
        return await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync();
    }

    private async Task<byte[]> GetAsync(string path) => await Server.Http.GetByteArrayAsync(path);

    /// <summary>
    /// Of the shipped agreements, and of a folder of one's own, if <c>LEDGER_FUZZ_SEEDS</c> names one.
    /// </summary>
    private static IEnumerable<string> Files(string pattern) =>
        new[] { Repository.PathOf("agreements"), Environment.GetEnvironmentVariable("LEDGER_FUZZ_SEEDS") }
            .Where(folder => folder is { Length: > 0 })
            .SelectMany(folder => Directory.GetFiles(folder!, pattern, SearchOption.AllDirectories))
            .Order(StringComparer.Ordinal);

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
