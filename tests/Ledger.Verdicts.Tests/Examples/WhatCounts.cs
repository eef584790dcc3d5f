using Ledger.Domain.Agreements;
using Ledger.Domain.Entries;
using Ledger.Domain.Reports;
using Ledger.Verdicts.Answers;

namespace Ledger.Verdicts.Tests.Examples;

public sealed class WhatCounts
{
    private const string NoAttacks = """  - {id: p, title: No attacks, forbid: {act: attack}}""";

    private static readonly Lens Strict = new() { Threshold = Level.Confirmed };

    private readonly Accord accord = new(NoAttacks);

    private Verdict Now(Lens? lens = null, long? knownAt = null) => accord.Ask("p", "20", lens, knownAt).Verdict;

    // verdicts.md 1.6
    [Fact]
    public void A_retracted_retraction_brings_its_target_back_where_that_happened()
    {
        var attack = accord.Report("attack", "5");
        var retraction = accord.Retract(attack);
        var second = accord.Retract(retraction);
        var third = accord.Retract(second);
        Enumerable
            .Range(2, 4)
            .Select(k => Now(knownAt: k))
            .Should()
            .Equal(Verdict.Breached, Verdict.Holding, Verdict.Breached, Verdict.Holding);
        accord.Retract(attack);
        accord.Retract(third);
        Now().Should().Be(Verdict.Holding, "dead while any retraction is live");
    }

    // verdicts.md 2.1
    [Fact]
    public void The_latest_live_correction_is_the_content()
    {
        var report = accord.Report("attack", "5");
        var first = accord.Correct(report, "convoy", "5");
        var second = accord.Correct(report, "attack", "7");
        accord.Ask("p", "20").Since.Should().Be(Accord.At("7"));
        accord.Retract(second);
        Now().Should().Be(Verdict.Holding);
        accord.Retract(first);
        accord.Ask("p", "20").Since.Should().Be(Accord.At("5"));
    }

    // verdicts.md 2.3, 2.4, 2.5
    [Fact]
    public void The_latest_live_assessment_is_the_level_whoever_changes_their_mind()
    {
        var report = accord.Report("attack", "5");
        Now(Strict).Should().Be(Verdict.Holding);
        accord.Assess(report, Level.Confirmed);
        Now(Strict).Should().Be(Verdict.Breached);
        var refuted = accord.Assess(report, Level.Refuted);
        Now().Should().Be(Verdict.Holding);
        accord.Retract(refuted);
        Now(Strict).Should().Be(Verdict.Breached);
        accord.Assess(report, Level.Inconclusive);
        Now(Strict).Should().Be(Verdict.Holding);
        accord
            .Ask("p", "20")
            .DecidedBy.Single()
            .Level.Should()
            .Be(Level.Inconclusive, "it counts as alleged and is marked");
    }

    // verdicts.md 2.9, 2.10
    [Fact]
    public void Linked_reports_are_one_fact_with_the_content_of_the_best_established()
    {
        var (early, late) = (accord.Report("attack", "5"), accord.Report("attack", "6"));
        accord.Ask("p", "20").Counts!.Violations.Should().Be(2);
        var link = accord.Link(early, late);
        accord
            .Ask("p", "20")
            .Counts.Should()
            .Be(new Counts(1, Accord.At("6"), Accord.At("6")), "of equal levels the later filing wins");
        accord.Assess(early, Level.Corroborated);
        accord.Ask("p", "20").Since.Should().Be(Accord.At("5"));
        accord.Retract(link);
        accord.Ask("p", "20").Counts!.Violations.Should().Be(2);
    }

    // verdicts.md 2.6, 2.7
    [Fact]
    public void Independent_linked_sources_corroborate_where_the_agreement_says_so()
    {
        var policy = new Accord(NoAttacks, "{threshold: corroborated, corroboratedBy: 2}");
        var agency = policy.Report("attack", "5");
        var same = policy.Report("attack", "5", source: new Source { Class = SourceClass.OpenSource, Name = "AGENCY" });
        policy.Link(agency, same);
        policy.Ask("p", "20").Verdict.Should().Be(Verdict.Holding, "one agency under two spellings is one source");
        policy.Link(agency, policy.Report("attack", "5", source: new Source { Class = SourceClass.Witness }));
        policy.Ask("p", "20").Verdict.Should().Be(Verdict.Breached);
    }

