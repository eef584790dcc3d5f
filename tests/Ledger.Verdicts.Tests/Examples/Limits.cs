using Ledger.Domain.Reports;
using Ledger.Verdicts.Analyses;
using Ledger.Verdicts.Answers;

namespace Ledger.Verdicts.Tests.Examples;

/// <summary>A stock within bounds: handovers count it, arrivals add and departures take.</summary>
public sealed class Limits
{
    private static Accord Of(string bounds, string other = "") =>
        new(
            $$"""  - {id: p, title: Tanks, {{other}}limit: {count: handover, adds: arrival, takes: departure, quantity: weapons, {{bounds}} } }"""
        );

    // verdicts.md 16.1, 16.3, 16.4
    [Fact]
    public void Are_broken_by_what_came_since_the_last_count_until_a_count_says_less()
    {
        var accord = Of("atMost: 700");
        accord.Report("handover", "2", weapons: 690);
        accord.Report("arrival", "3", weapons: 20);
        accord.Report("handover", "6", weapons: 400);

        var breached = accord.Ask("p", "4");
        breached
            .Should()
            .Match<VerdictAnswer>(a =>
                a.Verdict == Verdict.Breached
                && a.Reason == Reason.Violation
                && a.Since == Accord.At("3")
                && a.Counts == new Counts(1, Accord.At("3"), Accord.At("3"))
            );
        breached.Instances.Single().Stock.Should().Be(new Stock("weapons", 710, 710));
        breached.DecidedBy.Select(d => d.Role).Should().Equal(Role.Counted, Role.Enters);
        accord
            .Ask("p", "6")
            .Should()
            .Match<VerdictAnswer>(a =>
                a.Verdict == Verdict.Holding && a.Reason == Reason.Cured && a.Since == Accord.At("6")
            );
    }

    // verdicts.md 16.1
    [Fact]
    public void Sum_up_the_stocks_of_all_subjects()
    {
        var accord = Of("atMost: 700");
        accord.Report("handover", "2", subject: "flank", weapons: 400);
        accord.Ask("p", "3").Verdict.Should().Be(Verdict.Holding);
        accord.Report("handover", "3", subject: "rear", weapons: 400);
        accord.Ask("p", "3").Instances.Single().Stock!.Low.Should().Be(800);
        accord.Ask("p", "3").Verdict.Should().Be(Verdict.Breached);
        accord.Report("departure", "4", weapons: 500);
        accord
            .Ask("p", "4")
            .Verdict.Should()
            .Be(Verdict.Breached, "what left of no stated subject left none of theirs");
    }

    // verdicts.md 16.2
    [Fact]
    public void Take_at_one_instant_the_count_first_then_what_leaves_then_what_comes()
    {
        var accord = Of("atMost: 700");
        accord.Report("arrival", "2 09:00", weapons: 5);
        accord.Report("departure", "2 09:00", weapons: 900);
        accord.Report("handover", "2 09:00", weapons: 750);
        accord.Ask("p", "3").Instances.Single().Stock.Should().Be(new Stock("weapons", 5, 5));
    }

    // verdicts.md 16.3
    [Fact]
    public void Hold_in_doubt_and_say_so_in_the_bounds()
    {
        var accord = Of("atMost: 700");
        accord.Report("handover", "2", range: new Quantity(650, null, 750), level: Level.Confirmed);
        accord
            .Ask("p", "3")
            .Should()
            .Match<VerdictAnswer>(a =>
                a.Verdict == Verdict.Holding
                && a.Bounds.Best == Verdict.Holding
                && a.Bounds.Worst == Verdict.Breached
                && a.Bounds.SeparatedBy.Length == 1
            );
        accord.Report("handover", "4", weapons: 750, level: Level.Alleged);
        accord.Report("departure", "4", weapons: 1, level: Level.Confirmed);
        accord
            .Ask("p", "5")
            .Should()
            .Match<VerdictAnswer>(a => a.Verdict == Verdict.Breached && a.Bounds.Best == Verdict.Holding);
    }

    // verdicts.md 16.4, 16.5
    [Fact]
    public void Are_unknown_without_a_count_and_once_it_is_too_old_and_stay_broken_if_they_were()
    {
        var accord = Of("atMost: 700, staleAfter: 3 days");
        accord.Ask("p", "2").Reason.Should().Be(Reason.NoCount);
        accord.Report("handover", "2", weapons: 100);
        accord
            .Ask("p", "5 23:59")
            .Should()
            .Match<VerdictAnswer>(a => a.Verdict == Verdict.Holding && a.Deadline == Accord.At("6"));
        accord.Ask("p", "6").Reason.Should().Be(Reason.NoCount);
        accord.Report("arrival", "4", weapons: 601);
        accord.Ask("p", "9").Verdict.Should().Be(Verdict.Breached, "age heals nothing");
        Next.Of(accord.Book, accord.Question("3"))
            .Ahead.Single()
            .Should()
            .Match<Ahead>(a => a.When.Utc == Accord.At("6") && a.Needs == "Needs a new count of: Tanks.");
    }

    // verdicts.md 16.4
    [Fact]
    public void Have_a_floor_that_only_a_count_can_break()
    {
        var accord = Of("atLeast: 10");
        accord.Report("departure", "2", weapons: 5);
        accord.Ask("p", "2").Verdict.Should().Be(Verdict.Unknown);
        accord.Report("handover", "3", weapons: 12);
        accord.Ask("p", "3").Verdict.Should().Be(Verdict.Holding);
        accord.Report("departure", "4", weapons: 3);
        accord.Ask("p", "4").Since.Should().Be(Accord.At("4"));
    }

    // verdicts.md 16.5
    [Fact]
    public void Read_no_count_where_no_number_is_stated()
    {
        var accord = Of("atMost: 700");
        accord.Report("handover", "2");
        accord.Ask("p", "3").Reason.Should().Be(Reason.NoCount);
        accord.Report("handover", "4", weapons: 0);
        accord.Ask("p", "4").Verdict.Should().Be(Verdict.Holding);
    }

    // verdicts.md 16.6
    [Fact]
    public void Bind_as_a_state_does_and_count_what_was_said_before_they_did()
    {
        var accord = Of("atMost: 700", "from: 2018-10-05, until: 2018-10-20, ");
        accord.Report("handover", "2", weapons: 800);
        accord.Ask("p", "4").Reason.Should().Be(Reason.NotYetInForce);
        accord.Ask("p", "5").Since.Should().Be(Accord.At("5"));
        accord.Suspend("p", "8");
        accord.Resume("p", "9");
        accord.Ask("p", "8").Verdict.Should().Be(Verdict.Holding);
        accord.Ask("p", "9").Counts!.Violations.Should().Be(2);
        accord.Report("departure", "25", weapons: 500);
        accord.Ask("p", "30").Verdict.Should().Be(Verdict.Breached, "the end of force heals nothing");
    }
}
