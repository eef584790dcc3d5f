namespace Ledger.Verdicts.Rules;

/// <summary>A half-open stretch of time in ticks.</summary>
internal readonly record struct TickSpan(long From, long Until)
{
    public bool IsEmpty => Until <= From;

    public bool Contains(long ticks) => From <= ticks && ticks < Until;

    public TickSpan Cut(TickSpan other) => new(Math.Max(From, other.From), Math.Min(Until, other.Until));

    /// <summary>What any of the stretches covers, in order and joined where they touch.</summary>
    public static List<TickSpan> Union(IEnumerable<TickSpan> spans)
    {
        var union = new List<TickSpan>();
        foreach (var span in spans.Where(span => !span.IsEmpty).OrderBy(span => span.From))
        {
            if (union.Count > 0 && span.From <= union[^1].Until)
                union[^1] = union[^1] with { Until = Math.Max(union[^1].Until, span.Until) };
            else
                union.Add(span);
        }

        return union;
    }

    /// <summary>What both lists cover, each of which is in order.</summary>
    public static List<TickSpan> Intersect(IReadOnlyList<TickSpan> one, IReadOnlyList<TickSpan> other)
    {
        var both = new List<TickSpan>();
        for (var (i, j) = (0, 0); i < one.Count && j < other.Count; )
        {
            var common = one[i].Cut(other[j]);
            if (!common.IsEmpty)
                both.Add(common);
            if (one[i].Until < other[j].Until)
                i++;
            else
                j++;
        }

        return both;
    }

    /// <summary>The first stretch, of some in order, that ends after an instant; as many as there are where none does.</summary>
    public static int FirstEndingAfter(IReadOnlyList<TickSpan> spans, long ticks)
    {
        var (least, most) = (0, spans.Count);
        while (least < most)
        {
            var middle = (least + most) / 2;
            (least, most) = spans[middle].Until > ticks ? (least, middle) : (middle + 1, most);
        }

        return least;
    }
}
