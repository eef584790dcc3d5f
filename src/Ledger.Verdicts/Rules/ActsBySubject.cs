using Ledger.Verdicts.Facts;

namespace Ledger.Verdicts.Rules;

/// <summary>Acts that count, in order of time, as a duty about one subject sees them.</summary>
internal sealed class ActsBySubject
{
    private const int Unnamed = -1;

    private static readonly List<Row> None = [];

    private readonly List<Row> all = [];
    private readonly Dictionary<int, List<Row>> bySubject = [];

    public ActsBySubject(Rows acts, Sieve sieve, long asOf)
    {
        foreach (var act in acts.Counting(sieve, asOf))
        {
            all.Add(act);
            if (!bySubject.TryGetValue(act.SubjectNumber, out var own))
                bySubject[act.SubjectNumber] = own = [];
            own.Add(act);
        }
    }

    /// <summary>Every act from an instant on.</summary>
    public IEnumerable<Row> From(long start) => Later(all, start);

    /// <summary>Acts with that subject from an instant on; and those that state none, when they may count.</summary>
    public IEnumerable<Row> From(long start, int subject, bool unnamedToo)
    {
        var own = Later(bySubject.GetValueOrDefault(subject, None), start);
        return unnamedToo ? Merge(own, Later(bySubject.GetValueOrDefault(Unnamed, None), start)) : own;
    }

    private static IEnumerable<Row> Later(List<Row> rows, long start)
    {
        var (least, most) = (0, rows.Count);
        while (least < most)
        {
            var middle = (least + most) / 2;
            (least, most) = rows[middle].Start < start ? (middle + 1, most) : (least, middle);
        }

        for (var i = least; i < rows.Count; i++)
            yield return rows[i];
    }

    private static IEnumerable<Row> Merge(IEnumerable<Row> one, IEnumerable<Row> other)
    {
        using var ones = one.GetEnumerator();
        using var others = other.GetEnumerator();
        var (hasOne, hasOther) = (ones.MoveNext(), others.MoveNext());
        while (hasOne || hasOther)
        {
            if (hasOne && (!hasOther || ones.Current.Start <= others.Current.Start))
            {
                yield return ones.Current;
                hasOne = ones.MoveNext();
            }
            else
            {
                yield return others.Current;
                hasOther = others.MoveNext();
            }
        }
    }
}
