using System.Text.Json;
using Ledger.Domain.Entries;

namespace Ledger.Store.Projections;

/// <summary>Closed lists as the words of the wire, so that a table says what the JSON says.</summary>
internal static class Words
{
    public static string Of<T>(T value)
        where T : struct, Enum => JsonSerializer.SerializeToElement(value, LedgerJson.Options).GetString()!;

    public static string OrNone<T>(T? value)
        where T : struct, Enum => value is { } word ? Of(word) : "";

    public static T To<T>(string word)
        where T : struct, Enum => JsonSerializer.SerializeToElement(word).Deserialize<T>(LedgerJson.Options);
}
