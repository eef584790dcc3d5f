using Ledger.Domain.Agreements;
using Ledger.Verdicts.Analyses;
using Ledger.Verdicts.Answers;

namespace Ledger.Verdicts.Tests.Examples;

public sealed class ExercisingPowers
{
    private readonly Accord accord = new(
        """
          - {id: due, title: Handed over, achieve: {act: handover, by: 2018-10-10}}
          - {id: calm, title: No attacks, forbid: {act: attack}}
        """
    );

    // verdicts.md 5.9
    [Fact]
    public void Nothing_is_violated_while_suspended()
    {
        accord.Suspend("calm", "5");
        accord.Resume("calm", "9");
        accord.Report("attack", "6");
        accord
            .Ask("calm", "6")
            .Should()
            .Match<VerdictAnswer>(a =>
                a.Verdict == Verdict.Holding && a.Life == Life.Suspended && a.DecidedBy.Single().Role == Role.Power
            );
        accord.Ask("calm", "12").Verdict.Should().Be(Verdict.Holding);
    }

    // verdicts.md 5.10
    [Fact]
    public void A_deadline_that_passes_while_suspended_breaches_at_the_resumption()
    {
        accord.Suspend("due", "8");
        accord.Ask("due", "12").Verdict.Should().Be(Verdict.Pending);
        accord.Resume("due", "14");
        accord.Ask("due", "13").Verdict.Should().Be(Verdict.Pending);
        accord
            .Ask("due", "14")
            .Should()
            .Match<VerdictAnswer>(a =>
                a.Verdict == Verdict.Breached && a.Since == Accord.At("14") && a.Deadline == Accord.At("11")
            );
    }

    // verdicts.md 5.10, 14.2, 14.7
    [Fact]
    public void A_deadline_that_passed_while_suspended_does_not_lie_ahead()
    {
        var suspended = accord.Suspend("due", "8");
        var why = Why.Explain(accord.Book, "due", accord.Question("12"))!;
        why.Conclusion.Should()
            .Contain("passed while it was suspended, and it is breached when the suspension ends")
            .And.NotContain("it has until");
        why.Deadlines.Single().Arithmetic.Should().EndWith("so that a breach begins when the suspension ends");
        why.Entries.Should().ContainSingle(e => e.Entry == suspended && e.Role == Role.Power);
        Next.Of(accord.Book, accord.Question("12")).Ahead.Should().NotContain(a => a.Provision == "due");
        accord.Resume("due", "14");
        Next.Of(accord.Book, accord.Question("12"))
            .Ahead.Single(a => a.Provision == "due")
            .When.Utc.Should()
            .Be(Accord.At("14"));
    }

    // verdicts.md 5.10, 14.2
    [Fact]
    public void Why_names_the_power_that_shaped_the_answer_after_it_ended()
    {
        var (suspended, resumed) = (accord.Suspend("due", "8"), accord.Resume("due", "14"));
        accord.Suspend("calm", "2");
        Why.Explain(accord.Book, "due", accord.Question("16"))!
            .Entries.Select(e => e.Entry)
            .Should()
            .BeEquivalentTo(
                [suspended, resumed],
                "the breach began on the 14th, and the other provision is another matter"
            );
    }

    // verdicts.md 5.11
    [Fact]
    public void A_deadline_stands_still_only_if_the_suspension_says_so()
    {
        accord.Suspend("due", "8", standsStill: true);
        accord.Ask("due", "12").Deadline.Should().BeNull("nobody knows yet when the suspension ends");
        accord.Resume("due", "14");
        accord
            .Ask("due", "16 23:00")
            .Should()
            .Match<VerdictAnswer>(
                a => a.Verdict == Verdict.Pending && a.Deadline == Accord.At("17"),
                "three days were left on the 8th"
            );
        accord.Ask("due", "17").Verdict.Should().Be(Verdict.Breached);
    }

    // verdicts.md 5.12
    [Fact]
    public void An_extension_moves_the_deadline_from_its_effect_on()
    {
        accord.Extend("due", to: 20, from: "13");
        accord.Ask("due", "12").Verdict.Should().Be(Verdict.Breached);
        accord
            .Ask("due", "13")
            .Should()
            .Match<VerdictAnswer>(a => a.Verdict == Verdict.Pending && a.Deadline == Accord.At("21"));
        accord.Report("handover", "12");
        accord.Ask("due", "12 12:00").LateAt.Should().Be(Accord.At("12"));
        accord.Ask("due", "13").FulfilledAt.Should().Be(Accord.At("12"));
    }

