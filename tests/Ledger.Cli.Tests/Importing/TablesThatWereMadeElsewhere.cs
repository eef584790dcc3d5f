using System.Text;
using CsCheck;
using Ledger.Cli.Reports.Importing;
using static Ledger.Cli.Tests.Importing.Tables;

namespace Ledger.Cli.Tests.Importing;

/// <summary>What spreadsheets, other programs and adversaries write.</summary>
public sealed class TablesThatWereMadeElsewhere
{
    private const string Header = "id,day,words";

    public static TheoryData<string, byte[]> Encodings =>
        new()
        {
            { "UTF-8", Encoding.UTF8.GetBytes($"{Header}\n1,2018-10-01,مورك\n") },
            { "UTF-8 with a mark", [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes($"{Header}\n1,2018-10-01,مورك\n")] },
            { "UTF-16", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes($"{Header}\r\n1,2018-10-01,مورك\r\n")] },
            {
                "UTF-16, big end first",
                [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes($"{Header}\r\n1,2018-10-01,مورك\r\n")]
            },
            { "semicolons", Encoding.UTF8.GetBytes($"{Header.Replace(',', ';')}\r\n1;2018-10-01;مورك") },
            { "tabs", Encoding.UTF8.GetBytes($"{Header.Replace(',', '\t')}\r1\t2018-10-01\tمورك\r") },
            { "digits of another script", Encoding.UTF8.GetBytes($"{Header}\n1,٢٠١٨-١٠-٠١,مورك\n") },
            {
                "space around cells and blank lines",
                Encoding.UTF8.GetBytes($"\n{Header}\n\n 1 , 2018-10-01 , مورك \n\n")
            },
        };

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Are_read_in_whatever_they_are_written(string how, byte[] bytes)
    {
        var report = OfCsv(Mapping.Parse(Short).Required(), bytes).Should().ContainSingle(how).Subject.ReportOf();

        report["summary"]!.GetValue<string>().Should().Be("مورك");
        report["occurred"]!.GetValue<string>().Should().Be("2018-10-01");
    }

    [Fact]
    public void Keep_quotes_and_line_ends_in_cells_and_count_rows_and_lines()
    {
        var filings = OfCsv(
            Short,
            $"{Header}\r\n1,2018-10-01,\"He said \"\"stop\"\",\nthen left\"\r\n2,2018-10-02,plain\r\n"
        );

        filings.Select(filing => (filing.Row, filing.Line)).Should().Equal((2, 2), (3, 4));
        filings[0].ReportOf()["summary"]!.GetValue<string>().Should().Be("He said \"stop\",\nthen left");
    }

    [Theory]
    [InlineData("=cmd|' /C calc'!A0")]
    [InlineData("@SUM(1+1)")]
    [InlineData("+49 30")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\u202eright to left")]
    public void Keep_text_as_text_whatever_a_spreadsheet_would_do_with_it(string text) =>
        OfCsv(Short, $"{Header}\n1,2018-10-01,\"{text}\"\n").Single().ReportOf()["summary"]!
            .GetValue<string>()
            .Should()
            .Be(text);

    [Theory]
    [InlineData("1,2018-10-01,a,b", "import/not-a-row")]
    [InlineData("1,2018-10-01", "import/not-a-row")]
    [InlineData("1,2018-10-01,a \"b\" c", "import/not-a-row")]
    [InlineData(",2018-10-01,a", "import/no-record")]
    [InlineData("1,1 October,a", "import/not-a-day")]
    [InlineData("1,2018-02-30,a", "import/not-a-day")]
    [InlineData("1,2199-01-01,a", "report/occurs-in-the-future")]
    [InlineData("1,2018-10-01,a\0b", "input/control-character")]
    public void Lose_no_row_that_cannot_be_taken_and_say_why(string row, string code)
    {
        var filings = OfCsv(Short, $"{Header}\n{row}\n2,2018-10-02,good\n");

        filings[0].Problem().Code.Should().Be(code);
        filings[0].Row.Should().Be(2);
        filings[1].Good().Record.Should().Be("2");
    }

    [Theory]
    [InlineData("id,day\n1,2018-10-01", "no column 'words'")]
    [InlineData("id,days,words\n1,2018-10-01,a", "did you mean 'days'")]
    [InlineData("id,day,words,day\n1,2018-10-01,a,b", "two columns 'day'")]
    [InlineData("", "empty")]
    public void Are_refused_whole_where_the_header_is_another(string csv, string why) =>
        FluentActions
            .Invoking(() => OfCsv(Short, csv))
            .Should()
            .Throw<SourceException>()
            .WithMessage($"*{why}*")
            .Which.Row.Should()
            .Be(1);

    [Fact]
    public void Are_read_up_to_letters_of_another_encoding()
    {
        var filings = new List<Filing>();
        var mapping = Mapping.Parse(Short).Required();
        byte[] bytes =
        [
            .. Encoding.UTF8.GetBytes(
                $"{Header}\n{string.Concat(Enumerable.Range(0, 5_000).Select(i => $"{i},2018-10-01,words\n"))}5000,2018-10-01,"
            ),
            0xE9,
            .. "t\u00e9\n"u8,
        ];

        FluentActions.Invoking(() => Take(bytes)).Should().Throw<SourceException>().WithMessage("*encoding*");
        filings.Should().HaveCountGreaterThan(1_000);

        void Take(byte[] from)
        {
            using var text = SourceText.Open(new MemoryStream(from));
            foreach (var row in CsvRows.Read(text, mapping.Needed))
                filings.AddRange(Of(mapping, [row]));
        }
    }

    [Fact]
    public void Do_not_take_the_rest_of_a_file_into_memory_for_a_quote_that_is_not_closed() =>
        FluentActions
            .Invoking(() => OfCsv(Short, $"{Header}\n1,2018-10-01,\"{new string('x', 3_000_000)}\n"))
            .Should()
            .Throw<SourceException>()
            .WithMessage("*quote*")
            .Which.Row.Should()
            .Be(2);

    [Fact]
    public void Do_not_pass_over_a_quote_that_is_open_at_the_end()
    {
        var filings = OfCsv(Short, $"{Header}\n1,2018-10-01,a\n2,2018-10-02,\"b\n3,2018-10-03,c\n4,2018-10-04,d\n");

        filings[0].Good();
        filings[1].Problem().Code.Should().Be("import/not-a-row");
    }

    /// <summary>Whatever a cell holds that the ledger can hold, it comes out as it went in.</summary>
    [Fact]
    public void Come_out_as_they_went_in() =>
        Gen.String[Gen.Char["ab ,;\"'\n\r\t=+-@\u0645\u0648"], 1, 40]
            .Where(text => text.Trim().Length > 0)
            .Array[1, 20]
            .Sample(texts =>
            {
                var csv = new StringBuilder(Header).Append('\n');
                for (var i = 0; i < texts.Length; i++)
                    csv.Append($"{i},2018-10-01,\"{texts[i].Replace("\"", "\"\"", StringComparison.Ordinal)}\"\r\n");

                var filings = OfCsv(Short, csv.ToString());

                filings
                    .Select(filing => filing.ReportOf()["summary"]!.GetValue<string>())
                    .Should()
                    .Equal(texts.Select(text => text.Trim()));
            });
}
