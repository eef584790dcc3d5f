using Npgsql;

namespace Ledger.Store.People;

/// <summary>
/// Who sent an entry. It is kept beside the ledger, in the append's own transaction, because whoever filed a report may
/// correct it and nobody else.
/// </summary>
/// <param name="Keys">Needed where something is signed; null is none.</param>
public sealed record Filer(Guid Person, Guid? Device, SigningKeys? Keys = null)
{
    internal static IEnumerable<NpgsqlBatchCommand> Keep(string schema, IReadOnlyList<(Guid Entry, Filer By)> filed)
    {
        if (filed.Count > 0)
            yield return new NpgsqlBatchCommand(
                $"insert into {schema}.filing (entry_id, person_id, device_id) select * from unnest($1, $2, $3) on conflict do nothing"
            )
            {
                Parameters =
                {
                    new() { Value = filed.Select(f => f.Entry).ToArray() },
                    new() { Value = filed.Select(f => f.By.Person).ToArray() },
                    new() { Value = filed.Select(f => f.By.Device).ToArray() },
                },
            };
    }
}
