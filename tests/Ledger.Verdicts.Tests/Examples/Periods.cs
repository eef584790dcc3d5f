using Ledger.Domain.Reports;
using Ledger.Verdicts.Analyses;
using Ledger.Verdicts.Answers;

namespace Ledger.Verdicts.Tests.Examples;

/// <summary>So much in every calendar period. Days are October days; weapons stand for whatever is counted.</summary>
public sealed class Periods
{
    private const string Daily =
        """  - {id: p, title: Six hundred a day, from: 2018-10-01, recur: {act: convoy, each: day, total: {quantity: weapons, atLeast: 600}}}""";

    // verdicts.md 9.5, 9.6, 9.9, 9.11
    [Fact]
    public void Are_kept_by_a_sum_and_missed_at_their_end()
    {
        var accord = new Accord(Daily);
        accord.Report("convoy", "1 09:00", weapons: 300);
        accord.Report("convoy", "1 15:00", weapons: 300);
        accord.Report("convoy", "2 09:00", weapons: 250);

        accord
            .Ask("p", "2 23:59:59.999999")
            .Should()
            .Match<VerdictAnswer>(a =>
                a.Verdict == Verdict.Holding
                && a.Reason == Reason.NoViolation
                && a.Deadline == Accord.At("3")
                && a.Progress == new Progress("weapons", 250, 600)
            );
        var missed = accord.Ask("p", "5");
        missed
            .Should()
            .Match<VerdictAnswer>(a =>
                a.Verdict == Verdict.Breached
                && a.Reason == Reason.PeriodMissed
                && a.Since == Accord.At("3")
                && a.Counts == new Counts(3, Accord.At("3"), Accord.At("5"))
            );
        missed
            .Instances.Single()
            .Periods!.Value.Select(p => (p.From, p.Verdict, p.Sums!.Value[0].Reached))
            .Should()
            .Equal(
                (Accord.At("2"), Verdict.Breached, 250),
                (Accord.At("3"), Verdict.Breached, 0),
                (Accord.At("4"), Verdict.Breached, 0),
                (Accord.At("5"), Verdict.Pending, 0)
            );
    }

    // verdicts.md 9.6
    [Fact]
    public void Ask_for_every_sum()
    {
        var accord = new Accord(
            """  - {id: p, title: P, recur: {act: convoy, each: day, total: [{quantity: weapons, atLeast: 6}, {quantity: killed, atLeast: 1}]}}"""
        );
        accord.Report("convoy", "1 09:00", weapons: 6);
        accord.Ask("p", "1 23:00").Progress.Should().Be(new Progress("killed", 0, 1));
        accord.Ask("p", "2").Verdict.Should().Be(Verdict.Breached);
    }

    // verdicts.md 9.5, 9.6
    [Theory]
    [InlineData("week", "8", "15")]
    [InlineData("10 days", "11", "21")]
    [InlineData("month", "31 23:59:59.999999", null)]
    public void Are_days_weeks_and_calendar_months(string each, string second, string? third)
    {
        var accord = new Accord($"  - {{id: p, title: P, recur: {{act: patrol, each: {each}}}}}");
        accord.Report("patrol", "3");
        accord.Ask("p", second).Verdict.Should().Be(Verdict.Holding);
        if (third is not null)
            accord.Ask("p", third).Since.Should().Be(Accord.At(third));
    }

    // verdicts.md 9.6, 9.8
    [Fact]
    public void Are_missed_at_the_end_of_force_and_cut_by_it()
    {
        const string provision =
            "  - {id: p, title: P, from: 2018-10-01, until: 2018-10-12, recur: {act: patrol, each: 10 days, cut: CUT}}";
        var (excused, owed) = (
            new Accord(provision.Replace("CUT", "excused", StringComparison.Ordinal)),
            new Accord(provision.Replace("CUT", "owed", StringComparison.Ordinal))
        );
        foreach (var accord in (Accord[])[excused, owed])
        {
            accord.Report("patrol", "5");
            accord.Report("patrol", "12 09:00");
        }

        excused.Ask("p", "20").Verdict.Should().Be(Verdict.Holding);
        owed.Ask("p", "11 23:00").Verdict.Should().Be(Verdict.Holding);
        owed.Ask("p", "20")
            .Should()
            .Match<VerdictAnswer>(a =>
                a.Verdict == Verdict.Breached && a.Life == Life.Ended && a.Since == Accord.At("12")
            );
        var whole = new Accord("  - {id: p, title: P, until: 2018-10-11, recur: {act: patrol, each: 10 days}}");
        whole.Ask("p", "11").Verdict.Should().Be(Verdict.Breached, "its end is the end of force");
    }