    // verdicts.md 2.7
    [Theory]
    [InlineData("guard", "brigade", Verdict.Holding, "the guard is bound by the brigade")]
    [InlineData("guard", "south", Verdict.Holding, "it is bound by the south through the brigade")]
    [InlineData("brigade", "north", Verdict.Breached, "neither is bound by the other")]
    public void A_party_does_not_corroborate_whoever_binds_it(
        string one,
        string other,
        Verdict expected,
        string because
    )
    {
        var policy = new Accord(NoAttacks, "{threshold: corroborated, corroboratedBy: 2}");
        policy.Link(
            policy.Report("attack", "5", source: new Source { Class = SourceClass.Party, Party = one }),
            policy.Report("attack", "5", source: new Source { Class = SourceClass.Party, Party = other })
        );
        policy.Ask("p", "20").Verdict.Should().Be(expected, because);
    }

    // verdicts.md 1.2, 1.3
    [Fact]
    public void Said_time_is_not_known_time()
    {
        var report = accord.Report("attack", "5", said: "9");
        accord.Assess(report, Level.Refuted);
        Now(new Lens { SaidBy = Accord.At("8") }).Should().Be(Verdict.Holding);
        Now(new Lens { SaidBy = Accord.At("9") })
            .Should()
            .Be(Verdict.Breached, "the refutation was not said until it was recorded");
        Now().Should().Be(Verdict.Holding);
    }

    // verdicts.md 1.5
    [Fact]
    public void What_speaks_of_something_not_known_is_not_known()
    {
        var (one, other, late) = (
            accord.Report("attack", "5", said: "5"),
            accord.Report("attack", "6", said: "5"),
            accord.Report("attack", "7", said: "9")
        );
        accord.LinkAsSaid("6", one, other, late);
        accord
            .Ask("p", "20", new Lens { SaidBy = Accord.At("8") })
            .Counts!.Violations.Should()
            .Be(2, "the link speaks of a report that was not said by then");
        accord.Ask("p", "20").Counts!.Violations.Should().Be(1);
    }

    // verdicts.md 2.2
    [Fact]
    public void A_retracted_filing_takes_its_corrections_with_it()
    {
        var report = accord.Report("convoy", "5");
        accord.Correct(report, "attack", "5");
        Now().Should().Be(Verdict.Breached);
        accord.Retract(report);
        Now().Should().Be(Verdict.Holding);
    }

    // verdicts.md 1.10, 3.3
    [Fact]
    public void A_retracted_revision_leaves_the_reading_before_it()
    {
        accord.Report("convoy", "5");
        var revision = accord.Revise("""  - {id: p, title: No convoys, forbid: {act: convoy}}""", from: 3);
        accord
            .Ask("p", "20")
            .Should()
            .Match<VerdictAnswer>(a => a.Reading == "second" && a.Verdict == Verdict.Breached);
        accord.Retract(revision);
        accord.Ask("p", "20").Should().Match<VerdictAnswer>(a => a.Reading == "first" && a.Verdict == Verdict.Holding);
    }

    // verdicts.md 1.4
    [Fact]
    public void The_adoption_is_always_known_and_cannot_be_left_out()
    {
        var adoption = accord.Book.Entries[0].Id;
        accord
            .Ask("p", "20", new Lens { SaidBy = Accord.At("1"), Without = [adoption] })
            .Should()
            .Match<VerdictAnswer>(a => a.Reading == "first" && a.Verdict == Verdict.Holding);
    }

    // verdicts.md 3.1, 3.2
    [Fact]
    public void The_agreement_s_own_threshold_and_certain_matches_count_where_nothing_else_is_asked_for()
    {
        var strict = new Accord(
            """  - {id: p, title: No attacks, forbid: {act: {kinds: attack, actors: {by: south}}}}""",
            "{threshold: corroborated}"
        );
        strict.Report("attack", "5", by: "south");
        strict.Report("attack", "6", level: Level.Corroborated);
        strict.Ask("p", "20").Verdict.Should().Be(Verdict.Holding);
        strict.Ask("p", "20", new Lens { Threshold = Level.Alleged }).Since.Should().Be(Accord.At("5"));
        strict.Ask("p", "20", new Lens { Match = Domain.Places.Certainty.Possible }).Since.Should().Be(Accord.At("6"));
    }

    // verdicts.md 2.8
    [Fact]
    public void A_link_joins_through_a_report_that_counts_no_more()
    {
        var (one, middle, other) = (
            accord.Report("attack", "5"),
            accord.Report("attack", "6"),
            accord.Report("attack", "7")
        );
        accord.Link(one, middle);
        accord.Link(middle, other);
        accord.Retract(middle);
        accord.Ask("p", "20").Counts.Should().Be(new Counts(1, Accord.At("7"), Accord.At("7")));
    }

