using System.Buffers;
using System.Text;

namespace Ledger.Proof.Json;

/// <summary>The rules for strings and names in canonical JSON.</summary>
internal static class JsonText
{
    /// <summary>
    /// What RFC 8785, section 3.2.2.2, escapes: controls below U+0020, the quotation mark and the backslash.
    /// </summary>
    public static readonly SearchValues<char> Escaped = SearchValues.Create([
        .. Enumerable.Range(0, 0x20).Select(static c => (char)c),
        '"',
        '\\',
    ]);

    public static string Escape(char character) =>
        character switch
        {
            '"' => "\\\"",
            '\\' => "\\\\",
            '\b' => "\\b",
            '\f' => "\\f",
            '\n' => "\\n",
            '\r' => "\\r",
            '\t' => "\\t",
            _ => $"\\u{(int)character:x4}",
        };

    /// <summary>The first rule a string breaks, or null if it may be hashed.</summary>
    public static JsonFault? Fault(string text)
    {
        // Between these two nothing is forbidden and nothing combines: most texts in Latin letters end here.
        var rest = text.AsSpan();
        if (!rest.ContainsAnyExceptInRange('\u0001', '\u02FF'))
            return null;
        while (!rest.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(rest, out var rune, out var length) != OperationStatus.Done)
                return JsonFault.LoneSurrogate;
            if (rune.Value == 0)
                return JsonFault.NullCharacter;
            if ((rune.Value & 0xFFFE) == 0xFFFE || rune.Value is >= 0xFDD0 and <= 0xFDEF)
                return JsonFault.Noncharacter;
            rest = rest[length..];
        }

        return Nfc.IsNormalized(text) ? null : JsonFault.NotNormalized;
    }

    public static string Describe(JsonFault fault) =>
        fault switch
        {
            JsonFault.LoneSurrogate => "half of a surrogate pair: write the whole character or leave it out.",
            JsonFault.NullCharacter => "the character U+0000: leave it out.",
            JsonFault.Noncharacter =>
                "a code point that is no character (U+FDD0 to U+FDEF, or ending in FFFE or FFFF): leave it out.",
            JsonFault.NotNormalized => "not in Unicode normalization form C: normalize it before sending.",
            _ => "bytes that are not UTF-8.",
        };

    /// <summary>RFC 6901, section 3: one reference token.</summary>
    public static string PointerToken(string name) =>
        name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
