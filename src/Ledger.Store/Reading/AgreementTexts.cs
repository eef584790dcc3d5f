using System.Collections.Concurrent;
using System.Collections.Immutable;
using Ledger.Domain.Agreements;
using Ledger.Domain.Decisions;
using Npgsql;

namespace Ledger.Store.Reading;

/// <summary>
/// The versions of agreement files, read again only when one was added: they are large and change rarely.
/// </summary>
internal sealed class AgreementTexts(string schema)
{
    private readonly ConcurrentDictionary<string, (long Position, ImmutableArray<Agreement> Readings)> _known = new(
        StringComparer.Ordinal
    );

    /// <param name="connection">Where to read; inside a transaction that holds the stream's lock, the answer is
    /// final.</param>
    /// <param name="agreement">The slug.</param>
    /// <param name="position">The last position that changed the text, from the stream's head.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async ValueTask<ImmutableArray<Agreement>> ReadAsync(
        NpgsqlConnection connection,
        string agreement,
        long position,
        CancellationToken cancellationToken
    )
    {
        if (_known.TryGetValue(agreement, out var known) && known.Position == position)
            return known.Readings;

        await using var command = new NpgsqlCommand(
            $"select {EntryRows.Columns} from {schema}.ledger_entry e where e.agreement = $1 and e.position <= $2 and e.type = any(array['agreement_adopted', 'agreement_revised']) order by e.position",
            connection
        )
        {
            Parameters =
            {
                new() { Value = agreement },
                new() { Value = position },
            },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var state = new LedgerState { RecordedAt = default, Find = _ => null };
        await foreach (var text in reader.StoredEntriesAsync(cancellationToken))
            state = state.After(text.Entry.Event);
        Remember(agreement, position, state.Readings);
        return state.Readings;
    }

    /// <summary>Only after a commit: what was rolled back was never the text.</summary>
    public void Remember(string agreement, long position, ImmutableArray<Agreement> readings) =>
        _known[agreement] = (position, readings);
}
