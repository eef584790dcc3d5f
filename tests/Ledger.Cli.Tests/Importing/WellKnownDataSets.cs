using System.Text;
using Ledger.Cli.Reports.Importing;
using Ledger.Domain.Reports;
using static Ledger.Cli.Tests.Importing.Tables;

namespace Ledger.Cli.Tests.Importing;

/// <summary>
/// The shipped mappings on rows with the columns that each data set has. Only the bulletins' rows are real; the others'
/// terms keep theirs out of a test.
/// </summary>
public sealed class WellKnownDataSets
{
    private const string Acled =
        "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,assoc_actor_1,inter1,actor2,assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,admin1,admin2,admin3,location,latitude,longitude,geo_precision,source,source_scale,notes,fatalities,tags,timestamp\n"
        + "TST1,2018-10-01,2018,1,Political violence,Explosions/Remote violence,Shelling/artillery/missile attack,Army of Here,,State forces,Group of There,,Rebel group,x,,1,Middle East,Here,North,,,Town,35.6483,36.6769,1,\"Paper; Radio\",National,\"On 1 October, shells fell.\",3,,1538500000\n"
        + "TST2,02 October 2018,2018,2,Political violence,Battles,Armed clash,Army of Here,,State forces,,,,x,,1,Middle East,Here,North,,,Town,35.6483,36.6769,3,Paper,National,Clash,0,,1538500000\n"
        + "TST3,2018-10-03,2018,1,Demonstrations,Protests,Peaceful protest,Protesters,,Protesters,,,,x,,1,Middle East,Here,North,,,Town,35.6483,36.6769,1,Paper,National,Protest,0,,1538500000\n"
        + "TST4,2018-10-04,2018,1,Political violence,Battles,A new word,Army,,State forces,,,,x,,1,Middle East,Here,North,,,Town,35.6483,36.6769,1,Paper,National,Battle,0,,1538500000\n";

    private const string Ucdp =
        "id,relid,year,type_of_violence,conflict_name,dyad_name,side_a,side_b,source_article,source_original,source_headline,where_prec,where_coordinates,latitude,longitude,date_prec,date_start,date_end,best,high,low\n"
        + "9,R-9,2018,1,Here: Government,Government - Rebels,Government of Here,Rebels,\"Agency,2018-10-02,\"\"Fighting\"\"\",a spokesman,Fighting near Town,1,Town,35.6483,36.6769,2,2018-10-01 00:00:00.000,2018-10-03 00:00:00.000,5,8,4\n";

    private const string Airwars =
        "id,code,date,permalink,country_slug,latitude,longitude,geolocation_accuracy_slug,strike_type_slug,civilian_harm_status_slug,civilian_non_combatants_killed_min,civilian_non_combatants_killed_max,belligerent_1_belligerent_name\n"
        + "1,RS0001,2018-09-04,https://example.org/rs0001,syria,35.81418,36.31983,city,airstrike,contested,10,11,Russian Military\n"
        + "2,RS0002,2018-09-05,https://example.org/rs0002,syria,,,,airstrike,weak,0,1,\n"
        + "3,RS0003,2018-09-06,https://example.org/rs0003,syria,,,,,weak,0,1,\n";

    [Fact]
    public void Acled_tells_when_where_who_and_how_many()
    {
        var filings = OfCsv(Shipped("acled"), Encoding.UTF8.GetBytes(Acled));

        filings.Select(filing => filing.GetType().Name).Should().Equal("Good", "Good", "LeftOut", "Bad");
        var report = filings[0].Good().Report.Report;
        report.Kind.Should().Be("shelling");
        report.Quantities["killed"].Should().Be(new Quantity(3, 3, 3));
        report
            .Actors.Should()
            .Equal(new Actor("Army of Here", ActorRole.By), new Actor("Group of There", ActorRole.Against));
        report.Place!.Point!.Lat.Should().Be(35.6483m);
        report.Summary.Should().Be("On 1 October, shells fell.");
        report.Origin.Should().Be(new Origin("ACLED", "TST1", null));
        filings[0].Good().Report.SaidAt.Should().Be(NodaTime.Instant.FromUnixTimeSeconds(1538500000));
        filings[1].Good().Report.Report.Occurred.Precision.Should().Be(Ledger.Domain.Time.Precision.Week);
        filings[1].Good().Report.Report.Actors.Should().ContainSingle("an actor without a name is none");
        filings[2].Should().BeOfType<Filing.LeftOut>().Which.Because.Should().Contain("Protests");
        filings[3].Problem().Code.Should().Be("import/unknown-word");
    }

    [Fact]
    public void Ucdp_counts_low_best_and_high_and_includes_the_last_day()
    {
        OfCsv(Shipped("ucdp-ged"), Encoding.UTF8.GetBytes(Ucdp))
            .Single()
            .Problem()
            .Pointer.Should()
            .Be("/report/kind", "it does not say how, and the agreement has no kind for that");
        var decided = File.ReadAllText(Repository.PathOf("mappings", "ucdp-ged.yaml"))
            .Replace("armed-clash", "ground-attack", StringComparison.Ordinal);
        var report = OfCsv(decided, Ucdp).Single().Good().Report.Report;

        report.Quantities["killed"].Should().Be(new Quantity(4, 5, 8));
        (report.Occurred.Until - report.Occurred.From).TotalDays.Should().BeApproximately(3, 0.1);
        report.Source.Name.Should().Be("a spokesman");
        report.Summary.Should().Be("Fighting near Town");
    }

