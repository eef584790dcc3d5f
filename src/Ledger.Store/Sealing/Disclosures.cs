using System.Runtime.CompilerServices;
using System.Text.Json;
using Ledger.Domain.Entries;
using Ledger.Domain.Identities;
using Ledger.Domain.Reports;
using Ledger.Proof.Disclosures;
using Ledger.Store.Sql;
using Npgsql;

namespace Ledger.Store.Sealing;

/// <summary>
/// Who asks for sealed values, and why. Opening them takes one, so that nobody does it by the way, and every value that
/// is opened is written down under it.
/// </summary>
public sealed record DisclosureAccess(Guid Person, string Reason);

/// <summary>A handle and what it seals.</summary>
/// <param name="Positions">In order; empty once it is erased.</param>
public sealed record HandleSummary(
    Guid Handle,
    string State,
    IReadOnlyList<long> Positions,
    IReadOnlyList<string> Names,
    long? RequestedAt,
    long? ErasedAt
);

/// <summary>Opens sealed values with the keys of persons.</summary>
public sealed class Disclosures(
    NpgsqlDataSource database,
    LedgerStoreOptions options,
    SealedKeys keys,
    Openings openings
)
{
    /// <summary>What opens the digests of entries, as far as it was not erased.</summary>
    public async Task<ILookup<Guid, Disclosure>> OpenAsync(
        IReadOnlyCollection<(Guid Entry, LedgerEvent Event)> entries,
        DisclosureAccess access,
        CancellationToken cancellationToken = default
    )
    {
        var events = entries.ToDictionary(entry => entry.Entry, entry => entry.Event);
        var opened = new List<(Guid Entry, AgreementId Agreement, Disclosure Disclosure)>();
        await foreach (var value in KeptAsync(events.Keys, cancellationToken))
        {
            if (value.Open(events[value.Entry]) is { } disclosure)
                opened.Add((value.Entry, value.Agreement, disclosure));
        }

        // Whoever cannot be written down is shown nothing.
        await openings.RecordAsync(
            [.. opened.Select(value => (value.Entry, value.Agreement, value.Disclosure.Name))],
            access,
            cancellationToken
        );
        return opened.ToLookup(value => value.Entry, value => value.Disclosure);
    }

    /// <summary>
    /// The event with its sealed values in the clear, as far as they were not erased, and the signature of the device
    /// on which it was written.
    /// </summary>
    public async Task<(LedgerEvent Event, ReportSignature? Signature)> OpenedAsync(
        Guid entry,
        LedgerEvent recorded,
        DisclosureAccess access,
        CancellationToken cancellationToken = default
    )
    {
        if (!SealedValues.IsSealed(recorded))
            return (recorded, null);
        var opened = (await OpenAsync([(entry, recorded)], access, cancellationToken))[entry].ToList();
        return (
            SealedValues.Open(recorded, opened),
            opened
                .Find(value => value.Name == SealedNames.Signature)
                ?.Value.Deserialize<ReportSignature>(LedgerJson.Options)
        );
    }

    /// <summary>Which values could be opened, without opening any.</summary>
    public async Task<ILookup<Guid, string>> NamesAsync(
        IEnumerable<Guid> entries,
        CancellationToken cancellationToken = default
    ) =>
        (
            await KeptAsync(entries, cancellationToken)
                .Where(value => value.Key is not null)
                .ToListAsync(cancellationToken)
        ).ToLookup(value => value.Entry, value => value.Name);

    /// <summary>The handles of an agreement: all, or those with a value at a position.</summary>
    public async Task<IReadOnlyList<HandleSummary>> HandlesAsync(
        AgreementId agreement,
        long? position,
        Guid? handle,
        CancellationToken cancellationToken = default
    ) =>
        await database
            .Ask(
                $"""
                select h.handle, h.state, coalesce(array_agg(distinct s.position order by s.position) filter (where s.position is not null), '{"{}"}'),
                    coalesce(array_agg(distinct s.name order by s.name) filter (where s.name is not null), '{"{}"}'), h.requested_at, h.erased_at
                from {options.Schema}.ledger_handle h left join {options.Schema}.ledger_sealed s on s.handle = h.handle
                where h.agreement = $1 and ($2::bigint is null or h.handle in (select handle from {options.Schema}.ledger_sealed where agreement = $1 and position = $2)) and ($3::uuid is null or h.handle = $3)
                group by h.handle order by min(s.position), h.handle
                """,
                agreement,
                position,
                handle
            )
            .ListAsync(
                rows => new HandleSummary(
                    rows.GetGuid(0),
                    rows.GetString(1),
                    rows.GetFieldValue<long[]>(2),
                    rows.GetFieldValue<string[]>(3),
                    rows.SomeNumberAt(4),
                    rows.SomeNumberAt(5)
                ),
                cancellationToken
            );

    private async IAsyncEnumerable<KeptValue> KeptAsync(
        IEnumerable<Guid> entries,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await using var command = database.Ask(SealedRows.Query(options.Schema), entries.ToArray());
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        await foreach (var value in SealedRows.ReadAsync(rows, keys.Keys, cancellationToken))
            yield return value;
    }
}
