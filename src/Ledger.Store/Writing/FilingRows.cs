using Ledger.Store.People;
using Ledger.Store.Sql;
using Npgsql;

namespace Ledger.Store.Writing;

/// <summary>The table <c>filing</c>: who sent which entry, in the transaction that appends it.</summary>
internal static class FilingRows
{
    public static IEnumerable<NpgsqlBatchCommand> Write(string schema, IReadOnlyList<(Guid Entry, Filer By)> filed)
    {
        if (filed.Count > 0)
            yield return Commands.Step(
                $"insert into {schema}.filing (entry_id, person_id, device_id) select * from unnest($1, $2, $3) on conflict do nothing",
                filed.Select(f => f.Entry).ToArray(),
                filed.Select(f => f.By.Person).ToArray(),
                filed.Select(f => f.By.Device).ToArray()
            );
    }
}