    [Fact]
    public void Airwars_grades_and_is_not_taken_at_its_word()
    {
        var filings = OfCsv(Shipped("airwars"), Encoding.UTF8.GetBytes(Airwars));

        var report = filings[0].Good().Report.Report;
        (report.Kind, report.Summary, report.Level)
            .Should()
            .Be(("bombing", "Airwars incident RS0001, graded contested", null));
        report.Quantities["killed"].Should().Be(new Quantity(10, null, 11));
        report.Origin!.Url.Should().Be("https://example.org/rs0001");
        filings[1].Good().Report.Report.Place.Should().BeNull("a place of which nothing is said is none");
        filings[2].Problem().Pointer.Should().Be("/report/kind", "what happened is not guessed");
    }

    [Theory]
    [InlineData("airstrike", "Unexploded ordnance", "unexploded-ordnance")]
    [InlineData("airstrike", "Heavy weapons and explosive munitions", "bombing")]
    [InlineData("artillery", "", "shelling")]
    public void Airwars_is_asked_for_the_cause_before_the_type(string type, string cause, string kind) =>
        OfAirwars(type, cause, "city").Good().Report.Report.Kind.Should().Be(kind);

    [Fact]
    public void Airwars_with_several_causes_is_not_decided_here() =>
        OfAirwars("airstrike", "Heavy weapons, Unexploded ordnance", "city")
            .Problem()
            .Pointer.Should()
            .Be("/report/kind");

    [Theory]
    [InlineData("city", "Near")]
    [InlineData("a-new-grade", "Unknown")]
    [InlineData("", "Unknown")]
    public void Airwars_never_makes_a_place_nearer_than_it_says(string accuracy, string precision) =>
        OfAirwars("airstrike", "", accuracy).Good().Report.Report.Place!.Precision.ToString().Should().Be(precision);

    private static Filing OfAirwars(string type, string cause, string accuracy) =>
        OfCsv(
                Shipped("airwars"),
                Encoding.UTF8.GetBytes(
                    "code,date,latitude,longitude,geolocation_accuracy_slug,strike_type_slug,cause_of_death_injury_name,civilian_non_combatants_killed_min,civilian_non_combatants_killed_max\n"
                        + $"RS1,2018-09-04,35.81418,36.31983,{accuracy},{type},\"{cause}\",1,2\n"
                )
            )
            .Single();

    [Fact]
    public void A_bulletin_is_a_report_of_each_side()
    {
        const string Rows =
            "bulletin_date,ru_total,ru_idlib,ru_aleppo,ru_latakia,ru_hama,tr_total,tr_idlib,tr_aleppo,tr_latakia,tr_hama,ru_according_to_syrian_side,tr_confirmed_by_ru,source_url,note\n"
            + "2018-08-30,27,0,15,10,2,2,0,1,0,1,,,https://reliefweb.int/report/syrian-arab-republic/information-bulletins-russian-federation-ministry-defence-regarding-1,\n"
            + "2019-02-23,9,,,,,28,,,,,,,https://en.news-front.info/2019/02/23/nine-ceasefire-violations-in-syria-in-past-24-hours/,\"provinces named, no split given\"\n"
            + "2020-11-24,33,18,4,9,2,,,,,,33,,https://en.news-front.info/2020/11/24/russian-observers-recorded-33-new-shootings-in-syria/,Turkish figure not in the stored excerpt\n";

        var filings = OfCsv(Shipped("joint-commission"), Encoding.UTF8.GetBytes(Rows));

        filings
            .Select(filing => filing.Record)
            .Should()
            .Equal(
                "2018-08-30 / russia",
                "2018-08-30 / turkey",
                "2019-02-23 / russia",
                "2019-02-23 / turkey",
                "2020-11-24 / russia",
                "2020-11-24 / turkey"
            );
        filings[0]
            .Good()
            .Report.Report.Quantities.Select(quantity => $"{quantity.Key} {quantity.Value.Best}")
            .Should()
            .Equal(
                "violations 27",
                "violations-aleppo 15",
                "violations-hama 2",
                "violations-idlib 0",
                "violations-latakia 10"
            );
        filings[1].Good().Report.Report.Source.Party.Should().Be("turkey");
        filings[2].Good().Report.Report.Quantities.Should().ContainSingle("what is not said is not zero");
        filings[5].Should().BeOfType<Filing.LeftOut>().Which.Because.Should().Be("tr_total says nothing");
        filings.OfType<Filing.Good>().Select(good => good.Id).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void Every_shipped_mapping_says_what_it_is_for() =>
        ShippedMappings
            .Names.Should()
            .BeEquivalentTo("acled", "airwars", "joint-commission", "ucdp-ged")
            .And.OnlyContain(name => Shipped(name).Needed.Count > 2);
}