    // verdicts.md 2.11
    [Fact]
    public void Sources_choose_among_reports_before_incidents_are_formed()
    {
        var policy = new Accord(NoAttacks, "{threshold: corroborated, corroboratedBy: 2}");
        var north = new Source { Class = SourceClass.Party, Party = "north" };
        policy.Link(policy.Report("attack", "5", source: north), policy.Report("attack", "6"));
        policy.Ask("p", "20").Since.Should().Be(Accord.At("6"));
        var without = new Lens
        {
            Sources = new SourceFilter { Only = false, Parties = ["north"] },
        };
        policy.Ask("p", "20", without).Verdict.Should().Be(Verdict.Holding, "one source corroborates nothing");
        policy.Ask("p", "20", without with { Threshold = Level.Alleged }).Since.Should().Be(Accord.At("6"));
    }

    // verdicts.md 2.4, 2.6
    [Fact]
    public void An_inconclusive_report_neither_corroborates_nor_is_raised()
    {
        var policy = new Accord(NoAttacks, "{threshold: corroborated, corroboratedBy: 2}");
        Source Named(string name) => new() { Class = SourceClass.Media, Name = name };
        var (one, other) = (
            policy.Report("attack", "5", source: Named("Agency")),
            policy.Report("attack", "5", source: Named("Gazette"))
        );
        policy.Link(one, other);
        policy.Ask("p", "20").Verdict.Should().Be(Verdict.Breached);
        policy.Assess(one, Level.Inconclusive);
        policy.Ask("p", "20").Verdict.Should().Be(Verdict.Holding, "one report is left that says anything");
        policy.Assess(other, Level.Inconclusive);
        policy.Ask("p", "20").Verdict.Should().Be(Verdict.Holding, "nothing could be established");
        var third = policy.Report("attack", "5", source: Named("Radio"));
        var fourth = policy.Report("attack", "5", source: Named("Observer"));
        policy.Link(one, third, fourth);
        policy
            .Ask("p", "20")
            .DecidedBy.Select(d => (d.Entry, d.Level))
            .Should()
            .Equal(
                (one, Level.Inconclusive),
                (other, Level.Inconclusive),
                (third, Level.Corroborated),
                (fourth, Level.Corroborated)
            );
    }

    // verdicts.md 2.7
    [Fact]
    public void Being_one_source_passes_on()
    {
        var policy = new Accord(NoAttacks, "{threshold: corroborated, corroboratedBy: 2}");
        Source Of(string? name, string? party) =>
            new()
            {
                Class = SourceClass.Media,
                Name = name,
                Party = party,
            };
        policy.Link(
            policy.Report("attack", "5", source: Of("Agency", null)),
            policy.Report("attack", "5", source: Of(" agency", "north")),
            policy.Report("attack", "5", source: Of("Ministry", "north"))
        );
        policy.Ask("p", "20").Verdict.Should().Be(Verdict.Holding);
    }

    // verdicts.md 3.6
    [Fact]
    public void Named_lenses_say_whose_view_it_is()
    {
        accord.Report("attack", "5", source: new Source { Class = SourceClass.Party, Party = "south" });
        var views = NamedLens.Of(accord.Book.Agreement!);
        string[] names = ["house", "strict", "alleged", "south", "north"];
        names
            .Select(name => Now(views[name]))
            .Should()
            .Equal(Verdict.Breached, Verdict.Holding, Verdict.Breached, Verdict.Breached, Verdict.Holding);
    }

    // verdicts.md 12.12
    [Fact]
    public void An_answer_carries_what_pins_it()
    {
        var attack = accord.Report("attack", "5");
        var lens = new Lens { Threshold = Level.Corroborated, Without = [attack] };
        accord
            .Ask("p", "20", lens, knownAt: 2)
            .Should()
            .Match<VerdictAnswer>(a =>
                a.Agreement == "accord"
                && a.Position == 2
                && a.Reading == "first"
                && a.AsOf == Accord.At("20")
                && a.Lens.Threshold == Level.Corroborated
                && a.Lens.Without!.Value.Single() == attack
            );
    }

