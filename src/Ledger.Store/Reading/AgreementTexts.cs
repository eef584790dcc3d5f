using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using Ledger.Domain.Agreements;
using Ledger.Domain.Decisions;
using Ledger.Domain.Identities;
using Ledger.Store.Sql;
using Npgsql;

namespace Ledger.Store.Reading;

/// <summary>
/// The versions of agreement files, read again only when one was added: they are large and change rarely.
/// </summary>
public sealed class AgreementTexts(LedgerStoreOptions options)
{
    private readonly ConcurrentDictionary<
        AgreementId,
        (long Position, ImmutableArray<Agreement> Readings, long LookedAt)
    > _known = new();

    /// <summary>
    /// The versions if they are known to have been all of them a moment ago. Those that this process recorded are among
    /// them; another's may be missing for as long as that.
    /// </summary>
    internal ImmutableArray<Agreement>? Within(TimeSpan moment, AgreementId agreement) =>
        _known.TryGetValue(agreement, out var known) && Stopwatch.GetElapsedTime(known.LookedAt) < moment
            ? known.Readings
            : null;

    /// <param name="connection">Where to read; inside a transaction that holds the stream's lock, the answer is
    /// final.</param>
    /// <param name="agreement">The slug.</param>
    /// <param name="position">The last position that changed the text, from the stream's head.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    internal async ValueTask<ImmutableArray<Agreement>> ReadAsync(
        NpgsqlConnection connection,
        AgreementId agreement,
        long position,
        CancellationToken cancellationToken
    )
    {
        if (_known.TryGetValue(agreement, out var known) && known.Position == position)
        {
            Remember(agreement, position, known.Readings);
            return known.Readings;
        }

        await using var command = connection.Ask(
            $"select {EntryRows.Columns} from {options.Schema}.ledger_entry e where e.agreement = $1 and e.position <= $2 and e.type = any(array['agreement_adopted', 'agreement_revised']) order by e.position",
            agreement,
            position
        );
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var state = new LedgerState { RecordedAt = default, Find = _ => null };
        await foreach (var text in reader.StoredEntriesAsync(cancellationToken))
            state = state.After(text.Entry.Event);
        Remember(agreement, position, state.Readings);
        return state.Readings;
    }

    /// <summary>Only after a commit: what was rolled back was never the text.</summary>
    internal void Remember(AgreementId agreement, long position, ImmutableArray<Agreement> readings)
    {
        var now = Stopwatch.GetTimestamp();
        // Whoever read the head before the last change may come later than whoever made it.
        _known.AddOrUpdate(
            agreement,
            (position, readings, now),
            (_, known) => known.Position > position ? known : (position, readings, now)
        );
    }
}