    // verdicts.md 5.13, 12.1
    [Fact]
    public void Discharge_and_termination_release_what_was_pending()
    {
        accord.Discharge("due", "7");
        accord
            .Ask("due", "12")
            .Should()
            .Match<VerdictAnswer>(a =>
                a.Life == Life.Discharged && a.Verdict == Verdict.Pending && a.Reason == Reason.Released
            );
        accord.Report("handover", "8");
        accord.Extend("due", to: 20, from: "8");
        accord.Ask("due", "12").Reason.Should().Be(Reason.Released, "what happens after the release changes nothing");
        accord.Terminate("9");
        accord.Report("attack", "9");
        accord
            .Ask("calm", "12")
            .Should()
            .Match<VerdictAnswer>(a => a.Life == Life.Ended && a.Verdict == Verdict.Holding);
        accord.Ask("due", "12").Life.Should().Be(Life.Discharged, "it was discharged before the agreement ended");
    }

    // verdicts.md 5.15
    [Fact]
    public void Of_two_powers_at_one_instant_the_later_entry_has_the_last_word()
    {
        accord.Resume("calm", "5");
        accord.Suspend("calm", "5");
        accord.Ask("calm", "6").Life.Should().Be(Life.Suspended);
        accord.Resume("calm", "5");
        accord.Ask("calm", "6").Life.Should().Be(Life.InForce);
    }

    // verdicts.md 5.7
    [Fact]
    public void Powers_are_those_known()
    {
        accord.Suspend("calm", "5");
        accord.Ask("calm", "6", knownAt: 1).Life.Should().Be(Life.InForce);
    }
}

public sealed class WatchingAndDrawingLines
{
    // verdicts.md 11.2, 11.4
    [Fact]
    public void Holding_is_unknown_where_coverage_is_required_and_nobody_watched()
    {
        var accord = new Accord(
            """  - {id: p, title: No attacks, from: 2018-10-02, coverage: required, forbid: {act: {kinds: attack, zones: town}}}"""
        );
        accord.Watch("4", "6", "town");
        accord.Watch("6", "7", "belt");
        accord.Ask("p", "1").Verdict.Should().Be(Verdict.Holding, "before it is in force there is nothing to see");
        accord
            .Ask("p", "3")
            .Should()
            .Match<VerdictAnswer>(a =>
                a.Verdict == Verdict.Unknown && a.Reason == Reason.NotObserved && a.Since == Accord.At("2")
            );
        accord.Ask("p", "4").Verdict.Should().Be(Verdict.Holding);
        accord
            .Ask("p", "6")
            .Should()
            .Match<VerdictAnswer>(a => a.Verdict == Verdict.Unknown && a.Since == Accord.At("6"));
        accord.Report("attack", "8", zone: "town");
        accord.Ask("p", "8").Verdict.Should().Be(Verdict.Breached, "a breach needs no coverage");
    }

    // verdicts.md 5.16
    [Fact]
    public void What_nobody_watched_when_force_ended_stays_unknown()
    {
        var accord = new Accord(
            """
              - {id: p, title: No attacks, until: 2018-10-06, coverage: required, forbid: {act: attack}}
              - {id: q, title: No attacks, until: 2018-10-07, coverage: required, forbid: {act: attack}}
            """
        );
        accord.Watch("6", "20");
        accord.Ask("p", "10").Reason.Should().Be(Reason.NotObserved);
        accord.Ask("q", "10").Verdict.Should().Be(Verdict.Holding);
    }

    // verdicts.md 11.3
    [Fact]
    public void Every_zone_named_must_be_watched_and_without_one_the_whole_area()
    {
        var accord = new Accord(
            """
              - {id: p, title: No attacks, coverage: required, forbid: {act: {kinds: attack, zones: [town, belt]}}}
              - {id: q, title: No attacks, coverage: required, forbid: {act: attack}}
            """
        );
        accord.Watch("4", "6", "town");
        accord.Watch("5", "7", "belt");
        accord.Watch("9", "10");
        string[] unseen = ["4", "6"];
        unseen.Select(day => accord.Ask("p", day).Verdict).Should().Equal(Verdict.Unknown, Verdict.Unknown);
        accord.Ask("p", "5").Verdict.Should().Be(Verdict.Holding);
        accord.Ask("q", "5").Verdict.Should().Be(Verdict.Unknown);
        accord.Ask("q", "9").Verdict.Should().Be(Verdict.Holding);
        accord.Ask("p", "9").Verdict.Should().Be(Verdict.Holding);
    }

    // verdicts.md 11.1
    [Fact]
    public void Without_a_line_nothing_can_be_fulfilled()
    {
        var accord = new Accord(
            """  - {id: p, title: P, requiresZone: belt, achieve: {act: handover, by: 2018-10-10}}"""
        );
        accord.Report("handover", "3");
        accord
            .Ask("p", "12")
            .Should()
            .Match<VerdictAnswer>(a =>
                a.Verdict == Verdict.Unknown && a.Reason == Reason.NoLine && a.FulfilledAt == null
            );
        var drawn = accord.Draw("belt", from: 15);
        accord.Ask("p", "12").Verdict.Should().Be(Verdict.Fulfilled);
        accord.Ask("p", "12", knownAt: 2).Reason.Should().Be(Reason.NoLine);
        accord.Retract(drawn);
        accord.Ask("p", "12").Reason.Should().Be(Reason.NoLine);
    }
}
