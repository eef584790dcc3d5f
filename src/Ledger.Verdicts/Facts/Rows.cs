using Ledger.Domain.Places;
using Ledger.Domain.Reports;

namespace Ledger.Verdicts.Facts;

/// <summary>A fact in the part it may play in a provision.</summary>
internal readonly record struct Row(RowSource Source, int Index)
{
    /// <summary>Ticks; for ordering a fact is at the start of its interval.</summary>
    public long Start => Source.Columns.Starts[Index];

    /// <summary>Ticks; excluded.</summary>
    public long End => Source.Columns.End[Index];

    public Level Level => (Level)Source.Columns.Levels[Index];

    /// <summary>How surely it matches the pattern; never <see cref="Certainty.No"/>.</summary>
    public Certainty Match => (Certainty)Source.Columns.Matches[Index];

    /// <summary>A number that is equal for equal subjects; -1 where none is stated.</summary>
    public int SubjectNumber => Source.Columns.Subject[Index];

    public string? Subject => Source.SubjectOf(Index);

    /// <summary>The quantity that is totalled, at its lowest; zero where it is not stated.</summary>
    public int Low => Source.Columns.Low[Index];

    /// <summary>The same at its highest.</summary>
    public int High => Source.Columns.High[Index];

    /// <summary>Index of the filing that gives the content.</summary>
    public int Head => Source.Columns.Heads[Index];

    public Fact Fact => Source.FactOf(Index);
}

/// <summary>Columns, and how to get from a row of theirs to what it is about.</summary>
internal sealed class RowSource(Columns columns, Func<int, Fact> fact, Func<int, string> subject)
{
    public Columns Columns => columns;

    public Fact FactOf(int row) => fact(columns.Version[row]);

    public string? SubjectOf(int row) => columns.Subject[row] is >= 0 and var number ? subject(number) : null;
}

