using System.Collections.Immutable;
using Ledger.Domain.Entries;
using Ledger.Domain.Identities;
using Ledger.Store.Sql;
using Npgsql;

namespace Ledger.Store.Reports;

/// <param name="Asked">The question.</param>
/// <param name="Report">What it is about.</param>
/// <param name="Answer">The latest live answer to it or correction of the report after it; null while it waits.</param>
public sealed record SentBack(Entry Asked, ReportHistory Report, Entry? Answer);

/// <summary>Questions with which reviewers sent reports back.</summary>
public sealed class Questions(NpgsqlDataSource database, LedgerStoreOptions options)
{
    /// <summary>More than this have not been asked lately.</summary>
    private const int Latest = 500;

    /// <summary>The latest ones that count, newest first.</summary>
    public async Task<ImmutableArray<SentBack>> LatestAsync(
        AgreementId agreement,
        CancellationToken cancellationToken = default
    )
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var command = connection.Ask(
            $"select e.entry_id from {options.Schema}.ledger_entry e where e.agreement = $1 and e.type = 'report_sent_back' order by e.position desc limit {Latest}",
            agreement
        );
        var asked = new HashSet<Guid>();
        await using (var rows = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await rows.ReadAsync(cancellationToken))
                asked.Add(rows.GetGuid(0));
        }

        var histories =
            asked.Count == 0
                ? []
                : await ReportRows.HistoriesAsync(connection, options.Schema, [.. asked], cancellationToken);
        return
        [
            .. histories
                .SelectMany(report => Asked(report, asked))
                .OrderByDescending(question => question.Asked.Position),
        ];
    }

    /// <summary>Nothing is asked any more about a report that was withdrawn.</summary>
    private static IEnumerable<SentBack> Asked(ReportHistory report, HashSet<Guid> wanted) =>
        report.IsRetracted
            ? []
            : report
                .Entries.Where(entry =>
                    entry.Event is ReportSentBack && wanted.Contains(entry.Id) && report.IsLive(entry)
                )
                .Select(entry => new SentBack(
                    entry,
                    report,
                    report.Entries.LastOrDefault(later => report.IsLive(later) && Answers(later, entry))
                ));

    private static bool Answers(Entry later, Entry question) =>
        later.Event is QuestionAnswered answer
            ? answer.Target == question.Id
            : later.Event is ReportCorrected && later.Position > question.Position;
}
