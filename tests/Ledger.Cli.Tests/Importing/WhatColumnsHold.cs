using System.Text;
using Ledger.Cli.Reports.Importing;
using Ledger.Domain.Input;
using static Ledger.Cli.Tests.Importing.Tables;

namespace Ledger.Cli.Tests.Importing;

/// <summary>Other people's columns: read as they are meant, or refused, and never guessed at.</summary>
public sealed class WhatColumnsHold
{
    private static string With(string occurred = "2018-10-01", string place = "{name: A}", string kind = "bombing") =>
        $$"""
            dataSet: test
            record: {column: id}
            reports:
              - report:
                  kind: {{kind}}
                  occurred: {{occurred}}
                  place: {{place}}
                  source: {class: media, name: A newspaper}
                  summary: A claim
            """;

    private static IReadOnlyList<Filing> TwoPasses(string mapping, string csv)
    {
        var read = Mapping.Parse(mapping).Required();
        return Of(read, Rows(), RefutedForms.In(read, Rows()));

        IEnumerable<SourceRow> Rows()
        {
            using var text = SourceText.Open(new MemoryStream(Encoding.UTF8.GetBytes(csv)));
            foreach (var row in CsvRows.Read(text, read.Needed))
                yield return row;
        }
    }

    [Theory]
    [InlineData("dd/MM/yyyy", "10/01/2018", "10/13/2018", "MM/dd/yyyy")]
    [InlineData("M.d.yyyy", "1.10.2018", "25.9.2018", "d.M.yyyy")]
    [InlineData("yyyy-dd-MM", "2018-10-11", "2018-10-20", "yyyy-MM-dd")]
    [InlineData("MM/dd/yy", "10/11/18", "18/10/11", "dd/MM/yy")]
    public void A_form_that_a_later_row_refutes_reads_no_row(string form, string early, string late, string fits)
    {
        var filings = TwoPasses(With($"{{column: day, as: day, forms: [{form}]}}"), $"id,day\n1,{early}\n2,{late}\n");

        var problem = filings[0].Problem();
        problem.Code.Should().Be("import/form-refuted");
        problem.Message.Should().Contain("row 3").And.Contain(fits).And.Contain("whole column");
        filings[1].Problem().Code.Should().Be("import/not-a-day");
    }

    /// <summary>Forms that differ in their order alone are a question, which the rows of the column answer or not.</summary>
    [Theory]
    [InlineData("10/11/2018", "10/13/2018", "2018-10-11")]
    [InlineData("10/11/2018", "13/10/2018", "2018-11-10")]
    [InlineData("10/11/2018", "١٠/١٣/٢٠١٨", "2018-10-11")]
    [InlineData("10/11/2018", "11/11/2018", null)]
    public void Of_two_orders_the_column_shows_which_is_meant(string early, string late, string? day)
    {
        var filings = TwoPasses(
            With("{column: day, as: day, forms: [dd/MM/yyyy, MM/dd/yyyy]}"),
            $"id,day\n1,{early}\n2,{late}\n"
        );

        if (day is null)
            filings[0].Problem().Code.Should().Be("import/ambiguous-day");
        else
            ((string)filings[0].ReportOf()["occurred"]!).Should().Be(day);
        filings[1].GetType().Name.Should().Be("Good");
    }

    [Fact]
    public void A_column_in_two_orders_is_read_in_none() =>
        TwoPasses(
                With("{column: day, as: day, forms: [dd/MM/yyyy, MM/dd/yyyy]}"),
                "id,day\n1,10/11/2018\n2,13/11/2018\n3,11/13/2018\n"
            )
            .Should()
            .OnlyContain(filing => filing.Problem().Code == "import/form-refuted");

    [Fact]
    public void Quoted_text_in_a_form_is_no_number_of_a_day()
    {
        var filings = TwoPasses(
            With("{column: day, as: day, forms: [\"d 'de' MM 'de' yyyy\"]}"),
            "id,day\n1,1 de 10 de 2018\n2,10 de 13 de 2018\n"
        );

        filings[0].Problem().Message.Should().Contain("MM 'de' d 'de' yyyy");
    }

