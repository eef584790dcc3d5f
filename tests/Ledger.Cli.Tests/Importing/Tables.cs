using System.Text;
using System.Text.Json.Nodes;
using Ledger.Cli.Reports.Importing;
using Ledger.Cli.Tests.Local;
using Ledger.Domain.Agreements;
using Ledger.Domain.Input;
using NodaTime;

namespace Ledger.Cli.Tests.Importing;

/// <summary>Tables of a test, and what the mappings make of them.</summary>
internal static class Tables
{
    public static readonly Agreement Idlib = AgreementFile
        .Parse(
            File.ReadAllText(Repository.PathOf("agreements", "idlib-2018", "signed.yaml")),
            beside => File.ReadAllText(Repository.PathOf("agreements", "idlib-2018", beside))
        )
        .Required()
        .Agreement;

    /// <summary>A mapping as short as one can be.</summary>
    public const string Short = """
        dataSet: test
        record: {column: id}
        reports:
          - report:
              kind: bombing
              occurred: {column: day, as: day}
              source: {class: media, name: A newspaper}
              summary: {column: words}
        """;

    public static Mapping Shipped(string name) =>
        Mapping.Parse(File.ReadAllText(Repository.PathOf("mappings", $"{name}.yaml"))).Required();

    public static IReadOnlyList<Filing> OfCsv(string mapping, string csv) =>
        OfCsv(Mapping.Parse(mapping).Required(), Encoding.UTF8.GetBytes(csv));

    public static IReadOnlyList<Filing> OfCsv(Mapping mapping, byte[] csv)
    {
        using var text = SourceText.Open(new MemoryStream(csv));
        return Of(mapping, CsvRows.Read(text, mapping.Needed));
    }

    public static IReadOnlyList<Filing> Of(Mapping mapping, IEnumerable<SourceRow> rows, RefutedForms? refuted = null)
    {
        var filings = new ReportMapper(mapping, Idlib, Instant.FromUtc(2026, 1, 1, 0, 0), refuted);
        return [.. rows.SelectMany(filings.Of)];
    }

    /// <summary>A folder with a small file of a kind that was read wrongly, its mapping, and what must happen.</summary>
    public static string Case(string name) =>
        Repository.PathOf("tests", "Ledger.Cli.Tests", "Importing", "Cases", name);

    /// <summary>A file as the command reads it: twice, and told by its content.</summary>
    public static IReadOnlyList<Filing> OfFile(Mapping mapping, string path)
    {
        using var file = new SourceFile(path, Path.GetFileName(path), mapping);
        return Of(mapping, file.Rows(), RefutedForms.In(mapping, file.Rows()));
    }

    public static IReadOnlyList<Filing> OfCase(string name, string file = "input.csv") =>
        OfFile(
            Mapping.Parse(File.ReadAllText(Path.Combine(Case(name), "mapping.yaml"))).Required(),
            Path.Combine(Case(name), file)
        );

    public static Filing.Good Good(this Filing filing) =>
        filing.Should().BeOfType<Filing.Good>(string.Join('\n', (filing as Filing.Bad)?.Problems ?? [])).Subject;

    public static Problem Problem(this Filing filing) =>
        filing.Should().BeOfType<Filing.Bad>().Subject.Problems.Should().ContainSingle().Subject;

    public static JsonNode ReportOf(this Filing filing) => filing.Good().Data["report"]!;
}
