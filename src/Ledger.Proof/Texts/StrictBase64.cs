using System.Buffers.Text;

namespace Ledger.Proof.Texts;

/// <summary>
/// RFC 4648 base64, the one place where it is read. Each value has one spelling: no white space, exact padding and zero
/// in the unused bits of the last character (section 3.5), so that a signed or hashed text cannot be written in two
/// ways.
/// </summary>
public static class StrictBase64
{
    /// <summary>Standard alphabet with padding (section 4); null if the text is any other spelling.</summary>
    public static byte[]? Decode(string text)
    {
        var bytes = new byte[text.Length / 4 * 3];
        return
            Convert.TryFromBase64String(text, bytes, out var length)
            && string.Equals(Convert.ToBase64String(bytes.AsSpan(0, length)), text, StringComparison.Ordinal)
            ? bytes[..length]
            : null;
    }

    /// <summary>
    /// URL-safe alphabet without padding (section 5, RFC 7515, section 2); null if the text is any other spelling.
    /// </summary>
    public static byte[]? DecodeUrl(string text)
    {
        var bytes = new byte[text.Length / 4 * 3 + 2];
        return
            Base64Url.IsValid(text)
            && Base64Url.TryDecodeFromChars(text, bytes, out var length)
            && string.Equals(Base64Url.EncodeToString(bytes.AsSpan(0, length)), text, StringComparison.Ordinal)
            ? bytes[..length]
            : null;
    }
}
