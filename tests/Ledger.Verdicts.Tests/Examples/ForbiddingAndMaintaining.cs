using Ledger.Domain.Agreements;
using Ledger.Verdicts.Answers;

namespace Ledger.Verdicts.Tests.Examples;

public sealed class Forbidding
{
    // verdicts.md 5.2, 7.1
    [Fact]
    public void Is_breached_from_the_start_of_the_first_act_on_and_counts()
    {
        var accord = new Accord(
            """  - {id: p, title: No attacks, from: 2018-10-02, until: 2018-10-20, forbid: {act: attack}}"""
        );
        accord.Report("attack", "1");
        accord.Report("attack", "5");
        accord.Report("attack", "9", subject: "village");
        accord.Report("attack", "20");
        accord.Ask("p", "4").Verdict.Should().Be(Verdict.Holding);
        accord.Ask("p", "5").Verdict.Should().Be(Verdict.Breached);
        accord
            .Ask("p", "30")
            .Should()
            .Match<VerdictAnswer>(a =>
                a.Verdict == Verdict.Breached
                && a.Life == Life.Ended
                && a.Since == Accord.At("5")
                && a.Counts == new Counts(2, Accord.At("5"), Accord.At("9"))
            );
        accord
            .Ask("p", "30")
            .Instances.Single()
            .Violations!.Value.Select(v => (v.Key, v.At))
            .Should()
            .Equal((null, Accord.At("5")), ("village", Accord.At("9")));
    }

    // verdicts.md 7.2
    [Fact]
    public void Holds_again_after_a_quiet_period()
    {
        var accord = new Accord("""  - {id: p, title: No attacks, forbid: {act: attack, quietPeriod: 7 days}}""");
        accord.Report("attack", "2 12:00");
        accord.Report("attack", "6");
        accord.Ask("p", "13 23:59:59.999999").Verdict.Should().Be(Verdict.Breached);
        accord
            .Ask("p", "14")
            .Should()
            .Match<VerdictAnswer>(a =>
                a.Verdict == Verdict.Holding && a.Reason == Reason.Cured && a.CuredAt == Accord.At("14")
            );
        accord.Report("attack", "14");
        accord
            .Ask("p", "14")
            .Should()
            .Match<VerdictAnswer>(a => a.Verdict == Verdict.Breached && a.Since == Accord.At("2 12:00"));
    }

    // verdicts.md 5.16
    [Fact]
    public void Is_not_cured_by_a_quiet_period_that_force_does_not_outlast()
    {
        var accord = new Accord(
            """  - {id: p, title: No attacks, until: 2018-10-14, forbid: {act: attack, quietPeriod: 7 days}}"""
        );
        var first = accord.Report("attack", "5");
        var last = accord.Report("attack", "6");
        accord
            .Ask("p", "20")
            .Should()
            .Match<VerdictAnswer>(a => a.Life == Life.Ended && a.Verdict == Verdict.Breached && a.CuredAt == null);
        Analyses.Next.Of(accord.Book, accord.Question("7")).Ahead.Should().OnlyContain(a => a.Coming == Coming.Ended);
        accord.Retract(last);
        accord.Ask("p", "20").CuredAt.Should().Be(Accord.At("13"), "without it the last week was quiet");
        accord.Retract(first);
        accord.Ask("p", "20").Reason.Should().Be(Reason.NoViolation);
    }

    // verdicts.md 7.3
    [Fact]
    public void Holds_again_after_so_many_hours()
    {
        var accord = new Accord("""  - {id: p, title: No attacks, forbid: {act: attack, quietPeriod: 36 hours}}""");
        accord.Report("attack", "2 12:00");
        accord.Ask("p", "3 23:59:59.999999").Verdict.Should().Be(Verdict.Breached);
        accord.Ask("p", "4").CuredAt.Should().Be(Accord.At("4"));
    }

