using System.Text.Json;

namespace Ledger.Proof.Texts;

/// <summary>
/// Stable codes from the names of faults. They are published: renaming a fault changes them, and a test holds them.
/// </summary>
internal static class FaultCode
{
    public static string Of<T>(string area, T fault)
        where T : struct, Enum => $"{area}/{JsonNamingPolicy.KebabCaseLower.ConvertName(fault.ToString())}";
}
