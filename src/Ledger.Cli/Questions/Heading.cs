using Ledger.Cli.Terminals;
using Ledger.Domain.Agreements;
using Ledger.Verdicts.Answers;
using NodaTime;

namespace Ledger.Cli.Questions;

/// <summary>
/// The full question that an answer answers, on one line: nobody should have to guess what was asked.
/// </summary>
public static class Heading
{
    public static string Of(
        Symbols symbols,
        Agreement agreement,
        Instant? asOf,
        long position,
        string? reading,
        LensUsed lens
    ) =>
        string.Join(
            $" {symbols.Dot} ",
            new[]
            {
                agreement.Id,
                asOf is { } when
                    ? $"as of {Times.AsOf(when, agreement.TimeZone)} ({agreement.TimeZone.Id})"
                    : $"times of {agreement.TimeZone.Id}",
                $"known at position {position}",
                (reading ?? lens.Reading) is { } version ? $"reading {version}" : null,
                $"threshold {Words.Of(lens.Threshold)}",
                $"match {Words.Of(lens.Match)}",
                lens.SaidBy is { } said
                    ? $"said by {Times.AsOf(said, agreement.TimeZone)}{Unspoken(asOf, said, agreement.TimeZone)}"
                    : null,
                lens.Sources is { } sources
                    ? $"{(sources.Only ? "only" : "not")} {string.Join(", ", Names(sources))}"
                    : null,
                lens.Without is { Length: > 0 } without
                    ? $"without {Plural.Of(without.Length, "entry", "entries")}"
                    : null,
                lens.Suppose is { Length: > 0 } suppose
                    ? $"supposing {Plural.Of(suppose.Length, "entry", "entries")}"
                    : null,
            }.Where(part => part is not null)
        );

    /// <summary>Nothing can have been said by then of what happened later, and yet it is judged.</summary>
    private static string Unspoken(Instant? asOf, Instant said, DateTimeZone zone) =>
        asOf is { } until && Period.DaysBetween(said.InZone(zone).Date, until.InZone(zone).Date) is var days and > 0
            ? $" (of the {Plural.Of(days, "day")} after it nothing had been said)"
            : "";

    private static IEnumerable<string> Names(SourceFilter sources) =>
        [
            .. sources.Classes.Select(Words.Of),
            .. sources.Parties,
            .. sources.Reliabilities.Select(reliability => $"reliability {reliability}"),
        ];
}
