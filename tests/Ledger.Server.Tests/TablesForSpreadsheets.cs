using System.Text;
using System.Text.Json.Nodes;
using Ledger.Server.Answers;

namespace Ledger.Server.Tests;

public sealed class TablesForSpreadsheets(ServerWithIdlib world) : IClassFixture<ServerWithIdlib>
{
    [Theory]
    [InlineData("=cmd|' /C calc'!A0")]
    [InlineData("+1+cmd")]
    [InlineData("-2+3")]
    [InlineData("@SUM(A1:A9)")]
    [InlineData(" =1+1")]
    [InlineData("\u00a0=1+1")]
    [InlineData("=HYPERLINK(\"http://x\",\"y\")")]
    [InlineData("|x")]
    public void Hold_no_formula_of_anybody(string text)
    {
        var cell = CsvAnswer.Cell(text);

        cell.Trim('"').Should().StartWith("'");
    }

    [Theory]
    [InlineData("-36.5")]
    [InlineData("12")]
    [InlineData("Jisr al-Shughur")]
    [InlineData("2018-10-14T00:00:00Z")]
    [InlineData("مورك")]
    public void Leave_alone_what_is_none(string text) => CsvAnswer.Cell(text).Should().Be(text);

    [Fact]
    public async Task Have_a_row_a_report_that_any_reader_of_csv_can_read()
    {
        var report = Idlib.Report("bombing", "2018-10-14");
        report["report"]!["summary"] = "=1+1, \"quoted\"\nand a second line; مورك";
        report["report"]!["narrative"] = "What is sealed";
        report["report"]!["source"]!["identity"] = "Who is protected";
        (await world.Http.PostAsync($"{Idlib.Agreement}/reports", report)).Status.Should().Be(HttpStatusCode.Created);

        using var answer = await world.Http.GetAsync($"{Idlib.Agreement}/reports.csv?kind=bombing&bom=yes");
        var bytes = await answer.Content.ReadAsByteArrayAsync();

        answer.Content.Headers.ContentType!.ToString().Should().Be("text/csv; charset=utf-8");
        answer.Content.Headers.ContentDisposition!.DispositionType.Should().Be("attachment");
        bytes.AsSpan(0, 3).ToArray().Should().Equal(0xEF, 0xBB, 0xBF);
        var rows = Read(Encoding.UTF8.GetString(bytes.AsSpan(3)));
        rows.Should().HaveCountGreaterThan(1).And.OnlyContain(row => row.Count == rows[0].Count);
        var row = rows.Single(cells => cells[0] == report["entryId"]!.GetValue<string>());
        row[rows[0].IndexOf("summary")].Should().Be("'=1+1, \"quoted\"\nand a second line; مورك");
        row[rows[0].IndexOf("kind")].Should().Be("bombing");
        Encoding.UTF8.GetString(bytes).Should().NotContain("What is sealed").And.NotContain("Who is protected");
    }

    [Fact]
    public async Task Say_the_same_verdicts_as_the_interface()
    {
        var table = Read((await world.Http.AskAsync($"{Idlib.Agreement}/verdicts.csv?asOf=2018-10-16&knownAt=1")).Text);
        var verdicts = (await world.Http.AskAsync($"{Idlib.Agreement}/verdicts?asOf=2018-10-16&knownAt=1")).Json["verdicts"]!.AsArray();

        table.Skip(1).Select(row => $"{row[table[0].IndexOf("provision")]} {row[table[0].IndexOf("verdict")]}").Should().Equal(verdicts.Select(verdict => $"{verdict!["provision"]} {verdict["verdict"]}"));
    }

    /// <summary>RFC 4180, read as its grammar says.</summary>
    private static List<List<string>> Read(string text)
    {
        var (rows, row, cell, quoted) = (new List<List<string>>(), new List<string>(), new StringBuilder(), false);
        for (var i = 0; i < text.Length; i++)
        {
            if (quoted && text[i] == '"' && i + 1 < text.Length && text[i + 1] == '"')
                cell.Append(text[i++]);
            else if (text[i] == '"')
                quoted = !quoted;
            else if (!quoted && text[i] == ',')
                row.Add(Take());
            else if (!quoted && text[i] == '\r')
            {
                row.Add(Take());
                rows.Add(row);
                (row, i) = ([], i + 1);
            }
            else
                cell.Append(text[i]);
        }

        return rows;
        string Take()
        {
            var taken = cell.ToString();
            cell.Clear();
            return taken;
        }
    }
}
