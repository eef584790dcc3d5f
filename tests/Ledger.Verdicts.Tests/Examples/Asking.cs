using Ledger.Domain.Agreements;
using Ledger.Domain.Entries;
using Ledger.Domain.Reports;
using Ledger.Verdicts.Analyses;
using Ledger.Verdicts.Answers;

namespace Ledger.Verdicts.Tests.Examples;

/// <summary>The questions beside the verdict (docs/verdicts.md, section 14).</summary>
public sealed class Asking
{
    private readonly Accord accord = new(
        """
          - {id: due, article: "6", title: Weapons are handed over, words: The weapons are handed over by 10 October., achieve: {act: {kinds: handover, actors: {by: south}}, by: 2018-10-10}}
          - {id: calm, title: No attacks, forbid: {act: {kinds: attack, zones: town}, quietPeriod: 7 days}}
          - {id: patrols, title: Weekly patrol, recur: {act: patrol, every: 7 days}}
        """
    );

    // verdicts.md 12.9, 14.2
    [Fact]
    public void Why_shows_clause_arithmetic_and_near_misses()
    {
        accord.Report("handover", "12", by: "south");
        accord.Report("handover", "9", by: "north");
        accord.Report("handover", "9-11", by: "south");
        accord.Report("handover", "8", by: "north", level: Level.Refuted);
        var why = Why.Explain(accord.Book, "due", accord.Question("20"))!;
        why.Clause.Words!["en"].Should().Be("The weapons are handed over by 10 October.");
        why.Deadlines.Single().TooLate.Should().Be(new Moment(Accord.At("11"), "2018-10-11T00:00:00+03:00"));
        why.Deadlines.Single()
            .Arithmetic.Should()
            .Contain("the end of 10 October 2018")
            .And.Contain("2018-10-10T21:00:00Z");
        why.NearMisses.Select(m => (m.Failed, m.Words))
            .Should()
            .BeEquivalentTo(
                new[]
                {
                    (Condition.Late, "late by 2 days"),
                    (Condition.Actor, "another actor than The South: The North"),
                    (Condition.Late, "it may have happened after the deadline, as its time is not stated exactly"),
                }
            );
        why.Conclusion.Should()
            .StartWith(
                "Article 6 (Weapons are handed over) stands breached since 11 October 2018: it was due by the end of 10 October 2018"
            );
        why.Entries.Single()
            .Should()
            .Match<Cited>(c =>
                c.Role == Role.LateAct && c.Author == "Agency" && c.From!.Local == "2018-10-12T00:00:00+03:00"
            );
    }

    // verdicts.md 14.2
    [Fact]
    public void Why_says_how_far_outside_a_zone_something_was()
    {
        accord.Report("attack", "5", at: new Domain.Places.GeoPoint(35.5m, 37.3m));
        var why = Why.Explain(accord.Book, "calm", accord.Question("20"))!;
        why.NearMisses.Single()
            .Should()
            .Match<NearMiss>(m => m.Failed == Condition.Zone && m.Words == "outside town by 9.1 km");
    }

    // verdicts.md 14.2
    [Fact]
    public void Why_names_what_is_below_the_threshold()
    {
        accord.Report("attack", "5", zone: "town");
        Why.Explain(accord.Book, "calm", accord.Question("20", new Lens { Threshold = Level.Confirmed }))!
            .NearMisses.Single()
            .Words.Should()
            .Be("it is alleged, below the threshold confirmed");
    }

    // verdicts.md 14.1
    [Fact]
    public void History_tells_when_the_ledger_changed_its_mind()
    {
        var report = accord.Report("handover", "9", by: "south");
        accord.Report("patrol", "3");
        accord.Assess(report, Level.Refuted);
        History
            .Of(accord.Book, "due", Accord.At("20"), accord.Position, Lens.House)!
            .Steps.Select(s => (s.Position, s.Standing!.Verdict))
            .Should()
            .Equal((1, Verdict.Breached), (2, Verdict.Fulfilled), (4, Verdict.Breached));
    }

    // verdicts.md 14.3
    [Fact]
    public void Why_changed_names_the_entry_that_did_it()
    {
        var report = accord.Report("handover", "9", by: "south");
        accord.Report("patrol", "3");
        var refuted = accord.Assess(report, Level.Refuted);
        var answer = WhyChanged.Between(accord.Book, "due", accord.Question("20", knownAt: 2), accord.Question("20"))!;
        answer
            .FlippedBy.Single()
            .Should()
            .Match<Flip>(f => f.Entries[0].Entry == refuted && f.Without!.Verdict == Verdict.Fulfilled);
        answer
            .Conclusion.Should()
            .Be(
                "due went from fulfilled to breached between positions 2 and 4; without entry 4 it would be fulfilled."
            );
    }

