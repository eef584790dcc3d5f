using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using Ledger.Domain.Input;
using Ledger.Domain.Time;
using Ledger.Verdicts.Answers;
using NodaTime;
using NodaTime.Text;

namespace Ledger.Verdicts.Scenarios;

/// <summary>
/// A part of a verdict that a scenario may expect, and how both sides are written so that they compare.
/// </summary>
/// <param name="Read">What the file expects, as text; notes a problem when it cannot be.</param>
/// <param name="Actual">What the verdict says, in the same form.</param>
public sealed record VerdictField(
    string Name,
    Func<InputNode, DateTimeZone, string?> Read,
    Func<VerdictAnswer, DateTimeZone, string> Actual
)
{
    private const string None = "none";

    public static VerdictField Verdict { get; } = Word<Verdict>("verdict", answer => answer.Verdict);

    public static FrozenDictionary<string, VerdictField> All { get; } =
        new VerdictField[]
        {
            Verdict,
            Word<Life>("life", answer => answer.Life),
            Word<Reason>("reason", answer => answer.Reason),
            Word<Verdict>("best", answer => answer.Bounds.Best),
            Word<Verdict>("worst", answer => answer.Bounds.Worst),
            When("since", answer => answer.Since),
            When("fulfilledAt", answer => answer.FulfilledAt),
            When("lateAt", answer => answer.LateAt),
            When("curedAt", answer => answer.CuredAt),
            // A day that is still in time is named as people name it; the verdict holds the first instant that is too
            // late.
            new(
                "due",
                (input, zone) => Due(input, zone),
                (answer, zone) => Text(answer.Deadline is { } deadline ? LastDay(deadline, zone) : null, zone)
            ),
            Number("violations", answer => answer.Counts?.Violations ?? 0),
            Number("reached", answer => answer.Progress?.Reached ?? answer.Instances.FirstOrDefault()?.Stock?.Low ?? 0),
        }.ToFrozenDictionary(field => field.Name);

    private static VerdictField Word<T>(string name, Func<VerdictAnswer, T> of)
        where T : struct, Enum
    {
        var words = Enum.GetValues<T>().ToDictionary(Spelt);
        return new(
            name,
            (input, _) => input.Choice(words) is { } word ? Spelt(word) : null,
            (answer, _) => Spelt(of(answer))
        );
    }

    private static string Spelt<T>(T word)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(word.ToString());

    private static VerdictField When(string name, Func<VerdictAnswer, Instant?> of) =>
        new(
            name,
            (input, zone) =>
                input.IsText && input.Node!.GetValue<string>() == None ? None
                : input.MomentOrDay(zone) is { } instant ? Text(instant, zone)
                : null,
            (answer, zone) => Text(of(answer), zone)
        );

    private static VerdictField Number(string name, Func<VerdictAnswer, long> of) =>
        new(
            name,
            (input, _) => input.Integer()?.ToString(CultureInfo.InvariantCulture),
            (answer, _) => of(answer).ToString(CultureInfo.InvariantCulture)
        );

    private static string? Due(InputNode input, DateTimeZone zone) =>
        input.IsText && input.Node!.GetValue<string>() == None ? None
        : input.MomentOrDay(zone) is { } day ? Text(day, zone)
        : null;

    private static Instant LastDay(Instant tooLate, DateTimeZone zone) =>
        tooLate.InZone(zone).TimeOfDay == LocalTime.Midnight ? zone.StartOf(zone.DayOf(tooLate).PlusDays(-1)) : tooLate;

    private static string Text(Instant? instant, DateTimeZone zone)
    {
        if (instant is not { } when)
            return None;
        var local = when.InZone(zone);
        return local.TimeOfDay == LocalTime.Midnight
            ? LocalDatePattern.Iso.Format(local.Date)
            : OffsetDateTimePattern.ExtendedIso.Format(local.ToOffsetDateTime());
    }
}
