using System.Text.Json.Nodes;
using Ledger.Cli.Terminals;
using Ledger.Cli.Tests.Contracts;
using Ledger.Cli.Tests.Local;

namespace Ledger.Cli.Tests.Importing;

/// <summary>The command against a real server.</summary>
public sealed class TakingATableIn : IAsyncLifetime
{
    private const string Header =
        "bulletin_date,ru_total,ru_idlib,ru_aleppo,ru_latakia,ru_hama,tr_total,tr_idlib,tr_aleppo,tr_latakia,tr_hama,ru_according_to_syrian_side,tr_confirmed_by_ru,source_url,note";
    private const string First =
        "2018-08-30,27,0,15,10,2,2,0,1,0,1,,,https://reliefweb.int/report/syrian-arab-republic/information-bulletins-russian-federation-ministry-defence-regarding-1,";
    private const string Second =
        "2018-10-20,2,0,1,1,0,0,0,0,0,0,,,https://sarabic.ae/20181020/,\"source gives only \"\"two breaches, in Aleppo and Latakia\"\"; 1+1 split inferred\"";

    private readonly TemporaryDirectory _folder = new();
    private RunningServer _server = null!;
    private int _tables;

    public async ValueTask InitializeAsync()
    {
        _server = await RunningServer.StartAsync();
        (await RunAsync("agreement", "adopt", Repository.PathOf("agreements", "idlib-2018", "signed.yaml")))
            .Exit.Should()
            .Be(0);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Files_every_row_once_however_often_and_after_whatever_break()
    {
        var table = Write($"{Header}\n{First}\n{Second}\n");

        var dry = await RunAsync("report", "import", "idlib-2018", table, "--mapping", "joint-commission", "--dry-run");
        dry.Exit.Should().Be(0, dry.Error);
        dry.Out.Split('\n')
            .Where(line => line.StartsWith("row ", StringComparison.Ordinal))
            .Should()
            .HaveCount(4)
            .And.Contain(line => line.Contains("2018-08-30 / russia"));
        dry.Out.Should().Contain("4 reports would be filed in idlib-2018");
        (await FiledAsync()).Should().BeEmpty("a dry run sends nothing");

        var first = await RunAsync("report", "import", "idlib-2018", table, "--mapping", "joint-commission");
        first.Exit.Should().Be(0, first.Error);
        first.Out.Should().Contain("2 rows of").And.Contain("4 reports filed in idlib-2018;").And.Contain("0 refused");
        var filed = await FiledAsync();
        filed.Should().HaveCount(4);

        var again = await RunAsync("report", "import", "idlib-2018", table, "--mapping", "joint-commission", "--json");
        again.Exit.Should().Be(0, again.Error);
        var sum = JsonNode.Parse(again.Out)!;
        (sum["filed"]!.GetValue<int>(), sum["filedBefore"]!.GetValue<int>(), sum["refused"]!.GetValue<int>())
            .Should()
            .Be((0, 4, 0));
        (await FiledAsync()).Should().Equal(filed);
    }

    [Fact]
    public async Task Tells_of_every_row_that_is_not_filed_and_files_the_others()
    {
        var table = Write(
            $"{Header}\n{First}\n2018-10-21,many,0,1,1,0,0,0,0,0,0,,,https://sarabic.ae/,\n{First.Replace("27", "28", StringComparison.Ordinal)}\n{First}\nshort,row\n{Second}\n"
        );

        var run = await RunAsync("report", "import", "idlib-2018", table, "--mapping", "joint-commission");

        run.Exit.Should().Be(1);
        run.Error.Should()
            .Contain(
                "row 3: /report/quantities/violations: 'many' of ru_total is not a whole number. (import/not-a-number)"
            )
            .And.Contain(
                "row 4: Row 2 has the same name, 2018-08-30 / russia, but different content. (import/same-record)"
            )
            .And.Contain("row 5: left out: it has the same content as row 2.")
            .And.Contain("row 6: The row has 2 cells and the header 15");
        run.Out.Should().Contain("6 rows of").And.Contain("5 reports filed").And.Contain("3 left out, 3 refused");
        (await FiledAsync()).Should().HaveCount(5);

        var changed = await RunAsync(
            "report",
            "import",
            "idlib-2018",
            Write($"{Header}\n{First.Replace(",15,", ",16,", StringComparison.Ordinal)}\n"),
            "--mapping",
            "joint-commission"
        );
        changed.Exit.Should().Be(1);
        changed.Error.Should().Contain("2018-08-30 / russia was filed before").And.Contain("import/filed-otherwise");
    }

    [Fact]
    public async Task Goes_on_where_it_was_stopped_in_a_large_table()
    {
        var mapping = Path.Combine(_folder.Path, "own.yaml");
        await File.WriteAllTextAsync(mapping, Tables.Short);
        var rows = Enumerable.Range(1, 1_200).Select(i => $"{i},2018-10-{1 + (i % 28):00},Row {i}").ToList();

        (
            await RunAsync(
                "report",
                "import",
                "idlib-2018",
                Write($"id,day,words\n{string.Join('\n', rows.Take(700))}\n"),
                "--mapping",
                mapping
            )
        )
            .Out.Should()
            .Contain("700 reports filed");
        var whole = await RunAsync(
            "report",
            "import",
            "idlib-2018",
            Write($"id,day,words\n{string.Join('\n', rows)}\n"),
            "--mapping",
            mapping
        );

        whole.Out.Should().Contain("500 reports filed in idlib-2018, 700 already filed");
        whole.Exit.Should().Be(0);
    }

    [Fact]
    public async Task All_or_nothing_files_nothing_while_a_row_is_refused_and_hands_the_refused_rows_back()
    {
        var table = Write(
            $"{Header}\n{First}\n2018-10-21,\"many, many\",0,1,1,0,0,0,0,0,0,,,https://sarabic.ae/,\n{Second}\n"
        );
        string[] command = ["report", "import", "idlib-2018", table, "--mapping", "joint-commission"];

        var run = await RunAsync([.. command, "--all-or-nothing", "--rejects", "rejected.csv"]);

        run.Exit.Should().Be(1);
        run.Out.ReplaceLineEndings(" ")
            .Should()
            .Contain("nothing was filed in idlib-2018")
            .And.Contain("1 refused")
            .And.Contain("rejected.csv");
        (await FiledAsync()).Should().BeEmpty();
        var rejected = Path.Combine(_folder.Path, "rejected.csv");
        (await File.ReadAllTextAsync(rejected))
            .Should()
            .Be(
                $"{Header}\n2018-10-21,\"many, many\",0,1,1,0,0,0,0,0,0,,,https://sarabic.ae/,\n",
                "as it stood in the file"
            );

        (await RunAsync([.. command, "--rejects", "rejected.csv"]))
            .Error.Should()
            .Contain("rejected.csv exists already");
        File.WriteAllText(
            rejected,
            (await File.ReadAllTextAsync(rejected)).Replace("\"many, many\"", "2", StringComparison.Ordinal)
        );
        var mended = await RunAsync(
            "report",
            "import",
            "idlib-2018",
            rejected,
            "--mapping",
            "joint-commission",
            "--all-or-nothing",
            "--rejects",
            "more.csv"
        );
        mended.Exit.Should().Be(0, mended.Error);
        (await FiledAsync()).Should().HaveCount(2);
        File.Exists(Path.Combine(_folder.Path, "more.csv")).Should().BeFalse("nothing was refused");
    }

    [Fact]
    public async Task What_is_alike_is_counted_with_its_column_and_its_first_row()
    {
        var mapping = Path.Combine(_folder.Path, "own.yaml");
        await File.WriteAllTextAsync(
            mapping,
            Tables.Short.Replace(
                "kind: bombing",
                "kind: {column: what, words: {Strike: bombing}}",
                StringComparison.Ordinal
            )
        );
        var rows = Enumerable
            .Range(1, 60)
            .Select(i => $"{i},2018-10-01,{(i % 2 == 0 ? "Strike" : i % 3 == 0 ? "Rain" : "Snow")},Row {i}");
        var table = Write($"id,day,what,words\n{string.Join('\n', rows)}\n");

        var dry = await RunAsync("report", "import", "idlib-2018", table, "--mapping", mapping, "--dry-run");
        var json = await RunAsync("report", "import", "idlib-2018", table, "--mapping", mapping, "--dry-run", "--json");

        dry.Out.Should()
            .Contain("20 × import/unknown-word in what, first in row 2")
            .And.Contain("10 × import/unknown-word in what, first in row 4");
        var lines = json.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Should().HaveCount(61);
        JsonNode.Parse(lines[0])!["problems"]![0]!["columns"]![0]!.GetValue<string>().Should().Be("what");
        JsonNode.Parse(lines[^1])!["refusals"]!.AsArray().Select(one => (int)one!["count"]!).Should().Equal(20, 10);
    }

    [Fact]
    public async Task A_row_like_an_earlier_one_in_kind_day_and_place_may_be_the_same_incident()
    {
        var mapping = Path.Combine(_folder.Path, "own.yaml");
        await File.WriteAllTextAsync(
            mapping,
            Tables.Short.Replace(
                "kind: bombing",
                "kind: bombing\n      place: {name: {column: town}}",
                StringComparison.Ordinal
            )
        );
        var table = Write(
            "id,day,town,words\n1,2018-10-01,Morek,a\n2,2018-10-01,morek,b\n3,2018-10-02,Morek,c\n4,2018-10-01,Halfaya,d\n5,2018-10-01,,e\n6,2018-10-01,,f\n"
        );

        var dry = await RunAsync("report", "import", "idlib-2018", table, "--mapping", mapping, "--dry-run");

        dry.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Should()
            .ContainSingle()
            .Which.Should()
            .StartWith("ledger: row 3: warning: /report: Row 2 reports the same kind")
            .And.Contain("report/possible-duplicate");
    }

    /// <summary>The day that was filed stands in the table that goes out.</summary>
    [Fact]
    public async Task A_whole_day_comes_out_as_that_day()
    {
        var folder = Tables.Case("001-day-in-csv-export");

        (
            await RunAsync(
                "report",
                "import",
                "idlib-2018",
                Path.Combine(folder, "input.csv"),
                "--mapping",
                Path.Combine(folder, "mapping.yaml")
            )
        )
            .Exit.Should()
            .Be(0);

        using var http = new HttpClient { BaseAddress = _server.Address };
        http.DefaultRequestHeaders.Authorization = new("Bearer", _server.Token);
        foreach (var table in new[] { "reports", "incidents", "entries" })
            (await http.GetStringAsync($"api/v1/agreements/idlib-2018/{table}.csv"))
                .Split('\n')
                .Should()
                .ContainSingle(line => line.Contains("Shelling on Kafranbel", StringComparison.Ordinal))
                .Which.Should()
                .Contain(",2018-10-01,2018-10-01,", table);
    }

    private string Write(string text)
    {
        var path = Path.Combine(_folder.Path, $"table{++_tables}.csv");
        File.WriteAllText(path, text);
        return path;
    }

    private async Task<IReadOnlyList<string>> FiledAsync()
    {
        var list = await RunAsync("entries", "read", "idlib-2018", "--limit", "2000", "--json");
        return
        [
            .. list
                .Out.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Where(line => line.Contains("\"report_filed\"")),
        ];
    }

    private async Task<(int Exit, string Out, string Error)> RunAsync(params string[] args)
    {
        var (said, wrong) = (new StringWriter(), new StringWriter());
        var exit = await LedgerCommand.RunAsync(
            [.. args],
            new Terminal
            {
                In = TextReader.Null,
                Out = said,
                Error = wrong,
                Variable = name =>
                    name switch
                    {
                        "LEDGER_URL" => _server.Address.ToString(),
                        "LEDGER_TOKEN" => _server.Token,
                        _ => null,
                    },
                Folder = _folder.Path,
            }
        );
        return (exit, Unwrapped(said), Unwrapped(wrong));

        // A paragraph is wrapped to the width of a file.
        static string Unwrapped(StringWriter text) =>
            text.ToString().Replace("\nidlib-2018", " idlib-2018", StringComparison.Ordinal);
    }
}
