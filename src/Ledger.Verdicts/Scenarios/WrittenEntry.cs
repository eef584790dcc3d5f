using System.Text.Json.Nodes;

namespace Ledger.Verdicts.Scenarios;

/// <summary>
/// An entry as it is written in a file: the wire name of its type, and its content, which may be changed by who reads
/// it.
/// </summary>
public sealed record WrittenEntry(string Type, JsonObject Data);
