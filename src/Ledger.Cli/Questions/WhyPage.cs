using Ledger.Cli.Reports;
using Ledger.Cli.Writing;
using Ledger.Domain.Agreements;
using Ledger.Domain.Time;
using Ledger.Verdicts.Answers;
using NodaTime;

namespace Ledger.Cli.Questions;

/// <summary>Why a verdict is what it is, in the order in which a council would ask: the finding, the words, our reading, the time, the evidence, what nearly counted.</summary>
public sealed class WhyPage(Sheet sheet, Agreement agreement)
{
    private const int Indent = 2;

    private readonly DateTimeZone zone = agreement.TimeZone;

    private readonly HashSet<Guid> told = [];

    /// <param name="pinned">The address that gives this answer for ever.</param>
    /// <param name="limit">At most so many near misses are told.</param>
    public void Write(WhyAnswer why, Uri? pinned, int limit = 10)
    {
        var answer = why.Answer;
        sheet.Line([new Ink($"{answer.Provision}  {StatusPage.Title(answer)}", Styles.Title)]);
        sheet.Line(Heading.Of(sheet.Marks, agreement, answer.AsOf, answer.Position, answer.Reading, answer.Lens), Styles.Faint);
        sheet.Blank();
        sheet.Line([new Ink($"{sheet.Marks.Sign(answer.Verdict)} {Words.Of(answer.Verdict)}.", Styles.Of(answer.Verdict)), $" {why.Conclusion}"]);

        Section("The article", why.Clause.Words is { } words ? In(words) : null);
        Section($"Our reading ({why.Clause.Version})", why.Clause.Reading is { } reading ? In(reading) : null);
        Section("Whose duty", why.Clause.Duty is [] ? null : string.Join(" and ", why.Clause.Duty.Select(party => ReportText.Party(party, agreement))));
        Deadlines(why);
        Entries("What decided it", why.Entries);
        Entries("What separates the best reading from the worst", why.SeparatedBy);
        Coverage(why);
        NearMisses(why, limit);
        if (pinned is null)
            return;
        Head("The same answer for ever");
        sheet.Whole(pinned.AbsoluteUri, Indent);
    }

    private void Section(string heading, string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return;
        Head(heading);
        sheet.Line(text.Trim(), indent: Indent);
    }

    private void Head(string heading)
    {
        sheet.Blank();
        sheet.Line(heading, Styles.Title);
    }

    private void Deadlines(WhyAnswer why)
    {
        if (why.Deadlines is [])
            return;
        Head("The time");
        foreach (var deadline in why.Deadlines)
        {
            sheet.Line($"{(deadline.Key is { } key ? $"{key}: " : "")}{deadline.Arithmetic}", indent: Indent);
            Clock("from", deadline.Starts);
            if (deadline.TooLate is { } tooLate)
                Clock("too late from", tooLate);
        }

        void Clock(string what, Moment moment) => sheet.Line($"{what.PadRight(13)} {moment.Utc.ToText()}  =  {moment.Local}", Styles.Faint, indent: Indent * 2);
    }

    private void Entries(string heading, IReadOnlyList<Cited> entries)
    {
        if (entries is [])
            return;
        Head(heading);
        foreach (var entry in entries)
            Entry(entry, entry.Role is { } role ? Words.Of(role).Replace('-', ' ') : "said");
    }

    private void Entry(Cited entry, string lead)
    {
        var what = string.Join(", ", new[] { entry.Kind is { } kind ? Kind(kind) : entry.Type.Replace('_', ' '), When(entry), entry.Place, Actors(entry) }.Where(part => part is not null));
        var again = !told.Add(entry.Entry);
        sheet.Line([new Ink(entry.Position is { } position ? $"at {position}  " : "supposed  ", Styles.Title), $"{lead}: {what}{(again ? " (told above)" : "")}"], Indent);
        if (again)
            return;
        if (entry.Summary is { } summary)
            sheet.Line($"\"{summary}\"", indent: Indent * 2);
        var who = string.Join($" {sheet.Marks.Dot} ", new[]
        {
            entry.Level is { } level ? Words.Of(level) : null,
            entry.Author is { } author ? $"says {author}{(entry.SourceClass is { } source ? $" ({Words.Of(source)})" : "")}" : entry.SourceClass is { } alone ? $"says a source of class {Words.Of(alone)}" : null,
            entry.SaidAt is { } said && said != entry.RecordedAt ? $"said {Times.From(said, zone)}" : null,
            entry.RecordedAt is { } recorded ? $"recorded {Times.At(recorded, zone)}" : null,
            entry.Grounds is { } grounds ? $"grounds: {grounds}" : null,
        }.Where(part => part is not null));
        sheet.Line(who, Styles.Faint, indent: Indent * 2);
        foreach (var (name, quantity) in entry.Quantities ?? System.Collections.Immutable.ImmutableSortedDictionary<string, Domain.Reports.Quantity>.Empty)
            sheet.Line($"{agreement.Codebook.Quantities.GetValueOrDefault(name)?.ToString().ToLowerInvariant() ?? name}: {ReportText.Number(quantity)}", Styles.Faint, indent: Indent * 2);
        sheet.Line($"entry {entry.Entry}", Styles.Faint, indent: Indent * 2);
    }

    private void Coverage(WhyAnswer why)
    {
        if (why.Coverage is [])
            return;
        Head("Who was watching");
        foreach (var watch in why.Coverage)
            sheet.Line($"{watch.By}, {Times.From(watch.From, zone)} to {Times.Until(watch.Until, zone)}{(watch.Zones is [] ? "" : $", {string.Join(", ", watch.Zones)}")}{(watch.Method is { } method ? $", {method}" : "")}", indent: Indent);
    }

    private void NearMisses(WhyAnswer why, int limit)
    {
        if (why.NearMisses is [])
            return;
        Head("What nearly counted, and the one thing it fails by");
        foreach (var miss in why.NearMisses.Take(limit))
            Entry(miss.Entry, miss.Words);
        var left = why.NearMissesOmitted + Math.Max(0, why.NearMisses.Length - limit);
        if (left > 0)
            sheet.Line($"and {left} more; --near-misses {why.NearMisses.Length} or --json tell them.", Styles.Faint, indent: Indent);
    }

    private string Kind(string code) => agreement.Codebook.Kinds.GetValueOrDefault(code)?.ToString().ToLowerInvariant() ?? code;

    private string? When(Cited entry)
    {
        if (entry.From is not { } from)
            return null;
        if (entry.Until is not { } until || until.Utc - from.Utc <= Instants.Microsecond)
            return Times.At(from.Utc, zone);
        var (first, last) = (Times.From(from.Utc, zone), Times.Until(until.Utc, zone));
        return first == last ? first : $"{first} to {last}";
    }

    private string? Actors(Cited entry) => entry.Actors is { Length: > 0 } actors
        ? string.Join(", ", actors.Select(actor => $"{Words.Of(actor.Role)} {ReportText.Party(actor.Name, agreement)}"))
        : null;

    private static string In(IReadOnlyDictionary<string, string> labels) => labels.GetValueOrDefault("en") ?? labels.Values.First();
}