    // verdicts.md 5.8
    [Fact]
    public void Counts_an_act_only_partly_in_force_as_possible_from_the_start_of_force()
    {
        var accord = new Accord("""  - {id: p, title: No attacks, from: 2018-10-05, forbid: {act: attack}}""");
        accord.Report("attack", "3-6");
        accord.Ask("p", "8").Verdict.Should().Be(Verdict.Holding);
        var possible = new Lens { Match = Domain.Places.Certainty.Possible };
        accord.Ask("p", "4", possible).Verdict.Should().Be(Verdict.Holding);
        accord.Ask("p", "8", possible).Since.Should().Be(Accord.At("5"));
    }
}

public sealed class Maintaining
{
    // verdicts.md 8.2, 8.4
    [Fact]
    public void Absence_is_violated_while_any_subject_is_inside()
    {
        var accord = new Accord(
            """  - {id: p, title: Nobody in the belt, from: 2018-10-03, maintain: {enters: arrival, leaves: departure, required: absent}}"""
        );
        accord.Report("arrival", "1", subject: "a");
        accord.Report("departure", "5", subject: "a");
        accord.Report("arrival", "4", subject: "b");
        accord.Report("departure", "8", subject: "b");
        accord
            .Ask("p", "2")
            .Should()
            .Match<VerdictAnswer>(a => a.Verdict == Verdict.Holding && a.Life == Life.NotYetInForce);
        accord
            .Ask("p", "7")
            .Should()
            .Match<VerdictAnswer>(a => a.Verdict == Verdict.Breached && a.Since == Accord.At("3"));
        accord
            .Ask("p", "9")
            .Should()
            .Match<VerdictAnswer>(a => a.Verdict == Verdict.Holding && a.CuredAt == Accord.At("8"));
        accord
            .Ask("p", "9")
            .Instances.SelectMany(i => i.Intervals!.Value.Select(s => (i.Key, s.From, s.Until)))
            .Should()
            .Equal(("a", Accord.At("3"), Accord.At("5")), ("b", Accord.At("4"), Accord.At("8")));
    }

    // verdicts.md 4.12, 8.1
    [Fact]
    public void With_equal_time_the_entry_wins_and_re_entering_is_allowed()
    {
        var accord = new Accord(
            """  - {id: p, title: Nobody, maintain: {enters: arrival, leaves: departure, required: absent}}"""
        );
        accord.Report("arrival", "4", subject: "a");
        accord.Report("departure", "4", subject: "a");
        accord.Ask("p", "4").Verdict.Should().Be(Verdict.Breached);
        accord.Report("departure", "6", subject: "a");
        accord.Report("arrival", "9", subject: "a");
        accord.Ask("p", "7").Verdict.Should().Be(Verdict.Holding);
        accord.Ask("p", "9").Since.Should().Be(Accord.At("9"));
    }

    // verdicts.md 5.16, 8.4
    [Fact]
    public void Intervals_end_with_the_time_in_force()
    {
        var accord = new Accord(
            """  - {id: p, title: Nobody, until: 2018-10-08, maintain: {enters: arrival, leaves: departure, required: absent}}"""
        );
        accord.Report("arrival", "4", subject: "a");
        accord.Report("departure", "12", subject: "a");
        accord
            .Ask("p", "20")
            .Should()
            .Match<VerdictAnswer>(
                a =>
                    a.Life == Life.Ended
                    && a.Verdict == Verdict.Breached
                    && a.Since == Accord.At("4")
                    && a.CuredAt == null,
                "the end of force heals nothing, and whoever leaves later was inside until then"
            );
        accord
            .Ask("p", "20")
            .Instances.Single()
            .Intervals!.Value.Should()
            .Equal(new Stretch(Accord.At("4"), Accord.At("8")));
    }

