using System.Collections.Immutable;
using Ledger.Domain.Entries;
using Ledger.Domain.Identities;
using Ledger.Store.Sql;
using Npgsql;

namespace Ledger.Store.Reports;

/// <summary>Findings that one person proposed and that wait for another.</summary>
public sealed class Proposals(NpgsqlDataSource database, LedgerStoreOptions options)
{
    /// <summary>Those that wait, oldest first, each with the report it is about.</summary>
    public async Task<ImmutableArray<(Entry Proposal, ReportHistory Report)>> OpenAsync(
        AgreementId agreement,
        CancellationToken cancellationToken = default
    )
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var command = connection.Ask(
            $"""
            select e.entry_id from {options.Schema}.ledger_entry e where e.agreement = $1 and e.type = 'assessment_proposed'
            and not exists (select from {options.Schema}.ledger_reference r join {options.Schema}.ledger_entry s on s.entry_id = r.entry_id where r.target = e.entry_id and s.type = 'report_assessed')
            """,
            agreement
        );
        var candidates = new List<Guid>();
        await using (var rows = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await rows.ReadAsync(cancellationToken))
                candidates.Add(rows.GetGuid(0));
        }

        var histories =
            candidates.Count == 0
                ? []
                : await ReportRows.HistoriesAsync(connection, options.Schema, [.. candidates], cancellationToken);
        return
        [
            .. histories
                .SelectMany(history => Waiting(history).Select(proposal => (proposal, history)))
                .OrderBy(open => open.proposal.Position),
        ];
    }

    /// <summary>Null when there is no such proposal.</summary>
    public async Task<bool?> IsOpenAsync(Guid proposal, CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var histories = await ReportRows.HistoriesAsync(connection, options.Schema, [proposal], cancellationToken);
        return
            histories.FirstOrDefault(history =>
                history.Entries.Any(entry => entry.Id == proposal && entry.Event is AssessmentProposed)
            )
                is { } report
            ? Waiting(report).Any(entry => entry.Id == proposal)
            : null;
    }

    /// <summary>A proposal waits until it is withdrawn, or any finding on its report is recorded after it.</summary>
    private static IEnumerable<Entry> Waiting(ReportHistory report)
    {
        var assessed =
            report.Entries.LastOrDefault(entry => entry.Event is ReportAssessed && report.IsLive(entry))?.Position ?? 0;
        return report.IsRetracted
            ? []
            : report.Entries.Where(entry =>
                entry.Event is AssessmentProposed && entry.Position > assessed && report.IsLive(entry)
            );
    }
}
