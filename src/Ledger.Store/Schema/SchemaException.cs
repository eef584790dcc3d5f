namespace Ledger.Store.Schema;

/// <summary>The ledger's tables are not there for the role that wants to use or make them.</summary>
public sealed class SchemaException(string message, Exception? inner = null) : Exception(message, inner);
