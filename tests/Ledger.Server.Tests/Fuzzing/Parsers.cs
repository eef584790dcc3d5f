using System.IO.Compression;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.Cli;
using Ledger.Cli.Proofs;
using Ledger.Cli.Terminals;
using Ledger.Domain.Agreements;
using Ledger.Domain.Entries;
using Ledger.Domain.Evidence;
using Ledger.Domain.Input;
using Ledger.Domain.Places;
using Ledger.Proof.Disclosures;
using Ledger.Proof.Entries;
using Ledger.Proof.Json;
using Ledger.Proof.Notes;
using Ledger.Proof.Texts;
using Ledger.Proof.Trees;
using Ledger.Proof.Witnesses;
using Ledger.Server.Requests;
using Ledger.Verdicts;
using Ledger.Verdicts.Replaying;
using Ledger.Verdicts.Scenarios;
using Microsoft.AspNetCore.Http;
using NodaTime;

namespace Ledger.Server.Tests.Fuzzing;

/// <summary>
/// Every reader of outside input, without a network around it. What it takes must hold together afterwards as well.
/// </summary>
public sealed class Parsers(Corpus corpus)
{
    private static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb["Asia/Damascus"];

    public IReadOnlyList<Target> All =>
        [
            Of("agreement YAML", 10, corpus.AgreementTexts, AgreementYaml),
            Of("scenarios YAML", 4, corpus.Scenarios, ScenariosYaml),
            Of("agreement JSON", 6, corpus.AgreementJsons, AgreementJson),
            Of("entry JSON", 20, corpus.Lines, EntryJson),
            Of("report JSON", 16, corpus.Reports, ReportJson),
            new("JSON lines", 8, corpus.Batches, LinesAsync, IsElsewhere: true),
            Of("replayed lines", 4, corpus.Batches, ReplayedLines),
            Of("GeoJSON", 10, corpus.Geometries, GeoJson),
            Of("question", 14, corpus.Queries, Query),
            Of("question JSON", 6, corpus.Questions, Question),
            Of(
                "checkpoint",
                14,
                corpus.Checkpoints,
                bytes =>
                    Tolerating(() =>
                        SignedCheckpoint.Parse(bytes).ToString().Should().Be(Encoding.UTF8.GetString(bytes))
                    )
            ),
            Of(
                "proof",
                14,
                corpus.Proofs,
                bytes => Tolerating(() => TlogProof.Parse(bytes).ToString().Should().Be(Encoding.UTF8.GetString(bytes)))
            ),
            Of(
                "add-checkpoint",
                10,
                corpus.Additions,
                bytes =>
                    Tolerating(() => AddCheckpoint.Parse(bytes).ToString().Should().Be(Encoding.UTF8.GetString(bytes)))
            ),
            Of(
                "policy",
                12,
                corpus.Policies,
                bytes => Tolerating(() => TlogPolicy.Parse(bytes).Verify(corpus.Checkpoint))
            ),
            Of(
                "verifier key",
                4,
                corpus.Keys,
                bytes => Tolerating(() => VerifierKey.Parse(Encoding.UTF8.GetString(bytes)))
            ),
            Of(
                "disclosure",
                8,
                corpus.Disclosures,
                bytes => Tolerating(() => Disclosure.Parse(Encoding.UTF8.GetString(bytes)))
            ),
            Of("sealed values", 4, corpus.SealedValues, bytes => Tolerating(() => SealedCheck.Parse(bytes, 1))),
            Of(
                "entry bytes",
                12,
                corpus.EntryBytes,
                bytes => Tolerating(() => Ledger.Proof.Entries.Entry.Parse(bytes).ToBytes().Should().Equal(bytes))
            ),
            Of(
                "entry bundle",
                6,
                corpus.EntryBundles,
                bytes =>
                    Tolerating(() =>
                        EntryBundle.Write(new EntryBundle(0, corpus.BundleWidth).Read(bytes)).Should().Equal(bytes)
                    )
            ),
            Of("canonical JSON", 8, corpus.EntryBytes, bytes => Tolerating(() => CanonicalJson.Parse(bytes))),
            Of("tile path", 4, corpus.TilePaths, TilePath),
            Of(
                "first bytes of a file",
                2,
                corpus.Heads,
                bytes =>
                    FileType
                        .IsProgram(bytes)
                        .Should()
                        .Be(FileType.IsProgram(bytes) && FileType.Sniff(bytes) is not null)
            ),
            Of("mapping YAML", 8, corpus.Mappings, corpus.Tables.Mapping),
            new(
                "table in CSV",
                10,
                corpus.Tables.Csv,
                bytes => Task.Run(() => corpus.Tables.ReadCsv(bytes)),
                IsElsewhere: true
            ),
            new(
                "table in JSON lines",
                6,
                corpus.Tables.Lines,
                bytes => Task.Run(() => corpus.Tables.ReadLines(bytes)),
                IsElsewhere: true
            ),
            new("bundle", 2, corpus.Bundles, VerifyAsync, IsElsewhere: true),
            new("repacked bundle", 2, corpus.BundleFiles, RepackedAsync, IsElsewhere: true),
        ];

    private static Target Of(string name, int weight, IReadOnlyList<byte[]> seeds, Action<byte[]> read) =>
        new(
            name,
            weight,
            seeds,
            bytes =>
            {
                read(bytes);
                return Task.CompletedTask;
            }
        );

    private static void AgreementYaml(byte[] bytes)
    {
        if (
            AgreementFile.Parse(Encoding.UTF8.GetString(bytes), Beside) is Parsed<AgreementFile>.Good
            {
                Value: var file
            }
        )
            AgreementFile.Read(file.Json).Should().BeOfType<Parsed<Agreement>.Good>();
    }

