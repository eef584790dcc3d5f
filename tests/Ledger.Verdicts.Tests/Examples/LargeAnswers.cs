using System.Text.Json;
using Ledger.Domain.Agreements;
using Ledger.Domain.Entries;
using Ledger.Domain.Reports;
using Ledger.Verdicts.Analyses;
using Ledger.Verdicts.Answers;
using Ledger.Verdicts.Tests.Random;

namespace Ledger.Verdicts.Tests.Examples;

/// <summary>An answer lists a thousand and counts everything.</summary>
public sealed class LargeAnswers
{
    // verdicts.md 12.11
    [Fact]
    public void List_the_latest_violations_and_count_all()
    {
        var accord = new Accord("""  - {id: p, title: No attacks, forbid: {act: attack}}""");
        for (var i = 0; i < 1_200; i++)
            accord.Report("attack", $"{1 + (i % 30)} {i / 60:00}:{i % 60:00}");
        var answer = accord.Ask("p", "40");
        answer.Counts!.Violations.Should().Be(1_200);
        answer
            .Instances.Single()
            .Should()
            .Match<Instance>(i => i.Violations!.Value.Length == 1_000 && i.ViolationsOmitted == 200);
        answer.Instances.Single().Violations!.Value[^1].At.Should().Be(answer.Counts.Last);
        answer.Since.Should().Be(answer.Counts.First);
        IncidentList
            .At(accord.Book, new Question(Accord.At("40"), accord.Position, Lens.House))
            .Count(incident => incident.Violates.SequenceEqual(["p"]))
            .Should()
            .Be(1_200, "incidents tell all");
    }

    // verdicts.md 14.5
    [Fact]
    public void Try_the_deciding_reports_however_many_came_after_them()
    {
        var accord = new Accord(
            """  - {id: p, title: The North hands over, achieve: {act: handover, by: 2018-10-20}}""",
            "{threshold: confirmed}"
        );
        var handover = accord.Report("handover", "2", level: Level.Confirmed);
        for (var i = 0; i < 2_500; i++)
            accord.Report("handover", $"{3 + (i / 240)} {i / 10 % 24:00}:{i % 10:00}");
        var flips = Flips.Of(accord.Book, "p", accord.Question("25"))!;
        flips.Standing.Verdict.Should().Be(Verdict.Fulfilled);
        flips.Sets.Should().ContainSingle().Which.Entries.Should().ContainSingle().Which.Entry.Should().Be(handover);
        flips.Complete.Should().BeFalse("not all were tried");
    }

    // verdicts.md 12.11
    [Fact]
    public void List_the_worst_duties_and_judge_all()
    {
        var accord = new Accord(
            """  - {id: p, title: Notices are answered, achieve: {act: handover, trigger: notice, within: 48 hours}}"""
        );
        for (var i = 0; i < 1_200; i++)
            accord.Report("notice", $"{1 + (i / 60)} 00:{i % 60:00}", subject: $"w{i}");
        for (var i = 0; i < 1_150; i++)
            accord.Report("handover", $"{1 + (i / 60)} 12:{i % 60:00}", subject: $"w{i}");
        accord.Report("handover", "29", subject: "w1199");
        var answer = accord.Ask("p", "30");
        answer.Verdict.Should().Be(Verdict.Breached);
        answer.Instances.Should().HaveCount(1_000);
        answer.InstancesOmitted.Should().Be(200);
        answer.Instances.Count(i => i.Verdict == Verdict.Breached).Should().Be(50, "the worst are listed first of all");
        answer.Deadline.Should().Be(answer.Instances.Where(i => i.Verdict == Verdict.Breached).Min(i => i.Deadline));
        answer.LateAt.Should().BeNull("not every breached duty was done late");
        accord.Ask("p", "20 12:00").Verdict.Should().Be(Verdict.Pending);
    }

    [Fact]
    public void Take_the_last_fulfilment_of_all_duties()
    {
        var accord = new Accord(
            """  - {id: p, title: Notices are answered, achieve: {act: handover, trigger: notice, within: 48 hours}}"""
        );
        for (var i = 0; i < 1_100; i++)
            accord.Report("notice", $"{1 + (i / 60)} 00:{i % 60:00}", subject: "w");
        accord.Report("handover", "20", subject: "w");
        for (var day = 1; day < 20; day++)
            accord.Report("handover", $"{day} 23:00", subject: "w");
        accord
            .Ask("p", "25")
            .Should()
            .Match<VerdictAnswer>(a =>
                a.Verdict == Verdict.Fulfilled && a.FulfilledAt == Accord.At("19 23:00") && a.InstancesOmitted == 100
            );
    }
}

public sealed class AskingFromManyThreads
{
    [Fact]
    public void Gives_everybody_the_same_answer()
    {
        for (var seed = 0UL; seed < 40; seed++)
        {
            var (entries, question) = Trial.Make(seed);
            var book = RandomQuestion.Book(entries);
            if (book.Objection(question) is not null)
                continue;
            var answers = new string[8];
            Parallel.For(
                0,
                answers.Length,
                i => answers[i] = JsonSerializer.Serialize(Judge.Status(book, question), LedgerJson.Options)
            );
            answers.Distinct().Should().ContainSingle();
        }
    }
}