    // verdicts.md 8.3
    [Fact]
    public void Presence_is_violated_while_a_listed_subject_or_one_that_was_once_inside_is_outside()
    {
        var accord = new Accord(
            """  - {id: p, title: Posts stay, maintain: {enters: arrival, leaves: departure, required: present, subjects: [post-1]}}"""
        );
        accord.Report("departure", "2", subject: "post-9");
        accord
            .Ask("p", "3")
            .Instances.Select(i => (i.Key, i.Verdict))
            .Should()
            .Equal(("post-1", Verdict.Breached), ("post-9", Verdict.Holding));
        accord.Report("arrival", "4", subject: "post-1");
        accord.Ask("p", "4").Verdict.Should().Be(Verdict.Holding);
        accord.Report("arrival", "5", subject: "post-2");
        accord.Report("departure", "7", subject: "post-2");
        accord
            .Ask("p", "7")
            .Should()
            .Match<VerdictAnswer>(a => a.Verdict == Verdict.Breached && a.Since == Accord.At("7"));
    }
}

public sealed class MaintainingWithDoubt
{
    // verdicts.md 5.9, 5.16
    [Fact]
    public void Nobody_leaves_because_a_provision_is_suspended_or_terminated()
    {
        var accord = new Accord(
            """  - {id: p, title: Nobody, maintain: {enters: arrival, leaves: departure, required: absent}}"""
        );
        accord.Report("arrival", "4", subject: "a");
        accord.Suspend("p", "6");
        accord
            .Ask("p", "7")
            .Should()
            .Match<VerdictAnswer>(a =>
                a.Verdict == Verdict.Holding && a.Reason == Reason.NoViolation && a.CuredAt == null
            );
        accord.Resume("p", "8");
        accord.Terminate("10");
        accord
            .Ask("p", "20")
            .Should()
            .Match<VerdictAnswer>(a =>
                a.Life == Life.Ended && a.Verdict == Verdict.Breached && a.Since == Accord.At("8") && a.CuredAt == null
            );
        accord.Report("departure", "9", subject: "a");
        accord
            .Ask("p", "20")
            .Should()
            .Match<VerdictAnswer>(a => a.Verdict == Verdict.Holding && a.CuredAt == Accord.At("9"));
    }

    // verdicts.md 8.5
    [Fact]
    public void Facts_without_a_subject_move_one_unnamed_subject()
    {
        var accord = new Accord(
            """  - {id: p, title: Nobody, maintain: {enters: arrival, leaves: departure, required: absent}}"""
        );
        accord.Report("arrival", "4");
        accord.Report("departure", "5", subject: "a");
        accord
            .Ask("p", "6")
            .Instances.Single(i => i.Key == null)
            .Should()
            .Match<Instance>(i => i.Intervals!.Value.Length == 1);
        accord.Ask("p", "6").Verdict.Should().Be(Verdict.Breached, "whoever left was somebody else");
        accord.Report("departure", "7");
        accord.Ask("p", "7").Verdict.Should().Be(Verdict.Holding);
    }

    // verdicts.md 8.6
    [Fact]
    public void An_entry_speaks_for_presence_and_binds_its_subject_to_stay()
    {
        var accord = new Accord(
            """  - {id: p, title: Posts stay, maintain: {enters: arrival, leaves: departure, required: present}}"""
        );
        accord.Report("arrival", "4", subject: "post");
        accord.Report("departure", "7", subject: "post", level: Domain.Reports.Level.Confirmed);
        accord
            .Ask("p", "8")
            .Bounds.Should()
            .Match<Bounds>(
                b => b.Best == Verdict.Holding && b.Worst == Verdict.Breached,
                "an alleged arrival makes nobody stay in the best case, and somebody in the worst"
            );
    }
}

