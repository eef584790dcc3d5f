using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.Domain.Agreements;
using Ledger.Domain.Entries;
using Ledger.Domain.Input;
using NodaTime;

namespace Ledger.Web.Tests.HostileText;

/// <summary>
/// Puts an attack into every text of a document that its reader still takes; what is a code, a day or a number is found
/// out by asking the reader.
/// </summary>
public static class Plants
{
    /// <summary>Set by whatever script runs.</summary>
    public const string Canary = "__hit";

    /// <summary>
    /// Out of an attribute, out of an element, into a script, a formula for a spreadsheet, and at the end a sign that
    /// turns what follows around.
    /// </summary>
    public const string Attack =
        $"=1+1\"'></title></textarea><script>window.{Canary}=1</script><img src=x onerror=window.{Canary}=1><svg onload=window.{Canary}=1>{{{{7*7}}}}\u202e\u2066";

    private const string InAddress =
        $"https://example.org/\"><script>window.{Canary}=1</script>?javascript:window.{Canary}=1";

    public static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb["Asia/Damascus"];

    public static JsonNode In(JsonNode document, Func<JsonNode, bool> isTaken, Func<string, bool>? spared = null)
    {
        foreach (var pointer in Texts(document, "").ToList())
        {
            if (spared?.Invoke(pointer) == true)
                continue;
            var was = At(document, pointer)!.GetValue<string>();
            string[] attacks = was.StartsWith("http", StringComparison.Ordinal)
                ? [InAddress]
                : [$"{Attack} {was}", Attack];
            if (!attacks.Any(attack => Holds(attack)))
                Set(document, pointer, was);

            bool Holds(string attack)
            {
                Set(document, pointer, attack);
                return isTaken(document);
            }
        }

        return document;
    }

    public static bool IsAgreement(JsonNode file) => AgreementFile.Read(file.AsObject()) is Parsed<Agreement>.Good;

    public static Func<JsonNode, bool> IsEvent(string type) =>
        data => EventReader.Read(type, data, Zone) is Parsed<LedgerEvent>.Good;

    /// <summary>The texts that hold an attack.</summary>
    public static IReadOnlyList<string> Planted(JsonNode document) =>
        [
            .. Texts(document, "")
                .Where(pointer =>
                    At(document, pointer)!.GetValue<string>() is var text
                    && (text.Contains(Attack, StringComparison.Ordinal) || text == InAddress)
                ),
        ];

    public static JsonNode With(JsonNode document, string pointer, string text)
    {
        var copy = document.DeepClone();
        Set(copy, pointer, text);
        return copy;
    }

    private static IEnumerable<string> Texts(JsonNode? node, string pointer) =>
        node switch
        {
            JsonObject members => members.SelectMany(member => Texts(member.Value, $"{pointer}/{member.Key}")),
            JsonArray items => items.SelectMany((item, i) => Texts(item, $"{pointer}/{i}")),
            JsonValue value when value.GetValueKind() == JsonValueKind.String => [pointer],
            _ => [],
        };

    private static JsonNode? At(JsonNode document, string pointer) =>
        pointer.Split('/').Skip(1).Aggregate((JsonNode?)document, Step);

    private static JsonNode? Step(JsonNode? node, string part) =>
        node is JsonArray items
            ? items[int.Parse(part, System.Globalization.CultureInfo.InvariantCulture)]
            : node![part];

    private static void Set(JsonNode document, string pointer, string text)
    {
        var (parent, name) = (
            At(document, pointer[..pointer.LastIndexOf('/')]),
            pointer[(pointer.LastIndexOf('/') + 1)..]
        );
        if (parent is JsonArray items)
            items[int.Parse(name, System.Globalization.CultureInfo.InvariantCulture)] = text;
        else
            parent![name] = text;
    }
}
