namespace Ledger.Proof.Notes;

/// <summary>C2SP signed-note, "Format": names of keys, which stand in signature lines and vkeys.</summary>
internal static class KeyName
{
    /// <summary>
    /// Non-empty, without Unicode spaces, plus signs and control characters. <c>Char.IsWhiteSpace</c> is the
    /// White_Space property.
    /// </summary>
    public static bool IsValid(string name) =>
        name.Length > 0 && name.All(static c => !char.IsWhiteSpace(c) && c != '+' && c >= ' ');
}
