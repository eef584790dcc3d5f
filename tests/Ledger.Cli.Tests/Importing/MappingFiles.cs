using Ledger.Cli.Reports.Importing;
using Ledger.Domain.Input;
using static Ledger.Cli.Tests.Importing.Tables;

namespace Ledger.Cli.Tests.Importing;

public sealed class MappingFiles
{
    [Theory]
    [InlineData("record: {column: id}\nreports: [{report: {kind: bombing}}]", "input/missing /dataSet")]
    [InlineData("dataSet: x\nrecord: fixed\nreports: [{report: {kind: bombing}}]", "mapping/no-column /record")]
    [InlineData(
        "dataSet: x\nrecord: {column: id}\nreports: [{report: {knd: bombing}}]",
        "input/unknown-member /reports/0/report/knd"
    )]
    [InlineData(
        "dataSet: x\nrecord: {column: id, words: {a: b}, run: rm}\nreports: [{report: {kind: bombing}}]",
        "input/unknown-member /record/run"
    )]
    [InlineData(
        "dataSet: x\nrecord: {column: id}\nreports: [{report: {kind: {text: \"{open\"}}}]",
        "mapping/open-brace /reports/0/report/kind/text"
    )]
    [InlineData(
        "dataSet: x\nrecord: {column: id}\nreports: [{report: {occurred: {column: d, as: day, forms: [qqq]}}}]",
        "mapping/not-a-form /reports/0/report/occurred/forms/0"
    )]
    [InlineData(
        "dataSet: x\nrecord: {column: id}\nreports: [{report: {kind: {column: d, plusDays: 1}}}]",
        "mapping/not-a-day /reports/0/report/kind/plusDays"
    )]
    [InlineData(
        "dataSet: x\nrecord: {column: id}\nreports: [{report: {kind: a}}, {report: {kind: b}}]",
        "mapping/same-name /reports"
    )]
    [InlineData("dataSet: &a x\nrecord: *a\nreports: []", "agreement/no-anchors /dataSet")]
    [InlineData("[]", "mapping/not-an-object ")]
    [InlineData("dataSet: [", "agreement/not-yaml ")]
    public void Say_where_they_are_wrong(string text, string problem)
    {
        var problems = Mapping.Parse(text).Should().BeOfType<Parsed<Mapping>.Bad>().Subject.Problems;

        problems.Select(wrong => $"{wrong.Code} {wrong.Pointer}").Should().Contain(problem);
        problems.Should().OnlyContain(wrong => wrong.Line > 0);
    }

    [Fact]
    public void Split_shorten_choose_and_put_together()
    {
        const string Mapping = """
            dataSet: test
            record: {text: "{a}-{b}"}
            blank: [NA]
            reports:
              - report:
                  kind: {column: kind, words: {x: bombing}, otherwise: shelling}
                  occurred: {column: day, as: day, forms: [dd.MM.yyyy]}
                  actors:
                    - {column: many, split: ";"}
                    - {name: {column: one}, role: by}
                  source: {class: media, name: {first: [{column: b}, Unnamed]}}
                  summary: {column: words, shorten: 12}
            """;

        var report = OfCsv(
                Mapping,
                "a,b,kind,day,many,one,words\n1,NA,y,03.10.2018,A; B ;;C,NA,a sentence of many words\n"
            )
            .Single();

        report.Record.Should().Be("1-");
        var made = report.Good().Report.Report;
        made.Kind.Should().Be("shelling");
        made.Actors.Select(actor => actor.Name).Should().Equal("A", "B", "C");
        made.Source.Name.Should().Be("Unnamed");
        made.Summary.Should().Be("a sentence\u2026");
    }

    [Fact]
    public void Read_objects_a_line_by_the_way_to_their_values()
    {
        var mapping = Cli
            .Reports.Importing.Mapping.Parse(
                Short.Replace("column: day", "column: when.0.date", StringComparison.Ordinal)
            )
            .Required();
        using var lines = new StringReader(
            "{\"id\": 7, \"when\": [{\"date\": \"2018-10-01\"}], \"words\": \"a\"}\n\n{\"id\": 8\n[]\n{\"id\": 9, \"when\": [], \"words\": \"b\"}\n"
        );

        var filings = Of(mapping, JsonRows.Read(lines));

        filings.Select(filing => filing.Row).Should().Equal(1, 3, 4, 5);
        filings[0].Good().Record.Should().Be("7");
        filings[1].Problem().Code.Should().Be("import/not-a-row");
        filings[2].Problem().Code.Should().Be("import/not-a-row");
        filings[3].Problem().Pointer.Should().Be("/report/occurred");
    }
}

