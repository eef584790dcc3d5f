using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.Domain.Entries;
using Ledger.Domain.Reports;
using Ledger.Server.Answers;
using Ledger.Verdicts.Answers;
using NodaTime;

namespace Ledger.Server.Incidents;

/// <summary>Incidents as rows.</summary>
internal static class IncidentCsv
{
    public static readonly ImmutableArray<TableColumn> Columns =
    [
        new("incident", "report"),
        new("reports", "reports"),
        new("position", "position"),
        new("level", "level"),
        new("kind", "kind", Codes: CodeList.Kinds),
        new("from", "from", ColumnForm.Instant),
        new("until", "until", ColumnForm.Instant),
        new("first_day", "from", ColumnForm.Day),
        new("last_day", "until", ColumnForm.LastDay),
        new("precision", "precision"),
        new("place", "place"),
        new("latitude", "lat"),
        new("longitude", "lon"),
        new("metres", "metres"),
        new("zones", "zones", Codes: CodeList.Zones),
        new("perhaps_zones", "perhapsZones", Codes: CodeList.Zones),
        new("violates", "violates"),
        new("by", "roles/by", Codes: CodeList.Parties),
        new("against", "roles/against", Codes: CodeList.Parties),
        new("observed", "roles/observed", Codes: CodeList.Parties),
        new("quantities", "counted"),
        new("summary", "summary"),
        new("source_class", "sourceClass"),
        new("source", "source"),
        new("source_party", "sourceParty", Codes: CodeList.Parties),
        new("said_at", "saidAt", ColumnForm.Instant),
        new("said_day", "saidAt", ColumnForm.Day),
        new("known_since", "since", ColumnForm.Instant),
        new("known_since_day", "since", ColumnForm.Day),
        new("known_before", "before", ColumnForm.Instant),
        new("known_before_day", "before", ColumnForm.Day),
    ];

    public static TableColumns Table(DateTimeZone zone) => new(Columns, zone);

    public static JsonNode Row(IncidentStanding incident)
    {
        var row = JsonSerializer.SerializeToNode(incident, LedgerJson.Options)!.AsObject();
        var roles = new JsonObject();
        foreach (var (word, role) in ReportWords.Roles)
            roles[word] = List(incident.Actors.Where(actor => actor.Role == role).Select(actor => actor.Name));
        row["roles"] = roles;
        row["counted"] = List(incident.Quantities.Select(quantity => $"{quantity.Key} {Text(quantity.Value)}"));
        return row;
    }

    private static JsonArray List(IEnumerable<string> texts) =>
        [.. texts.Select(text => (JsonNode)JsonValue.Create(text))];

    /// <summary>As in <c>low 3, best 5, high 9</c>; what nobody said is left out.</summary>
    private static string Text(Quantity quantity) =>
        string.Join(
            ", ",
            JsonSerializer
                .SerializeToNode(quantity, LedgerJson.Options)!
                .AsObject()
                .Where(part => part.Value is not null)
                .Select(part => $"{part.Key} {part.Value}")
        );
}
