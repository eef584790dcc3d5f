using Ledger.Cli.Questions;
using Ledger.Cli.Terminals;
using Ledger.Domain.Agreements;
using Ledger.Verdicts;
using Ledger.Verdicts.Analyses;

namespace Ledger.Cli.Tests.Questions;

public sealed class WhyInTheDemonstration
{
    [Theory]
    [InlineData("p5", 2018, 10, 16, 80)]
    [InlineData("p6", 2018, 10, 16, 100)]
    [InlineData("p2", 2019, 3, 8, 100)]
    [InlineData("p7", 2019, 3, 8, 80)]
    [InlineData("p9", 2018, 10, 16, 80)]
    public void Reads_well(string provision, int year, int month, int day, int window)
    {
        var text = new StringWriter();
        var book = DemonstrationBook.Book;
        var question = new Question(DemonstrationBook.EndOf(year, month, day), book.Position, Lens.House);

        new ExplanationPage(
            new TextOutput(Terminals.Of(text, window, ("NO_COLOR", "1"))),
            DemonstrationBook.Agreement
        ).Write(
            Why.Explain(book, provision, question)!,
            Flips.Of(book, provision, question),
            new Uri("http://127.0.0.1:5080/api/v1/pinned"),
            limit: 2
        );

        Snapshot.Matches(text.ToString(), $"why-{provision}-{window}.txt");
    }
}
