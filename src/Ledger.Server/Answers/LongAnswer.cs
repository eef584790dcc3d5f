namespace Ledger.Server.Answers;

/// <summary>What an answer without an end in sight keeps to.</summary>
public static class LongAnswer
{
    /// <summary>
    /// Bytes that are written at a time: how long a client may take for them is counted anew with each.
    /// </summary>
    public const int Piece = 16 * 1024;
}
