using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ledger.Proof.Json;

/// <summary>
/// RFC 8785 (JSON Canonicalization Scheme), restricted so that nothing can be read two ways: integers within
/// ±(2^53-1) and no other numbers, strings in normalization form C, each name once.
/// </summary>
public static class CanonicalJson
{
    /// <summary>
    /// How many arrays and objects may be inside one another; the limit System.Text.Json reads by default.
    /// </summary>
    public const int MaxDepth = 64;

    /// <summary>2^53-1: every JSON reader agrees on integers up to here (RFC 7493, section 2.2).</summary>
    public const long MaxInteger = 9_007_199_254_740_991;

    /// <summary>The canonical UTF-8 bytes of a value (RFC 8785, section 3.2).</summary>
    /// <exception cref="CanonicalJsonException">The value has no canonical form.</exception>
    public static byte[] Write(JsonElement value)
    {
        var output = new ArrayBufferWriter<byte>(256);
        new CanonicalJsonWriter(output).Write(value);
        return output.WrittenSpan.ToArray();
    }

    /// <inheritdoc cref="Write(JsonElement)"/>
    public static byte[] Write(JsonNode? value)
    {
        var output = new ArrayBufferWriter<byte>(256);
        new CanonicalJsonWriter(output).Write(value);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>
    /// Reads bytes that must already be canonical, so that what was hashed and what is read are the same thing.
    /// </summary>
    /// <exception cref="CanonicalJsonException">They are not JSON, have no canonical form, or are another spelling of
    /// it.</exception>
    public static JsonElement Parse(ReadOnlySpan<byte> utf8)
    {
        JsonElement value;
        try
        {
            var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MaxDepth });
            value = JsonElement.ParseValue(ref reader);
            if (reader.BytesConsumed != utf8.Length)
                throw new CanonicalJsonException(
                    JsonFault.NotCanonical,
                    "",
                    $"Something follows the value at byte {reader.BytesConsumed}."
                );
        }
        catch (JsonException error)
        {
            throw new CanonicalJsonException(JsonFault.NotJson, "", $"Not JSON: {error.Message}");
        }

        var canonical = Write(value);
        if (!utf8.SequenceEqual(canonical))
            throw new CanonicalJsonException(
                JsonFault.NotCanonical,
                "",
                $"Not the canonical spelling from byte {utf8.CommonPrefixLength(canonical)} on."
            );
        return value;
    }

    /// <summary>Whether <see cref="Parse"/> would accept these bytes.</summary>
    public static bool IsCanonical(ReadOnlySpan<byte> utf8)
    {
        try
        {
            Parse(utf8);
            return true;
        }
        catch (CanonicalJsonException)
        {
            return false;
        }
    }
}
