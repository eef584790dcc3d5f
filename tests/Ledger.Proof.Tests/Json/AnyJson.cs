using System.Text.Json.Nodes;
using CsCheck;
using Ledger.Proof.Json;

namespace Ledger.Proof.Tests.Json;

/// <summary>
/// Values that have a canonical form, of every kind, with the letters and marks of the four languages we serve.
/// </summary>
internal static class AnyJson
{
    private static readonly string[] Pieces =
    [
        "a",
        "Z",
        "0",
        " ",
        "\"",
        "\\",
        "/",
        "\n",
        "\u001f",
        "\u007f",
        "é",
        "ї",
        "й",
        "ş",
        "ع",
        "\u0651",
        "\u064e",
        "مورك",
        "한",
        "中",
        "😀",
        "\uFE00",
    ];

    public static readonly Gen<string> Text = Gen.OneOf(Pieces)
        .Array[0, 6]
        .Select(pieces => Nfc.Normalize(string.Concat(pieces)));

    public static readonly Gen<JsonNode?> Value = Gen.Recursive<JsonNode?>(
        (depth, inner) =>
            depth >= 4
                ? Leaf
                : Gen.Frequency(
                    (3, Leaf),
                    (1, inner.Array[0, 4].Select(JsonNode? (items) => new JsonArray(items))),
                    (2, Gen.Dictionary(Text, inner)[0, 5].Select(JsonNode? (members) => new JsonObject(members)))
                )
    );

    private static Gen<JsonNode?> Leaf =>
        Gen.OneOf(
            Text.Select(JsonNode? (text) => JsonValue.Create(text)),
            Gen.Long[-CanonicalJson.MaxInteger, CanonicalJson.MaxInteger]
                .Select(JsonNode? (number) => JsonValue.Create(number)),
            Gen.Bool.Select(JsonNode? (flag) => JsonValue.Create(flag)),
            Gen.Const((JsonNode?)null)
        );
}