    /// <summary>Finds what the shipped files name, and nothing for names that lead elsewhere.</summary>
    private static string? Beside(string name) =>
        name.EndsWith(".geojson", StringComparison.Ordinal) && Corpus.Beside.TryGetValue(name, out var text)
            ? text
            : null;

    private void ScenariosYaml(byte[] bytes) =>
        ScenarioFile.Parse(Encoding.UTF8.GetString(bytes), corpus.Agreement, _ => []);

    private static void AgreementJson(byte[] bytes) =>
        JsonInput
            .Parse(bytes)
            .Then(node => node is JsonObject file ? AgreementFile.Read(file) : new Parsed<Agreement>.Bad([]));

    private static void EntryJson(byte[] bytes) =>
        Hold(JsonInput.Parse(bytes).Then(node => EventBodies.Typed()(node, Zone)));

    private static void ReportJson(byte[] bytes) =>
        Hold(JsonInput.Parse(bytes).Then(node => EventBodies.Of("report_filed")(node, Zone)));

    /// <summary>What was read can be written so that it can be hashed, and reads the same again.</summary>
    internal static void Hold(Parsed<LedgerEvent> parsed)
    {
        if (parsed is not Parsed<LedgerEvent>.Good { Value: var said })
            return;
        try
        {
            var canonical = CanonicalJson.Write(LedgerJson.DataOf(said));
            var again = JsonSerializer.Deserialize(canonical, said.GetType(), LedgerJson.Options)!;
            CanonicalJson.Write(LedgerJson.DataOf((LedgerEvent)again)).Should().Equal(canonical);
        }
        catch (CanonicalJsonException)
        {
            // The writer refuses it with the exception's code and pointer.
        }
    }

    private static async Task LinesAsync(byte[] bytes)
    {
        await foreach (
            var line in BodyLines.ReadAsync(PipeReader.Create(new MemoryStream(bytes)), CancellationToken.None)
        )
            JsonInput.Parse(line.Bytes).Then(node => EventBodies.Typed()(node, Zone));
    }

    private void ReplayedLines(byte[] bytes) =>
        Replay.Load(corpus.Agreement, Encoding.UTF8.GetString(bytes).Split('\n'));

    private static void GeoJson(byte[] bytes)
    {
        if (
            JsonInput.Parse(bytes) is Parsed<JsonNode>.Good { Value: var node }
            && GeoShape.Read(new InputNode(node, "", new Problems())) is { } shape
        )
            GeoShape.Read(new InputNode(shape.Json, "", new Problems())).Should().Be(shape);
    }

    private void Query(byte[] bytes)
    {
        var request = new DefaultHttpContext().Request;
        request.QueryString = new QueryString("?" + Encoding.Latin1.GetString(bytes));
        request.Path = "/api/v1/agreements/x/verdicts";
        foreach (var form in Enum.GetValues<QuestionForm>())
        {
            if (
                PinnedQuestion.Read(request, corpus.Book, corpus.Now, form) is Parsed<PinnedQuestion>.Good
                {
                    Value: var asked
                }
            )
                Judge.Status(corpus.Book, asked.Question);
        }
    }

    private void Question(byte[] bytes)
    {
        if (JsonInput.Parse(bytes) is not Parsed<JsonNode>.Good { Value: var node })
            return;
        var problems = new Problems();
        if (QuestionReader.Read(new InputNode(node, "", problems), corpus.Book) is { } question && !problems.Any)
            Judge.Status(corpus.Book, question);
    }

    private static void TilePath(byte[] bytes)
    {
        var path = Encoding.UTF8.GetString(bytes);
        if (TileId.TryParse(path, out var tile))
            tile.Path.Should().Be(path);
        if (EntryBundle.TryParse(path, out var bundle))
            bundle.Path.Should().Be(path);
    }

    private static void Tolerating(Action read)
    {
        try
        {
            read();
        }
        catch (Exception refused) when (refused is MalformedException or CanonicalJsonException or TamperedException)
        {
            // An ordinary answer: it says which rule of the format is broken.
        }
    }

    private static async Task VerifyAsync(byte[] bytes)
    {
        var home = Directory.CreateTempSubdirectory("ledger-fuzz-");
        try
        {
            var file = Path.Combine(home.FullName, "bundle.zip");
            await File.WriteAllBytesAsync(file, bytes);
            var said = new StringWriter();
            var exit = await LedgerCommand.RunAsync(
                ["verify", file],
                new Terminal
                {
                    In = TextReader.Null,
                    Out = said,
                    Error = said,
                    Variable = name => name == "HOME" ? home.FullName : null,
                    Folder = home.FullName,
                }
            );
            exit.Should().BeInRange(0, 2, said.ToString());
            said.ToString().Should().NotContain("Exception").And.NotContain("   at ");
            Directory
                .GetFiles(Path.GetDirectoryName(home.FullName)!, "bundle.zip")
                .Should()
                .BeEmpty("nothing is written beside the directory");
        }
        finally
        {
            home.Delete(recursive: true);
        }
    }

    /// <summary>
    /// The archive is well-formed, and one file in it is not: what checks archives would find first hides what checks
    /// files.
    /// </summary>
    private async Task RepackedAsync(byte[] bytes)
    {
        // The first byte chooses the file.
        var chosen = corpus.BundleNames[bytes is [var which, ..] ? which % corpus.BundleNames.Count : 0];
        using var packed = new MemoryStream();
        await using (var zip = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in corpus.BundleContent)
            {
                await using var entry = await zip.CreateEntry(name, CompressionLevel.NoCompression).OpenAsync();
                await entry.WriteAsync(name == chosen ? bytes.AsMemory(Math.Min(1, bytes.Length)) : content);
            }
        }

        await VerifyAsync(packed.ToArray());
    }
}
