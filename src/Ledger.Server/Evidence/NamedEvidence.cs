using Ledger.Domain.Entries;
using Ledger.Domain.Identities;
using Ledger.Server.Answers;
using Ledger.Store.Reading;

namespace Ledger.Server.Evidence;

/// <summary>A digest under a report, and what the ledger says of it.</summary>
/// <param name="Stated">The entries that attach the file, oldest first.</param>
/// <param name="Attached">Whether one of those, or a version of the report, names it.</param>
public sealed record NamedEvidence(AgreementId Agreement, IReadOnlyList<EvidenceAttached> Stated, bool Attached)
{
    /// <returns>Null when there is no such report, or it cannot be a digest.</returns>
    public static async Task<NamedEvidence?> FindAsync(
        LedgerReader reader,
        string report,
        string sha256,
        CancellationToken cancellationToken
    )
    {
        if (
            sha256.Length != 64
            || !sha256.All(char.IsAsciiHexDigitLower)
            || !Guid.TryParseExact(report, "D", out var id)
            || await reader.EntryAsync(id, cancellationToken) is not { Type: "report_filed" } filing
        )
            return null;
        var said = (await reader.AboutAsync(id, cancellationToken))
            .Select(entry => entry.Entry.Event)
            .Prepend(filing.Entry.Event)
            .ToArray();
        var stated = said.OfType<EvidenceAttached>().Where(attached => attached.Sha256 == sha256).ToArray();
        return new NamedEvidence(
            filing.Agreement,
            stated,
            stated.Length > 0
                || said.Any(entry =>
                    entry switch
                    {
                        ReportFiled filed => filed.Report.Evidence.Contains(sha256),
                        ReportCorrected corrected => corrected.Report.Evidence.Contains(sha256),
                        _ => false,
                    }
                )
        );
    }

    public static ErrorAnswer NoSuch(string report, string sha256) =>
        ErrorAnswer.NoEntry($"report {report} with a place for the file {sha256}");
}
