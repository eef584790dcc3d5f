namespace Ledger.Store;

/// <summary>
/// The sessions that keep something: locks, listening. Marten, Wolverine and whoever listens use them; PostgreSQL resets
/// each when it is given back.
/// </summary>
internal static class KeptSessions
{
    /// <summary>Under which their data source is registered.</summary>
    public const string Key = "sessions";
}
