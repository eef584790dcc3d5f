using System.Collections.Immutable;
using Ledger.Domain.Agreements;
using Ledger.Domain.Entries;
using Ledger.Domain.Input;
using Ledger.Domain.Places;
using Ledger.Domain.Reports;
using Ledger.Domain.Time;
using Ledger.Verdicts.Analyses;
using Ledger.Verdicts.Answers;
using Ledger.Verdicts.Replaying;
using NodaTime;
using NodaTime.Text;

namespace Ledger.Verdicts.Tests;

/// <summary>
/// What real data does to naive designs: each trap with its real case, in the demonstration's
/// ledger.
/// </summary>
public sealed class WhatRealDataDoes
{
    private static readonly Book Ledger = IdlibLedger.Load();

    private static int ids;

    [Fact]
    public void Unexploded_ordnance_recorded_as_an_air_strike_is_no_new_attack()
    {
        var entry = Find("Coded as airstrike but cause is unexploded cluster munition");
        ((ReportFiled)entry.Event).Report.Kind.Should().Be("unexploded-ordnance");
        Ask("p2", "2018-10-21").Verdict.Should().Be(Verdict.Holding);
        var asCoded = ((ReportFiled)entry.Event).Report with
        {
            Kind = "bombing",
            Actors = [new Actor("syrian-government", ActorRole.By)],
        };
        Ask(
            "p2",
            "2018-10-21",
            Suppose(id => new ReportCorrected
            {
                EntryId = id,
                Target = entry.Id,
                Report = asCoded,
                Reason = "as coded",
            })
        )
            .Verdict.Should()
            .Be(Verdict.Breached, "taken as it was coded it would have broken the article");
    }

    [Theory]
    [InlineData("observation-post", Verdict.Holding)]
    [InlineData("front-line", Verdict.Breached)]
    public void A_convoy_to_an_observation_post_is_no_breach(string destination, Verdict verdict)
    {
        var convoy = new Report
        {
            Kind = "convoy",
            Occurred = Day("2018-10-20"),
            Place = new Place { Precision = PlacePrecision.Unknown, Zone = "dmz" },
            Actors = [new Actor(destination == "front-line" ? "opposition" : "turkey", ActorRole.By)],
            Attributes = ImmutableSortedDictionary<string, string>
                .Empty.Add("moved", "heavy-weapons")
                .Add("destination", destination),
            Source = new Source { Class = SourceClass.Media, Name = "Agency" },
        };
        Ask("p6-after", "2018-10-21", Suppose(id => new ReportFiled { EntryId = id, Report = convoy }))
            .Verdict.Should()
            .Be(verdict);
    }

    [Fact]
    public void One_attack_with_two_attackers_and_two_tolls_is_one_fact_with_both_numbers()
    {
        var (first, second) = (Find("22 Syrian soldiers killed by jihadists"), Find("Same attack: 23 killed"));
        var why = Why.Explain(Ledger, "p5-after", Question("2018-11-20", new Lens { Match = Certainty.Possible }))!;
        why.Answer.Counts!.Violations.Should().Be(1);
        why.Entries.Select(e => e.Entry).Should().Contain([first.Id, second.Id]);
        why.Entries.Single(e => e.Entry == first.Id)
            .Quantities!["killed"]
            .Should()
            .Be(new Quantity(22, null, 23), "nobody's number is made into another's");
    }

    [Fact]
    public void Five_or_seven_dead_at_one_school_is_one_violation()
    {
        var (seven, five) = (
            Find("seven civilians killed incl. five children"),
            Find("five killed, two pupils and three women")
        );
        var answer = Ask("p2", "2018-11-25");
        answer
            .Instances.Single()
            .Violations!.Value.Count(v => v.Entry == seven.Id || v.Entry == five.Id)
            .Should()
            .Be(1);
        Ask("p2", "2018-11-25", new Lens { Without = [five.Id] })
            .Counts.Should()
            .Be(answer.Counts, "the other report carries the fact as well");
    }

    [Fact]
    public void Zero_on_one_side_and_thirteen_on_the_other_are_two_reports_and_no_verdict()
    {
        var counts = Ledger
            .Entries.Where(e =>
                e.Event is ReportFiled { Report: { Kind: "daily-count" } report }
                && report.Occurred.From == Start("2019-01-08")
            )
            .Select(e => ((ReportFiled)e.Event).Report)
            .ToList();
        counts.Select(report => report.Quantities["violations"].Low).Should().BeEquivalentTo([0, 13]);
        Ask("p9", "2019-01-10").Reason.Should().Be(Reason.NoFinding);
    }

