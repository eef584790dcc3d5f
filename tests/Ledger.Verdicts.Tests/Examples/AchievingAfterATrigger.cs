using Ledger.Domain.Agreements;
using Ledger.Domain.Places;
using Ledger.Verdicts.Answers;

namespace Ledger.Verdicts.Tests.Examples;

public sealed class AchievingAfterATrigger
{
    private const string InFiveDays =
        """  - {id: p, title: Each notice is answered by a handover, achieve: {act: handover, trigger: notice, within: 5 days}}""";

    private readonly Accord accord = new(InFiveDays);

    // verdicts.md 6.2
    [Fact]
    public void Holds_while_nothing_has_triggered_it()
    {
        accord.Report("handover", "3");
        accord
            .Ask("p", "20")
            .Should()
            .Match<VerdictAnswer>(a =>
                a.Verdict == Verdict.Holding && a.Reason == Reason.NoTrigger && a.Instances.Length == 0
            );
    }

    // verdicts.md 5.5
    [Fact]
    public void Runs_through_the_end_of_the_fifth_day_after()
    {
        accord.Report("notice", "4 15:00", subject: "w1");
        accord
            .Ask("p", "9 23:59:59.999999")
            .Should()
            .Match<VerdictAnswer>(a => a.Verdict == Verdict.Pending && a.Deadline == Accord.At("10"));
        accord.Ask("p", "10").Verdict.Should().Be(Verdict.Breached);
    }

    // verdicts.md 5.5, 12.9
    [Fact]
    public void Counts_hours_exactly_and_inclusively()
    {
        var hours = new Accord(
            """  - {id: p, title: P, achieve: {act: handover, trigger: notice, within: 48 hours}}"""
        );
        hours.Report("notice", "4 15:00");
        hours.Report("handover", "6 15:00");
        hours
            .Ask("p", "7")
            .Should()
            .Match<VerdictAnswer>(a =>
                a.Verdict == Verdict.Fulfilled
                && a.Deadline == Accord.At("6 15:00")
                && a.Instances[0].Deadline == a.Deadline
            );
        var late = new Accord("""  - {id: p, title: P, achieve: {act: handover, trigger: notice, within: 48 hours}}""");
        late.Report("notice", "4 15:00");
        late.Report("handover", "6 15:00:00.000001");
        late.Ask("p", "7").LateAt.Should().Be(Accord.At("6 15:00:00.000001"));
    }

    // verdicts.md 6.2, 6.3, 12.2
    [Fact]
    public void Joins_trigger_and_act_on_the_subject_and_answers_with_the_worst()
    {
        accord.Report("notice", "2", subject: "w1");
        accord.Report("notice", "3", subject: "w2");
        accord.Report("handover", "4", subject: "w1");
        accord.Ask("p", "5").Verdict.Should().Be(Verdict.Pending);
        var answer = accord.Ask("p", "20");
        answer.Verdict.Should().Be(Verdict.Breached);
        answer
            .Instances.Select(i => (i.Key, i.Verdict))
            .Should()
            .Equal(("w1", Verdict.Fulfilled), ("w2", Verdict.Breached));
    }

    // verdicts.md 6.3
    [Fact]
    public void Lets_an_act_without_a_subject_answer_any_trigger_possibly()
    {
        accord.Report("notice", "2", subject: "w1");
        accord.Report("handover", "4");
        accord.Ask("p", "20").Verdict.Should().Be(Verdict.Breached);
        accord.Ask("p", "20", new Lens { Match = Certainty.Possible }).Verdict.Should().Be(Verdict.Fulfilled);
    }

    // verdicts.md 6.3
    [Fact]
    public void Lets_any_act_answer_a_trigger_without_a_subject()
    {
        accord.Report("notice", "2");
        accord.Report("handover", "4", subject: "w7");
        accord.Ask("p", "20").Verdict.Should().Be(Verdict.Fulfilled);
    }

    // verdicts.md 4.12, 6.4
    [Fact]
    public void Takes_an_act_at_the_time_of_the_trigger_but_none_before()
    {
        accord.Report("notice", "4", subject: "w1");
        accord.Report("handover", "3", subject: "w1");
        accord.Ask("p", "20").Verdict.Should().Be(Verdict.Breached);
        accord.Report("handover", "4", subject: "w1");
        accord.Ask("p", "20").FulfilledAt.Should().Be(Accord.At("4"));
    }

    // verdicts.md 5.14
    [Fact]
    public void Outlives_the_end_of_force_that_releases_nothing()
    {
        var until = new Accord(
            """  - {id: p, title: P, until: 2018-10-06, achieve: {act: handover, trigger: notice, within: 5 days}}"""
        );
        until.Report("notice", "4");
        until.Report("notice", "6");
        until.Ask("p", "9").Should().Match<VerdictAnswer>(a => a.Life == Life.Ended && a.Verdict == Verdict.Pending);
        until
            .Ask("p", "10")
            .Should()
            .Match<VerdictAnswer>(a => a.Verdict == Verdict.Breached && a.Instances.Length == 1);
    }

    // verdicts.md 12.6
    [Fact]
    public void Counts_acts_from_the_earliest_activation_in_the_best_bound_and_from_the_latest_in_the_worst()
    {
        var repair = new Accord(
            """
              - {id: a, title: No attacks, forbid: {act: attack}}
              - {id: b, title: Attacks are made good, activatedBy: a, achieve: {act: handover, by: 2018-10-20}}
            """
        );
        repair.Report("attack", "6");
        repair.Report("attack", "10", level: Domain.Reports.Level.Confirmed);
        repair.Report("handover", "8", level: Domain.Reports.Level.Confirmed);
        repair
            .Ask("b", "25")
            .Bounds.Should()
            .Match<Bounds>(b => b.Best == Verdict.Fulfilled && b.Worst == Verdict.Breached);
    }

    // verdicts.md 5.3
    [Fact]
    public void Is_activated_only_by_the_breach_of_another()
    {
        var repair = new Accord(
            """
              - {id: a, title: No attacks, forbid: {act: attack}}
              - {id: b, title: Attacks are made good, activatedBy: a, achieve: {act: handover, by: 2018-10-20}}
            """
        );
        repair.Report("handover", "4");
        repair
            .Ask("b", "25")
            .Should()
            .Match<VerdictAnswer>(x => x.Life == Life.NotYetInForce && x.Verdict == Verdict.Holding);
        var attack = repair.Report("attack", "6");
        repair.Ask("b", "5").Life.Should().Be(Life.NotYetInForce);
        repair
            .Ask("b", "7")
            .Should()
            .Match<VerdictAnswer>(x =>
                x.Life == Life.InForce && x.Verdict == Verdict.Pending && x.Since == Accord.At("6")
            );
        repair.Ask("b", "25").Verdict.Should().Be(Verdict.Breached, "what was handed over before makes nothing good");
        var why = Why.Explain(repair.Book, "b", repair.Question("25"))!;
        why.Entries.Should().ContainSingle(e => e.Entry == attack && e.Role == Role.Trigger);
        why.Activation.Should().Be(new Activation("a", new Moment(Accord.At("6"), "2018-10-06T00:00:00+03:00")));
    }
}
