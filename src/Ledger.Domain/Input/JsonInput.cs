using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ledger.Domain.Input;

/// <summary>
/// Turns text from outside into a JSON tree, strictly: no comments, no trailing commas, no member twice, at most 64
/// levels deep.
/// </summary>
public static class JsonInput
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 64, AllowDuplicateProperties = false };

    public static Parsed<JsonNode> Parse(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8, Strict);
            return Tree(document.RootElement) is { } node
                ? new Parsed<JsonNode>.Good(node)
                : Bad("input/not-json", "The document is null; send an object.", null, null);
        }
        catch (JsonException wrong)
        {
            return Bad(
                "input/not-json",
                $"This is not JSON: {FirstSentence(wrong.Message)}",
                (int?)wrong.LineNumber + 1,
                (int?)wrong.BytePositionInLine + 1
            );
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair written as an escape is JSON by its grammar, but no text.
            return Bad(
                "input/lone-surrogate",
                "A text contains half of a surrogate pair; send valid Unicode.",
                null,
                null
            );
        }
    }

    public static Parsed<JsonNode> Parse(string text) => Parse(System.Text.Encoding.UTF8.GetBytes(text));

    /// <summary>Builds every node at once, so that nothing about the text can fail later.</summary>
    private static JsonNode? Tree(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var members = new JsonObject();
                foreach (var member in element.EnumerateObject())
                    members[member.Name] = Tree(member.Value);
                return members;
            case JsonValueKind.Array:
                var items = new JsonArray();
                foreach (var item in element.EnumerateArray())
                    items.Add(Tree(item));
                return items;
            case JsonValueKind.String:
                return JsonValue.Create(element.GetString());
            case JsonValueKind.Null:
                return null;
            default:
                return JsonValue.Create(element.Clone());
        }
    }

    private static Parsed<JsonNode> Bad(string code, string message, int? line, int? column) =>
        new Parsed<JsonNode>.Bad([new Problem(code, "", message, line, column)]);

    private static string FirstSentence(string message)
    {
        var end = message.IndexOf(". ", StringComparison.Ordinal);
        return end < 0 ? message : message[..(end + 1)];
    }
}
