using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using Ledger.Domain.Input;

namespace Ledger.Domain.Identities;

/// <summary>
/// An agreement's short name: lower-case letters, digits and hyphens, at most 64. Addresses, the stream and the log are
/// named after it. It is parsed once, where text comes in.
/// </summary>
[JsonConverter(typeof(AgreementIdAsText))]
public readonly record struct AgreementId : IParsable<AgreementId>
{
    private readonly string? _text;

    private AgreementId(string text) => _text = text;

    /// <exception cref="FormatException">It is no short name.</exception>
    public static AgreementId Parse(string text) =>
        TryParse(text, out var id)
            ? id
            : throw new FormatException(
                $"'{text}' names no agreement: lower-case letters, digits and hyphens, at most 64 characters."
            );

    public static bool TryParse([NotNullWhen(true)] string? text, out AgreementId id)
    {
        var isCode = text is not null && InputNode.IsCode(text);
        id = isCode ? new AgreementId(text!) : default;
        return isCode;
    }

    static AgreementId IParsable<AgreementId>.Parse(string s, IFormatProvider? provider) => Parse(s);

    static bool IParsable<AgreementId>.TryParse(
        [NotNullWhen(true)] string? s,
        IFormatProvider? provider,
        out AgreementId result
    ) => TryParse(s, out result);

    public static implicit operator string(AgreementId id) => id.ToString();

    /// <summary>For names that stand in code. What comes from outside goes through <see cref="TryParse"/>.</summary>
    /// <exception cref="FormatException">It is no short name.</exception>
    public static implicit operator AgreementId(string text) => Parse(text);

    public override string ToString() => _text ?? "";
}

/// <summary>On the wire it is its text.</summary>
internal sealed class AgreementIdAsText : JsonConverter<AgreementId>
{
    public override AgreementId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        AgreementId.TryParse(reader.GetString(), out var id) ? id : throw new JsonException("This names no agreement.");

    public override void Write(Utf8JsonWriter writer, AgreementId value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());

    public override AgreementId ReadAsPropertyName(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options
    ) => Read(ref reader, typeToConvert, options);

    public override void WriteAsPropertyName(Utf8JsonWriter writer, AgreementId value, JsonSerializerOptions options) =>
        writer.WritePropertyName(value.ToString());
}
