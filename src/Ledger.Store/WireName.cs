using System.Collections.Frozen;
using System.Text.Json;
using Ledger.Domain.Entries;

namespace Ledger.Store;

/// <summary>The names that members of closed lists have in JSON, so that a table says what the JSON says.</summary>
internal static class WireName
{
    public static string Of<T>(T value)
        where T : struct, Enum => Names<T>.ByValue[value];

    public static string? Of<T>(T? value)
        where T : struct, Enum => value is { } known ? Of(known) : null;

    public static T To<T>(string name)
        where T : struct, Enum => Names<T>.ByName[name];

    private static class Names<T>
        where T : struct, Enum
    {
        public static readonly FrozenDictionary<T, string> ByValue = Enum.GetValues<T>()
            .ToFrozenDictionary(
                value => value,
                value => JsonSerializer.SerializeToElement(value, LedgerJson.Options).GetString()!
            );

        public static readonly FrozenDictionary<string, T> ByName = ByValue.ToFrozenDictionary(
            pair => pair.Value,
            pair => pair.Key,
            StringComparer.Ordinal
        );
    }
}