    // verdicts.md 1.9, 3.5
    [Fact]
    public void A_lens_chooses_sources_and_what_to_leave_out_and_suppose()
    {
        var ours = accord.Report("attack", "5", source: new Source { Class = SourceClass.Party, Party = "north" });
        Now(
                new Lens
                {
                    Sources = new SourceFilter { Only = false, Parties = ["north"] },
                }
            )
            .Should()
            .Be(Verdict.Holding);
        Now(
                new Lens
                {
                    Sources = new SourceFilter { Only = true, Classes = [SourceClass.Party] },
                }
            )
            .Should()
            .Be(Verdict.Breached);
        Now(
                new Lens
                {
                    Sources = new SourceFilter { Only = true, Reliabilities = ['A'] },
                }
            )
            .Should()
            .Be(Verdict.Holding, "nobody said how reliable the source is");
        Now(new Lens { Without = [ours] }).Should().Be(Verdict.Holding);
        var supposed = new ReportFiled
        {
            EntryId = Guid.Parse("01922b7e-4a00-7c3e-9f10-2b6d1c7a9e55"),
            Report = Accord.Make("attack", "3"),
        };
        var answer = accord.Ask("p", "20", new Lens { Suppose = [supposed] });
        answer.Since.Should().Be(Accord.At("3"));
        answer.DecidedBy.Should().Contain(d => d.Entry == supposed.EntryId && d.Position == null);
    }

    // verdicts.md 2.12
    [Fact]
    public void A_fact_after_the_time_asked_for_does_not_exist_yet()
    {
        accord.Report("attack", "21");
        Now().Should().Be(Verdict.Holding);
        accord.Ask("p", "21").Verdict.Should().Be(Verdict.Breached);
    }

    // verdicts.md 12.3, 12.4
    [Fact]
    public void Bounds_take_doubt_both_ways()
    {
        var doubt = accord.Report("attack", "5");
        accord
            .Ask("p", "20")
            .Bounds.Should()
            .Match<Bounds>(b =>
                b.Best == Verdict.Holding
                && b.Worst == Verdict.Breached
                && !b.Settled
                && b.SeparatedBy.Single().Entry == doubt
            );
        accord.Assess(doubt, Level.Confirmed);
        accord.Ask("p", "20").Bounds.Should().Match<Bounds>(b => b.Settled && b.SeparatedBy.Length == 0);
    }

    // verdicts.md 12.13
    [Fact]
    public void Many_facts_that_separate_the_bounds_are_told_by_the_first_and_the_last()
    {
        var reports = Enumerable
            .Range(0, 60)
            .Select(i => accord.Report("attack", $"5 {i / 60 + 1:00}:{i % 60:00}"))
            .ToList();
        var bounds = accord.Ask("p", "20").Bounds;
        bounds.SeparatedBy.Select(d => d.Entry).Should().Equal([.. reports.Take(25), .. reports.TakeLast(25)]);
        bounds.SeparatedByOmitted.Should().Be(10);
    }

    // verdicts.md 12.3, 12.4
    [Fact]
    public void Demanding_proof_also_discards_proof_of_compliance()
    {
        var kept = new Accord("""  - {id: p, title: P, achieve: {act: handover, by: 2018-10-10}}""");
        kept.Report("handover", "5");
        kept.Ask("p", "20", Strict)
            .Should()
            .Match<VerdictAnswer>(a =>
                a.Verdict == Verdict.Breached
                && a.Bounds.Best == Verdict.Fulfilled
                && a.Bounds.Worst == Verdict.Breached
            );
    }

    // verdicts.md 3.3, 3.4, 13.1
    [Fact]
    public void A_reading_applies_from_its_day_and_can_be_asked_for_by_name()
    {
        accord.Report("convoy", "5");
        var revision = accord.Revise("""  - {id: p, title: No convoys, forbid: {act: convoy}}""", from: 12);
        accord.Ask("p", "11").Should().Match<VerdictAnswer>(a => a.Reading == "first" && a.Verdict == Verdict.Holding);
        accord
            .Ask("p", "12")
            .Should()
            .Match<VerdictAnswer>(a =>
                a.Reading == "second" && a.Verdict == Verdict.Breached && a.Since == Accord.At("5")
            );
        accord.Ask("p", "11", new Lens { Reading = "second" }).Verdict.Should().Be(Verdict.Breached);
        Judge
            .Timeline(accord.Book, "p", accord.Position, Lens.House)!
            .Intervals.Select(i => (i.Reading, i.Verdict, i.Until))
            .Should()
            .Equal(
                ("first", Verdict.Holding, Accord.At("1")),
                ("first", Verdict.Holding, Accord.At("12")),
                ("second", Verdict.Breached, null)
            );
        accord.Retract(revision);
        accord.Ask("p", "12").Reading.Should().Be("first");
        accord
            .Ask("p", "11", new Lens { Reading = "second" })
            .Verdict.Should()
            .Be(Verdict.Breached, "a reading asked for by name is used whether or not it was retracted");
        accord
            .Book.Objection(accord.Question("20", new Lens { Reading = "second" }, knownAt: 2))
            .Should()
            .NotBeNull("it was not recorded by then");
    }
}
