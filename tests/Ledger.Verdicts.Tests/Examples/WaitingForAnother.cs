using Ledger.Domain.Reports;
using Ledger.Verdicts.Answers;

namespace Ledger.Verdicts.Tests.Examples;

/// <summary>Conditions on other provisions (docs/verdicts.md, section 17).</summary>
public sealed class WaitingForAnother
{
    private const string Truce = "  - {id: truce, title: No attacks, forbid: {act: attack, quietPeriod: 3 days}}\n";

    private const string Handed = "  - {id: handed, title: Handed over, achieve: {act: handover, by: 2018-10-10}}\n";

    private static Accord Of(string others, string provision) => new($"{others}  - {{id: p, title: P, {provision}}}");

    // verdicts.md 17.1, 17.2, 17.3
    [Fact]
    public void Begins_when_the_condition_first_holds()
    {
        var accord = Of(Handed, "when: {provision: handed, is: fulfilled}, forbid: {act: arrival}");
        accord.Report("arrival", "3");
        accord
            .Ask("p", "5")
            .Should()
            .Match<VerdictAnswer>(a =>
                a.Life == Life.NotYetInForce && a.Verdict == Verdict.Holding && a.Reason == Reason.NotYetInForce
            );
        var handover = accord.Report("handover", "6");
        accord
            .Ask("p", "7")
            .Should()
            .Match<VerdictAnswer>(a =>
                a.Life == Life.InForce && a.Verdict == Verdict.Holding && a.Since == Accord.At("6")
            );
        accord.Report("arrival", "8");
        accord.Ask("p", "9").Verdict.Should().Be(Verdict.Breached);
        Why.Explain(accord.Book, "p", accord.Question("9"))!
            .Entries.Should()
            .ContainSingle(e => e.Entry == handover && e.Role == Role.Trigger);
    }

    // verdicts.md 17.3, 14.2
    [Fact]
    public void Is_suspended_while_the_condition_does_not_hold()
    {
        var accord = Of(Truce, "when: {provision: truce, is: holding}, forbid: {act: arrival}");
        var attack = accord.Report("attack", "4");
        accord.Report("arrival", "5");
        accord
            .Ask("p", "6")
            .Should()
            .Match<VerdictAnswer>(a => a.Life == Life.Suspended && a.Verdict == Verdict.Holding);
        Why.Explain(accord.Book, "p", accord.Question("6"))!.Entries.Should().Contain(e => e.Entry == attack);
        // Quiet on 5, 6 and 7.
        accord.Ask("p", "8").Life.Should().Be(Life.InForce);
        accord.Report("arrival", "9");
        accord
            .Ask("p", "10")
            .Should()
            .Match<VerdictAnswer>(a => a.Verdict == Verdict.Breached && a.Counts!.Violations == 1);
    }

    // verdicts.md 17.2
    [Fact]
    public void Waits_for_a_provision_that_is_not_in_force_yet()
    {
        var accord = new Accord(
            """
              - {id: truce, title: No attacks, from: 2018-10-05, forbid: {act: attack}}
              - {id: p, title: P, when: {provision: truce, is: holding}, forbid: {act: arrival}}
            """
        );
        accord.Ask("p", "4").Life.Should().Be(Life.NotYetInForce);
        accord.Ask("p", "5").Life.Should().Be(Life.InForce);
    }

    // verdicts.md 17.1
    [Fact]
    public void Lasts_where_it_became_so()
    {
        var accord = Of(Truce, "when: {provision: truce, became: breached}, forbid: {act: arrival}");
        accord.Report("attack", "4");
        accord.Ask("truce", "9").Verdict.Should().Be(Verdict.Holding);
        accord.Ask("p", "9").Life.Should().Be(Life.InForce);
    }

    // verdicts.md 17.1
    [Theory]
    [InlineData("any", Life.InForce, Life.InForce)]
    [InlineData("all", Life.NotYetInForce, Life.InForce)]
    public void Takes_any_or_all(string word, Life before, Life after)
    {
        var accord = Of(
            Truce + Handed,
            $"when: {{{word}: [{{provision: truce, is: holding}}, {{provision: handed, is: fulfilled}}]}}, forbid: {{act: arrival}}"
        );
        accord.Report("handover", "6");
        accord.Ask("p", "5").Life.Should().Be(before);
        accord.Ask("p", "7").Life.Should().Be(after);
    }

    // verdicts.md 17.4
    [Fact]
    public void Goes_on_as_it_is_at_the_instant_asked_about()
    {
        var accord = Of(Truce, "when: {provision: truce, is: holding}, forbid: {act: arrival}");
        accord.Report("arrival", "3-6");
        accord.Report("attack", "5");
        accord.Ask("p", "4").Verdict.Should().Be(Verdict.Breached, "nothing is known yet of the attack");
        accord
            .Ask("p", "6")
            .Should()
            .Match<VerdictAnswer>(a => a.Verdict == Verdict.Holding && a.Bounds.Worst == Verdict.Breached);
    }