    // verdicts.md 9.7
    [Fact]
    public void Count_what_is_told_over_several_of_them_as_possible_in_each()
    {
        var accord = new Accord("""  - {id: p, title: P, until: 2018-10-03, recur: {act: patrol, each: day}}""");
        accord.Report("patrol", "1-2", level: Level.Confirmed);
        accord
            .Ask("p", "3")
            .Should()
            .Match<VerdictAnswer>(a =>
                a.Verdict == Verdict.Breached && a.Bounds.Best == Verdict.Holding && a.Bounds.Worst == Verdict.Breached
            );
        var miss = Why.Explain(accord.Book, "p", accord.Question("3"))!.NearMisses.Single();
        miss.Words.Should().Be("its time is not stated so exactly that it lies in one period for certain");
    }

    // verdicts.md 9.9
    [Fact]
    public void Hold_again_only_where_the_file_lets_a_later_one_heal()
    {
        var (stays, heals) = (
            new Accord("""  - {id: p, title: P, recur: {act: patrol, each: day}}"""),
            new Accord("""  - {id: p, title: P, recur: {act: patrol, each: day, missed: heals}}""")
        );
        foreach (var accord in (Accord[])[stays, heals])
            accord.Report("patrol", "2 09:00");

        stays.Ask("p", "2").Verdict.Should().Be(Verdict.Breached);
        heals.Ask("p", "2 08:00").Verdict.Should().Be(Verdict.Breached);
        heals
            .Ask("p", "2 09:00")
            .Should()
            .Match<VerdictAnswer>(a =>
                a.Verdict == Verdict.Holding
                && a.Reason == Reason.Cured
                && a.CuredAt == Accord.At("2 09:00")
                && a.Counts!.Violations == 1
            );
        heals.Ask("p", "4").Verdict.Should().Be(Verdict.Breached);
    }

    // verdicts.md 9.8
    [Fact]
    public void Are_excused_where_they_are_suspended_for_any_part()
    {
        var accord = new Accord("""  - {id: p, title: P, recur: {act: patrol, each: day}}""");
        accord.Suspend("p", "1 12:00");
        accord.Resume("p", "1 13:00");
        accord.Ask("p", "2 12:00").Verdict.Should().Be(Verdict.Holding);
        accord.Ask("p", "3").Counts.Should().Be(new Counts(1, Accord.At("3"), Accord.At("3")));
    }

    // verdicts.md 9.10
    [Fact]
    public void Are_unknown_where_they_came_out_short_and_nobody_watched()
    {
        var accord = new Accord("""  - {id: p, title: P, coverage: required, recur: {act: patrol, each: day}}""");
        accord.Ask("p", "1").Verdict.Should().Be(Verdict.Holding, "nothing is missed yet");
        accord.Ask("p", "2").Reason.Should().Be(Reason.NotObserved);
        accord.Watch("2", "3");
        accord
            .Ask("p", "3")
            .Should()
            .Match<VerdictAnswer>(a => a.Reason == Reason.PeriodMissed && a.Counts!.Violations == 1);
    }

    // verdicts.md 14.2, 14.7
    [Fact]
    public void Say_what_they_still_need()
    {
        var accord = new Accord(Daily);
        accord.Report("convoy", "1 09:00", weapons: 250);
        var ahead = Next.Of(accord.Book, accord.Question("1 12:00")).Ahead.Single();
        ahead.Needs.Should().Be("Needs in this period 350 more weapons (250 of 600 are known).");
        ahead.When.Utc.Should().Be(Accord.At("2"));
        Why.Explain(accord.Book, "p", accord.Question("1 12:00"))!
            .Deadlines.Single()
            .Arithmetic.Should()
            .StartWith("each day; this one is 1 October 2018");
        Why.Explain(accord.Book, "p", accord.Question("2 12:00"))!
            .Conclusion.Should()
            .StartWith(
                "p (Six hundred a day) stands breached since 2 October 2018: 1 period came out short, the last at the end of 1 October 2018, with 250 of 600 weapons"
            );
    }

    // verdicts.md 13.1
    [Fact]
    public void Have_a_timeline_that_ends()
    {
        var accord = new Accord("""  - {id: p, title: P, recur: {act: patrol, each: day, missed: heals}}""");
        accord.Report("patrol", "3 09:00");
        Judge
            .Timeline(accord.Book, "p", accord.Position, Domain.Agreements.Lens.House)!
            .Intervals.Select(i => (i.Verdict, i.Reason, i.From))
            .Should()
            .Equal(
                (Verdict.Holding, Reason.NotYetInForce, null),
                (Verdict.Holding, Reason.NoViolation, Accord.At("1")),
                (Verdict.Breached, Reason.PeriodMissed, Accord.At("2")),
                (Verdict.Holding, Reason.Cured, Accord.At("3 09:00")),
                (Verdict.Breached, Reason.PeriodMissed, Accord.At("5"))
            );
    }
}
