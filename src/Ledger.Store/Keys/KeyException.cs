namespace Ledger.Store.Keys;

/// <summary>A key cannot be used: its file, its folder or the process that holds it.</summary>
public sealed class KeyException(string message, Exception? cause = null) : Exception(message, cause);
