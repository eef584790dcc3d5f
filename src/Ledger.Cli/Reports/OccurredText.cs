using System.Text.Json.Nodes;
using NodaTime.Text;

namespace Ledger.Cli.Reports;

/// <summary>
/// When something happened, as typed: a day or an instant as it is; <c>2018-10-06..2018-10-08</c> for days, of which
/// the last is included as in speech (the wire excludes it); <c>2018-10</c> for a month, <c>2018</c> for a year.
/// </summary>
public static class OccurredText
{
    public static JsonNode ToJson(string text) =>
        text.Split("..") switch
        {
            [var from, var to] when LocalDatePattern.Iso.Parse(to) is { Success: true, Value: var last } =>
                new JsonObject { ["from"] = from, ["until"] = LocalDatePattern.Iso.Format(last.PlusDays(1)) },
            [var from, var to] => new JsonObject { ["from"] = from, ["until"] = to },
            [var whole] when YearMonthPattern.Iso.Parse(whole).Success => new JsonObject
            {
                ["from"] = $"{whole}-01",
                ["precision"] = "month",
            },
            [{ Length: 4 } year] when year.All(char.IsAsciiDigit) => new JsonObject
            {
                ["from"] = $"{year}-01-01",
                ["precision"] = "year",
            },
            _ => JsonValue.Create(text),
        };
}
