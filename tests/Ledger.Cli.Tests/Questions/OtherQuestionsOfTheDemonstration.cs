using Ledger.Cli.Questions;
using Ledger.Cli.Recording;
using Ledger.Cli.Reports.Importing;
using Ledger.Cli.Terminals;
using Ledger.Domain.Agreements;
using Ledger.Verdicts;
using Ledger.Verdicts.Analyses;
using NodaTime;

namespace Ledger.Cli.Tests.Questions;

public sealed class OtherQuestionsOfTheDemonstration
{
    private static readonly Instant SixteenthOfOctober = DemonstrationBook.EndOf(2018, 10, 16);

    private static readonly Book Book = DemonstrationBook.Book;

    private static readonly Question House = new(SixteenthOfOctober, Book.Position, Lens.House);

    [Fact]
    public void History_reads_well() =>
        Reads(
            "history-p6.txt",
            sheet => Changes(sheet).Write(History.Of(Book, "p6", SixteenthOfOctober, Book.Position, Lens.House)!)
        );

    [Fact]
    public void Why_changed_reads_well() =>
        Reads(
            "why-changed-p6.txt",
            sheet => Changes(sheet).Write(WhyChanged.Between(Book, "p6", House with { KnownAt = 14 }, House)!)
        );

    [Fact]
    public void Flips_read_well() => Reads("flips-p6.txt", sheet => Changes(sheet).Write(Flips.Of(Book, "p6", House)!));

    [Fact]
    public void A_difference_reads_well() =>
        Reads(
            "diff.txt",
            sheet =>
                new DiffPage(sheet, DemonstrationBook.Agreement).Write(
                    Diff.Between(Book, House with { AsOf = DemonstrationBook.EndOf(2018, 10, 7) }, House)
                )
        );

    [Fact]
    public void What_if_reads_well() =>
        Reads(
            "what-if.txt",
            sheet =>
                new DiffPage(sheet, DemonstrationBook.Agreement).Write(
                    WhatIf.Ask(Book, House, Lens.House with { Reading = "announced" })
                )
        );

    [Fact]
    public void What_lies_ahead_reads_well() =>
        Reads(
            "next.txt",
            sheet => Outlook(sheet).Write(Next.Of(Book, House with { AsOf = DemonstrationBook.EndOf(2018, 10, 1) }))
        );

    [Fact]
    public void Who_says_what_reads_well() =>
        Reads("who-says.txt", sheet => Outlook(sheet).Write(WhoSays.Of(Book, House), only: null));

    private static ChangePages Changes(TextOutput sheet) => new(sheet, DemonstrationBook.Agreement);

    private static OutlookPages Outlook(TextOutput sheet) => new(sheet, DemonstrationBook.Agreement);

    private static void Reads(string name, Action<TextOutput> write)
    {
        var text = new StringWriter();
        write(new TextOutput(Terminals.Of(text, window: 100, ("NO_COLOR", "1"))));
        Snapshot.Matches(text.ToString(), name);
    }
}
