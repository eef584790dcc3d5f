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
    [InlineData("\uff1d1+1")]
    [InlineData("\uff0bcmd")]
    [InlineData("\uff20SUM(1)")]
    [InlineData("\u200f=1+1")]
    [InlineData("\u2067 =1+1")]
    [InlineData("\u3000=1+1")]
    [InlineData("\t=1+1")]
    [InlineData("\n=1+1")]
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
        var rows = Csv.Read(Encoding.UTF8.GetString(bytes.AsSpan(3)));
        rows.Should().HaveCountGreaterThan(1).And.OnlyContain(row => row.Count == rows[0].Count);
        var row = rows.Single(cells => cells[0] == report["entryId"]!.GetValue<string>());
        row[rows[0].IndexOf("summary")].Should().Be("'=1+1, \"quoted\"\nand a second line; مورك");
        row[rows[0].IndexOf("kind")].Should().Be("bombing");
        row[rows[0].IndexOf("occurred_from")].Should().StartWith("2018-10-13", "the day begins there in UTC");
        row[rows[0].IndexOf("first_day")].Should().Be("2018-10-14");
        row[rows[0].IndexOf("last_day")].Should().Be("2018-10-14");
        Encoding.UTF8.GetString(bytes).Should().NotContain("What is sealed").And.NotContain("Who is protected");
    }

    [Fact]
    public async Task Say_the_same_verdicts_as_the_interface()
    {
        var table = Csv.Read(
            (await world.Http.AskAsync($"{Idlib.Agreement}/verdicts.csv?asOf=2018-10-16&knownAt=1")).Text
        );
        var verdicts = (await world.Http.AskAsync($"{Idlib.Agreement}/verdicts?asOf=2018-10-16&knownAt=1")).Json[
            "verdicts"
        ]!.AsArray();

        table
            .Skip(1)
            .Select(row => $"{row[table[0].IndexOf("provision")]} {row[table[0].IndexOf("verdict")]}")
            .Should()
            .Equal(verdicts.Select(verdict => $"{verdict!["provision"]} {verdict["verdict"]}"));
    }

    [Fact]
    public async Task Hold_the_incidents_that_the_interface_lists()
    {
        var report = Idlib.Report("shelling", "2018-10-20");
        report["report"]!["actors"] = new JsonArray(
            new JsonObject { ["name"] = "@SUM(1+1)", ["role"] = "by" },
            new JsonObject { ["name"] = "مورك", ["role"] = "against" }
        );
        report["report"]!["quantities"] = new JsonObject
        {
            ["killed"] = new JsonObject { ["low"] = 3, ["high"] = 9 },
        };
        (await world.Http.PostAsync($"{Idlib.Agreement}/reports", report)).Status.Should().Be(HttpStatusCode.Created);

        const string Query = "asOf=2018-10-31&kind=shelling";
        using var answer = await world.Http.GetAsync($"{Idlib.Agreement}/incidents.csv?{Query}&bom=yes");
        var text = Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync());
        var incidents = (await world.Http.AskAsync($"{Idlib.Agreement}/incidents?{Query}")).Json[
            "incidents"
        ]!.AsArray();

        text.Should().StartWith("\ufeffincident,");
        var table = Csv.Read(text[1..]);
        table
            .Skip(1)
            .Select(row => row[0])
            .Should()
            .Equal(incidents.Select(incident => incident!["report"]!.GetValue<string>()))
            .And.Contain(report["entryId"]!.GetValue<string>());
        var row = table.Single(cells => cells[0] == report["entryId"]!.GetValue<string>());
        row[table[0].IndexOf("by")].Should().Be("'@SUM(1+1)");
        row[table[0].IndexOf("against")].Should().Be("مورك");
        row[table[0].IndexOf("quantities")].Should().Be("killed low 3, high 9");
        (await world.Http.AskAsync($"{Idlib.Agreement}/incidents.csv?bom=perhaps"))
            .Problems.Should()
            .Equal("bom query/unknown-word");
    }

    [Fact]
    public async Task Hold_every_entry_with_its_hash_and_nothing_that_is_sealed()
    {
        var report = Idlib.Report("bombing", "2018-10-15");
        report["report"]!["summary"] = "=HYPERLINK(\"http://x\")";
        report["report"]!["narrative"] = "Sealed away from tables";
        (await world.Http.PostAsync($"{Idlib.Agreement}/reports", report)).Status.Should().Be(HttpStatusCode.Created);

        using var answer = await world.Http.GetAsync($"{Idlib.Agreement}/entries.csv");
        var text = Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync());
        var table = Csv.Read(text);
        var lines = (await world.Http.AskAsync($"{Idlib.Agreement}/entries.jsonl")).Text.Split(
            '\n',
            StringSplitOptions.RemoveEmptyEntries
        );

        answer
            .Content.Headers.ContentDisposition!.ToString()
            .Should()
            .Contain("attachment")
            .And.Contain($"{Idlib.Id}-entries-");
        table
            .Skip(1)
            .Select(row => row[0])
            .Should()
            .Equal(Enumerable.Range(1, lines.Length).Select(position => $"{position}"));
        table
            .Skip(1)
            .Select(row => row[table[0].IndexOf("leaf_hash")])
            .Should()
            .OnlyContain(hash => hash.Length > 40)
            .And.OnlyHaveUniqueItems();
        table
            .Single(row => row[1] == report["entryId"]!.GetValue<string>())[table[0].IndexOf("report_summary")]
            .Should()
            .Be("'=HYPERLINK(\"http://x\")");
        text.Should().NotContain("Sealed away").And.NotStartWith("\ufeff");
        (await world.Http.GetByteArrayAsync($"{Idlib.Agreement}/entries.csv?type=report_filed&limit=1&bom=yes"))
            .Take(3)
            .Should()
            .Equal(0xEF, 0xBB, 0xBF);
    }

    /// <summary>
    /// A whole day in Damascus begins on the day before in UTC: whoever cuts the instant counts it on the wrong one.
    /// </summary>
    [Fact]
    public async Task Have_the_day_in_the_agreement_s_zone_beside_every_instant()
    {
        var report = Idlib.Report("bombing", "2018-10-01");
        report["saidAt"] = "2018-10-02";
        (await world.Http.PostAsync($"{Idlib.Agreement}/reports", report)).Status.Should().Be(HttpStatusCode.Created);
        var id = report["entryId"]!.GetValue<string>();

        foreach (var (table, column) in new[] { ("reports", 0), ("incidents", 0), ("entries", 1) })
        {
            var rows = Csv.Read((await world.Http.AskAsync($"{Idlib.Agreement}/{table}.csv")).Text);
            var row = rows.Single(cells => cells[column] == id);

            row[rows[0].IndexOf("first_day")].Should().Be("2018-10-01", table);
            row[rows[0].IndexOf("last_day")].Should().Be("2018-10-01", table);
            row[rows[0].IndexOf("said_day")].Should().Be("2018-10-02", table);
            foreach (
                var (cell, name) in row.Zip(rows[0])
                    .Where(pair => pair.First.EndsWith("21:00:00Z", StringComparison.Ordinal))
            )
                rows[0]
                    .Should()
                    .Contain(
                        name switch
                        {
                            "occurred_from" or "from" => "first_day",
                            "occurred_until" or "until" => "last_day",
                            _ => name.Replace("_at", "", StringComparison.Ordinal) + "_day",
                        },
                        $"{cell} stands under {name} of {table}"
                    );
        }

        var verdicts = Csv.Read((await world.Http.AskAsync($"{Idlib.Agreement}/verdicts.csv?asOf=2018-10-16")).Text);
        verdicts
            .Skip(1)
            .Select(row => row[verdicts[0].IndexOf("as_of_day")])
            .Should()
            .OnlyContain(day => day == "2018-10-16");
        var p5 = verdicts.Single(row => row[verdicts[0].IndexOf("provision")] == "p5");
        p5[verdicts[0].IndexOf("deadline")].Should().Be("2018-10-15T21:00:00Z");
        p5[verdicts[0].IndexOf("deadline_day")].Should().Be("2018-10-15", "that is the last day in time");

        var feature = (await world.Http.AskAsync($"{Idlib.Agreement}/incidents.geojson")).Json["features"]!
            .AsArray()
            .Single(one => one!["id"]!.GetValue<string>() == id)!["properties"]!;
        ((string)feature["firstDay"]!, (string)feature["lastDay"]!).Should().Be(("2018-10-01", "2018-10-01"));
    }
}
