using System.Collections.Immutable;
using Ledger.Domain.Entries;
using Ledger.Domain.Reports;

namespace Ledger.Verdicts.Facts;

/// <summary>A live report with the content and level it has under a lens.</summary>
/// <param name="Filing">The entry that filed it.</param>
/// <param name="Content">The latest live correction, else the filing.</param>
/// <param name="ContentFrom">The entry that holds the content.</param>
/// <param name="Level">The latest live assessment, else the level at filing, lifted where linked sources
/// corroborate.</param>
/// <param name="Assessment">The assessment that gave the level.</param>
internal sealed record ReportState(Entry Filing, Report Content, Entry ContentFrom, Level Level, Entry? Assessment);

/// <summary>
/// One incident: a set of linked reports, or a report alone. Its content is that of its <see cref="Head"/>.
/// </summary>
internal sealed class Fact
{
    public Fact(ReportState head, ImmutableArray<ReportState> reports)
    {
        (Head, Reports) = (head, reports);
        Start = Ticks.Of(head.Content.Occurred.From);
        End = Ticks.Of(head.Content.Occurred.Until);
    }

    public ReportState Head { get; }

    public ImmutableArray<ReportState> Reports { get; }

    public Report Content => Head.Content;

    public Level Level => Head.Level;

    public long Start { get; }

    public long End { get; }
}