    [Fact]
    public void Why_changed_says_that_time_passed() =>
        WhyChanged
            .Between(accord.Book, "due", accord.Question("10"), accord.Question("11"))!
            .Conclusion.Should()
            .Be(
                "due went from pending to breached between 10 October 2018 and 11 October 2018; no single entry did it: time passed."
            );

    // verdicts.md 14.3
    [Fact]
    public void Why_changed_names_what_had_not_been_said_under_one_lens()
    {
        accord.Report("patrol", "3", said: "3");
        var handover = accord.Report("handover", "9", by: "south", said: "10");
        accord.Report("patrol", "10", said: "11");
        var answer = WhyChanged.Between(
            accord.Book,
            "due",
            accord.Question("20", new Lens { SaidBy = Accord.At("9") }),
            accord.Question("20")
        )!;
        answer.FlippedBy.Should().ContainSingle().Which.Entries.Single().Entry.Should().Be(handover);
        answer.Conclusion.Should().EndWith("without entry 3 it would be breached.");
    }

    // verdicts.md 1.9, 14.4
    [Fact]
    public void What_if_is_a_difference_and_leaves_the_ledger_alone()
    {
        accord.Report("handover", "9", by: "south");
        var book = accord.Book;
        var answer = WhatIf.Ask(book, accord.Question("20"), new Lens { Threshold = Level.Confirmed });
        answer
            .Provisions.Select(p => (p.Provision, p.Before!.Verdict, p.After!.Verdict))
            .Should()
            .Equal(("due", Verdict.Fulfilled, Verdict.Breached));
        answer.Unchanged.Should().Equal("calm", "patrols");
        book.Position.Should().Be(accord.Position);
    }

    // verdicts.md 14.5
    [Fact]
    public void Flips_are_minimal()
    {
        var one = accord.Report("handover", "8", by: "south");
        var other = accord.Report("handover", "9", by: "south");
        Flips
            .Of(accord.Book, "due", accord.Question("20"))!
            .Sets.Select(s => s.Entries.Select(e => e.Entry))
            .Should()
            .ContainSingle()
            .Which.Should()
            .Equal(one, other);
        accord.Retract(one);
        Flips
            .Of(accord.Book, "due", accord.Question("20"))!
            .Sets.Single()
            .Should()
            .Match<Flip>(s => s.Entries[0].Entry == other && s.Without!.Verdict == Verdict.Breached);
    }

    // verdicts.md 14.6
    [Fact]
    public void Diff_lists_reports_added_corrected_reassessed_and_removed()
    {
        var (kept, gone) = (accord.Report("patrol", "3"), accord.Report("patrol", "4"));
        var from = accord.Question("20");
        accord.Assess(kept, Level.Confirmed);
        accord.Correct(kept, "patrol", "5");
        accord.Retract(gone);
        var added = accord.Report("attack", "6", zone: "town");
        var answer = Diff.Between(accord.Book, from, accord.Question("20"));
        answer.Added.Select(c => c.Entry).Should().Equal(added);
        answer.Corrected.Select(c => c.Entry).Should().Equal(kept);
        answer.Reassessed.Select(c => c.Entry).Should().Equal(kept);
        answer.Removed.Select(c => c.Entry).Should().Equal(gone);
        answer.Provisions.Select(p => p.Provision).Should().Contain("calm");
    }

    // verdicts.md 14.7
    [Fact]
    public void Next_lists_what_lies_ahead_soonest_first()
    {
        accord.Report("attack", "2", zone: "town");
        Next.Of(accord.Book, accord.Question("3"))
            .Ahead.Select(a => (a.Provision, a.Coming, a.When.Utc))
            .Should()
            .Equal(
                ("patrols", Coming.Overdue, Accord.At("9")),
                ("calm", Coming.Cured, Accord.At("10")),
                ("due", Coming.Deadline, Accord.At("11"))
            );
    }

    // verdicts.md 12.10, 14.8
    [Fact]
    public void Who_says_sets_statements_beside_the_house_verdict()
    {
        accord.Find("due", StatementStance.InProgress, adjudicator: null, by: "A ministry", said: "5");
        accord.Find("due", StatementStance.Kept, adjudicator: null, by: "A Ministry", said: "10");
        accord.Find("due", StatementStance.Broken, adjudicator: null, by: "An observatory", said: "12");
        var claims = WhoSays.Of(accord.Book, accord.Question("20"), "due").Provisions.Single();
        claims.House.Verdict.Should().Be(Verdict.Breached, "statements never enter a verdict");
        claims
            .Statements.Select(s => (s.By, s.Stance, s.Agrees, s.Earlier))
            .Should()
            .Equal(("An observatory", StatementStance.Broken, true, 0), ("A Ministry", StatementStance.Kept, false, 1));
    }
}
