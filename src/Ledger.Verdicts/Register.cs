using Ledger.Domain.Agreements;
using Ledger.Domain.Entries;
using Ledger.Verdicts.Answers;
using Ledger.Verdicts.Facts;

namespace Ledger.Verdicts;

/// <summary>
/// Reports and entries as they stand at a position, for whoever wants to see them rather than a verdict. Each is looked
/// up by what speaks of it, so that its cost does not depend on the size of the ledger.
/// </summary>
public static class Register
{
    /// <summary>
    /// Every report filed after a position and known at another, also those that are retracted or refuted, in order of
    /// filing. Each is looked up when it is asked for.
    /// </summary>
    public static IEnumerable<ReportStanding> Reports(Book book, long knownAt, long after = 0)
    {
        var visible = book.Visible(knownAt, Lens.House);
        for (var index = after; index < visible.Count; index++)
        {
            if (visible[(int)index].Event is ReportFiled)
                yield return StandingOf(visible, (int)index);
        }
    }

    /// <summary>One report, or null when none with that id is known at the position.</summary>
    public static ReportStanding? Report(Book book, long knownAt, Guid id)
    {
        var visible = book.Visible(knownAt, Lens.House);
        return visible.IndexOf(id) is >= 0 and var index && visible[index].Event is ReportFiled
            ? StandingOf(visible, index)
            : null;
    }

    /// <summary>
    /// The entries known at a position that speak of an entry, or of one that does, in order; each with whether it is
    /// live.
    /// </summary>
    public static IReadOnlyList<(Entry Entry, bool Live)> About(Book book, long knownAt, Guid id)
    {
        var visible = book.Visible(knownAt, Lens.House);
        var found = new SortedSet<int>();
        var open = new Stack<int>([visible.IndexOf(id)]);
        while (open.TryPop(out var at))
        {
            foreach (var by in visible.About(at))
            {
                if (found.Add(by))
                    open.Push(by);
            }
        }

        return [.. found.Select(index => (visible[index], visible.IsLive(index)))];
    }

    /// <summary>Entries of a type that are known at a position, in order; each with whether it is live.</summary>
    public static IEnumerable<(Entry Entry, bool Live)> OfType<T>(Book book, long knownAt)
        where T : LedgerEvent
    {
        var visible = book.Visible(knownAt, Lens.House);
        return book
            .Stream.OfType(typeof(T))
            .TakeWhile(index => index < visible.Count)
            .Select(index => (visible[index], visible.IsLive(index)));
    }

    private static ReportStanding StandingOf(VisibleEntries visible, int filing)
    {
        var state = Incidents.StateOf(visible, filing);
        return new ReportStanding(
            state.Filing,
            state.Content,
            state.ContentFrom,
            state.Level,
            visible.IsLive(filing),
            [
                .. Incidents
                    .LinkedWith(visible, filing)
                    .Where(index => index != filing)
                    .Select(index => visible[index].Id),
            ]
        );
    }
}
