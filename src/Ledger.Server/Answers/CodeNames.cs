using System.Collections.Frozen;
using Ledger.Domain.Agreements;

namespace Ledger.Server.Answers;

/// <summary>Codes to which an agreement file gives names in its languages.</summary>
public enum CodeList
{
    None,
    Kinds,
    Parties,
    Zones,
}

/// <summary>The names of codes in one language. What the file does not name keeps its code.</summary>
public sealed record CodeNames(Agreement Agreement, string Language)
{
    private static readonly FrozenSet<string> FromTheRight = FrozenSet.Create(
        StringComparer.Ordinal,
        "ar",
        "ckb",
        "dv",
        "fa",
        "he",
        "ps",
        "sd",
        "ug",
        "ur",
        "yi"
    );

    /// <summary>Whether the language is written from right to left.</summary>
    public bool IsFromTheRight => FromTheRight.Contains(Language.Split('-')[0]);

    public string Of(CodeList list, string code) =>
        (
            list switch
            {
                CodeList.Kinds => Agreement.Codebook.Kinds.GetValueOrDefault(code),
                CodeList.Parties => Agreement.Party(code)?.Name,
                CodeList.Zones => Agreement.Zone(code)?.Name,
                _ => null,
            }
        )?.In(Language) ?? code;
}
