using Ledger.Domain.Identities;
using Npgsql;

namespace Ledger.Store.Sql;

/// <summary>Statements that share a round trip.</summary>
internal static class Statements
{
    /// <summary>Adds a statement with parameters $1, $2 and so on.</summary>
    public static void Add(this NpgsqlBatch batch, string sql, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters)
            command.Parameters.Add(parameter);
        batch.BatchCommands.Add(command);
    }

    /// <summary>A parameter.</summary>
    public static NpgsqlParameter Of(AgreementId agreement) => Of(agreement.ToString());

    /// <summary>A parameter; null is a text that is not there.</summary>
    public static NpgsqlParameter Of<T>(T value) => new NpgsqlParameter<T> { TypedValue = value };
}