    [Theory]
    [InlineData("{column: a, is: [x, y]}", "1,2", "3")]
    [InlineData("{column: a, isNot: [x]}", "2,3,4", "1")]
    [InlineData("{column: a, contains: Y}", "2", "1")]
    [InlineData("{column: a, beginsWith: X}", "1", "2")]
    [InlineData("{column: a, empty: true}", "4", "1")]
    [InlineData("{column: n, as: number, atLeast: 5, atMost: 9}", "2", "1")]
    [InlineData("{column: d, as: day, from: 2018-10-02, until: 2018-10-04}", "2,3", "1")]
    [InlineData("{all: [{column: a, is: x}, {column: n, is: 1}]}", "1", "2")]
    [InlineData("{any: [{column: a, is: x}, {column: a, is: y}]}", "1,2", "3")]
    [InlineData("{not: {column: a, empty: true}}", "1,2,3", "4")]
    [InlineData("{point: {lat: {column: lat}, lon: {column: lon}}, outside: [35, 35, 38, 37]}", "3", "1")]
    [InlineData("{point: {lat: {column: lat}, lon: {column: lon}}, inside: [35, 35, 38, 37]}", "1,2", "3")]
    public void A_condition_asks_one_column_or_several(string condition, string left, string kept)
    {
        const string Rows =
            "id,a,n,d,lat,lon\n1,x,1,2018-10-01,35.6,36.5\n2,y,7,2018-10-02,35.6,36.5\n3,z,20,2018-10-03,10,20\n4,,,2018-10-04,,\n";

        var filings = OfCsv($"{With()}\nleaveOut: [{condition[..^1]}, because: Test}}]", Rows);

        filings.OfType<Filing.LeftOut>().Select(filing => filing.Record).Should().Equal(left.Split(','));
        filings.OfType<Filing.Good>().Select(filing => filing.Record).Should().Contain(kept);
    }

    [Fact]
    public void What_a_condition_cannot_read_is_refused_and_not_left_out() =>
        OfCsv($"{With()}\nleaveOut: [{{column: n, as: number, atLeast: 5, because: Test}}]", "id,n\n1,many\n")
            .Single()
            .Problem()
            .Code.Should()
            .Be("import/not-a-number");

    [Theory]
    [InlineData("{column: a}", "mapping/no-condition")]
    [InlineData("{column: a, from: 2018-10-01}", "mapping/not-a-day")]
    [InlineData("{column: a, atLeast: many}", "mapping/not-a-number")]
    [InlineData("{point: {column: gps, as: point}}", "mapping/not-a-box")]
    [InlineData("{point: {column: gps, as: point}, inside: [38, 35, 35, 37]}", "mapping/not-a-box")]
    [InlineData("{any: [{column: a, iss: x}]}", "input/unknown-member")]
    public void A_condition_that_means_nothing_is_a_fault_of_the_mapping(string condition, string code) =>
        Mapping
            .Parse($"{With()}\nleaveOut: [{condition[..^1]}, because: Test}}]")
            .Should()
            .BeOfType<Parsed<Mapping>.Bad>()
            .Which.Problems.Select(problem => problem.Code)
            .Should()
            .Contain(code);

    [Fact]
    public void A_value_may_depend_on_several_columns()
    {
        const string Kind =
            "{first: [{if: {all: [{column: a, is: x}, {column: b, contains: dud}]}, then: unexploded-ordnance}, {column: a, words: {x: bombing}}]}";

        OfCsv(With(kind: Kind), "id,a,b\n1,x,a dud shell\n2,x,\n3,y,dud\n")
            .Select(filing => filing is Filing.Good good ? good.Report.Report.Kind : filing.Problem().Code)
            .Should()
            .Equal("unexploded-ordnance", "bombing", "import/unknown-word");
    }

    [Fact]
    public void One_part_of_a_cell_and_several_actors_in_one()
    {
        var report = OfCsv(
                With(place: "{name: {column: place, split: \"/\", part: 2}}")
                    + "\n      actors: [{name: {column: who, split: \";\"}, role: by}]",
                "id,place,who\n1,Idlib / Morek,A; B\n"
            )
            .Single()
            .Good()
            .Report.Report;

        report.Place!.Name.Should().Be("Morek");
        report.Actors.Select(actor => actor.Name).Should().Equal("A", "B");
    }

