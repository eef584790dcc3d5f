namespace Ledger.Local.Machine;

/// <summary>Something on this machine stands in the way. The message says what, and what to do about it.</summary>
public sealed class LocalProblemException(string message) : Exception(message);
