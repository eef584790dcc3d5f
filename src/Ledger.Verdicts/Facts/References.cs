using System.Collections.Immutable;
using Ledger.Domain.Entries;

namespace Ledger.Verdicts.Facts;

internal static class References
{
    /// <summary>The entries that <paramref name="event"/> speaks of. It is not known where one of them is not.</summary>
    public static ImmutableArray<Guid> Of(LedgerEvent @event) => @event switch
    {
        ReportCorrected correction => [correction.Target],
        ReportAssessed assessment => [assessment.Target],
        ReportsLinked link => link.Reports,
        PartyResponded response => [response.Target],
        EvidenceAttached evidence => [evidence.Target],
        EntryRetracted retraction => [retraction.Target],
        ErasureConfirmed erasure => [erasure.Target],
        _ => [],
    };
}
