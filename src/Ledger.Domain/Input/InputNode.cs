using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.Proof.Json;

namespace Ledger.Domain.Input;

/// <summary>
/// A value inside a JSON document that is being read strictly: every reader returns null (or empty) and notes a
/// <see cref="Problem"/> with the pointer when the value is not what it should be.
/// </summary>
public readonly struct InputNode(JsonNode? node, string pointer, Problems problems)
{
    public JsonNode? Node => node;

    public string Pointer => pointer;

    public Problems Problems => problems;

    public bool IsPresent => node is not null;

    public bool IsText => node is JsonValue && node.GetValueKind() == JsonValueKind.String;

    public bool IsObject => node is JsonObject;

    public bool IsList => node is JsonArray;

    public InputNode this[string name] => new((node as JsonObject)?[name], $"{pointer}/{Escape(name)}", problems);

    public void Wrong(string code, string message) => problems.Add(code, pointer, message);

    /// <summary>Notes a problem when the value is absent; false then.</summary>
    public bool Required(string what)
    {
        if (node is null)
            Wrong("input/missing", $"'{Name}' is missing: write {what}.");
        return node is not null;
    }

    /// <summary>Refuses members that nobody asked for, naming the nearest one that exists.</summary>
    public void Only(params ReadOnlySpan<string> names)
    {
        if (node is not JsonObject members)
        {
            if (node is not null)
                Wrong(
                    "input/not-an-object",
                    $"'{Name}' must be an object with members {string.Join(", ", names.ToArray())}."
                );
            return;
        }

        foreach (var (name, _) in members)
        {
            if (!names.Contains(name))
                this[name]
                    .Problems.Add(
                        "input/unknown-member",
                        $"{pointer}/{Escape(name)}",
                        $"'{name}' is not known here.{Nearest.Hint(name, names.ToArray())}"
                    );
        }
    }

    /// <summary>All but tab and line ends.</summary>
    private static readonly SearchValues<char> ControlCharacters = SearchValues.Create([
        .. Enumerable
            .Range(0, 0xA0)
            .Select(code => (char)code)
            .Where(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t')),
    ]);

    public string? Text(int longest = 2_000)
    {
        if (node is null)
            return null;
        if (!IsText)
            return Bad<string>("input/not-text", $"'{Name}' must be text, not {Kind(node)}.");

        var text = node.GetValue<string>();
        if (text.Length > longest)
            return Bad<string>(
                "input/too-long",
                $"'{Name}' has {text.Length} characters; at most {longest} are accepted."
            );
        if (text.AsSpan().IndexOfAny(ControlCharacters) is >= 0 and var at)
            return Bad<string>(
                "input/control-character",
                $"'{Name}' contains the control character U+{(int)text[at]:X4}, as character {at + 1}; remove it."
            );
        if (!IsWellFormed(text))
            return Bad<string>(
                "input/lone-surrogate",
                $"'{Name}' contains half of a surrogate pair; send valid Unicode."
            );

        // What is hashed is in form C; a phone may send the same words composed in another way.
        return Nfc.IsNormalized(text) ? text : Nfc.Normalize(text);
    }

    /// <summary>Text that must not be blank.</summary>
    public string? Words(string what, int longest = 2_000)
    {
        if (!Required(what))
            return null;
        var text = Text(longest)?.Trim();
        return text is { Length: 0 } ? Bad<string>("input/blank", $"'{Name}' is blank: write {what}.") : text;
    }

    /// <summary>
    /// A code: lower-case letters, digits and hyphens, at most 64 characters, starting with a letter or digit.
    /// </summary>
    public string? Code()
    {
        var text = Text(200);
        if (text is null)
            return null;
        return IsCode(text)
            ? text
            : Bad<string>(
                "input/not-a-code",
                $"'{text}' is not a code: use lower-case letters, digits and hyphens, at most 64 characters."
            );
    }

    public string? RequiredCode(string what) => Required(what) ? Code() : null;

    public static bool IsCode(string text) =>
        text.Length is > 0 and <= 64
        && text[0] != '-'
        && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    public bool? Flag()
    {
        if (node is null)
            return null;
        return node.GetValueKind() switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => Bad<bool?>("input/not-a-flag", $"'{Name}' must be true or false."),
        };
    }

    public long? Integer(long least = 0, long most = 1_000_000_000)
    {
        if (node is null)
            return null;
        if (
            node.GetValueKind() != JsonValueKind.Number
            || !long.TryParse(
                node.ToJsonString(),
                NumberStyles.AllowLeadingSign,
                CultureInfo.InvariantCulture,
                out var number
            )
        )
            return Bad<long?>("input/not-an-integer", $"'{Name}' must be a whole number.");
        return number >= least && number <= most
            ? number
            : Bad<long?>("input/out-of-range", $"'{Name}' is {number}; it must be from {least} to {most}.");
    }

    /// <summary>One of a closed list of words.</summary>
    public T? Choice<T>(IReadOnlyDictionary<string, T> words)
        where T : struct
    {
        if (node is null)
            return null;
        var text = Text(200);
        if (text is null)
            return null;
        return words.TryGetValue(text, out var value)
            ? value
            : Bad<T?>(
                "input/unknown-word",
                $"'{text}' is not one of {string.Join(", ", words.Keys)}.{Nearest.Hint(text, words.Keys)}"
            );
    }

    public Guid? Identifier()
    {
        var text = Text(200);
        if (text is null)
            return null;
        return Guid.TryParseExact(text, "D", out var id) && id != Guid.Empty
            ? id
            : Bad<Guid?>("input/not-an-id", $"'{text}' is not a UUID such as 01922b7e-4a00-7c3e-9f10-2b6d1c7a9e55.");
    }

    public ImmutableArray<InputNode> Items(int most = 1_000)
    {
        if (node is null)
            return [];
        if (node is not JsonArray list)
        {
            Wrong("input/not-a-list", $"'{Name}' must be a list.");
            return [];
        }

        if (list.Count > most)
        {
            Wrong("input/too-many", $"'{Name}' has {list.Count} items; at most {most} are accepted.");
            return [];
        }

        var items = ImmutableArray.CreateBuilder<InputNode>(list.Count);
        for (var i = 0; i < list.Count; i++)
            items.Add(new InputNode(list[i], $"{pointer}/{i}", problems));
        return items.ToImmutable();
    }

    /// <summary>A list, or a single value that stands for a list of one.</summary>
    public ImmutableArray<InputNode> OneOrMore(int most = 1_000) => node is null or JsonArray ? Items(most) : [this];

    public IEnumerable<(string Name, InputNode Value)> Members()
    {
        if (node is null)
            return [];
        if (node is not JsonObject members)
        {
            Wrong("input/not-an-object", $"'{Name}' must be an object.");
            return [];
        }

        var self = this;
        return [.. members.Select(member => (member.Key, self[member.Key]))];
    }

    private string Name => pointer.Length == 0 ? "the document" : pointer[(pointer.LastIndexOf('/') + 1)..];

    private T? Bad<T>(string code, string message)
    {
        Wrong(code, message);
        return default;
    }

    private static string Escape(string name) =>
        name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    private static string Kind(JsonNode value) =>
        value.GetValueKind() switch
        {
            JsonValueKind.Object => "an object",
            JsonValueKind.Array => "a list",
            JsonValueKind.Number => $"the number {value.ToJsonString()} (quote it)",
            _ => value.ToJsonString(),
        };

    private static bool IsWellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                i++;
            else if (char.IsSurrogate(text[i]))
                return false;
        }

        return true;
    }
}
