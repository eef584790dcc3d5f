using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.Domain.Agreements;
using Ledger.Domain.Entries;
using Ledger.Domain.Places;
using Ledger.Domain.Reports;
using Ledger.Domain.Time;
using Ledger.Store.Tests.World;
using Ledger.Store.Writing;
using Ledger.Verdicts;
using Ledger.Verdicts.Analyses;
using Ledger.Verdicts.Answers;
using Ledger.Verdicts.Tests.Random;
using Ledger.Verdicts.Tests.Slow;
using NodaTime;

namespace Ledger.Store.Tests.Projections;

/// <summary>The law of the tables: they hold what the engine says of the same entries, whatever those are.</summary>
public sealed class EverySqlView
{
    private static readonly int Ledgers = Environment.GetEnvironmentVariable("LEDGER_NIGHTLY") == "1" ? 500 : 25;

    private static readonly ulong FirstSeed = ulong.Parse(
        Environment.GetEnvironmentVariable("LEDGER_SEED") ?? "0",
        CultureInfo.InvariantCulture
    );

    /// <summary>What these do to a whole log has tests of its own.</summary>
    private static readonly Type[] OfTheLog =
    [
        typeof(KeyRotated),
        typeof(LogResumed),
        typeof(ErasureRequested),
        typeof(ErasureConfirmed),
    ];

    [Fact]
    public async Task Equals_the_engine_on_random_ledgers()
    {
        await using var ledger = await LedgerHost.StartAsync();
        var agreements = Enumerable.Range(0, Ledgers).Select(i => $"random-{FirstSeed + (ulong)i}").ToList();
        // Side by side, so that many entries share a commit.
        var recorded = await Task.WhenAll(
            agreements.Select((agreement, i) => WriteAsync(ledger, agreement, RandomLedger.Make(FirstSeed + (ulong)i)))
        );

        await ledger.CaughtUpAsync();
        recorded.Sum().Should().BeGreaterThan(10 * Ledgers, "a law that is tried on nothing holds nothing");
        foreach (var agreement in agreements)
        {
            var book = await ledger.BookAsync(agreement);
            book.Position.Should().Be(await ledger.AskAsync<long>(Of(agreement, "max(position)", "ledger_entry")));
            foreach (var (columns, table, expected) in book.Read(Views))
                (await RowsAsync(ledger, agreement, columns, table))
                    .Should()
                    .Equal(expected.Order(StringComparer.Ordinal), $"{table} of {agreement} is what the engine says");
            await StandingsAsync(ledger, agreement, book.Read(b => b));
        }
    }

    /// <summary>How many were recorded: what the decider refuses is in no ledger, and neither is what refers to it.</summary>
    private static async Task<int> WriteAsync(LedgerHost ledger, string agreement, IEnumerable<Entry> entries)
    {
        var recorded = 0;
        foreach (var entry in entries.Where(e => !OfTheLog.Contains(e.Event.GetType())))
        {
            var outcome = await ledger.WriteAsync(Of(agreement, entry.Event), agreement);
            outcome.Should().NotBeOfType<WriteOutcome.Unavailable>();
            recorded += outcome is WriteOutcome.Recorded ? 1 : 0;
        }

        return recorded;
    }

    private static LedgerEvent Of(string agreement, LedgerEvent @event)
    {
        return @event switch
        {
            AgreementAdopted adopted => adopted with { File = Named(adopted.File) },
            AgreementRevised revised => revised with { File = Named(revised.File) },
            _ => @event,
        };

        JsonObject Named(JsonObject file)
        {
            var copy = file.DeepClone().AsObject();
            copy["id"] = agreement;
            return copy;
        }
    }

    private static IEnumerable<(string Columns, string Table, List<string> Rows)> Views(Book book)
    {
        var reading = book.Agreement!;
        var reports = Register.Reports(book, book.Position).ToList();
        yield return (
            "report_id, kind, occurred_from, level, retracted::text",
            "report",
            [
                .. reports.Select(r =>
                    Row(r.Filing.Id, r.Content.Kind, r.Content.Occurred.From, Word(r.Level), r.Live ? "false" : "true")
                ),
            ]
        );
        yield return (
            "head, reports, kind, occurred_from, occurred_until, level",
            "incident",
            [
                .. IncidentList
                    .At(book, new Question(Instants.Latest, book.Position, Lens.House))
                    .Select(i =>
                        Row(i.Report, $"{{{string.Join(',', i.Reports)}}}", i.Kind, i.From, i.Until, Word(i.Level))
                    ),
            ]
        );
        var counted = reports.FindAll(r => r.Live && r.Level != Level.Refuted);
        yield return ("day, zone, kind, certain, possible", "zone_day", [.. ZoneDays(book, reading, counted)]);
        yield return (
            "day, party, role, kind, reports, alleged, corroborated, confirmed",
            "party_conduct",
            [.. Conduct(reading, counted)]
        );
    }

