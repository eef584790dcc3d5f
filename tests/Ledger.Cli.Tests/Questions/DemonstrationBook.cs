using Ledger.Cli.InputFiles;
using Ledger.Cli.Installation;
using Ledger.Domain.Agreements;
using Ledger.Domain.Entries;
using Ledger.Domain.Time;
using Ledger.Verdicts;
using Ledger.Verdicts.Answers;
using NodaTime;

namespace Ledger.Cli.Tests.Questions;

/// <summary>
/// The shipped demonstration, judged here without a server; every entry is recorded a second after the one before.
/// </summary>
public static class DemonstrationBook
{
    private static readonly Instant FirstRecorded = Instant.FromUtc(2026, 1, 5, 9, 0);

    private static readonly Lazy<Book> Loaded = new(Load);

    public static Book Book => Loaded.Value;

    public static Agreement Agreement => Book.Agreement!;

    public static Instant EndOf(int year, int month, int day) =>
        Agreement.TimeZone.StartOf(new LocalDate(year, month, day).PlusDays(1)) - Instants.Microsecond;

    public static StatusAnswer Status(Instant asOf, Lens? lens = null) =>
        Judge.Status(Book, new Question(asOf, Book.Position, lens ?? Lens.House));

    public static IReadOnlyDictionary<string, TimelineAnswer> Timelines(Lens? lens = null) =>
        Agreement.Provisions.ToDictionary(
            p => p.Id,
            p => Judge.Timeline(Book, p.Id, Book.Position, lens ?? Lens.House)!
        );

    private static Book Load()
    {
        var book = new Book();
        var zone = DateTimeZoneProviders.Tzdb["Asia/Damascus"];
        foreach (
            var line in EntryFile.Read(
                Path.Combine(Demonstration.Folder, Demonstration.Agreement, "entries.jsonl"),
                Terminals.Of(new StringWriter())
            )
        )
            book.Append(
                new Entry(
                    book.Position + 1,
                    FirstRecorded + Duration.FromSeconds(book.Position),
                    EventReader.Read(line.Type, line.Data, zone).Required()
                )
            );
        return book;
    }
}
