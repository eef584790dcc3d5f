using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ledger.Proof.Json;

/// <summary>
/// Writes one value in canonical form. The position in the value is kept as a path of names and indexes, and is spelled
/// as a JSON pointer only when something is refused.
/// </summary>
internal sealed class CanonicalJsonWriter(IBufferWriter<byte> output)
{
    private readonly List<(string? Name, int Index)> _path = [];

    public void Write(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(Members(value), Write);
                break;
            case JsonValueKind.Array:
                WriteArray(value.EnumerateArray(), Write);
                break;
            case JsonValueKind.String:
                WriteString(Text(value));
                break;
            case JsonValueKind.Number:
                WriteInteger(value.GetRawText());
                break;
            case JsonValueKind.True:
            case JsonValueKind.False:
            case JsonValueKind.Null:
                WriteAscii(Literal(value.ValueKind));
                break;
            default:
                throw new ArgumentException("An undefined JsonElement is no value.", nameof(value));
        }
    }

    public void Write(JsonNode? node)
    {
        switch (node)
        {
            case null:
                WriteAscii("null");
                break;
            case JsonObject members:
                WriteObject(Members(members), Write);
                break;
            case JsonArray items:
                WriteArray(items, Write);
                break;
            case JsonValue value when value.TryGetValue<JsonElement>(out var element):
                Write(element);
                break;

            // Strings are taken as they are: writing them with System.Text.Json first would turn a lone surrogate into
            // U+FFFD.
            case JsonValue value when value.TryGetValue<string>(out var text):
                WriteString(text);
                break;
            default:
                using (var document = JsonDocument.Parse(node.ToJsonString()))
                    Write(document.RootElement);
                break;
        }
    }

    /// <summary>
    /// RFC 8785, section 3.2.2.2: the seven short escapes, \u00xx in lower case for other controls, all else raw.
    /// </summary>
    public void WriteString(string value)
    {
        if (JsonText.Fault(value) is { } fault)
            throw Refusal(fault);
        WriteByte((byte)'"');
        var rest = value.AsSpan();
        while (rest.IndexOfAny(JsonText.Escaped) is var at and >= 0)
        {
            Encoding.UTF8.GetBytes(rest[..at], output);
            WriteAscii(JsonText.Escape(rest[at]));
            rest = rest[(at + 1)..];
        }

        Encoding.UTF8.GetBytes(rest, output);
        WriteByte((byte)'"');
    }

    public void WriteAscii(string text) => Encoding.ASCII.GetBytes(text, output);

    /// <summary>
    /// Names what follows in the pointers of refusals, for a caller who writes an object's members himself.
    /// </summary>
    public void Under(string name, Action write)
    {
        _path.Add((name, 0));
        write();
        _path.RemoveAt(_path.Count - 1);
    }

    private static string Literal(JsonValueKind kind) =>
        kind switch
        {
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            _ => "null",
        };

    /// <summary>RFC 8785, section 3.2.3: names are ordered by their UTF-16 code units, whatever the culture.</summary>
    private void WriteObject<T>(List<KeyValuePair<string, T>> members, Action<T> write)
    {
        Enter();
        members.Sort(static (left, right) => string.CompareOrdinal(left.Key, right.Key));
        WriteByte((byte)'{');
        for (var i = 0; i < members.Count; i++)
        {
            _path.Add((members[i].Key, 0));
            if (i > 0)
            {
                if (string.Equals(members[i].Key, members[i - 1].Key, StringComparison.Ordinal))
                    throw Refusal(JsonFault.DuplicateKey, $"The name {Shown(members[i].Key)} occurs twice: keep one.");
                WriteByte((byte)',');
            }

            WriteString(members[i].Key);
            WriteByte((byte)':');
            write(members[i].Value);
            _path.RemoveAt(_path.Count - 1);
        }

        WriteByte((byte)'}');
    }

    private void WriteArray<T>(IEnumerable<T> items, Action<T> write)
    {
        Enter();
        WriteByte((byte)'[');
        var index = 0;
        foreach (var item in items)
        {
            if (index > 0)
                WriteByte((byte)',');
            _path.Add((null, index++));
            write(item);
            _path.RemoveAt(_path.Count - 1);
        }

        WriteByte((byte)']');
    }

    /// <summary>
    /// The digits as they stand: an integer has one spelling once fractions, exponents and -0 are gone.
    /// </summary>
    private void WriteInteger(string digits)
    {
        if (digits.AsSpan().ContainsAny('.', 'e', 'E') || digits is "-0")
            throw Refusal(JsonFault.Float, $"{Shown(digits)} is not written as an integer: use a decimal string.");
        if (
            !long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            || value is > CanonicalJson.MaxInteger or < -CanonicalJson.MaxInteger
        )
            throw Refusal(
                JsonFault.IntegerTooLarge,
                $"{Shown(digits)} is outside ±{CanonicalJson.MaxInteger}: use a decimal string."
            );
        WriteAscii(digits);
    }

    private List<KeyValuePair<string, JsonElement>> Members(JsonElement value)
    {
        var members = new List<KeyValuePair<string, JsonElement>>();
        foreach (var member in value.EnumerateObject())
            members.Add(new(Decoded(() => member.Name), member.Value));
        return members;
    }

    private List<KeyValuePair<string, JsonNode?>> Members(JsonObject value)
    {
        try
        {
            return Decoded(() => value.ToList());
        }
        catch (ArgumentException error)
        {
            // A parsed JsonObject looks for repeated names only when it is first enumerated.
            throw Refusal(JsonFault.DuplicateKey, $"A name occurs twice: {error.Message}");
        }
    }

    private string Text(JsonElement value) => Decoded(() => value.GetString()!);

    /// <summary>System.Text.Json checks escapes and UTF-8 only when a string is taken out.</summary>
    private T Decoded<T>(Func<T> take)
    {
        try
        {
            return take();
        }
        catch (InvalidOperationException error) when (error is not ObjectDisposedException)
        {
            throw Refusal(
                error.InnerException is DecoderFallbackException ? JsonFault.InvalidUtf8 : JsonFault.LoneSurrogate
            );
        }
    }

    private void Enter()
    {
        if (_path.Count >= CanonicalJson.MaxDepth)
            throw Refusal(
                JsonFault.TooDeep,
                $"More than {CanonicalJson.MaxDepth} arrays and objects inside one another."
            );
    }

    private void WriteByte(byte value)
    {
        output.GetSpan(1)[0] = value;
        output.Advance(1);
    }

    private CanonicalJsonException Refusal(JsonFault fault) => Refusal(fault, JsonText.Describe(fault));

    private CanonicalJsonException Refusal(JsonFault fault, string message)
    {
        var pointer = string.Concat(
            _path.Select(static step =>
                "/" + (step.Name is null ? step.Index.ToString() : JsonText.PointerToken(step.Name))
            )
        );
        return new(fault, pointer, $"{(pointer.Length == 0 ? "The value" : pointer)}: {message}");
    }

    private static string Shown(string text) => text.Length <= 40 ? text : text[..40] + "...";
}