    // verdicts.md 17.5
    [Fact]
    public void Counts_recurring_acts_anew_when_the_condition_holds_again()
    {
        var accord = Of(Truce, "when: {provision: truce, is: holding}, recur: {act: patrol, every: 4 days}");
        accord.Report("attack", "4");
        accord.Report("attack", "7");
        accord.Ask("truce", "11").Verdict.Should().Be(Verdict.Holding);
        accord
            .Ask("p", "11")
            .Should()
            .Match<VerdictAnswer>(a => a.Verdict == Verdict.Holding && a.Deadline == Accord.At("16"));
        accord.Ask("p", "16").Verdict.Should().Be(Verdict.Breached);
    }

    // verdicts.md 17.6
    [Fact]
    public void Is_due_at_the_end_of_the_day_on_which_the_condition_held_where_the_deadline_has_passed()
    {
        var accord = Of(
            """  - {id: handed, title: Handed over, achieve: {act: handover, by: 2018-10-30}}""" + "\n",
            "when: {provision: handed, is: fulfilled}, achieve: {act: departure, by: 2018-10-05}"
        );
        accord.Report("handover", "8 10:00");
        accord
            .Ask("p", "8 12:00")
            .Should()
            .Match<VerdictAnswer>(a => a.Verdict == Verdict.Pending && a.Deadline == Accord.At("9"));
        Why.Explain(accord.Book, "p", accord.Question("9"))!
            .Deadlines.Should()
            .ContainSingle(d => d.Arithmetic.Contains("by the end of that day", StringComparison.Ordinal));
        accord.Ask("p", "9").Verdict.Should().Be(Verdict.Breached);
        accord.Report("departure", "2");
        accord.Ask("p", "9").Verdict.Should().Be(Verdict.Fulfilled, "it was done before it was due");
    }

    // verdicts.md 17.7
    [Fact]
    public void Starts_one_duty_when_the_condition_first_holds()
    {
        var accord = Of(
            Handed,
            "achieve: {act: departure, trigger: {provision: handed, becomes: fulfilled}, within: 5 days}"
        );
        accord.Report("departure", "2");
        accord
            .Ask("p", "3")
            .Should()
            .Match<VerdictAnswer>(a => a.Reason == Reason.NoTrigger && a.Instances.Length == 0);
        accord.Report("handover", "4 15:00");
        accord
            .Ask("p", "9 23:59")
            .Should()
            .Match<VerdictAnswer>(a =>
                a.Verdict == Verdict.Pending
                && a.Deadline == Accord.At("10")
                && a.Instances[0].TriggeredAt == Accord.At("4 15:00")
            );
        accord.Ask("p", "10").Verdict.Should().Be(Verdict.Breached);
        accord.Report("departure", "6");
        accord.Ask("p", "10").Verdict.Should().Be(Verdict.Fulfilled);
    }

    // verdicts.md 17.7
    [Fact]
    public void Takes_a_sum_as_a_trigger()
    {
        var accord = new Accord(
            """
              - {id: sum, title: A hundred, achieve: {act: handover, by: 2018-10-10, total: {quantity: weapons, atLeast: 100}}}
              - {id: p, title: P, achieve: {act: departure, trigger: {provision: sum, becomes: fulfilled}, within: 2 days}}
            """
        );
        accord.Report("handover", "3", weapons: 60);
        accord.Ask("p", "4").Instances.Should().BeEmpty();
        accord.Report("handover", "5", weapons: 40);
        accord.Ask("p", "6").Instances.Should().ContainSingle(i => i.TriggeredAt == Accord.At("5"));
    }

    // verdicts.md 17.8
    [Fact]
    public void Is_open_where_the_condition_is()
    {
        var accord = Of(Handed, "when: {provision: handed, is: fulfilled}, forbid: {act: arrival}");
        var handover = accord.Report("handover", "6", level: Level.Alleged);
        accord.Report("arrival", "8", level: Level.Confirmed);
        var bounds = accord.Ask("p", "9").Bounds;
        (bounds.Best, bounds.Worst).Should().Be((Verdict.Holding, Verdict.Breached));
        bounds.SeparatedBy.Select(d => d.Entry).Should().Contain(handover);
        accord.Assess(handover, Level.Confirmed);
        accord.Ask("p", "9").Bounds.Settled.Should().BeTrue();
    }

    // verdicts.md 14.2
    [Fact]
    public void Names_the_power_that_decides_its_condition()
    {
        var accord = Of(Handed, "when: {provision: handed, is: breached}, forbid: {act: arrival}");
        accord.Ask("p", "12").Life.Should().Be(Life.InForce);
        var extension = accord.Extend("handed", 20, "9");
        accord.Ask("p", "12").Life.Should().Be(Life.NotYetInForce);
        Why.Explain(accord.Book, "p", accord.Question("12"))!
            .Entries.Should()
            .ContainSingle(e => e.Entry == extension && e.Role == Role.Power);
    }

    // verdicts.md 14.7
    [Fact]
    public void Says_what_comes_next_of_a_duty_that_a_condition_started()
    {
        var accord = Of(
            Handed,
            "achieve: {act: departure, trigger: {provision: handed, becomes: fulfilled}, within: 5 days}"
        );
        accord.Report("handover", "4");
        Analyses
            .Next.Of(accord.Book, accord.Question("5"))
            .Ahead.Should()
            .Contain(a => a.Provision == "p" && a.When.Utc == Accord.At("10"));
    }
}
