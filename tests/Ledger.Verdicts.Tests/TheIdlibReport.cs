using Ledger.Domain.Agreements;
using Ledger.Domain.Time;
using Ledger.Verdicts.Answers;
using NodaTime;
using NodaTime.Text;

namespace Ledger.Verdicts.Tests;

/// <summary>docs/idlib.md states verdicts; they are those of the engine on the demonstration's entries.</summary>
public sealed class TheIdlibReport
{
    private static readonly DateTimeZone Damascus = IdlibLedger.Damascus;

    private static readonly Book Ledger = IdlibLedger.Load();

    public static TheoryData<string, string, string> Cells { get; } = Table();

    [Fact]
    public void Has_a_row_for_every_provision() =>
        Cells
            .Select(cell => cell.Data.Item1)
            .Distinct()
            .Should()
            .BeEquivalentTo(Status("2018-10-16").Select(v => v.Provision));

    [Theory]
    [MemberData(nameof(Cells))]
    public void States_what_the_engine_answers(string provision, string day, string stated) =>
        Cell(Status(day).Single(v => v.Provision == provision)).Should().Be(stated);

    [Theory]
    [MemberData(nameof(Cells))]
    public void States_the_same_when_only_what_was_said_by_then_counts(string provision, string day, string stated) =>
        Cell(Status(day, new Lens { SaidBy = EndOf(day) }).Single(v => v.Provision == provision)).Should().Be(stated);

    [Fact]
    public void Is_right_that_one_entry_carries_article_six()
    {
        Status("2018-10-05", new Lens { SaidBy = EndOf("2018-10-05") })
            .Single(v => v.Provision == "p6")
            .Verdict.Should()
            .Be(Verdict.Pending);
        Status("2018-10-16")
            .Single(v => v.Provision == "p6")
            .Bounds.SeparatedBy.Select(d => d.Position)
            .Should()
            .Equal(16);
    }

    [Theory]
    [InlineData("p1", "2019-03-08", new long[] { 29, 30, 31, 38, 40, 41, 55, 56, 57 })]
    [InlineData("p2", "2018-12-31", new long[] { 29, 30, 31, 35, 38, 40, 41, 46, 55, 56, 57 })]
    public void Is_right_about_what_separates_the_bounds(string provision, string day, long[] positions) =>
        Status(day)
            .Single(v => v.Provision == provision)
            .Bounds.SeparatedBy.Select(d => d.Position!.Value)
            .Order()
            .Should()
            .Equal(positions);

    [Fact]
    public void Is_right_that_the_announced_terms_answer_otherwise() =>
        Status("2018-10-16", new Lens { Reading = "announced" })
            .Where(v => v.Provision is "p3" or "p6")
            .Select(v => v.Verdict)
            .Should()
            .Equal(Verdict.Breached, Verdict.Breached);

    private static string Cell(VerdictAnswer answer)
    {
        if (answer.Life == Life.NotYetInForce)
            return "not yet in force";
        var verdict = Word(answer.Verdict);
        return answer.Bounds.Settled ? verdict : $"{verdict} ({Word(answer.Bounds.Best)}–{Word(answer.Bounds.Worst)})";
    }

    private static string Word(Verdict verdict) => verdict.ToString().ToLowerInvariant();

    private static IEnumerable<VerdictAnswer> Status(string day, Lens? lens = null) =>
        Judge.Status(Ledger, new Question(EndOf(day), Ledger.Position, lens ?? Lens.House)).Verdicts;

    private static Instant EndOf(string day) =>
        Damascus.StartOf(LocalDatePattern.Iso.Parse(day).Value.PlusDays(1)) - Instants.Microsecond;

    private static TheoryData<string, string, string> Table()
    {
        string[] days = ["2018-10-10", "2018-10-15", "2018-10-17", "2019-03-08"];
        var data = new TheoryData<string, string, string>();
        foreach (
            var cells in File.ReadLines(Path.Combine(IdlibLedger.Root(), "docs", "idlib.md"))
                .Where(line => line.StartsWith("| p", StringComparison.Ordinal))
                .Select(line => line.Trim('|', ' ').Split('|', StringSplitOptions.TrimEntries))
        )
        {
            for (var i = 0; i < days.Length; i++)
                data.Add(cells[0].Split(' ')[0], days[i], cells[i + 1]);
        }

        return data;
    }
}