public sealed class AMappingThatIsSuggested
{
    private const string Table =
        "no;date;what;town;lat;lon;dead;said by\n"
        + "1;13.10.2018;Shelling;Kafranbel;35.61376;36.56449;3;Radio\n"
        + "2;02.10.2018;Air strike;Morek;35.37;36.69;0;Radio\n"
        + "3;03.10.2018;Shelling;Morek;35.37;36.69;;Radio\n";

    private static string Of(string table)
    {
        using var text = new StringReader(table);
        return MappingSuggestion.Of("mine", CsvRows.Read(text, []));
    }

    [Fact]
    public void Reads_what_header_and_cells_show()
    {
        var suggested = Of(Table);

        // A person gives the words their meaning; everything else is there.
        var meant = suggested.Replace(
            "words: {}",
            "words: {Shelling: shelling, Air strike: bombing}",
            StringComparison.Ordinal
        );
        var reports = OfCsv(meant, Table).Select(filing => filing.Good().Report.Report).ToList();

        reports.Select(report => report.Kind).Should().Equal("shelling", "bombing", "shelling");
        OfCsv(meant, Table)
            .Select(filing => (string)filing.ReportOf()["occurred"]!)
            .Should()
            .Equal("2018-10-13", "2018-10-02", "2018-10-03");
        reports[0].Place!.Point!.Lat.Should().Be(35.61376m);
        reports[0].Place!.Precision.ToString().Should().Be("Unknown", "nothing shows how exact it is");
        reports[0].Quantities["killed"].Best.Should().Be(3);
        reports[0].Source.Name.Should().Be("Radio");
        OfCsv(suggested, Table).Should().OnlyContain(filing => filing is Filing.Bad, "no word has a meaning yet");
    }

    [Fact]
    public void Leaves_the_order_of_days_open_where_no_row_shows_it() =>
        Of("id,date,what\n1,10/11/2018,a\n2,11/10/2018,b\n")
            .Should()
            .Contain("Leave the right one")
            .And.Contain("forms: [\"d/M/yyyy\", \"M/d/yyyy\"]");

    [Fact]
    public void Finds_the_ways_into_json()
    {
        using var lines = new StringReader(
            "{\"_id\": 7, \"when\": {\"date\": \"2018-10-01\"}, \"_geo\": \"35.6 36.5 0 4\", \"type\": \"a\"}\n"
        );

        MappingSuggestion
            .Of("kobo", JsonRows.Read(lines))
            .Should()
            .Contain("record: {column: \"_id\"}")
            .And.Contain("{column: \"when.date\", as: day, forms: [\"yyyy-MM-dd\"]}")
            .And.Contain("point: {column: \"_geo\", as: point}");
    }
}

public sealed class TheIdOfARecord
{
    [Fact]
    public void Is_made_of_its_name_and_of_nothing_else()
    {
        var once = OfCsv(Short, "id,day,words\n1,2018-10-01,a\n").Single().Good().Id;
        var changed = OfCsv(Short, "words,more,id,day\nb,c,1,2018-10-09\n").Single().Good().Id;
        var other = OfCsv(
                Short.Replace("dataSet: test", "dataSet: test2", StringComparison.Ordinal),
                "id,day,words\n1,2018-10-01,a\n"
            )
            .Single()
            .Good()
            .Id;

        changed.Should().Be(once);
        other.Should().NotBe(once);
        once.Version.Should().Be(8);
        // Kept for ever: another id would file every imported record a second time.
        ReportMapper
            .IdOf("idlib-2018", "ACLED", "SYR1", null)
            .Should()
            .Be(ReportMapper.IdOf("idlib-2018", "ACLED", "SYR1", null))
            .And.NotBe(ReportMapper.IdOf("idlib-2018", "ACLED", "SYR1", "x"));
        ReportMapper.IdOf("a", "bc", "d", null).Should().NotBe(ReportMapper.IdOf("ab", "c", "d", null));
    }
}
