using Ledger.Domain.Agreements;
using Ledger.Verdicts.Analyses;
using Ledger.Verdicts.Answers;
using NodaTime;

namespace Ledger.Verdicts.Tests;

/// <summary>
/// A long answer holds a lock of its book and a processor. Whoever has gone, or waited too long, gets none, and it is not
/// worked on any further.
/// </summary>
public sealed class NobodyWaits
{
    private static readonly Book Book = IdlibLedger.Load();
    private static readonly Instant Late = Instant.FromUtc(2018, 12, 1, 0, 0);
    private static readonly Question Question = new(Late, Book.Position, new Lens());
    private static readonly Question Earlier = new(Late - Duration.FromDays(60), Book.Position, new Lens());
    private static readonly string Provision = Book.Reading(Question)
        .Provisions.First(p => Flips.Of(Book, p.Id, Question)!.Sets.Length > 0)
        .Id;

    private static readonly Dictionary<string, Action<CancellationToken>> Answers = new(StringComparer.Ordinal)
    {
        ["verdicts"] = gone => Judge.Status(Book, Question, gone),
        ["diff"] = gone => Diff.Between(Book, Earlier, Question, gone),
        ["flips"] = gone => Flips.Of(Book, Provision, Question, gone),
        ["history"] = gone => History.Of(Book, Provision, Late, Book.Position, new Lens(), gone),
        ["why-changed"] = gone => WhyChanged.Between(Book, Provision, Earlier, Question, gone),
        ["known-then"] = gone =>
            KnownThen.Of(Book, Question, KnownBy.Said, new LocalDate(2018, 10, 1), new LocalDate(2018, 10, 9), gone),
    };

    public static TheoryData<string> Names => [.. Answers.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Then_work_on_an_answer_ends(string name)
    {
        var answer = Answers[name];
        var here = () => answer(new CancellationToken(canceled: false));
        var gone = () => answer(new CancellationToken(canceled: true));

        here.Should().NotThrow();
        gone.Should().Throw<OperationCanceledException>();
    }
}
