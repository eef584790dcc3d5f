using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Ledger.Domain.Input;
using NodaTime;
using NodaTime.Text;

namespace Ledger.Cli.Reports.Importing;

/// <summary>The days and times of a column.</summary>
public sealed partial record ColumnValue
{
    private const int SecondsPerDay = 86_400;

    private static readonly LocalDateTimePattern Iso = LocalDateTimePattern.CreateWithInvariantCulture("yyyy-MM-dd");

    private static readonly ImmutableArray<LocalDateTimePattern> IsoTimes =
    [
        .. (
            (string[])["yyyy-MM-dd HH:mm", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss"]
        ).Select(LocalDateTimePattern.CreateWithInvariantCulture),
    ];

    /// <summary>What one of the forms makes of a text; null where it is not written so.</summary>
    public static LocalDateTime? Written(string text, LocalDateTimePattern form) =>
        // A number of days that leads out of the calendar is as little a day as what is not written as one.
        form.Parse(Digits(text))
            is { Success: true, Value: { Year: >= 1 and <= 9000 } read }
            ? read
            : null;

    /// <summary>
    /// The one day or time that the forms read in a cell. A form that another row of the column refutes reads nothing, and
    /// where two of the others read different days, nobody knows which is meant.
    /// </summary>
    private LocalDateTime? Unrefuted(string cell, Reading reading, string pointer)
    {
        // A workbook knows its own days.
        if (reading.Row.Dated?.Invoke(Column) is { } dated)
            return dated;
        (LocalDateTime Value, LocalDateTimePattern Form)? read = null;
        (Refutation By, LocalDateTimePattern Form)? refuted = null;
        foreach (var form in Days)
        {
            if (Written(cell, form) is not { } value)
                continue;
            if (reading.Refuted.Of(Column, form) is { } refutation)
                refuted ??= (refutation, form);
            else if (read is not { } before)
                read = (value, form);
            else if (before.Value != value && (Form == CellForm.Time || before.Value.Date != value.Date))
            {
                Bad(
                    reading,
                    pointer,
                    "import/ambiguous-day",
                    $"'{Shown(cell)}' of {Column} is {before.Value.Date:uuuu-MM-dd} when read as "
                        + $"{before.Form.PatternText} and {value.Date:uuuu-MM-dd} when read as {form.PatternText}, and no "
                        + "row of the column shows which is meant. Leave the right one in 'forms'."
                );
                return null;
            }
        }

        if (read is not null)
            return read.Value.Value;
        if (refuted is { By: var by, Form: var wrong })
            Bad(
                reading,
                pointer,
                "import/form-refuted",
                $"'{Shown(cell)}' of {Column} is not read as {wrong.PatternText}: "
                    + $"row {by.Row} of the same column, '{Shown(by.Cell)}', does not fit that form "
                    + $"but fits {by.Fits}. If the whole column does, change 'forms' in the mapping."
            );
        else
            Bad(
                reading,
                pointer,
                Form == CellForm.Day ? "import/not-a-day" : "import/not-a-time",
                $"'{Shown(cell)}' of {Column} is not a {(Form == CellForm.Day ? "day" : "time")} written as "
                    + $"{string.Join(" or ", Days.Select(pattern => pattern.PatternText))}."
            );
        return null;
    }

    private JsonValue? Day(string cell, Reading reading, string pointer) =>
        Unrefuted(cell, reading, pointer) is { } day
            ? JsonValue.Create(LocalDatePattern.Iso.Format(day.Date.PlusDays(PlusDays)))
            : null;

    private JsonNode? Time(string cell, Reading reading, string pointer)
    {
        // What states its offset needs no zone.
        if (OffsetDateTimePattern.ExtendedIso.Parse(Digits(cell)) is { Success: true, Value: var stated })
            return JsonValue.Create(InstantPattern.ExtendedIso.Format(stated.ToInstant()));
        return Unrefuted(cell, reading, pointer) is { } local ? Zoned(local, cell, reading, pointer) : null;
    }

    private JsonNode? Zoned(LocalDateTime local, string cell, Reading reading, string pointer)
    {
        var mapped = Zone!.MapLocal(local);
        return mapped.Count == 1
            ? JsonValue.Create(InstantPattern.ExtendedIso.Format(mapped.Single().ToInstant()))
            : Bad(
                reading,
                pointer,
                "import/no-such-local-time",
                $"'{Shown(cell)}' of {Column} {(mapped.Count == 0 ? "was skipped" : "came twice")} in "
                    + $"{Zone.Id}, when the clocks were changed: write it with its offset."
            );
    }

    private JsonNode? SerialDay(string cell, Reading reading, string pointer) =>
        Serial(cell, reading) is { } local
            ? JsonValue.Create(LocalDatePattern.Iso.Format(local.Date.PlusDays(PlusDays)))
            : Bad(
                reading,
                pointer,
                "import/not-a-day",
                $"'{Shown(cell)}' of {Column} is not the number of a day, as spreadsheets count them from 1900 on."
            );

    private JsonNode? SerialTime(string cell, Reading reading, string pointer) =>
        Serial(cell, reading) is { } local
            ? Zoned(local, cell, reading, pointer)
            : Bad(
                reading,
                pointer,
                "import/not-a-time",
                $"'{Shown(cell)}' of {Column} is not the number of a day and its part, as spreadsheets count them from 1900 on."
            );

    /// <summary>
    /// Day 60 of a spreadsheet is 29 February 1900, which never was; what comes before it is counted otherwise. A part of
    /// a day is kept to the second.
    /// </summary>
    private LocalDateTime? Serial(string text, Reading reading)
    {
        if (reading.Row.Dated?.Invoke(Column) is { } dated)
            return dated;
        if (
            !decimal.TryParse(
                Digits(text),
                NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture,
                out var number
            ) || number is <= 60 or >= 2_958_466
        )
            return null;
        var day = decimal.Truncate(number);
        return new LocalDate(1899, 12, 30)
            .AtMidnight()
            .PlusDays((int)day)
            .PlusSeconds((long)decimal.Round((number - day) * SecondsPerDay));
    }

    private static JsonValue? Epoch(string text) =>
        long.TryParse(Digits(text), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && seconds <= 7_000_000_000
            ? JsonValue.Create(InstantPattern.General.Format(Instant.FromUnixTimeSeconds(seconds)))
            : null;

    private static DateTimeZone? ZoneOf(InputNode input)
    {
        if (input.Words("the time zone whose clocks the column shows, such as Asia/Damascus or UTC", 60) is not { } id)
            return null;
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(id) is { } zone)
            return zone;
        input.Wrong("mapping/not-a-zone", $"There is no time zone '{id}'.");
        return null;
    }

    private static LocalDateTimePattern? Pattern(InputNode input)
    {
        if (input.Words("how a day is written, such as d MMMM yyyy", 60) is not { } text)
            return null;
        try
        {
            return LocalDateTimePattern.CreateWithInvariantCulture(text);
        }
        catch (InvalidPatternException wrong)
        {
            input.Wrong("mapping/not-a-form", $"'{text}' is no form of a day: {wrong.Message}");
            return null;
        }
    }
}
