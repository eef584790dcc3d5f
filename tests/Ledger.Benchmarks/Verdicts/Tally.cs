using JasperFx.Events;
using Ledger.Domain.Entries;

namespace Ledger.Benchmarks.Verdicts;

/// <summary>
/// The least that any verdict needs of a stream in Marten: which reports there are, at which level. It judges nothing.
/// </summary>
public sealed partial class Tally
{
    public string Id { get; set; } = "";

    public int Events { get; private set; }

    public Dictionary<Guid, Domain.Reports.Level?> Reports { get; } = [];

    public void Apply(IEvent<AgreementAdopted> _) => Events++;

    public void Apply(ReportFiled filed)
    {
        Events++;
        Reports[filed.EntryId] = filed.Report.Level;
    }

    public void Apply(ReportCorrected corrected)
    {
        Events++;
        Reports[corrected.Target] = corrected.Report.Level;
    }

    public void Apply(ReportAssessed assessed)
    {
        Events++;
        Reports[assessed.Target] = assessed.Level;
    }

    public void Apply(ReportsLinked _) => Events++;

    public void Apply(EntryRetracted retracted)
    {
        Events++;
        Reports.Remove(retracted.Target);
    }
}