public sealed class Recurring
{
    // verdicts.md 9.1, 9.2, 9.3
    [Fact]
    public void Is_overdue_from_the_start_of_the_eighth_day_after_until_the_next()
    {
        var accord = new Accord("""  - {id: p, title: Weekly patrol, recur: {act: patrol, every: 7 days}}""");
        accord
            .Ask("p", "8 23:59:59.999999")
            .Should()
            .Match<VerdictAnswer>(
                a => a.Verdict == Verdict.Holding && a.Deadline == Accord.At("9"),
                "the start of force counts as an occurrence"
            );
        accord.Ask("p", "9").Verdict.Should().Be(Verdict.Breached);
        accord.Report("patrol", "11 10:00");
        accord.Ask("p", "11 10:00").Verdict.Should().Be(Verdict.Holding);
        accord
            .Ask("p", "19")
            .Should()
            .Match<VerdictAnswer>(a => a.Verdict == Verdict.Breached && a.Since == Accord.At("19"));
        accord
            .Ask("p", "19")
            .Instances.Single()
            .Gaps!.Value.Should()
            .Equal(new Stretch(Accord.At("9"), Accord.At("11 10:00")), new Stretch(Accord.At("19"), null));
    }

    // verdicts.md 5.16
    [Fact]
    public void Stays_overdue_when_force_ends()
    {
        var accord = new Accord(
            """  - {id: p, title: Daily patrol, until: 2018-10-08, recur: {act: patrol, every: 1 day}}"""
        );
        accord
            .Ask("p", "20")
            .Should()
            .Match<VerdictAnswer>(a =>
                a.Life == Life.Ended && a.Verdict == Verdict.Breached && a.Since == Accord.At("3")
            );
        accord
            .Ask("p", "20")
            .Instances.Single()
            .Gaps!.Value.Should()
            .Equal(new Stretch(Accord.At("3"), Accord.At("8")));
        accord.Report("patrol", "9");
        accord.Ask("p", "20").Verdict.Should().Be(Verdict.Breached, "that patrol was after the time in force");
        accord.Report("patrol", "7 12:00");
        accord.Ask("p", "20").Verdict.Should().Be(Verdict.Holding, "what is said later of the time in force counts");
    }

    // verdicts.md 9.3, 9.4
    [Fact]
    public void A_day_too_late_is_a_gap_of_that_day_and_is_counted()
    {
        var accord = new Accord("""  - {id: p, title: Weekly patrol, recur: {act: patrol, every: 7 days}}""");
        accord.Report("patrol", "1");
        accord.Report("patrol", "9");
        accord.Report("patrol", "17");
        accord
            .Ask("p", "9 12:00")
            .Should()
            .Match<VerdictAnswer>(a => a.Verdict == Verdict.Breached && a.Deadline == Accord.At("9"));
        accord
            .Ask("p", "18")
            .Should()
            .Match<VerdictAnswer>(a =>
                a.Verdict == Verdict.Holding && a.Counts == new Counts(2, Accord.At("9"), Accord.At("17"))
            );
        accord
            .Ask("p", "18")
            .Instances.Single()
            .Gaps!.Value.Should()
            .Equal(
                new Stretch(Accord.At("9"), Accord.At("9 23:59:59.999999")),
                new Stretch(Accord.At("17"), Accord.At("17 23:59:59.999999"))
            );
        var possible = new Lens { Match = Domain.Places.Certainty.Possible };
        accord.Ask("p", "18", possible).Counts!.Violations.Should().Be(2, "whatever the hour, both were late");
        accord.Ask("p", "9 12:00", possible).Verdict.Should().Be(Verdict.Holding, "it may have been in the morning");
    }

    // verdicts.md 9.2, 9.4
    [Fact]
    public void Every_second_day_is_not_every_day()
    {
        var accord = new Accord("""  - {id: p, title: Daily patrol, recur: {act: patrol, every: 1 day}}""");
        foreach (var day in (string[])["1", "3", "5", "7"])
            accord.Report("patrol", day);
        accord.Ask("p", "8").Counts!.Violations.Should().Be(3);
        foreach (var day in (string[])["2", "4", "6", "8"])
            accord.Report("patrol", day);
        accord.Ask("p", "8").Should().Match<VerdictAnswer>(a => a.Verdict == Verdict.Holding && a.Counts == null);
    }

