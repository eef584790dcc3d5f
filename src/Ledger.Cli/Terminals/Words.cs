using System.Text.Json;

namespace Ledger.Cli.Terminals;

/// <summary>The words of the wire, which are also the words people read.</summary>
public static class Words
{
    public static string Of<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
