namespace Ledger.Store.Log;

/// <summary>Nothing may be recorded until somebody has done something about it. Trying again alone does not help.</summary>
/// <param name="code">Stable, <c>area/what-is-wrong</c>.</param>
/// <param name="message">A sentence for whoever operates the server.</param>
public sealed class NotRecordingException(string code, string message) : Exception(message)
{
    /// <summary>The database does not hold what was signed. Signing on would give two histories.</summary>
    public const string RolledBack = "log/rolled-back";

    /// <summary>This server's clock and the database's differ.</summary>
    public const string ClockDiffers = "log/clock-differs";

    /// <summary>The last entry is dated later than it is now.</summary>
    public const string ClockAhead = "log/clock-ahead";

    /// <summary>Every witness has seen another history.</summary>
    public const string RefusedByWitnesses = "log/refused-by-witnesses";

    /// <summary>There is no room left on a disk.</summary>
    public const string DiskFull = "log/disk-full";

    public string Code => code;
}
