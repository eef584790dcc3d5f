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

/// <summary>The facts that possibly match one pattern, under one lens, as known at one position: what the book has, less what the lens changes, plus what it makes of that.</summary>
/// <param name="sources">Columns in order of occurrence, to be read side by side.</param>
/// <param name="size">How many entries are known.</param>
/// <param name="changed">Tells of a filing whether the lens changes its incident; null where it changes none. Does not apply to the last of three sources.</param>
internal sealed class Rows(RowSource[] sources, int size, ulong[]? changed)
{
    public static readonly Rows None = new([], 0, null);

    /// <summary>The rows that count and start by <paramref name="asOf"/>, in order of occurrence.</summary>
    public Scan Counting(Sieve sieve, long asOf) => new(sources, size, changed, sieve, asOf);

    /// <summary>The same, the latest first.</summary>
    public Scan CountingBack(Sieve sieve, long asOf) => new(sources, size, changed, sieve, asOf, back: true);

    public IEnumerable<Row> All(long asOf)
    {
        foreach (var row in Counting(Sieve.Widest, asOf))
            yield return row;
    }

    /// <summary>Reads the sources side by side. A struct, because a million rows are read in a few milliseconds or not.</summary>
    internal struct Scan
    {
        private readonly RowSource[] sources;
        private readonly ulong[]? changed;
        private readonly int size;
        private readonly byte threshold;
        private readonly byte match;
        private readonly bool back;
        private readonly int[] ends;
        private int first;
        private int second;
        private int third;
        private Row current;

        public Scan(RowSource[] sources, int size, ulong[]? changed, Sieve sieve, long asOf, bool back = false)
        {
            (this.sources, this.size, this.changed, this.back) = (sources, size, changed, back);
            // Inconclusive counts as alleged; what is refuted is in no table.
            (threshold, match) = (sieve.Threshold == Level.Alleged ? (byte)Level.Inconclusive : (byte)sieve.Threshold, (byte)sieve.Match);
            ends = Array.ConvertAll(sources, source => asOf == long.MaxValue ? source.Columns.Count : source.Columns.Place(asOf + 1, int.MinValue));
            (first, second, third) = (Next(0, Before(0)), Next(1, Before(1)), Next(2, Before(2)));
        }

        public readonly Row Current => current;

        public readonly Scan GetEnumerator() => this;

        public bool MoveNext()
        {
            var best = Better(Better(-1, 0), 1);
            best = Better(best, 2);
            if (best < 0)
                return false;
            current = new Row(sources[best], At(best));
            switch (best)
            {
                case 0:
                    first = Next(0, first);
                    break;
                case 1:
                    second = Next(1, second);
                    break;
                default:
                    third = Next(2, third);
                    break;
            }

            return true;
        }

        private readonly int Before(int source) => !back || source >= ends.Length ? -1 : ends[source];

        private readonly int At(int source) => source switch { 0 => first, 1 => second, _ => third };

        /// <summary>Of two sources the one whose row comes first, where -1 is none.</summary>
        private readonly int Better(int one, int other)
        {
            if (At(other) < 0)
                return one;
            if (one < 0)
                return other;
            var (a, b) = (sources[one].Columns, sources[other].Columns);
            var order = (a.Starts[At(one)], a.Heads[At(one)]).CompareTo((b.Starts[At(other)], b.Heads[At(other)]));
            return order <= 0 != back ? one : other;
        }

        /// <summary>The next row of a source that counts, or -1.</summary>
        private readonly int Next(int source, int at)
        {
            if (source >= sources.Length)
                return -1;
            var columns = sources[source].Columns;
            var (from, until, level, matches) = (columns.Froms, columns.Untils, columns.Levels, columns.Matches);
            // What the lens makes of the incidents it changes stands in the last source.
            var checks = source < 2 ? changed : null;
            var (step, end) = back ? (-1, -1) : (1, ends[source]);
            for (var row = at + step; row != end; row += step)
            {
                if (from[row] < size && size <= until[row] && level[row] >= threshold && matches[row] >= match && (checks is null || !Has(checks, columns.Heads[row])))
                    return row;
            }

            return -1;
        }

        private static bool Has(ulong[] bits, int bit) => bit >> 6 < bits.Length && (bits[bit >> 6] >> (bit & 63) & 1) != 0;
    }
}
