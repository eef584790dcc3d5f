using Ledger.Domain.Agreements;
using Ledger.Domain.Places;
using Ledger.Domain.Reports;
using Ledger.Verdicts.Answers;

namespace Ledger.Verdicts.Tests.Examples;

public sealed class AchievingByADay
{
    private const string ByTheTenth = """
          - {id: p, title: Weapons are handed over, achieve: {act: handover, by: 2018-10-10}}
        """;

    private readonly Accord accord = new(ByTheTenth);

    // verdicts.md 5.1, 5.4, 6.6
    [Fact]
    public void Is_pending_until_the_day_has_ended()
    {
        accord.Ask("p", "10 23:59:59.999999").Verdict.Should().Be(Verdict.Pending);
        accord
            .Ask("p", "11")
            .Should()
            .Match<VerdictAnswer>(a =>
                a.Verdict == Verdict.Breached
                && a.Since == Accord.At("11")
                && a.Deadline == Accord.At("11")
                && a.Reason == Reason.DeadlinePassed
            );
    }

    // verdicts.md 2.13, 6.5
    [Fact]
    public void Is_kept_by_an_act_in_the_last_microsecond_and_not_by_one_at_midnight()
    {
        accord.Report("handover", "10 23:59:59.999999");
        accord.Ask("p", "12").Verdict.Should().Be(Verdict.Fulfilled);

        var late = new Accord(ByTheTenth);
        late.Report("handover", "11 00:00");
        late.Ask("p", "12")
            .Should()
            .Match<VerdictAnswer>(a =>
                a.Verdict == Verdict.Breached && a.LateAt == Accord.At("11") && a.CuredAt == null
            );
    }

    // verdicts.md 6.5
    [Fact]
    public void Counts_an_act_that_may_have_been_late_as_possible_only()
    {
        accord.Report("handover", "9-11");
        accord.Ask("p", "12").Should().Match<VerdictAnswer>(a => a.Verdict == Verdict.Breached && a.LateAt == null);
        accord
            .Ask("p", "12", new Lens { Match = Certainty.Possible })
            .Should()
            .Match<VerdictAnswer>(a => a.Verdict == Verdict.Fulfilled && a.FulfilledAt == Accord.At("9"));
    }

    // verdicts.md 6.1
    [Fact]
    public void Does_not_count_an_act_before_the_start_of_force()
    {
        var later = new Accord("""  - {id: p, title: P, from: 2018-10-05, achieve: {act: handover, by: 2018-10-10}}""");
        later.Report("handover", "4");
        later
            .Ask("p", "4 12:00")
            .Should()
            .Match<VerdictAnswer>(a => a.Life == Life.NotYetInForce && a.Verdict == Verdict.Holding);
        later.Ask("p", "12").Verdict.Should().Be(Verdict.Breached);
    }

    // verdicts.md 5.4
    [Fact]
    public void Ends_the_day_at_the_midnight_it_begins_with_where_the_file_says_so()
    {
        var start = new Accord("""  - {id: p, title: P, dayEnds: start, achieve: {act: handover, by: 2018-10-10}}""");
        start.Ask("p", "9 23:59:59.999999").Verdict.Should().Be(Verdict.Pending);
        start.Ask("p", "10").Verdict.Should().Be(Verdict.Breached);
    }

    // verdicts.md 6.7
    [Fact]
    public void Marks_a_late_act_as_a_cure_only_where_the_file_says_so()
    {
        var cures = new Accord("""  - {id: p, title: P, achieve: {act: handover, by: 2018-10-10, lateCures: true}}""");
        cures.Report("handover", "12");
        cures
            .Ask("p", "12")
            .Should()
            .Match<VerdictAnswer>(a =>
                a.Verdict == Verdict.Breached && a.LateAt == Accord.At("12") && a.CuredAt == Accord.At("12")
            );
        cures.Ask("p", "11 23:00").LateAt.Should().BeNull();
    }

    // verdicts.md 6.8, 6.9
    [Fact]
    public void Reaches_a_total_with_the_act_that_completes_it_and_reports_progress()
    {
        var total = new Accord(
            """  - {id: p, title: P, achieve: {act: handover, by: 2018-10-10, total: {quantity: weapons, atLeast: 100}}}"""
        );
        total.Report("handover", "3", weapons: 60);
        total.Report("handover", "5");
        total
            .Ask("p", "5 12:00")
            .Should()
            .Match<VerdictAnswer>(a => a.Verdict == Verdict.Pending && a.Progress == new Progress("weapons", 60, 100));
        total.Report("handover", "8", range: new Quantity(30, null, 45));
        total
            .Ask("p", "12")
            .Should()
            .Match<VerdictAnswer>(a => a.Verdict == Verdict.Breached && a.Progress!.Reached == 90);
        total
            .Ask("p", "12", new Lens { Match = Certainty.Possible })
            .Should()
            .Match<VerdictAnswer>(a => a.FulfilledAt == Accord.At("8") && a.Progress!.Reached == 105);
        total.Report("handover", "14", weapons: 10);
        total.Ask("p", "15").LateAt.Should().Be(Accord.At("14"));
    }

    // verdicts.md 12.7
    [Fact]
    public void Cites_all_reports_of_the_incident_that_kept_it()
    {
        var (one, other) = (accord.Report("handover", "9"), accord.Report("handover", "9"));
        accord.Link(one, other);
        accord.Ask("p", "12").DecidedBy.Select(d => d.Entry).Should().Equal(one, other);
    }
}
