using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Ledger.Domain.Reports;
using Ledger.Domain.Time;
using Ledger.Server.Answers;
using Ledger.Verdicts;
using Ledger.Verdicts.Analyses;
using NodaTime;
using NodaTime.Text;

namespace Ledger.Server.Tables;

/// <summary>
/// How many incidents name a party, by the day on which they began. An incident that names it twice in one role counts
/// once.
/// </summary>
internal static class ConductRows
{
    public static readonly ImmutableArray<TableColumn> Columns =
    [
        new("day", "day"),
        new("party", "party", Codes: CodeList.Parties),
        new("role", "role"),
        new("kind", "kind", Codes: CodeList.Kinds),
        new("incidents", "incidents"),
        new("alleged", "alleged"),
        new("corroborated", "corroborated"),
        new("confirmed", "confirmed"),
        new("violating", "violating"),
        new("violates", "violates"),
    ];

    public static IEnumerable<JsonNode> Of(Book book, Question question)
    {
        var zone = book.Reading(question).TimeZone;
        return IncidentList
            .At(book, question)
            .SelectMany(incident =>
                incident
                    .Actors.Select(actor => (Party: actor.Party ?? actor.Name, actor.Role))
                    .Distinct()
                    .Select(actor => (Day: zone.DayOf(incident.From), actor.Party, actor.Role, Incident: incident))
            )
            .GroupBy(act => (act.Day, act.Party, act.Role, act.Incident.Kind), act => act.Incident)
            .OrderBy(group => group.Key.Day)
            .ThenBy(group => group.Key.Party, StringComparer.Ordinal)
            .ThenBy(group => group.Key.Role)
            .ThenBy(group => group.Key.Kind, StringComparer.Ordinal)
            .Select(group =>
                (JsonNode)
                    new JsonObject
                    {
                        ["day"] = LocalDatePattern.Iso.Format(group.Key.Day),
                        ["party"] = group.Key.Party,
                        ["role"] = ReportWords.Roles.First(role => role.Value == group.Key.Role).Key,
                        ["kind"] = group.Key.Kind,
                        ["incidents"] = group.Count(),
                        // What a review could not settle is alleged still.
                        ["alleged"] = group.Count(one => one.Level is Level.Alleged or Level.Inconclusive),
                        ["corroborated"] = group.Count(one => one.Level == Level.Corroborated),
                        ["confirmed"] = group.Count(one => one.Level == Level.Confirmed),
                        ["violating"] = group.Count(one => !one.Violates.IsEmpty),
                        ["violates"] = new JsonArray([
                            .. group
                                .SelectMany(one => one.Violates)
                                .Distinct(StringComparer.Ordinal)
                                .Order(StringComparer.Ordinal)
                                .Select(provision => (JsonNode)provision),
                        ]),
                    }
            );
    }
}