    // verdicts.md 12.10
    [Fact]
    public void A_claim_denied_hours_later_stands_with_the_denial_beside_it()
    {
        var claim = Find("SOHR: Faylaq al-Sham began evacuating");
        Ledger
            .Entries.Should()
            .Contain(e =>
                e.Event is PartyResponded
                && ((PartyResponded)e.Event).Target == claim.Id
                && ((PartyResponded)e.Event).Stance == ResponseStance.Denies
            );
        Flips
            .Of(Ledger, "p6", Question("2018-10-16"))!
            .Sets.SelectMany(s => s.Entries)
            .Should()
            .NotContain(e => e.Entry == claim.Id, "a start is no withdrawal, denied or not");
        var denial = Ledger.Entries.First(e => e.Event is PartyResponded response && response.Target == claim.Id);
        Standing
            .Of(Ask("p6", "2018-10-16", new Lens { Without = [denial.Id] }))
            .Should()
            .Be(Standing.Of(Ask("p6", "2018-10-16")), "a response never enters a verdict");
    }

    [Fact]
    public void A_finding_two_years_later_settles_nothing()
    {
        var before = new Lens { SaidBy = Start("2020-10-01") };
        foreach (var report in Ledger.Entries.Where(e => e.Event is ReportFiled { Report.Kind: "chemical-attack" }))
        {
            var assessments = Ledger
                .Entries.Where(e => e.Event is ReportAssessed assessed && assessed.Target == report.Id)
                .ToList();
            assessments.Should().OnlyContain(e => ((ReportAssessed)e.Event).Level == Level.Inconclusive);
        }

        Diff.Between(Ledger, Question("2020-12-01", before), Question("2020-12-01"))
            .Provisions.Should()
            .NotContain(p => p.Provision == "p2" || p.Provision == "p9");
    }

    [Fact]
    public void An_assessor_may_change_their_mind_and_both_answers_stay()
    {
        var book = IdlibLedger.Load();
        var claim = Find("Opposition finished withdrawing heavy weapons on the front");
        Assess(book, claim, Level.Confirmed);
        Assess(book, claim, Level.Refuted);
        Assess(book, claim, Level.Corroborated);
        History
            .Of(book, "p6", Start("2018-10-16"), book.Position, new Lens { Threshold = Level.Corroborated })!
            .Steps.TakeLast(3)
            .Select(s => s.Standing!.Verdict)
            .Should()
            .Equal(Verdict.Fulfilled, Verdict.Breached, Verdict.Fulfilled);
    }

    [Fact]
    public void A_disputed_midnight_is_a_choice_of_the_reading()
    {
        var ends = Ledger.Versions(Ledger.Position).Last();
        var (end, start) = (
            DayEnds.End.DeadlineOf(new LocalDate(2018, 10, 15), ends.TimeZone),
            DayEnds.Start.DeadlineOf(new LocalDate(2018, 10, 15), ends.TimeZone)
        );
        Ask("p5", "2018-10-15").Should().Match<VerdictAnswer>(a => a.Verdict == Verdict.Pending && a.Deadline == end);
        (end - start).Should().Be(Duration.FromDays(1));
        var other = Revised(text =>
            text.Replace("  - id: p5\n", "  - id: p5\n    dayEnds: start\n", StringComparison.Ordinal)
        );
        Judge
            .Verdict(other, "p5", Question("2018-10-15", book: other))!
            .Should()
            .Match<VerdictAnswer>(a => a.Verdict == Verdict.Breached && a.Deadline == start);
    }

    [Fact]
    public void An_article_without_a_date_is_not_judged_from_reports() =>
        Ask("p3", "2019-03-08")
            .Should()
            .Match<VerdictAnswer>(a => a.Verdict == Verdict.Unknown && a.Reason == Reason.NoFinding);

    [Fact]
    public void An_article_without_a_line_is_unknown_and_never_fulfilled()
    {
        var other = Revised(text =>
            text.Replace("    inner: dmz-inner.geojson\n", "", StringComparison.Ordinal)
                .Replace("    outer: dmz-outer.geojson\n", "", StringComparison.Ordinal)
        );
        Judge
            .Verdict(other, "p6", Question("2018-10-16", book: other))!
            .Should()
            .Match<VerdictAnswer>(a =>
                a.Verdict == Verdict.Unknown && a.Reason == Reason.NoLine && a.FulfilledAt == null
            );
    }

