using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Ledger.Proof.Notes;
using Ledger.Server.Tables;
using MiniExcelLibs;

namespace Ledger.Server.Tests.Tables;

/// <summary>Every table in every format, on the demonstration.</summary>
public sealed class TheTables(ServerWithDemonstration world) : IClassFixture<ServerWithDemonstration>
{
    private const string Tables = $"{Idlib.Agreement}/tables";

    public static TheoryData<string> Names { get; } = [.. TableList.All.Select(table => table.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Hold_the_same_rows_in_every_format(string table)
    {
        var files = await FilesAsync(table);
        var query = TableList.All.Single(one => one.Name == table).TakesAsOf ? "?asOf=2018-12-31" : "";
        var csv = TableReader.Rows("csv", (await FileAsync($"{table}.csv{query}")).Bytes);

        csv.Should().NotBeEmpty();
        files.Should().Contain($"{Tables}/{table}.xlsx");
        foreach (var file in files)
        {
            var ending = file.Split('.')[^1];
            var rows = TableReader.Rows(ending, (await FileAsync($"{table}.{ending}{query}")).Bytes);
            rows.Should().HaveCount(csv.Count, file);
            foreach (var (row, other) in rows.Zip(csv))
                row.OrderBy(cell => cell.Key, StringComparer.Ordinal)
                    .Should()
                    .Equal(other.OrderBy(cell => cell.Key, StringComparer.Ordinal), file);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Say_which_position_lens_and_root_they_show(string table)
    {
        var checkpoint = SignedCheckpoint.Parse(await world.Http.GetStringAsync($"/log/{Idlib.Id}/checkpoint"));
        var root = Convert.ToHexStringLower(checkpoint.Checkpoint.Root.ToArray());

        foreach (var file in (await FilesAsync(table)).Select(file => file.Split('/')[^1]))
        {
            var (bytes, headers) = await FileAsync(file);
            var beside = (await world.Http.AskAsync($"{Tables}/{file}-metadata.json")).Json["notes"]![0]!;

            headers.GetValues("Ledger-Position").Should().Equal($"{checkpoint.Checkpoint.Size}");
            headers.GetValues("Ledger-Root").Should().Equal(root);
            (beside["position"]!.GetValue<long>(), (string)beside["root"]!)
                .Should()
                .Be((checkpoint.Checkpoint.Size, root));
            ((string)beside["pinned"]!).Should().StartWith($"{Tables}/{file}?");
            headers.Contains("Ledger-Lens").Should().Be(beside["lens"] is not null);
            if (TableReader.About(file.Split('.')[^1], bytes) is not { } about)
            {
                file.Should().MatchRegex("\\.(csv|jsonl)$", "the others have a place for it");
                continue;
            }

            (about["position"], about["root"]).Should().Be(($"{checkpoint.Checkpoint.Size}", root), file);
            about.ContainsKey("lens").Should().Be(beside["lens"] is not null, file);
            if (beside["lens"] is { } lens)
                JsonNode.DeepEquals(JsonNode.Parse(about["lens"]), lens).Should().BeTrue(file);
        }
    }

    [Fact]
    public async Task Show_any_time_any_position_and_any_lens_as_the_interface_does()
    {
        const string Question = "asOf=2018-10-16&knownAt=60&lens=alleged";
        var status = (await world.Http.AskAsync($"{Idlib.Agreement}/verdicts?{Question}")).Json["verdicts"]!.AsArray();
        var incidents = (await world.Http.AskAsync($"{Idlib.Agreement}/incidents?{Question}")).Json["incidents"]!;
        var timeline = (
            await world.Http.AskAsync($"{Idlib.Agreement}/verdicts/p5/timeline?knownAt=60&lens=alleged")
        ).Json["intervals"]!.AsArray();
        var history = (await world.Http.AskAsync($"{Idlib.Agreement}/verdicts/p5/history?{Question}")).Json["steps"]!;

        (await RowsAsync($"verdicts.json?{Question}"))
            .Select(row => $"{row["provision"]} {row["verdict"]} {row["best"]} {row["worst"]}")
            .Should()
            .Equal(
                status.Select(verdict =>
                    $"{verdict!["provision"]} {verdict["verdict"]} {verdict["bounds"]!["best"]} {verdict["bounds"]!["worst"]}"
                )
            );
        (await RowsAsync($"incidents.json?{Question}"))
            .Select(row => row["incident"])
            .Should()
            .Equal(incidents.AsArray().Select(incident => (string)incident!["report"]!));
        (await RowsAsync("timelines.json?knownAt=60&lens=alleged"))
            .Where(row => row["provision"] == "p5")
            .Select(row => $"{row.GetValueOrDefault("from")} {row.GetValueOrDefault("until")} {row["verdict"]}")
            .Should()
            .Equal(timeline.Select(interval => $"{interval!["from"]} {interval["until"]} {interval["verdict"]}"));
        (await RowsAsync($"changes.json?{Question}"))
            .Where(row => row["provision"] == "p5")
            .Select(row => $"{row["position"]} {row["verdict"]} {row["entry"]}")
            .Should()
            .Equal(
                history
                    .AsArray()
                    .Select(step => $"{step!["position"]} {step["standing"]!["verdict"]} {step["entry"]!["entry"]}")
            );
        (await RowsAsync("entries.json?knownAt=60")).Should().HaveCount(60);
    }

    [Fact]
    public async Task Count_in_conduct_what_the_incidents_say()
    {
        var incidents = (await world.Http.AskAsync($"{Idlib.Agreement}/incidents")).Json["incidents"]!.AsArray();
        var acts = incidents.Sum(incident =>
            incident!["actors"]!
                .AsArray()
                .Select(actor => $"{actor!["party"] ?? actor["name"]} {actor["role"]}")
                .Distinct(StringComparer.Ordinal)
                .Count()
        );
        var conduct = await RowsAsync("conduct.json");

        acts.Should().BeGreaterThan(0);
        conduct
            .Sum(row => int.Parse(row["incidents"], System.Globalization.CultureInfo.InvariantCulture))
            .Should()
            .Be(acts);
        conduct.Select(row => $"{row["day"]} {row["party"]}").Should().BeInAscendingOrder(StringComparer.Ordinal);
    }

    [Fact]
    public async Task Are_the_same_for_ever_at_the_address_that_they_name()
    {
        foreach (var table in TableList.All)
        {
            var (bytes, headers) = await FileAsync($"{table.Name}.csv");
            var pinned = headers.GetValues("Link").Single().Split('>')[0][1..];

            pinned.Should().StartWith($"{Tables}/{table.Name}.csv?").And.Contain("knownAt=");
            (await world.Http.GetByteArrayAsync(pinned)).Should().Equal(bytes, pinned);
        }
    }

    [Fact]
    public async Task Have_names_in_a_language_and_a_sheet_from_the_right()
    {
        var codes = await RowsAsync("incidents.json");
        var names = await RowsAsync("incidents.json?labels=ar");
        var kinds = (await world.Http.AskAsync($"{Idlib.Agreement}/codebook")).Json["codebook"]!["kinds"]!;

        names
            .Select(row => row["kind"])
            .Should()
            .Equal(codes.Select(row => (string)(kinds[row["kind"]]!["ar"] ?? kinds[row["kind"]]!["en"])!))
            .And.NotEqual(codes.Select(row => row["kind"]));
        (await RowsAsync("verdicts.json?labels=ar"))[0]["title"].Should().MatchRegex("\\p{IsArabic}");
        (await SheetAsync("incidents.xlsx?labels=ar")).Should().Contain("rightToLeft=\"1\"");
        (await SheetAsync("incidents.xlsx")).Should().NotContain("rightToLeft=\"1\"").And.Contain("<x:autoFilter");
        (await world.Http.AskAsync($"{Tables}/incidents.csv?labels=fr"))
            .Problems.Should()
            .Equal("labels query/unknown-word");
    }

    [Fact]
    public async Task Have_days_and_numbers_in_a_workbook_and_instants_as_they_are()
    {
        var (bytes, _) = await FileAsync("incidents.xlsx");
        var rows = MiniExcel
            .Query(new MemoryStream(bytes), useHeaderRow: true)
            .Cast<IDictionary<string, object?>>()
            .ToList();

        rows.Should().OnlyContain(row => row["first_day"] is DateTime && row["position"] is double);
        rows.Should().Contain(row => row["latitude"] is double);
        rows.Should().OnlyContain(row => ((string)row["from"]!).EndsWith('Z'));
    }

    [Fact]
    public async Task Refuse_what_does_not_change_them()
    {
        (await world.Http.AskAsync($"{Tables}/reports.csv?asOf=2018-10-16"))
            .Problems.Should()
            .Equal("asOf query/unknown-parameter");
        (await world.Http.AskAsync($"{Tables}/incidents.json?bom=yes"))
            .Problems.Should()
            .Equal("bom query/unknown-parameter");
        foreach (var file in (string[])["verdicts.geojson", "atlantis.csv", "incidents", "incidents.csv.csv"])
            (await world.Http.AskAsync($"{Tables}/{file}")).Code.Should().Be("table/not-found", file);
        using var stranger = world.Server.Stranger();
        (await stranger.AskAsync($"{Tables}/incidents.csv")).Status.Should().Be(HttpStatusCode.Unauthorized);
    }

    private async Task<IReadOnlyList<string>> FilesAsync(string table) =>
        [
            .. (await world.Http.AskAsync(Tables)).Json["tables"]!
                .AsArray()
                .Single(one => (string)one!["name"]! == table)!["files"]!
                .AsArray()
                .Select(file => (string)file!),
        ];

    private async Task<(byte[] Bytes, System.Net.Http.Headers.HttpResponseHeaders Headers)> FileAsync(string file)
    {
        using var answer = await world.Http.GetAsync($"{Tables}/{file}");
        answer.StatusCode.Should().Be(HttpStatusCode.OK, file);
        answer.Content.Headers.ContentDisposition!.FileName.Should().Contain(Idlib.Id);
        return (await answer.Content.ReadAsByteArrayAsync(), answer.Headers);
    }

    private async Task<IReadOnlyList<IReadOnlyDictionary<string, string>>> RowsAsync(string file) =>
        TableReader.Rows("json", (await FileAsync(file)).Bytes);

    private async Task<string> SheetAsync(string file)
    {
        await using var archive = new ZipArchive(new MemoryStream((await FileAsync(file)).Bytes));
        await using var sheet = await archive.Entries.First(entry => entry.Name == "sheet1.xml").OpenAsync();
        using var text = new StreamReader(sheet, Encoding.UTF8);
        return await text.ReadToEndAsync();
    }
}