    [Fact]
    public void Cells_of_unequal_length_that_belong_together_are_refused() =>
        OfCsv(
                With() + "\n      actors: [{name: {column: who, split: \";\"}, role: {column: role, split: \";\"}}]",
                "id,who,role\n1,A; B,by\n"
            )
            .Single()
            .Problem()
            .Code.Should()
            .Be("import/unequal-lists");

    [Theory]
    [InlineData("43374.6041666667", "2018-10-01T11:30:00Z")]
    [InlineData("43374", "2018-09-30T21:00:00Z")]
    public void The_number_of_a_spreadsheet_s_day_and_time_keeps_its_hour(string cell, string instant) =>
        (
            (string)
                OfCsv(With("{column: start, as: serial-time, zone: Asia/Damascus}"), $"id,start\n1,{cell}\n")
                    .Single()
                    .ReportOf()["occurred"]!
        )
            .Should()
            .Be(instant);

    [Theory]
    [InlineData("35,6 36,5", "35.6")]
    [InlineData("35,6;36,5", "35.6")]
    [InlineData("35,6, 36,5", null)]
    [InlineData("35.6 36.5", null)]
    public void A_point_with_decimal_commas_is_read_where_the_mapping_says_so(string cell, string? lat)
    {
        var filing = OfCsv(
                With(place: "{point: {column: gps, as: point, decimalSign: \",\"}}"),
                $"id,gps\n1,\"{cell}\"\n"
            )
            .Single();

        if (lat is null)
            filing.Problem().Code.Should().Be("import/not-a-point");
        else
            ((string)filing.ReportOf()["place"]!["point"]!["lat"]!).Should().Be(lat);
    }

    [Fact]
    public void A_precision_that_is_not_said_is_unknown_and_never_near() =>
        OfCsv(
                With(
                    place: "{point: {lat: \"35.6\", lon: \"36.5\"}, name: {column: name}, precision: {column: p, words: {1: near}}}"
                ),
                "id,name,p\n1,A,\n"
            )
            .Single()
            .ReportOf()["place"]!["precision"]!
            .GetValue<string>()
            .Should()
            .Be("unknown");

    [Fact]
    public void A_day_that_no_calendar_has_refutes_nothing()
    {
        var filings = TwoPasses(
            With("{column: day, as: day, forms: [dd/MM/yyyy]}"),
            "id,day\n1,10/11/2018\n2,31/02/2018\n3,soon\n"
        );

        filings[0].Good();
        filings.Skip(1).Should().OnlyContain(filing => filing is Filing.Bad);
    }

    [Theory]
    [InlineData("35.6 36.5 310 4.5", "lat-lon", "35.6", "36.5")]
    [InlineData("35.6, 36.5", "lat-lon", "35.6", "36.5")]
    [InlineData("36.5;35.6", "lon-lat", "35.6", "36.5")]
    [InlineData("POINT (36.5 35.6)", "lat-lon", "35.6", "36.5")]
    public void A_point_stands_in_one_cell(string cell, string order, string lat, string lon)
    {
        var mapping = With(place: $"{{point: {{column: gps, as: point, order: {order}}}}}");

        var point = OfCsv(mapping, $"id,gps\n1,\"{cell}\"\n").Single().ReportOf()["place"]!["point"]!;

        ((string)point["lat"]!, (string)point["lon"]!).Should().Be((lat, lon));
    }

    [Theory]
    [InlineData("35,6 36,5")]
    [InlineData("35,36")]
    [InlineData("35.6")]
    [InlineData("35.6 36.5 1 2 3")]
    [InlineData("near the well")]
    public void A_point_that_can_be_read_in_two_ways_is_refused(string cell) =>
        OfCsv(With(place: "{point: {column: gps, as: point}}"), $"id,gps\n1,\"{cell}\"\n")
            .Single()
            .Problem()
            .Code.Should()
            .Be("import/not-a-point");

