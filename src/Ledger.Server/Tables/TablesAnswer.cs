using System.Collections.Immutable;

namespace Ledger.Server.Tables;

/// <summary>Which tables there are, and in which formats.</summary>
/// <param name="Agreement">The agreement's short name.</param>
/// <param name="Tables">By name.</param>
public sealed record TablesAnswer(string Agreement, ImmutableArray<TableDescription> Tables);

/// <summary>A table that can be downloaded.</summary>
/// <param name="Name">Part of its address.</param>
/// <param name="Row">What a row is.</param>
/// <param name="Takes">The parameters of a question on which it depends.</param>
/// <param name="Columns">Their names, in order.</param>
/// <param name="Files">Addresses, one for each format.</param>
public sealed record TableDescription(
    string Name,
    string Row,
    ImmutableArray<string> Takes,
    ImmutableArray<string> Columns,
    ImmutableArray<string> Files
);
