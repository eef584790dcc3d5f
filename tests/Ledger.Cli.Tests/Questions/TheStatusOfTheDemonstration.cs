using Ledger.Cli.Questions;
using Ledger.Cli.Terminals;

namespace Ledger.Cli.Tests.Questions;

public sealed class TheStatusOfTheDemonstration
{
    [Theory]
    [InlineData(2018, 10, 16, 80, "status-2018-10-16-80.txt")]
    [InlineData(2018, 10, 16, 140, "status-2018-10-16-140.txt")]
    [InlineData(2019, 3, 8, 140, "status-2019-03-08-140.txt")]
    [InlineData(2019, 3, 8, null, "status-2019-03-08-file.txt")]
    public void Reads_well(int year, int month, int day, int? window, string name)
    {
        var text = new StringWriter();
        var asOf = DemonstrationBook.EndOf(year, month, day);

        StatusPage.Write(
            new TextOutput(Terminals.Of(text, window, ("NO_COLOR", "1"))),
            DemonstrationBook.Agreement,
            DemonstrationBook.Status(asOf),
            DemonstrationBook.Timelines()
        );

        Snapshot.Matches(text.ToString(), name);
    }
}
