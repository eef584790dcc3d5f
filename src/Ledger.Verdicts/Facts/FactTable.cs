using Ledger.Domain.Agreements;
using Ledger.Domain.Places;
using Ledger.Domain.Reports;
using Ledger.Verdicts.Matching;

namespace Ledger.Verdicts.Facts;

/// <summary>
/// The facts that possibly match one pattern of one reading, one row per version, with the positions between which it
/// was current. Rows are in order of occurrence; late arrivals go to a short tail, which is merged when it grows.
/// </summary>
internal sealed class FactTable
{
    private const int ShortestTail = 8;

    private readonly EntryStream _stream;
    private readonly FactLog _log;
    private readonly Pattern _pattern;
    private readonly string? _quantity;

    /// <param name="stream">The recorded entries.</param>
    /// <param name="log">The versions of facts, as far as it has followed the stream.</param>
    /// <param name="pattern">What they are matched with.</param>
    /// <param name="quantity">The quantity that is totalled.</param>
    /// <param name="epochs">Matchers, each by the lines that were known from the entry with that index on; the first
    /// from the beginning.</param>
    public FactTable(
        EntryStream stream,
        FactLog log,
        Pattern pattern,
        string? quantity,
        IReadOnlyList<(int From, Matcher Matcher)> epochs
    )
    {
        (_stream, _log, _pattern, _quantity) = (stream, log, pattern, quantity);
        var rows = new List<RowValues>();
        for (var version = 0; version < log.Count; version++)
        {
            if (Concerns(version))
                rows.AddRange(RowsOf(version, DependsOnLines(pattern) ? epochs : [epochs[0]]));
        }

        rows.Sort((a, b) => (a.Start, a.Head, a.From).CompareTo((b.Start, b.Head, b.From)));
        foreach (var row in rows)
            Main.Add(row);
    }

    public Columns Main { get; private set; } = new();

    public Columns Tail { get; private set; } = new();

    /// <summary>Whether the lines of zones decide how a fact matches.</summary>
    public static bool DependsOnLines(Pattern pattern) =>
        pattern.Zones.Length > 0 || pattern.Unless.Any(DependsOnLines);

    /// <summary>Follows the log: versions that ended, and versions that began with the entry of that index.</summary>
    public void Follow(List<int> closed, List<int> opened, int now, Matcher matcher)
    {
        foreach (var version in closed)
            Close(version, now);
        foreach (var version in opened)
        {
            if (Concerns(version) && Row(version, now, FactLog.Open, matcher) is { } row)
                Insert(row);
        }
    }

    /// <summary>
    /// Matches anew what is current, because the lines that are known changed with the entry of that index.
    /// </summary>
    public void Redraw(int now, Matcher matcher)
    {
        if (!DependsOnLines(_pattern))
            return;
        for (var version = 0; version < _log.Count; version++)
        {
            if (_log[version].Until != FactLog.Open || !Concerns(version))
                continue;
            var (row, was) = (Row(version, now, FactLog.Open, matcher), Find(version));
            if (row?.Match == was?.Match)
                continue;
            Close(version, now);
            if (row is not null)
                Insert(row.Value);
        }
    }

    private bool Concerns(int version) =>
        _pattern.Kinds.IsEmpty || _pattern.Kinds.Contains(_log.ContentOf(_log[version]).Kind);

    private IEnumerable<RowValues> RowsOf(int version, IReadOnlyList<(int From, Matcher Matcher)> epochs)
    {
        RowValues? open = null;
        for (var i = 0; i < epochs.Count; i++)
        {
            var (from, until) = (
                Math.Max(epochs[i].From, _log[version].From),
                Math.Min(i + 1 < epochs.Count ? epochs[i + 1].From : FactLog.Open, _log[version].Until)
            );
            if (from >= until)
                continue;
            var row = Row(version, from, until, epochs[i].Matcher);
            if (open is { } last && row?.Match == last.Match)
            {
                open = last with { Until = until };
                continue;
            }

            if (open is not null)
                yield return open.Value;
            open = row;
        }

        if (open is not null)
            yield return open.Value;
    }

    private RowValues? Row(int version, int from, int until, Matcher matcher)
    {
        var report = _log.ContentOf(_log[version]);
        return matcher.Match(_pattern, report) is var match and not Certainty.No
            ? RowOf(
                report,
                _log[version].Level,
                match,
                _quantity,
                _stream.Subjects,
                from,
                until,
                version,
                _log[version].Head,
                _log[version].Linked.IsDefault ? _log[version].Source : -1
            )
            : null;
    }

    public static RowValues RowOf(
        Report report,
        Level level,
        Certainty match,
        string? quantity,
        Names subjects,
        int from,
        int until,
        int version,
        int head,
        int source
    )
    {
        var stated = quantity is null ? null : report.Quantities.GetValueOrDefault(quantity);
        return new RowValues(
            Ticks.Of(report.Occurred.From),
            Ticks.Of(report.Occurred.Until),
            from,
            until,
            level,
            match,
            report.Subject is null ? -1 : subjects.Find(report.Subject),
            (int)(stated?.Low ?? 0),
            (int)(stated?.High ?? 0),
            version,
            head,
            source
        );
    }

    private void Insert(RowValues row)
    {
        if (Main.Count == 0 || (row.Start, row.Head).CompareTo((Main.Start[^1], Main.Head[^1])) >= 0)
        {
            Main.Add(row);
            return;
        }

        var place = Tail.Place(row.Start, row.Head);
        while (place < Tail.Count && Tail.Start[place] == row.Start && Tail.Head[place] == row.Head)
            place++;
        Tail.Insert(place, row);
        if (Tail.Count > Math.Max(ShortestTail, Main.Count / 64))
            (Main, Tail) = (Columns.Merge(Main, Tail), new Columns());
    }

    private void Close(int version, int now)
    {
        if (Find(version) is not { } found)
            return;
        foreach (var columns in (Columns[])[Main, Tail])
        {
            for (
                var row = columns.Place(found.Start, found.Head);
                row < columns.Count && columns.Start[row] == found.Start && columns.Head[row] == found.Head;
                row++
            )
            {
                if (columns.Version[row] == version && columns.Until[row] == FactLog.Open)
                    columns.Until[row] = now;
            }
        }
    }

    /// <summary>The open row of a version, if it has one.</summary>
    private RowValues? Find(int version)
    {
        var (start, head) = (Ticks.Of(_log.ContentOf(_log[version]).Occurred.From), _log[version].Head);
        foreach (var columns in (Columns[])[Main, Tail])
        {
            for (
                var row = columns.Place(start, head);
                row < columns.Count && columns.Start[row] == start && columns.Head[row] == head;
                row++
            )
            {
                if (columns.Version[row] == version && columns.Until[row] == FactLog.Open)
                    return columns[row];
            }
        }

        return null;
    }
}