    private static IEnumerable<string> ZoneDays(Book book, Agreement reading, List<ReportStanding> reports)
    {
        var entries = new SlowFacts([.. book.Entries], book.Position, Lens.House);
        var match = new SlowMatch(reading, entries.Live<ZoneDelimited>());
        return from report in reports
            from zone in reading.Zones
            let lies = match.Match(new Pattern { Kinds = [], Zones = [zone.Id] }, report.Content)
            where lies != Certainty.No
            group lies by (Day: DayOf(reading, report), zone.Id, report.Content.Kind) into same
            select Row(
                same.Key.Day,
                same.Key.Id,
                same.Key.Kind,
                same.Count(lies => lies == Certainty.Certain),
                same.Count(lies => lies == Certainty.Possible)
            );
    }

    private static IEnumerable<string> Conduct(Agreement reading, List<ReportStanding> reports) =>
        from report in reports
        from act in report
            .Content.Actors.Select(actor => (Party: PartyNamed(reading, actor.Name) ?? actor.Name, actor.Role))
            .Distinct()
        group report.Level by (Day: DayOf(reading, report), act.Party, act.Role, report.Content.Kind) into same
        select Row(
            same.Key.Day,
            same.Key.Party,
            Word(same.Key.Role),
            same.Key.Kind,
            same.Count(),
            same.Count(level => level is Level.Alleged or Level.Inconclusive),
            same.Count(level => level == Level.Corroborated),
            same.Count(level => level == Level.Confirmed)
        );

    private static string DayOf(Agreement reading, ReportStanding report) =>
        reading.TimeZone.DayOf(report.Content.Occurred.From).ToString("uuuu-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>An id, or a name or alias that only one party has.</summary>
    private static string? PartyNamed(Agreement reading, string name)
    {
        bool Is(string other) => string.Equals(other, name, StringComparison.OrdinalIgnoreCase);
        var named = reading
            .Parties.Where(p => p.Aliases.Any(Is) || p.Name.ByLanguage.Values.Any(Is))
            .Select(p => p.Id)
            .ToList();
        return reading.Parties.FirstOrDefault(p => Is(p.Id))?.Id ?? (named is [var one] ? one : null);
    }

    /// <summary>A row says how a provision stood from its point on, so that it stands like that there.</summary>
    private static async Task StandingsAsync(LedgerHost ledger, string agreement, Book book)
    {
        await using var command = ledger.Database.CreateCommand(
            $"select provision, position, as_of, life, verdict, best, worst from ledger.provision_standing where agreement = '{agreement}'"
        );
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            var question = new Question(Instant.FromDateTimeUtc(rows.GetDateTime(2)), rows.GetInt64(1), Lens.House);
            var standing = Judge.Standing(book, rows.GetString(0), question)!;
            Row(Word(standing.Life), Word(standing.Verdict), Word(standing.Best), Word(standing.Worst))
                .Should()
                .Be(
                    Row(rows.GetString(3), rows.GetString(4), rows.GetString(5), rows.GetString(6)),
                    $"{agreement} {rows.GetString(0)} at {question}"
                );
        }
    }

    private static async Task<List<string>> RowsAsync(LedgerHost ledger, string agreement, string columns, string table)
    {
        var text = string.Join(
            ", ",
            columns
                .Split(", ")
                .Select(c =>
                    c.StartsWith("occurred", StringComparison.Ordinal)
                        ? $"to_char({c} at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS')"
                        : c
                )
        );
        await using var command = ledger.Database.CreateCommand(Of(agreement, $"concat_ws(' | ', {text})", table));
        await using var rows = await command.ExecuteReaderAsync();
        var found = new List<string>();
        while (await rows.ReadAsync())
            found.Add(rows.GetString(0));
        found.Sort(StringComparer.Ordinal);
        return found;
    }

    private static string Of(string agreement, string what, string table) =>
        $"select {what} from ledger.{table} where agreement = '{agreement}'";

    private static string Row(params ReadOnlySpan<object> values)
    {
        var texts = new string[values.Length];
        for (var i = 0; i < values.Length; i++)
            texts[i] = values[i] is Instant instant
                ? instant.ToString("uuuu-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)
                : Convert.ToString(values[i], CultureInfo.InvariantCulture)!;
        return string.Join(" | ", texts);
    }

    private static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