    [Fact]
    public void The_accuracy_of_a_geopoint_may_be_the_radius() =>
        (
            (int)
                OfCsv(
                        With(place: "{point: {column: gps, as: point}, radius: {column: gps, as: accuracy}}"),
                        "id,gps\n1,35.6 36.5 310 4.5\n"
                    )
                    .Single()
                    .ReportOf()["place"]!["radius"]!
        )
            .Should()
            .Be(5);

    [Theory]
    [InlineData("35°36'36\"N", "35.61")]
    [InlineData("N 35 36.6", "35.61")]
    [InlineData("35:36:36 S", "-35.61")]
    public void Degrees_and_minutes_become_degrees(string cell, string lat) =>
        (
            (string)
                OfCsv(
                        With(place: "{point: {lat: {column: lat, as: degrees}, lon: \"36.5\"}}"),
                        $"id,lat\n1,\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"\n"
                    )
                    .Single()
                    .ReportOf()["place"]!["point"]!["lat"]!
        )
            .Should()
            .StartWith(lat);

    [Theory]
    [InlineData("35°70'N")]
    [InlineData("N35°10'S")]
    [InlineData("35°10.5'10\"N")]
    public void Degrees_that_cannot_be_are_refused(string cell) =>
        OfCsv(
                With(place: "{point: {lat: {column: lat, as: degrees}, lon: \"36.5\"}}"),
                $"id,lat\n1,\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"\n"
            )
            .Single()
            .Problem()
            .Code.Should()
            .Be("import/not-degrees");

    [Fact]
    public void A_decimal_comma_is_read_where_the_mapping_says_so() =>
        (
            (string)
                OfCsv(
                        With(place: "{point: {lat: {column: lat, as: decimal, decimalSign: \",\"}, lon: \"36.5\"}}"),
                        "id;lat\n1;35,6\n"
                    )
                    .Single()
                    .ReportOf()["place"]!["point"]!["lat"]!
        )
            .Should()
            .Be("35.6");

    [Theory]
    [InlineData("2018-10-02 14:30", "2018-10-02T11:30:00Z")]
    [InlineData("2018-10-02T14:30:05", "2018-10-02T11:30:05Z")]
    [InlineData("2018-10-02T14:30:05+02:00", "2018-10-02T12:30:05Z")]
    public void A_time_without_an_offset_is_of_the_zone_that_is_stated(string cell, string instant) =>
        (
            (string)
                OfCsv(With("{column: start, as: time, zone: Asia/Damascus}"), $"id,start\n1,{cell}\n")
                    .Single()
                    .ReportOf()["occurred"]!
        )
            .Should()
            .Be(instant);

    [Theory]
    [InlineData("2018-03-30 00:30", "was skipped")]
    [InlineData("2018-10-25 23:30", "came twice")]
    public void A_time_that_the_clocks_did_not_show_once_is_refused(string cell, string why) =>
        OfCsv(With("{column: start, as: time, zone: Asia/Damascus}"), $"id,start\n1,{cell}\n")
            .Single()
            .Problem()
            .Message.Should()
            .Contain(why);

    [Theory]
    [InlineData("43374", "2018-10-01")]
    [InlineData("43374.75", "2018-10-01")]
    public void The_number_of_a_spreadsheet_s_day_is_that_day(string cell, string day) =>
        ((string)OfCsv(With("{column: day, as: serial-day}"), $"id,day\n1,{cell}\n").Single().ReportOf()["occurred"]!)
            .Should()
            .Be(day);

    [Fact]
    public void A_word_that_one_column_does_not_have_is_looked_for_in_the_next()
    {
        const string kind =
            "{first: [{column: cause, words: {Unexploded ordnance: unexploded-ordnance}, otherwise: NEXT}, {column: type, words: {airstrike: bombing}}]}";

        var filings = OfCsv(
            With(kind: kind),
            "id,cause,type\n1,Unexploded ordnance,airstrike\n2,Heavy weapons,airstrike\n3,,airstrike\n4,Heavy weapons,rain\n"
        );

        filings
            .Take(3)
            .Select(filing => (string)filing.ReportOf()["kind"]!)
            .Should()
            .Equal("unexploded-ordnance", "bombing", "bombing");
        filings[3].Problem().Code.Should().Be("import/unknown-word");
    }

