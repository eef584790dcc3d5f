using System.Text.Json.Nodes;
using Ledger.Domain.Entries;
using Ledger.Domain.Input;
using NodaTime;

namespace Ledger.Server.Requests;

/// <summary>Reads an event from a body; days in it are days of the agreement's time zone.</summary>
public delegate Parsed<LedgerEvent> EventBody(JsonNode body, DateTimeZone zone);

public static class EventBodies
{
    /// <summary>
    /// The body is the event's payload. What the path says already may be left out of it, but not contradicted.
    /// </summary>
    public static EventBody Of(string type, params (string Member, string Value)[] inPath) =>
        (body, zone) =>
        {
            var problems = new Problems();
            foreach (var (member, value) in inPath)
            {
                if (body is not JsonObject data)
                    continue;
                if (data[member] is not { } said)
                    data[member] = value;
                else if (said.ToString() != value)
                    problems.Add(
                        "body/differs-from-path",
                        $"/{member}",
                        $"The path says '{value}' and the body '{said}'; leave '{member}' out of the body."
                    );
            }

            return problems.Any
                ? new Parsed<LedgerEvent>.Bad(problems.ToImmutable())
                : EventReader.Read(type, body, ZoneOf(body, zone));
        };

    /// <summary>The body says its type itself: <c>{"type": "report_filed", "data": {...}}</c>.</summary>
    /// <param name="types">The types taken; empty is any.</param>
    public static EventBody Typed(params string[] types) =>
        (body, zone) =>
        {
            var problems = new Problems();
            var input = new InputNode(body, "", problems);
            input.Only("type", "data");
            var type = input["type"].Words("the type of the entry, such as report_filed", 60);
            if (type is not null && types.Length > 0 && !types.Contains(type, StringComparer.Ordinal))
                input["type"]
                    .Wrong(
                        "entry/unknown-type",
                        $"'{type}' is not accepted here. Accepted: {string.Join(", ", types)}."
                    );
            var read =
                type is null || problems.Any
                    ? null
                    : EventReader.Read(type, input["data"], ZoneOf(input["data"].Node, zone));
            return read is null || problems.Any
                ? new Parsed<LedgerEvent>.Bad(problems.ToImmutable())
                : new Parsed<LedgerEvent>.Good(read);
        };

    /// <summary>
    /// A text is read by its own time zone, before it is recorded and after, so that sending it again says the same.
    /// </summary>
    private static DateTimeZone ZoneOf(JsonNode? data, DateTimeZone zone) =>
        (data as JsonObject)?["file"] is JsonObject file
        && DateTimeZoneProviders.Tzdb.GetZoneOrNull(file["timeZone"]?.ToString() ?? "") is { } own
            ? own
            : zone;
}
