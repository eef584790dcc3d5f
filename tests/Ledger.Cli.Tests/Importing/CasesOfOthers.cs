using System.IO.Compression;
using System.Text;
using Ledger.Cli.Reports.Importing;
using Ledger.Cli.Terminals;
using Ledger.Cli.Tests.Local;
using Ledger.Domain.Input;
using MiniExcelLibs;
using static Ledger.Cli.Tests.Importing.Tables;

namespace Ledger.Cli.Tests.Importing;

/// <summary>
/// Small files after faults that were reported of other tools and public data sets: each folder of <c>Cases</c> has one,
/// with its mapping and what must happen.
/// </summary>
public sealed class CasesOfOthers : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("002-null-island", "report/point-zero")]
    [InlineData("005-epoch-zero-date", "report/day-zero")]
    public void What_programs_write_for_nothing_is_warned_of(string name, string code) =>
        OfCase(name).Single().Good().Warnings.Select(warning => warning.Code).Should().Contain(code);

    [Fact]
    public void A_form_that_any_row_refutes_files_no_row()
    {
        var filings = OfCase("004-month-before-day");

        filings.Take(2).Should().OnlyContain(filing => filing.Problem().Code == "import/form-refuted");
        filings[2].Problem().Code.Should().Be("import/not-a-day");
    }

    [Fact]
    public void A_geopoint_is_taken_apart()
    {
        var place = OfCase("006-point-in-one-column").Single().Good().Report.Report.Place!;

        (place.Point!.Lat, place.Point.Lon, place.Radius).Should().Be((35.6m, 36.5m, 5));
    }

    [Fact]
    public void A_local_time_keeps_its_hour()
    {
        var filed = OfCase("007-local-date-time").Single().Good().Report;

        filed.Report.Occurred.From.ToString().Should().Be("2018-10-02T11:30:00Z", "it is 14:30 in Damascus");
        filed.SaidAt.ToString().Should().Be("2018-10-02T11:35:00Z");
    }

    [Fact]
    public void The_cause_is_asked_before_the_type() =>
        OfCase("008-uxo-typed-as-air-strike")
            .Select(filing => filing.Good().Report.Report.Kind)
            .Should()
            .Equal("unexploded-ordnance", "bombing", "bombing", "shelling");

    [Fact]
    public void A_control_character_is_named_with_its_column_and_place()
    {
        var filing = OfCase("011-c1-control").Single();

        filing.Problem().Message.Should().Contain("U+0092").And.Contain("character 9");
        filing.ColumnsOf(filing.Problem()).Should().Equal("notes");
    }

    [Fact]
    public void A_workbook_of_which_half_is_missing_is_told_as_that() =>
        FluentActions
            .Invoking(() => OfCase("012-xlsx-message", "input.xlsx"))
            .Should()
            .Throw<CommandException>()
            .WithMessage("*Excel workbook*damaged*save it as CSV*");

    /// <summary>Whatever a spreadsheet program shows, its workbook holds days as days and numbers as numbers.</summary>
    [Fact]
    public void A_workbook_is_read_as_its_table_would_be()
    {
        var path = Path.Combine(_folder.Path, "records.csv");
        MiniExcel.SaveAs(
            path,
            new[]
            {
                Row(1, new DateTime(2018, 10, 1), "Shelling", "Kafranbel", 35.61376, 36.56449),
                Row(2, "13/10/2018", "Air strike", "مورك", 35.37, 36.69),
                Row(3, "soon", "Air strike", "Morek", 35.37, 36.69),
            },
            excelType: ExcelType.XLSX
        );
        var mapping = Mapping
            .Parse(
                File.ReadAllText(Path.Combine(Case("012-xlsx-message"), "mapping.yaml"))
                    .Replace("said by", "said", StringComparison.Ordinal)
            )
            .Required();

        var filings = OfFile(mapping, path);

        filings.Select(filing => filing.Row).Should().Equal(2, 3, 4);
        filings
            .Take(2)
            .Select(filing => (string)filing.ReportOf()["occurred"]!)
            .Should()
            .Equal("2018-10-01", "2018-10-13");
        ((string)filings[0].ReportOf()["place"]!["point"]!["lat"]!).Should().Be("35.61376");
        ((string)filings[1].ReportOf()["place"]!["name"]!).Should().Be("مورك");
        filings[2].Problem().Code.Should().Be("import/not-a-day");

        var rejected = Path.Combine(_folder.Path, "rejected.xlsx");
        using (var rows = new RejectedRows(rejected, "rejected", mark: false))
        {
            rows.Add(filings[0].Source);
            rows.Add(filings[2].Source);
        }

        var again = OfFile(mapping, rejected);
        again[0].Good().Data["report"]!
            .ToJsonString()
            .Should()
            .Be(filings[0].Good().Data["report"]!.ToJsonString(), "it is read as before");
        again[1].Problem().Should().Be(filings[2].Problem());

        static Dictionary<string, object> Row(int no, object date, string what, string town, double lat, double lon) =>
            new()
            {
                ["no"] = no,
                ["date"] = date,
                ["what"] = what,
                ["town"] = town,
                ["lat"] = lat,
                ["lon"] = lon,
                ["said"] = "Radio",
            };
    }

    [Fact]
    public void A_sheet_is_found_by_its_columns_and_named_where_two_have_them()
    {
        var path = Path.Combine(_folder.Path, "book.xlsx");
        var table = new[]
        {
            new
            {
                id = "1",
                day = "2018-10-01",
                words = "A claim",
            },
        };
        MiniExcel.SaveAs(
            path,
            new Dictionary<string, object> { ["Read me"] = new[] { new { note = "x" } }, ["Data"] = table }
        );

        OfFile(Mapping.Parse(Short).Required(), path).Single().Good();

        MiniExcel.SaveAs(
            path,
            new Dictionary<string, object> { ["One"] = table, ["Two"] = table },
            overwriteFile: true
        );
        FluentActions
            .Invoking(() => OfFile(Mapping.Parse(Short).Required(), path))
            .Should()
            .Throw<SourceException>()
            .WithMessage("*One, Two*'sheet'*");
        OfFile(Mapping.Parse($"sheet: Two\n{Short}").Required(), path).Single().Good();
    }

    public static TheoryData<string> Forms =>
        [
            "id,day,words\n1,2018-10-01,a\n2,x,b\n",
            "sep=;\nid;day;words\n1;2018-10-01;a\n2;x;b\n",
            "id|day|words\r\n1|2018-10-01|a\r\n2|x|\"b\n|\"\r\n",
            "{\"id\": 1, \"day\": \"2018-10-01\", \"words\": \"a\"}\n{\"id\": 2, \"day\": \"x\", \"words\": \"b\"}\n",
            "[{\"id\": 1, \"day\": \"2018-10-01\", \"words\": \"a\"}, {\"id\": 2, \"day\": \"x\", \"words\": \"b\"}]",
            "{\"results\": [{\"id\": 1, \"day\": \"2018-10-01\", \"words\": \"a\"}, {\"id\": 2, \"day\": \"x\", \"words\": \"b\"}]}",
        ];

    /// <summary>Plain, behind gzip and in an archive; and what is refused comes back in the form in which it came.</summary>
    [Theory]
    [MemberData(nameof(Forms))]
    public void Files_are_told_by_what_they_hold(string text)
    {
        var mapping = Mapping.Parse(Short).Required();
        foreach (var (name, bytes) in Packed(Encoding.UTF8.GetBytes(text)))
        {
            var path = Path.Combine(_folder.Path, name);
            File.WriteAllBytes(path, bytes);

            var filings = OfFile(mapping, path);

            filings[0].Good().Record.Should().Be("1", name);
            filings[1].Problem().Code.Should().Be("import/not-a-day", name);
            var rejected = $"{path}.rejected";
            using (var rows = new RejectedRows(rejected, "rejected", mark: false))
            {
                rows.Add(filings[1].Source);
                rows.Add(filings[1].Source);
            }

            var again = OfFile(mapping, rejected).Should().ContainSingle(name).Subject;
            again.Record.Should().Be("2");
            again.Problem().Should().Be(filings[1].Problem());
        }
    }

    private static IEnumerable<(string Name, byte[] Bytes)> Packed(byte[] bytes)
    {
        yield return ("plain", bytes);
        using var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(bytes);
        yield return ("gzip.csv", zipped.ToArray());
        yield return ("archive.txt", Archive(("folder/data", bytes)));
        yield return ("archive of a zipped one", Archive(("data.gz", zipped.ToArray())));
    }

    private static byte[] Archive(params (string Name, byte[] Bytes)[] files)
    {
        using var archived = new MemoryStream();
        using (var archive = new ZipArchive(archived, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in files)
            {
                using var entry = archive.CreateEntry(name).Open();
                entry.Write(bytes);
            }
        }

        return archived.ToArray();
    }

    public static TheoryData<string, byte[]> NotRead =>
        new()
        {
            { "old Excel workbook*CSV", [0xD0, 0xCF, 0x11, 0xE0, 0xA1] },
            { "Parquet*CSV", "PAR1...."u8.ToArray() },
            { "Word document*CSV", Archive(("word/document.xml", [1])) },
            { "OpenDocument*CSV", Archive(("content.xml", [1])) },
            { "ZIP archive of 2 files, a.csv, b.csv*Unpack", Archive(("a.csv", [1]), ("b.csv", [1])) },
            { "ZIP archive of 0 files", Archive(("folder/", [])) },
            { "XML such as KML*CSV or GeoJSON", Archive(("a.kml", "<kml/>"u8.ToArray())) },
            { "PDF", "%PDF-1.7"u8.ToArray() },
        };

    [Theory]
    [MemberData(nameof(NotRead))]
    public void What_is_not_read_is_named_with_the_way_to_what_is(string said, byte[] bytes)
    {
        var path = Path.Combine(_folder.Path, "input.csv");
        File.WriteAllBytes(path, bytes);

        FluentActions
            .Invoking(() => OfFile(Mapping.Parse(Short).Required(), path))
            .Should()
            .Throw<CommandException>()
            .WithMessage($"*{said}*Nothing was read*");
    }
}
