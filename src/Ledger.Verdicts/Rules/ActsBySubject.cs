using Ledger.Verdicts.Facts;

namespace Ledger.Verdicts.Rules;

/// <summary>Acts that count, in order of time, as a duty about one subject sees them.</summary>
internal sealed class ActsBySubject
{
    private const int Unnamed = -1;

    private static readonly List<Row> None = [];

    private readonly List<Row> all = [];
    private readonly Dictionary<int, List<Row>> bySubject = [];

    /// <param name="acts">Where they are found.</param>
    /// <param name="sieve">Which of them count.</param>
    /// <param name="asOf">Ticks by which they start.</param>
    /// <param name="joined">Whether they will be asked for by subject.</param>
    public ActsBySubject(Rows acts, Sieve sieve, long asOf, bool joined)
    {
        foreach (var act in acts.Counting(sieve, asOf))
        {
            all.Add(act);
            if (!joined)
                continue;
            if (!bySubject.TryGetValue(act.SubjectNumber, out var own))
                bySubject[act.SubjectNumber] = own = [];
            own.Add(act);
        }
    }

    /// <summary>Every act from an instant on.</summary>
    public Slice From(long start) => new(all, None, start);

    /// <summary>Acts with that subject from an instant on; and those that state none, when they may count.</summary>
    public Slice From(long start, int subject, bool unnamedToo) =>
        new(bySubject.GetValueOrDefault(subject, None), unnamedToo ? bySubject.GetValueOrDefault(Unnamed, None) : None, start);

    /// <summary>Two lists read side by side from an instant on. A struct, because there is one for every duty.</summary>
    internal struct Slice(List<Row> one, List<Row> other, long start)
    {
        private int i = First(one, start) - 1;
        private int j = First(other, start);
        private bool fromOther;

        public readonly Row Current => fromOther ? other[j] : one[i];

        public readonly Slice GetEnumerator() => this;

        public bool MoveNext()
        {
            if (fromOther)
                j++;
            else
                i++;
            if (i >= one.Count && j >= other.Count)
                return false;
            fromOther = i >= one.Count || (j < other.Count && other[j].Start < one[i].Start);
            return true;
        }

        private static int First(List<Row> rows, long start)
        {
            var (least, most) = (0, rows.Count);
            while (least < most)
            {
                var middle = (least + most) / 2;
                (least, most) = rows[middle].Start < start ? (middle + 1, most) : (least, middle);
            }

            return least;
        }
    }
}
