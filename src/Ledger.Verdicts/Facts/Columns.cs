using Ledger.Domain.Places;
using Ledger.Domain.Reports;

namespace Ledger.Verdicts.Facts;

/// <summary>
/// Columns of equal length: rows of facts in the part they may play in a provision, in order of occurrence. Ticks are
/// UTC.
/// </summary>
internal sealed class Columns
{
    private long[] start = [];
    private long[] end = [];
    private int[] from = [];
    private int[] until = [];
    private byte[] level = [];
    private byte[] match = [];
    private int[] subject = [];
    private int[] low = [];
    private int[] high = [];
    private int[] version = [];
    private int[] head = [];
    private int[] source = [];
    private readonly Lock gate = new();
    private volatile SubjectIndex? bySubject;

    public static readonly List<int> Nothing = [];

    public int Count { get; private set; }

    public ReadOnlySpan<long> Start => start.AsSpan(0, Count);

    public ReadOnlySpan<long> End => end.AsSpan(0, Count);

    /// <summary>Index of the entry from which on the row is current.</summary>
    public ReadOnlySpan<int> From => from.AsSpan(0, Count);

    /// <summary>Index of the entry from which on it no longer is.</summary>
    public Span<int> Until => until.AsSpan(0, Count);

    public ReadOnlySpan<byte> Level => level.AsSpan(0, Count);

    public ReadOnlySpan<byte> Match => match.AsSpan(0, Count);

    /// <summary>Number of the subject, or -1 where none is stated.</summary>
    public ReadOnlySpan<int> Subject => subject.AsSpan(0, Count);

    public ReadOnlySpan<int> Low => low.AsSpan(0, Count);

    public ReadOnlySpan<int> High => high.AsSpan(0, Count);

    /// <summary>Which version of a fact, or which supposed fact, the row is about.</summary>
    public ReadOnlySpan<int> Version => version.AsSpan(0, Count);

    /// <summary>Index of the filing that gives the content; orders rows with equal start.</summary>
    public ReadOnlySpan<int> Head => head.AsSpan(0, Count);

    /// <summary>
    /// The arrays themselves, which may be longer than <see cref="Count"/>, for the loop that reads millions of rows.
    /// </summary>
    public long[] Starts => start;

    public int[] Froms => from;

    public int[] Untils => until;

    public byte[] Levels => level;

    public byte[] Matches => match;

    public int[] Heads => head;

    /// <summary>Number of the kind of source of a report that stands alone; -1 for a fact of several reports.</summary>
    public int[] Sources => source;

    public void Insert(int row, in RowValues values)
    {
        if (Count == start.Length)
            Grow(Math.Max(16, Count * 2));
        if (row < Count)
            bySubject = null;
        Count++;
        Put(start, row, values.Start);
        Put(end, row, values.End);
        Put(from, row, values.From);
        Put(until, row, values.Until);
        Put(level, row, (byte)values.Level);
        Put(match, row, (byte)values.Match);
        Put(subject, row, values.Subject);
        Put(low, row, values.Low);
        Put(high, row, values.High);
        Put(version, row, values.Version);
        Put(head, row, values.Head);
        Put(source, row, values.Source);
    }

    public void Add(in RowValues values) => Insert(Count, values);

    public RowValues this[int row] =>
        new(
            start[row],
            end[row],
            from[row],
            until[row],
            (Level)level[row],
            (Certainty)match[row],
            subject[row],
            low[row],
            high[row],
            version[row],
            head[row],
            source[row]
        );

    /// <summary>The first row that does not stand before the given start and filing.</summary>
    public int Place(long atStart, int atHead)
    {
        var (least, most) = (0, Count);
        while (least < most)
        {
            var middle = (int)(((uint)least + (uint)most) / 2);
            (least, most) =
                start[middle] < atStart || (start[middle] == atStart && head[middle] < atHead)
                    ? (middle + 1, most)
                    : (least, middle);
        }

        return least;
    }

    /// <summary>
    /// The rows of a subject by its number, in order; of those without one for -1. Any number of readers may ask at
    /// once.
    /// </summary>
    public List<int> RowsOf(int number)
    {
        var index = bySubject;
        if (index is null || index.Count != Count)
            index = Indexed();
        return index.Rows.GetValueOrDefault(number, Nothing);
    }

    /// <summary>Place among the rows of a subject of the first that starts at an instant or later.</summary>
    public int PlaceIn(List<int> rows, long atStart)
    {
        var (least, most) = (0, rows.Count);
        while (least < most)
        {
            var middle = (least + most) / 2;
            (least, most) = start[rows[middle]] < atStart ? (middle + 1, most) : (least, middle);
        }

        return least;
    }

    /// <summary>Made when somebody asks, and made anew when rows have come since.</summary>
    private SubjectIndex Indexed()
    {
        lock (gate)
        {
            if (bySubject is { } known && known.Count == Count)
                return known;
            // Rows that came at the end are added to what is there: nobody reads while rows come.
            var (done, rows) = bySubject ?? new SubjectIndex(0, []);
            for (var row = done; row < Count; row++)
            {
                ref var own = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(
                    rows,
                    subject[row],
                    out _
                );
                (own ??= []).Add(row);
            }

            return bySubject = new SubjectIndex(Count, rows);
        }
    }

    private sealed record SubjectIndex(int Count, Dictionary<int, List<int>> Rows);

    /// <summary>Two sets of rows in one order.</summary>
    public static Columns Merge(Columns one, Columns other)
    {
        var merged = new Columns();
        merged.Grow(one.Count + other.Count);
        var (i, j) = (0, 0);
        while (i < one.Count || j < other.Count)
        {
            var first =
                j == other.Count
                || (i < one.Count && (one.start[i], one.head[i]).CompareTo((other.start[j], other.head[j])) <= 0);
            merged.Add(first ? one[i++] : other[j++]);
        }

        return merged;
    }

    private void Grow(int size)
    {
        Array.Resize(ref start, size);
        Array.Resize(ref end, size);
        Array.Resize(ref from, size);
        Array.Resize(ref until, size);
        Array.Resize(ref level, size);
        Array.Resize(ref match, size);
        Array.Resize(ref subject, size);
        Array.Resize(ref low, size);
        Array.Resize(ref high, size);
        Array.Resize(ref version, size);
        Array.Resize(ref head, size);
        Array.Resize(ref source, size);
    }

    private void Put<T>(T[] column, int row, T value)
    {
        Array.Copy(column, row, column, row + 1, Count - 1 - row);
        column[row] = value;
    }
}

/// <summary>One row, outside its columns.</summary>
internal readonly record struct RowValues(
    long Start,
    long End,
    int From,
    int Until,
    Level Level,
    Certainty Match,
    int Subject,
    int Low,
    int High,
    int Version,
    int Head,
    int Source
);
