using Ledger.Domain.Places;
using Ledger.Domain.Reports;

namespace Ledger.Verdicts.Facts;

/// <summary>
/// Columns of equal length: rows of facts in the part they may play in a provision, in order of occurrence. Ticks are
/// UTC.
/// </summary>
internal sealed class Columns
{
    private long[] _start = [];
    private long[] _end = [];
    private int[] _from = [];
    private int[] _until = [];
    private byte[] _level = [];
    private byte[] _match = [];
    private int[] _subject = [];
    private int[] _low = [];
    private int[] _high = [];
    private int[] _version = [];
    private int[] _head = [];
    private int[] _source = [];
    private readonly Lock _gate = new();
    private volatile SubjectIndex? _bySubject;

    public static readonly List<int> Nothing = [];

    public int Count { get; private set; }

    public ReadOnlySpan<long> Start => _start.AsSpan(0, Count);

    public ReadOnlySpan<long> End => _end.AsSpan(0, Count);

    /// <summary>Index of the entry from which on the row is current.</summary>
    public ReadOnlySpan<int> From => _from.AsSpan(0, Count);

    /// <summary>Index of the entry from which on it no longer is.</summary>
    public Span<int> Until => _until.AsSpan(0, Count);

    public ReadOnlySpan<byte> Level => _level.AsSpan(0, Count);

    public ReadOnlySpan<byte> Match => _match.AsSpan(0, Count);

    /// <summary>Number of the subject, or -1 where none is stated.</summary>
    public ReadOnlySpan<int> Subject => _subject.AsSpan(0, Count);

    public ReadOnlySpan<int> Low => _low.AsSpan(0, Count);

    public ReadOnlySpan<int> High => _high.AsSpan(0, Count);

    /// <summary>Which version of a fact, or which supposed fact, the row is about.</summary>
    public ReadOnlySpan<int> Version => _version.AsSpan(0, Count);

    /// <summary>Index of the filing that gives the content; orders rows with equal start.</summary>
    public ReadOnlySpan<int> Head => _head.AsSpan(0, Count);

    /// <summary>
    /// The arrays themselves, which may be longer than <see cref="Count"/>, for the loop that reads millions of rows.
    /// </summary>
    public long[] Starts => _start;

    public int[] Froms => _from;

    public int[] Untils => _until;

    public byte[] Levels => _level;

    public byte[] Matches => _match;

    public int[] Heads => _head;

    /// <summary>Number of the kind of source of a report that stands alone; -1 for a fact of several reports.</summary>
    public int[] Sources => _source;

    public void Insert(int row, in RowValues values)
    {
        if (Count == _start.Length)
            Grow(Math.Max(16, Count * 2));
        if (row < Count)
            _bySubject = null;
        Count++;
        Put(_start, row, values.Start);
        Put(_end, row, values.End);
        Put(_from, row, values.From);
        Put(_until, row, values.Until);
        Put(_level, row, (byte)values.Level);
        Put(_match, row, (byte)values.Match);
        Put(_subject, row, values.Subject);
        Put(_low, row, values.Low);
        Put(_high, row, values.High);
        Put(_version, row, values.Version);
        Put(_head, row, values.Head);
        Put(_source, row, values.Source);
    }

    public void Add(in RowValues values) => Insert(Count, values);

    public RowValues this[int row] =>
        new(
            _start[row],
            _end[row],
            _from[row],
            _until[row],
            (Level)_level[row],
            (Certainty)_match[row],
            _subject[row],
            _low[row],
            _high[row],
            _version[row],
            _head[row],
            _source[row]
        );

    /// <summary>The first row that does not stand before the given start and filing.</summary>
    public int Place(long atStart, int atHead)
    {
        var (least, most) = (0, Count);
        while (least < most)
        {
            var middle = (int)(((uint)least + (uint)most) / 2);
            (least, most) =
                _start[middle] < atStart || (_start[middle] == atStart && _head[middle] < atHead)
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
        var index = _bySubject;
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
            (least, most) = _start[rows[middle]] < atStart ? (middle + 1, most) : (least, middle);
        }

        return least;
    }

    /// <summary>Made when somebody asks, and made anew when rows have come since.</summary>
    private SubjectIndex Indexed()
    {
        lock (_gate)
        {
            if (_bySubject is { } known && known.Count == Count)
                return known;
            // Rows that came at the end are added to what is there: nobody reads while rows come.
            var (done, rows) = _bySubject ?? new SubjectIndex(0, []);
            for (var row = done; row < Count; row++)
            {
                ref var own = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(
                    rows,
                    _subject[row],
                    out _
                );
                (own ??= []).Add(row);
            }

            return _bySubject = new SubjectIndex(Count, rows);
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
                || (i < one.Count && (one._start[i], one._head[i]).CompareTo((other._start[j], other._head[j])) <= 0);
            merged.Add(first ? one[i++] : other[j++]);
        }

        return merged;
    }

    private void Grow(int size)
    {
        Array.Resize(ref _start, size);
        Array.Resize(ref _end, size);
        Array.Resize(ref _from, size);
        Array.Resize(ref _until, size);
        Array.Resize(ref _level, size);
        Array.Resize(ref _match, size);
        Array.Resize(ref _subject, size);
        Array.Resize(ref _low, size);
        Array.Resize(ref _high, size);
        Array.Resize(ref _version, size);
        Array.Resize(ref _head, size);
        Array.Resize(ref _source, size);
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