/// <summary>
/// The facts that possibly match one pattern, under one lens, as known at one position: what the book has, less what
/// the lens changes, plus what it makes of that.
/// </summary>
/// <param name="sources">Columns in order of occurrence, to be read side by side.</param>
/// <param name="size">How many entries are known.</param>
/// <param name="changed">Tells of a filing whether the lens changes its incident; null where it changes none. Does not
/// apply to the last of three sources.</param>
/// <param name="admitted">Whether a report that stands alone counts, by the number of its kind of source; null where
/// all do. Does not apply to the last either.</param>
/// <param name="without">Filings whose facts are left out of all sources; null where none are.</param>
internal sealed class Rows(
    RowSource[] sources,
    int size,
    ulong[]? changed,
    bool[]? admitted,
    HashSet<int>? without = null
)
{
    public static readonly Rows None = new([], 0, null, null);

    private RowSource[] Sources => sources;

    /// <summary>Whether the lens leaves some rows out.</summary>
    private readonly bool _isFiltered = changed is not null || without is not null;

    /// <summary>The same rows, but for the facts of some filings.</summary>
    public Rows Without(HashSet<int>? filings) =>
        filings is null || sources.Length == 0 ? this : new Rows(sources, size, changed, admitted, filings);

    /// <summary>The rows that count and start by <paramref name="asOf"/>, in order of occurrence.</summary>
    /// <param name="from">Ticks from which they start.</param>
    public Scan Counting(EvidenceStandard standard, long asOf, long from = Ticks.Always) =>
        new(this, standard, asOf, from);

    /// <summary>The same, the latest first.</summary>
    public Scan CountingBack(EvidenceStandard standard, long asOf) =>
        new(this, standard, asOf, Ticks.Always, back: true);

    /// <summary>Those of one subject, by its number, that start from one instant on and by another.</summary>
    public SubjectScan CountingOf(int subject, bool unnamedToo, EvidenceStandard standard, long asOf, long from) =>
        new(this, subject, unnamedToo, standard, asOf, from);

    public IEnumerable<Row> All(long asOf)
    {
        foreach (var row in Counting(EvidenceStandard.Widest, asOf))
            yield return row;
    }

    private bool Counts(int source, Columns columns, int row, byte threshold, byte match) =>
        columns.Froms[row] < size
        && size <= columns.Untils[row]
        && columns.Levels[row] >= threshold
        && columns.Matches[row] >= match
        && (!_isFiltered || IsLeft(source, columns, row));

    /// <summary>
    /// What the lens makes of the incidents it changes stands in the last source, so that they are left out of the
    /// others.
    /// </summary>
    private bool IsLeft(int source, Columns columns, int row)
    {
        var head = columns.Heads[row];
        if (without?.Contains(head) == true)
            return false;
        if (source == 2 || changed is null)
            return true;
        return (head >> 6 >= changed.Length || (changed[head >> 6] >> (head & 63) & 1) == 0)
            && (
                admitted is null
                || columns.Sources[row] is var kind && (kind < 0 || (kind < admitted.Length && admitted[kind]))
            );
    }

    /// <summary>Inconclusive counts as alleged; what is refuted is in no table.</summary>
    private static byte Least(Level threshold) =>
        threshold == Level.Alleged ? (byte)Level.Inconclusive : (byte)threshold;

    /// <summary>
    /// Reads the sources side by side. A struct, because a million rows are read in a few milliseconds or not.
    /// </summary>
    internal struct Scan
    {
        private readonly Rows _rows;
        private readonly byte _threshold;
        private readonly byte _match;
        private readonly bool _back;
        private readonly int[] _ends;
        private int _first;
        private int _second;
        private int _third;
        private Row _current;

        public Scan(Rows rows, EvidenceStandard standard, long asOf, long from, bool back = false)
        {
            (_rows, _back) = (rows, back);
            (_threshold, _match) = (Least(standard.Threshold), (byte)standard.Match);
            _ends = Array.ConvertAll(
                rows.Sources,
                source => asOf == long.MaxValue ? source.Columns.Count : source.Columns.Place(asOf + 1, int.MinValue)
            );
            (_first, _second, _third) = (Next(0, Before(0, from)), Next(1, Before(1, from)), Next(2, Before(2, from)));
        }

        public readonly Row Current => _current;

        public readonly Scan GetEnumerator() => this;

        public bool MoveNext()
        {
            // Nearly always only the first source is left.
            var best = _second < 0 && _third < 0 ? (_first < 0 ? -1 : 0) : Better(Better(Better(-1, 0), 1), 2);
            if (best < 0)
                return false;
            _current = new Row(_rows.Sources[best], At(best));
            switch (best)
            {
                case 0:
                    _first = Next(0, _first);
                    break;
                case 1:
                    _second = Next(1, _second);
                    break;
                default:
                    _third = Next(2, _third);
                    break;
            }

            return true;
        }

        private readonly int Before(int source, long from)
        {
            if (source >= _ends.Length)
                return -1;
            return _back ? _ends[source]
                : from == Ticks.Always ? -1
                : _rows.Sources[source].Columns.Place(from, int.MinValue) - 1;
        }

        private readonly int At(int source) =>
            source switch
            {
                0 => _first,
                1 => _second,
                _ => _third,
            };

        /// <summary>Of two sources the one whose row comes first, where -1 is none.</summary>
        private readonly int Better(int one, int other)
        {
            if (At(other) < 0)
                return one;
            if (one < 0)
                return other;
            var (a, b) = (_rows.Sources[one].Columns, _rows.Sources[other].Columns);
            var order = (a.Starts[At(one)], a.Heads[At(one)]).CompareTo((b.Starts[At(other)], b.Heads[At(other)]));
            return order <= 0 != _back ? one : other;
        }

        /// <summary>The next row of a source that counts, or -1.</summary>
        private readonly int Next(int source, int at)
        {
            if (source >= _ends.Length)
                return -1;
            var columns = _rows.Sources[source].Columns;
            var (step, end) = _back ? (-1, -1) : (1, _ends[source]);
            for (var row = at + step; _back ? row > end : row < end; row += step)
            {
                if (_rows.Counts(source, columns, row, _threshold, _match))
                    return row;
            }

            return -1;
        }
    }

    /// <summary>
    /// Reads the rows of one subject, and of none where they count too, side by side. A struct, because there is one
    /// for every duty.
    /// </summary>
    internal struct SubjectScan
    {
        private readonly Rows _rows;
        private readonly byte _threshold;
        private readonly byte _match;
        private readonly long _asOf;
        private readonly int _lists;
        private Six<List<int>> _own;
        private Six<int> _source;
        private Six<int> _at;
        private Row _current;

        public SubjectScan(Rows rows, int subject, bool unnamedToo, EvidenceStandard standard, long asOf, long from)
        {
            (_rows, _asOf) = (rows, asOf);
            (_threshold, _match) = (Least(standard.Threshold), (byte)standard.Match);
            for (var i = 0; i < rows.Sources.Length; i++)
            {
                var columns = rows.Sources[i].Columns;
                for (var named = unnamedToo ? 0 : 1; named < 2 && columns.Count > 0; named++)
                {
                    var these = columns.RowsOf(named == 1 ? subject : -1);
                    if (these.Count == 0)
                        continue;
                    (_own[_lists], _source[_lists]) = (these, i);
                    _at[_lists] = Next(_lists, columns.PlaceIn(these, from));
                    _lists++;
                }
            }
        }

        public readonly Row Current => _current;

        public readonly SubjectScan GetEnumerator() => this;

        public bool MoveNext()
        {
            var best = -1;
            for (var list = 0; list < _lists; list++)
            {
                if (_at[list] >= 0 && (best < 0 || IsBefore(list, best)))
                    best = list;
            }

            if (best < 0)
                return false;
            _current = new Row(_rows.Sources[_source[best]], _own[best][_at[best]]);
            _at[best] = Next(best, _at[best] + 1);
            return true;
        }

        private readonly bool IsBefore(int one, int other)
        {
            var (a, b) = (_rows.Sources[_source[one]].Columns, _rows.Sources[_source[other]].Columns);
            var (i, j) = (_own[one][_at[one]], _own[other][_at[other]]);
            return (a.Starts[i], a.Heads[i]).CompareTo((b.Starts[j], b.Heads[j])) < 0;
        }

        private readonly int Next(int list, int place)
        {
            var columns = _rows.Sources[_source[list]].Columns;
            var these = _own[list];
            for (; place < these.Count; place++)
            {
                if (columns.Starts[these[place]] > _asOf)
                    return -1;
                if (_rows.Counts(_source[list], columns, these[place], _threshold, _match))
                    return place;
            }

            return -1;
        }

        [System.Runtime.CompilerServices.InlineArray(6)]
        private struct Six<T>
        {
            private T _element;
        }
    }
}
