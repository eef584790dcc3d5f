using System.Text.Encodings.Web;
using System.Text.Json;

namespace Ledger.Local;

/// <summary>Where a command reports its progress, and where its result goes: in words, or as one line of JSON.</summary>
/// <param name="Progress">What people read while they wait; standard error where the result is JSON.</param>
public sealed record CommandOutput(TextWriter Progress, TextWriter Output, bool AsJson)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public Task ResultAsync(string words, object json) =>
        Output.WriteLineAsync(AsJson ? JsonSerializer.Serialize(json, Json) : words);
}
