using Ledger.Cli.Sentences;
using Ledger.Cli.Terminals;
using Ledger.Domain.Agreements;
using Ledger.Domain.Time;
using Ledger.Verdicts.Answers;
using NodaTime;

namespace Ledger.Cli.Questions;

/// <summary>
/// Entries that an answer cites: where they stand, what they say, and who says so. An entry is told in full once.
/// </summary>
public sealed class CitationText(TextOutput output, Agreement agreement)
{
    private readonly DateTimeZone _zone = agreement.TimeZone;

    private readonly HashSet<Guid> _told = [];

    public static string RoleOf(Cited entry) => entry.Role is { } role ? Words.Of(role).Replace('-', ' ') : "entry";

    /// <param name="lead">What the entry is told for: its part in the answer, or what it fails by.</param>
    public void Write(Cited entry, string lead, int indent)
    {
        var what = string.Join(
            ", ",
            new[]
            {
                entry.Kind is { } kind ? Kind(kind) : entry.Type.Replace('_', ' '),
                When(entry),
                entry.Place,
                Actors(entry),
            }.Where(part => part is not null)
        );
        var again = !_told.Add(entry.Entry);
        output.Line(
            [
                new StyledText(entry.Position is { } position ? $"at {position}  " : "supposed  ", Styles.Title),
                $"{lead}: {what}{(again ? " (shown above)" : "")}",
            ],
            indent
        );
        if (again)
            return;
        if (entry.Summary is { } summary)
            output.Line($"\"{summary}\"", indent: indent + 2);
        var who = string.Join(
            $" {output.Symbols.Dot} ",
            new[]
            {
                entry.Level is { } level ? Words.Of(level) : null,
                entry.Author is { } author
                    ? $"says {author}{(entry.SourceClass is { } source ? $" ({Words.Of(source)})" : "")}"
                : entry.SourceClass is { } alone ? $"says a source of class {Words.Of(alone)}"
                : null,
                entry.SaidAt is { } said && said != entry.RecordedAt ? $"said {Times.From(said, _zone)}" : null,
                entry.RecordedAt is { } recorded ? $"recorded {Times.At(recorded, _zone)}" : null,
                entry.Grounds is { } grounds ? $"grounds: {grounds}" : null,
            }.Where(part => part is not null)
        );
        output.Line(who, Styles.Faint, indent: indent + 2);
        foreach (
            var (name, quantity) in entry.Quantities
                ?? System.Collections.Immutable.ImmutableSortedDictionary<string, Domain.Reports.Quantity>.Empty
        )
            output.Line(
                $"{agreement.Codebook.Quantities.GetValueOrDefault(name)?.ToString().ToLowerInvariant() ?? name}: "
                    + $"{ReportText.Number(quantity)}",
                Styles.Faint,
                indent: indent + 2
            );
        output.Line($"entry {entry.Entry}", Styles.Faint, indent: indent + 2);
    }

    private string Kind(string code) =>
        agreement.Codebook.Kinds.GetValueOrDefault(code)?.ToString().ToLowerInvariant() ?? code;

    private string? When(Cited entry)
    {
        if (entry.From is not { } from)
            return null;
        if (entry.Until is not { } until || until.Utc - from.Utc <= Instants.Microsecond)
            return Times.At(from.Utc, _zone);
        var (first, last) = (Times.From(from.Utc, _zone), Times.Until(until.Utc, _zone));
        return first == last ? first : $"{first} to {last}";
    }

    private string? Actors(Cited entry) =>
        entry.Actors is { Length: > 0 } actors
            ? string.Join(
                ", ",
                actors.Select(actor => $"{Words.Of(actor.Role)} {ReportText.Party(actor.Name, agreement)}")
            )
            : null;
}
