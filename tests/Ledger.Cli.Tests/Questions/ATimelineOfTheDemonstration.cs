using Ledger.Cli.Questions;
using Ledger.Cli.Sentences;
using Ledger.Cli.Terminals;

namespace Ledger.Cli.Tests.Questions;

public sealed class ATimelineOfTheDemonstration
{
    [Theory]
    [InlineData("p2", 100)]
    [InlineData("p5", 80)]
    [InlineData("p7", 80)]
    [InlineData("p5-after", 80)]
    public void Reads_well(string provision, int window)
    {
        var text = new StringWriter();
        var headlines = DemonstrationBook.Book.Entries.ToDictionary(
            e => e.Id,
            e => EntryText.Headline(e.Event, DemonstrationBook.Agreement)
        );

        TimelinePage.Write(
            new TextOutput(Terminals.Of(text, window, ("NO_COLOR", "1"))),
            DemonstrationBook.Agreement,
            DemonstrationBook.Timelines()[provision],
            DemonstrationBook.EndOf(2019, 3, 8),
            headlines
        );

        Snapshot.Matches(text.ToString(), $"timeline-{provision}-{window}.txt");
    }
}