    [Fact]
    public void Nothing_can_come_next_where_nothing_follows() =>
        Mapping
            .Parse(With(kind: "{column: cause, words: {a: bombing}, otherwise: NEXT}"))
            .Should()
            .BeOfType<Parsed<Mapping>.Bad>()
            .Which.Problems.Should()
            .ContainSingle(problem => problem.Code == "mapping/nothing-next");

    [Theory]
    [InlineData("0", "0", "2018-10-01", "report/point-zero")]
    [InlineData("36.5", "20.1", "2018-10-01", "report/far-from-the-zones")]
    [InlineData("33.5", "36.3", "2018-10-01", "report/far-from-the-zones")]
    [InlineData("36.7", "35.6", "2018-10-01", "report/swapped-point")]
    [InlineData("35.8", "36.3", "1970-01-01", "report/day-zero")]
    [InlineData("35.8", "36.3", "2010-03-01", "report/long-before-the-agreement")]
    public void What_is_odd_is_warned_of(string lat, string lon, string day, string code) =>
        OfCsv(With(day, $"{{point: {{lat: {{column: lat}}, lon: \"{lon}\"}}}}"), $"id,lat\n1,{lat}\n")
            .Single()
            .Good()
            .Warnings.Should()
            .ContainSingle()
            .Which.Code.Should()
            .Be(code);

    [Theory]
    [InlineData("36.3", "report/point-outside-the-named-zone")]
    [InlineData("35.5", null)]
    public void A_point_outside_the_zone_that_is_named_is_warned_of(string lat, string? code) =>
        OfCsv(
                With(
                    place: "{zone: dmz, precision: district, radius: 1000, point: {lat: {column: lat}, lon: \"36.6\"}}"
                ),
                $"id,lat\n1,{lat}\n"
            )
            .Single()
            .Good()
            .Warnings.Select(warning => warning.Code)
            .Should()
            .Equal(code is null ? [] : [code]);

    [Fact]
    public void What_is_not_odd_is_not_warned_of() =>
        OfCsv(With("2018-10-01", "{point: {lat: {column: lat}, lon: \"36.3\"}}"), "id,lat\n1,35.8\n")
            .Single()
            .Good()
            .Warnings.Should()
            .BeEmpty();

    [Fact]
    public void A_control_character_is_named_with_its_place_or_repaired_where_the_mapping_says_so()
    {
        const string mapping = """
            dataSet: test
            record: {column: id}
            reports:
              - report:
                  kind: bombing
                  occurred: "2018-10-01"
                  source: {class: media, name: A newspaper}
                  summary: {column: words}
            """;
        const string csv = "id,words\n1,The town\u0092s road\n";

        OfCsv(mapping, csv).Single().Problem().Message.Should().Contain("U+0092").And.Contain("character 9");
        ((string)OfCsv($"repair: windows-1252\n{mapping}", csv).Single().ReportOf()["summary"]!)
            .Should()
            .Be("The town\u2019s road");
    }

    [Fact]
    public void A_list_in_JSON_and_a_GeoJSON_collection_are_read_like_lines()
    {
        const string mapping = """
            dataSet: test
            record: {column: properties.id}
            reports:
              - report:
                  kind: bombing
                  occurred: "2018-10-01"
                  place: {point: {lat: {column: geometry.coordinates.1}, lon: {column: geometry.coordinates.0}}}
                  source: {class: media, name: A newspaper}
                  summary: {column: properties.words}
            """;
        const string feature =
            """{"type": "Feature", "properties": {"id": 7, "words": "A claim"}, "geometry": {"type": "Point", "coordinates": [36.5, 35.6]}}""";
        var read = Mapping.Parse(mapping).Required();

        foreach (
            var text in (string[])
                [
                    feature,
                    $"[\n{feature}\n]",
                    $$"""{"type": "FeatureCollection", "features": [{{feature}}]}""",
                    $$"""
                        {
                          "type": "FeatureCollection",
                          "features": [{{feature}}]
                        }
                        """,
                ]
        )
        {
            var report = Of(read, JsonRows.Read(new StringReader(text))).Single().ReportOf();
            ((string)report["place"]!["point"]!["lat"]!, (string)report["summary"]!).Should().Be(("35.6", "A claim"));
        }
    }
}
