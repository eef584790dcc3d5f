using System.Text.Json.Nodes;

namespace Ledger.Server.Requests;

/// <summary>The sources of a lens as a query writes them: <c>class:media,party:russia,reliability:A</c>.</summary>
public static class SourceParameters
{
    private static readonly Dictionary<string, string> Lists = new(StringComparer.Ordinal)
    {
        ["class"] = "classes",
        ["party"] = "parties",
        ["reliability"] = "reliabilities",
    };

    /// <summary>The same as a lens has it, or null where neither parameter is given.</summary>
    public static JsonObject? Sources(this QueryReader query)
    {
        var (only, not) = (query.Texts("sourcesOnly"), query.Texts("sourcesNot"));
        if (only.IsEmpty && not.IsEmpty)
            return null;

        var name = only.IsEmpty ? "sourcesNot" : "sourcesOnly";
        if (!only.IsEmpty && !not.IsEmpty)
            query.Wrong("sourcesNot", "lens/sources", "Give either sourcesOnly or sourcesNot.");
        var filter = new JsonObject();
        foreach (var text in only.AddRange(not))
        {
            if (
                text.Split(':', 2) is [var by, { Length: > 0 } value]
                && Lists.TryGetValue(by, out var list)
                && (by != "reliability" || value is "A" or "B" or "C" or "D" or "E" or "F")
            )
                (filter[list] ??= new JsonArray()).AsArray().Add(value);
            else
                query.Wrong(
                    name,
                    "lens/sources",
                    $"'{text}' does not name sources: write class:media, party:russia or reliability:A, separated by commas."
                );
        }

        return new JsonObject { [only.IsEmpty ? "not" : "only"] = filter };
    }
}
