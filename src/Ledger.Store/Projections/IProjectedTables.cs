using Ledger.Domain.Identities;
using Ledger.Store.Following;
using Ledger.Store.Sql;
using Npgsql;

namespace Ledger.Store.Projections;

/// <summary>
/// Tables that follow from the entries of each agreement and are kept a moment later, in pages: nothing in a page may
/// cost more because the ledger is long.
/// </summary>
internal interface IProjectedTables
{
    /// <summary>Under which their progress is noted and their lag is shown.</summary>
    string Name { get; }

    /// <summary>The tables; each has a column <c>agreement</c>.</summary>
    IReadOnlyList<string> Tables { get; }

    /// <summary>
    /// Adds to the turn's batch what the next page of entries changes. The batch commits with the progress or not at
    /// all, so that every entry is counted once.
    /// </summary>
    /// <returns>The position of the last entry that was taken in.</returns>
    Task<long> AdvanceAsync(ProjectionTurn turn, CancellationToken cancellationToken);
}

/// <summary>One transaction in which tables of one agreement move on; nobody else moves them meanwhile.</summary>
/// <param name="Book">The agreement, known up to <paramref name="Size"/> at least.</param>
/// <param name="Before">The position that the tables show.</param>
/// <param name="Size">How many entries are committed.</param>
/// <param name="Batch">What the transaction will do.</param>
internal sealed record ProjectionTurn(FollowedBook Book, long Before, long Size, NpgsqlBatch Batch)
{
    public AgreementId Agreement => Book.Agreement;

    /// <summary>Adds a statement with parameters $1, $2 and so on.</summary>
    public void Write(string sql, params ReadOnlySpan<NpgsqlParameter> parameters) => Batch.Add(sql, parameters);
}