    // verdicts.md 9.4
    [Fact]
    public void An_act_of_some_days_is_surely_done_at_their_end_and_counts_from_their_start()
    {
        var accord = new Accord("""  - {id: p, title: Weekly patrol, recur: {act: patrol, every: 7 days}}""");
        accord.Report("patrol", "7-10");
        accord.Ask("p", "10 12:00").Verdict.Should().Be(Verdict.Breached);
        accord.Ask("p", "11").Deadline.Should().Be(Accord.At("15"));
        var possible = new Lens { Match = Domain.Places.Certainty.Possible };
        accord.Ask("p", "10 12:00", possible).Verdict.Should().Be(Verdict.Holding);
        accord.Ask("p", "11", possible).Deadline.Should().Be(Accord.At("18"));
    }

    // verdicts.md 5.9
    [Fact]
    public void Is_not_done_again_because_it_is_suspended()
    {
        var accord = new Accord("""  - {id: p, title: Daily patrol, recur: {act: patrol, every: 1 day}}""");
        accord.Suspend("p", "5");
        accord.Ask("p", "4").Verdict.Should().Be(Verdict.Breached);
        accord
            .Ask("p", "6")
            .Should()
            .Match<VerdictAnswer>(a => a.Verdict == Verdict.Holding && a.Reason == Reason.NoViolation);
    }

    // verdicts.md 5.6
    [Fact]
    public void Runs_through_whole_days_whenever_deadlines_end()
    {
        var accord = new Accord(
            """
              - {id: p, title: Weekly patrol, dayEnds: start, recur: {act: patrol, every: 7 days}}
              - {id: q, title: No attacks, dayEnds: start, forbid: {act: attack, quietPeriod: 7 days}}
            """
        );
        accord.Report("attack", "6");
        accord.Ask("p", "8 12:00").Verdict.Should().Be(Verdict.Holding);
        accord.Ask("p", "9").Verdict.Should().Be(Verdict.Breached);
        accord.Ask("q", "13 12:00").Verdict.Should().Be(Verdict.Breached);
        accord.Ask("q", "14").Verdict.Should().Be(Verdict.Holding);
    }
}

public sealed class Judging
{
    private readonly Accord accord = new(
        """
          - {id: p, title: Effective measures, judged: {adjudicator: court}}
          - {id: q, title: Good faith, judged: true}
        """
    );

    // verdicts.md 10.1
    [Fact]
    public void Is_unknown_without_a_finding_and_never_silently_kept()
    {
        accord.Find("p", Domain.Entries.StatementStance.Kept, adjudicator: null, by: "A ministry");
        accord.Find("q", Domain.Entries.StatementStance.Kept);
        accord
            .Ask("p", "20")
            .Should()
            .Match<VerdictAnswer>(a => a.Verdict == Verdict.Unknown && a.Reason == Reason.NoFinding);
        accord.Ask("q", "20").Verdict.Should().Be(Verdict.Unknown);
    }

    // verdicts.md 10.2, 10.3
    [Fact]
    public void Follows_the_latest_finding_that_holds_by_then()
    {
        var kept = accord.Find("p", Domain.Entries.StatementStance.Kept, since: "5");
        accord.Find("p", Domain.Entries.StatementStance.Broken, since: "12");
        accord.Ask("p", "4").Verdict.Should().Be(Verdict.Unknown);
        accord
            .Ask("p", "6")
            .Should()
            .Match<VerdictAnswer>(a =>
                a.Verdict == Verdict.Holding && a.Since == Accord.At("5") && a.DecidedBy[0].Entry == kept
            );
        accord.Ask("p", "12").Verdict.Should().Be(Verdict.Breached);
        accord.Find("p", Domain.Entries.StatementStance.Partly, since: "3");
        accord
            .Ask("p", "12")
            .Should()
            .Match<VerdictAnswer>(a => a.Verdict == Verdict.Unknown && a.Reason == Reason.Finding);
    }
}