    [Fact]
    public void A_strike_that_its_author_admits_and_justifies_still_counts()
    {
        var strike = Find("Russia announced strikes in the planned zone");
        Ask("p2", "2018-11-26").Instances.Single().Violations!.Value.Should().Contain(v => v.Entry == strike.Id);
        WhoSays
            .Of(Ledger, Question("2018-11-26"), "p2")
            .Provisions.Single()
            .Responses.Should()
            .Contain(
                r =>
                    r.Report == strike.Id
                    && r.Stance == ResponseStance.Admits
                    && r.Words!.Contains("beforehand", StringComparison.Ordinal),
                "it was announced"
            );
        var justified = Suppose(id => new PartyResponded
        {
            EntryId = id,
            Target = strike.Id,
            Party = "russia",
            Stance = ResponseStance.Justifies,
            Words = "Article 10: both combat terrorism.",
        });
        Standing
            .Of(Ask("p2", "2018-11-26", justified))
            .Should()
            .Be(Standing.Of(Ask("p2", "2018-11-26")), "another article excuses nothing here; it is listed beside");
    }

    [Fact]
    public void Coordinates_that_cannot_be_are_refused_and_missing_ones_leave_it_possible()
    {
        var problems = new Problems();
        GeoPoint
            .Read(
                new InputNode(
                    System.Text.Json.Nodes.JsonNode.Parse("""{"lat": "136.3", "lon": "35.8"}"""),
                    "",
                    problems
                )
            )
            .Should()
            .BeNull();
        problems.ToImmutable().Should().Contain(p => p.Code == "place/out-of-range");
        var taken = Find("HTS took almost all western suburbs");
        Why.Explain(Ledger, "p5-after", Question("2019-01-06"))!
            .NearMisses.Should()
            .Contain(m => m.Entry.Entry == taken.Id && m.Failed == Condition.Zone);
        Ask("p5-after", "2019-01-06").Bounds.Worst.Should().Be(Verdict.Breached);
    }

