using System.Text.Json.Nodes;
using Ledger.Domain.Input;

namespace Ledger.Verdicts.Replaying;

/// <summary>
/// A line of a file of queries may also write <c>sourcesOnly</c>, <c>sourcesNot</c> and <c>without</c> as the query of
/// an address does: texts with commas between them. This puts them into the form of a lens.
/// </summary>
internal static class QueryParameters
{
    private static readonly Dictionary<string, string> Lists = new(StringComparer.Ordinal)
    {
        ["class"] = "classes",
        ["party"] = "parties",
        ["reliability"] = "reliabilities",
    };

    public static void Unfold(JsonObject query, Problems problems)
    {
        if (query["without"] is JsonValue ids && ids.TryGetValue<string>(out var text) && text.Contains(','))
            query["without"] = new JsonArray([
                .. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                    .Select(id => JsonValue.Create(id)),
            ]);
        if (query.ContainsKey("sourcesOnly") && query.ContainsKey("sourcesNot"))
        {
            new InputNode(query, "", problems)["sourcesNot"]
                .Wrong("lens/sources", "Give either sourcesOnly or sourcesNot.");
            return;
        }

        foreach (var (name, choice) in (ReadOnlySpan<(string, string)>)[("sourcesOnly", "only"), ("sourcesNot", "not")])
        {
            if (!query.ContainsKey(name))
                continue;
            var filter = FilterOf(new InputNode(query, "", problems)[name]);
            query.Remove(name);
            query["sources"] = new JsonObject { [choice] = filter };
        }
    }

    private static JsonObject FilterOf(InputNode input)
    {
        var filter = new JsonObject();
        foreach (
            var text in input
                .OneOrMore()
                .SelectMany(item =>
                    item.Text(1_000)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                    ?? []
                )
        )
        {
            if (text.Split(':', 2) is [var by, { Length: > 0 } value] && Lists.TryGetValue(by, out var list))
                (filter[list] ??= new JsonArray()).AsArray().Add(value);
            else
                input.Wrong(
                    "lens/sources",
                    $"'{text}' names no sources: write class:media, party:russia or reliability:A, with commas between them."
                );
        }

        return filter;
    }
}
