using Ledger.Proof.Texts;

namespace Ledger.Proof.Json;

/// <summary>Why a JSON value has no canonical form here, or why bytes are not one.</summary>
public enum JsonFault
{
    /// <summary>A number with a fraction, an exponent or a minus before zero: write decimals as strings.</summary>
    Float,

    /// <summary>An integer outside -(2^53-1) to 2^53-1, which readers with double precision would round.</summary>
    IntegerTooLarge,

    /// <summary>Half of a UTF-16 surrogate pair.</summary>
    LoneSurrogate,

    /// <summary>U+0000, which PostgreSQL cannot keep in jsonb and C strings end at.</summary>
    NullCharacter,

    /// <summary>A code point that Unicode reserves for internal use, such as U+FFFF (RFC 7493, section 2.1).</summary>
    Noncharacter,

    /// <summary>A string that is not in Unicode normalization form C.</summary>
    NotNormalized,

    /// <summary>Two members of one object with the same name.</summary>
    DuplicateKey,

    /// <summary>More than <see cref="CanonicalJson.MaxDepth"/> arrays and objects inside one another.</summary>
    TooDeep,

    /// <summary>Bytes in a string that are not UTF-8.</summary>
    InvalidUtf8,

    /// <summary>Not JSON at all.</summary>
    NotJson,

    /// <summary>The same value can be written, but in other bytes than these.</summary>
    NotCanonical,
}

/// <summary>A value that cannot be hashed, or bytes that nobody should have hashed.</summary>
/// <param name="fault">Which rule is broken.</param>
/// <param name="pointer">Where: an RFC 6901 JSON pointer from the root of the value; empty for the value
/// itself.</param>
/// <param name="message">What is wrong and how to mend it, with the offending value.</param>
public sealed class CanonicalJsonException(JsonFault fault, string pointer, string message) : FormatException(message)
{
    public JsonFault Fault { get; } = fault;

    public string Pointer { get; } = pointer;

    /// <summary>The fault as a stable code for error bodies, such as <c>json/not-normalized</c>.</summary>
    public string Code => FaultCode.Of("json", Fault);
}
