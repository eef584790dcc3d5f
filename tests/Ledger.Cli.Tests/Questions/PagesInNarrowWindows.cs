using Ledger.Cli.Entries;
using Ledger.Cli.Questions;
using Ledger.Cli.Sentences;
using Ledger.Cli.Terminals;
using Ledger.Domain.Agreements;
using Ledger.Domain.Entries;
using Ledger.Domain.Input;
using Ledger.Verdicts;
using Ledger.Verdicts.Analyses;
using Spectre.Console;

namespace Ledger.Cli.Tests.Questions;

public sealed class PagesInNarrowWindows
{
    public static TheoryData<int> Widths => [40, 57, 80, 140];

    [Theory]
    [MemberData(nameof(Widths))]
    public void Never_run_over_the_edge(int width)
    {
        var asOf = DemonstrationBook.EndOf(2019, 3, 8);
        var (book, agreement) = (DemonstrationBook.Book, DemonstrationBook.Agreement);

        Written(
            width,
            sheet => StatusPage.Write(sheet, agreement, DemonstrationBook.Status(asOf), DemonstrationBook.Timelines())
        );
        Written(
            width,
            sheet =>
                TimelinePage.Write(
                    sheet,
                    agreement,
                    DemonstrationBook.Timelines()["p2"],
                    asOf,
                    book.Entries.ToDictionary(e => e.Id, e => EntryText.Headline(e.Event, agreement))
                )
        );
        var question = new Question(asOf, book.Position, Lens.House);
        foreach (var provision in agreement.Provisions)
            Written(
                width,
                sheet =>
                    new ExplanationPage(sheet, agreement).Write(
                        Why.Explain(book, provision.Id, question)!,
                        Flips.Of(book, provision.Id, question),
                        pinned: null
                    )
            );
        Written(
            width,
            sheet => new DiffPage(sheet, agreement).Write(Diff.Between(book, question with { KnownAt = 20 }, question))
        );
        Written(width, sheet => new OutlookPages(sheet, agreement).Write(WhoSays.Of(book, question), only: null));
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Count_cells_and_not_letters_of_any_script(int width)
    {
        // Arabic letters join and carry marks of no width; Chinese ones take two cells.
        var entry = Filed(
            "غارة على جسر الشغور قُتل فيها خمسة، والمصدر لم يُسمَّ بعد في التقرير",
            "伊德利布省吉斯尔舒古尔附近发生空袭,五人死亡,消息来源尚未说明"
        );

        var text = Written(width, sheet => EntryLines.Write(sheet, entry, DemonstrationBook.Agreement));

        text.Should().Contain("伊德利布").And.Contain("غارة");
    }

    private static EntryAnswer Filed(string place, string summary)
    {
        var data = new System.Text.Json.Nodes.JsonObject
        {
            ["entryId"] = "01900000-0000-7000-8000-000000000001",
            ["report"] = new System.Text.Json.Nodes.JsonObject
            {
                ["kind"] = "bombing",
                ["occurred"] = "2018-11-25",
                ["place"] = new System.Text.Json.Nodes.JsonObject { ["name"] = place },
                ["source"] = new System.Text.Json.Nodes.JsonObject { ["class"] = "media" },
                ["summary"] = summary,
            },
        };
        var filed = EventReader.Read("report_filed", data, DemonstrationBook.Agreement.TimeZone).Required();
        return new EntryAnswer(
            "idlib-2018",
            filed.EntryId,
            1,
            NodaTime.Instant.FromUtc(2026, 1, 1, 0, 0),
            "report_filed",
            filed
        );
    }

    private static string Written(int width, Action<TextOutput> write)
    {
        var text = new StringWriter();
        write(new TextOutput(Terminals.Of(text, width, ("NO_COLOR", "1"))));
        foreach (var line in text.ToString().Split('\n'))
        {
            line.GetCellWidth().Should().BeLessThanOrEqualTo(width, line);
            line.Should().NotEndWith(" ");
        }

        return text.ToString();
    }
}