    [Theory]
    [InlineData(null, null, Verdict.Breached, Verdict.Breached)]
    [InlineData("35.37615", "36.6897", Verdict.Breached, Verdict.Breached)]
    [InlineData("35.53125", "35.79088", Verdict.Holding, Verdict.Breached)]
    public void Coordinates_that_contradict_the_named_place_leave_both_possible(
        string? lat,
        string? lon,
        Verdict certain,
        Verdict possible
    )
    {
        // A group said to be in the zone at Morek, with no coordinates, with those of Morek, and with those of Latakia.
        var place = new Place
        {
            Name = "Morek",
            Zone = "dmz",
            Precision = lat is null ? PlacePrecision.Unknown : PlacePrecision.Exact,
            Point = lat is null ? null : new GeoPoint(Number(lat), Number(lon!)),
        };
        var presence = Report("presence", "2018-10-17") with
        {
            Place = place,
            Actors = [new Actor("hts", ActorRole.By)],
        };
        var lens = Suppose(id => new ReportFiled { EntryId = id, Report = presence });
        Ask("p5-after", "2018-10-17", lens).Verdict.Should().Be(certain);
        Ask("p5-after", "2018-10-17", lens with { Match = Certainty.Possible }).Verdict.Should().Be(possible);

        static decimal Number(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public void A_record_published_before_it_happened_does_not_exist_until_it_has()
    {
        var early = new ReportFiled
        {
            EntryId = NewId(),
            SaidAt = Start("2018-10-01"),
            Report = Report("withdrawal", "2018-10-09"),
        };
        Judge
            .Verdict(Ledger, "p2", Question("2018-10-08", new Lens { Suppose = [early] }))!
            .DecidedBy.Should()
            .BeEmpty();
        var bombing = early with
        {
            Report = Report("bombing", "2018-10-09") with { Actors = [new Actor("russia", ActorRole.By)] },
        };
        Ask("p2", "2018-10-08", new Lens { Suppose = [bombing] }).Verdict.Should().Be(Verdict.Holding);
        Ask("p2", "2018-10-09", new Lens { Suppose = [bombing] }).Verdict.Should().Be(Verdict.Breached);
    }

    [Fact]
    public void One_id_used_twice_is_refused()
    {
        var file = AgreementFile
            .Parse(
                File.ReadAllText(Path.Combine(IdlibLedger.Root(), "agreements", "idlib-2018", "signed.yaml")),
                beside => File.ReadAllText(Path.Combine(IdlibLedger.Root(), "agreements", "idlib-2018", beside))
            )
            .Required();
        const string Line =
            """{"type":"report_filed","data":{"entryId":"01658821-2c00-7b15-ae01-51f49caea66c","report":{"kind":"patrol","occurred":"2018-10-20","source":{"class":"media"}}}}""";
        Replay
            .Load(file, [Line, Line])
            .Should()
            .BeOfType<Parsed<Book>.Bad>()
            .Which.Problems.Single()
            .Should()
            .Match<Problem>(p => p.Code == "entry/id-used-twice" && p.Line == 2);
        var book = IdlibLedger.Load();
        book.Invoking(b => b.Append(b.Entries[^1] with { Position = b.Position + 1 }))
            .Should()
            .Throw<InvalidDataException>()
            .WithMessage("*was used before*");
    }

    [Fact]
    public void A_bulletin_of_the_last_24_hours_covers_two_days_and_breaks_nothing_by_itself()
    {
        var bulletin = (ReportFiled)Find("Russian side counted 27 firing incidents").Event;
        (bulletin.Report.Occurred.Until - bulletin.Report.Occurred.From)
            .Should()
            .Be(Duration.FromDays(2), "the hour at which it counts is not published");
        Judge
            .Status(Ledger, Question("2019-03-08"))
            .Verdicts.SelectMany(v => v.DecidedBy)
            .Select(d => Ledger.Find(d.Entry)!.Event)
            .OfType<ReportFiled>()
            .Should()
            .NotContain(filed => filed.Report.Kind == "daily-count");
    }

    [Fact]
    public void Acts_by_somebody_who_signed_nothing_touch_the_duty_of_who_answers_for_them()
    {
        var reading = Ledger.Reading(Question("2018-11-26"));
        var acting = reading.Party("syrian-government")!;
        acting.Signatory.Should().BeFalse();
        acting.BoundBy.Should().Equal(reading.Provision("p2")!.Duty);
        Ask("p2", "2018-11-10")
            .DecidedBy.Should()
            .Contain(d => d.Entry == Find("Government forces killed 22 Jaysh al-Izza fighters").Id);
    }

    private static Entry Find(string summary) =>
        Ledger.Entries.Single(e =>
            e.Event is ReportFiled filed && filed.Report.Summary?.Contains(summary, StringComparison.Ordinal) == true
        );

    private static VerdictAnswer Ask(string provision, string day, Lens? lens = null) =>
        Judge.Verdict(Ledger, provision, Question(day, lens))!;

    private static Question Question(string day, Lens? lens = null, Book? book = null) =>
        new(End(day), (book ?? Ledger).Position, lens ?? Lens.House);

    private static Lens Suppose(Func<Guid, LedgerEvent> supposed) => new() { Suppose = [supposed(NewId())] };

    private static Guid NewId() => new(Interlocked.Increment(ref ids), 7, 7, new byte[8]);

    private static Report Report(string kind, string day) =>
        new()
        {
            Kind = kind,
            Occurred = Day(day),
            Source = new Source { Class = SourceClass.Media, Name = "Agency" },
        };

    private static Occurrence Day(string day) => Occurrence.Days(Local(day), Local(day), IdlibLedger.Damascus);

    private static Instant Start(string day) => IdlibLedger.Damascus.StartOf(Local(day));

    private static Instant End(string day) =>
        IdlibLedger.Damascus.StartOf(Local(day).PlusDays(1)) - Instants.Microsecond;

    private static LocalDate Local(string day) => LocalDatePattern.Iso.Parse(day).Value;

    private static void Assess(Book book, Entry report, Level level) =>
        book.Append(
            new Entry(
                book.Position + 1,
                Instant.FromUtc(2026, 1, 2, 0, 0),
                new ReportAssessed
                {
                    EntryId = NewId(),
                    Target = report.Id,
                    Level = level,
                    Grounds = "reviewed",
                }
            )
        );

    /// <summary>The ledger with one more reading: the signed text's file, changed.</summary>
    private static Book Revised(Func<string, string> change)
    {
        var folder = Path.Combine(IdlibLedger.Root(), "agreements", "idlib-2018");
        var text = change(File.ReadAllText(Path.Combine(folder, "signed.yaml")))
            .Replace("version: signed", "version: other", StringComparison.Ordinal);
        var file = AgreementFile.Parse(text, beside => File.ReadAllText(Path.Combine(folder, beside))).Required();
        var book = IdlibLedger.Load();
        book.Append(
            new Entry(
                book.Position + 1,
                Instant.FromUtc(2026, 1, 2, 0, 0),
                new AgreementRevised
                {
                    EntryId = NewId(),
                    File = file.Json,
                    SourceSha256 = file.SourceSha256,
                    AppliesFrom = new LocalDate(2018, 9, 17),
                    Reason = "another reading",
                }
            )
        );
        return book;
    }
}
