using System.Text;

namespace Ledger.Proof.Json;

/// <summary>
/// Unicode normalization form C by the tables of Unicode 17.0 (Unicode Standard Annex 15). The base class library
/// cannot be asked: without ICU, which InvariantGlobalization leaves out, <see cref="string.IsNormalized()"/> is true
/// of everything. The result is the same on every machine, and stays so for every character assigned by 17.0 (UAX 15,
/// section 3).
/// </summary>
public static class Nfc
{
    // Hangul syllables are composed by arithmetic (Unicode Standard, section 3.12).
    private const int SyllableBase = 0xAC00,
        LeadBase = 0x1100,
        VowelBase = 0x1161,
        TrailBase = 0x11A7;
    private const int LeadCount = 19,
        VowelCount = 21,
        TrailCount = 28,
        SyllableCount = LeadCount * VowelCount * TrailCount;

    /// <summary>
    /// Below U+0300 nothing decomposes into anything else than itself in form C, and nothing combines.
    /// </summary>
    private const char FirstCombining = '\u0300';

    /// <summary>Whether the text equals its form C. Precondition: no lone surrogates.</summary>
    public static bool IsNormalized(string text) =>
        !text.AsSpan().ContainsAnyInRange(FirstCombining, char.MaxValue)
        || !text.EnumerateRunes().Any(static rune => UnicodeTables.MayChange(rune.Value))
        || string.Equals(text, Normalize(text), StringComparison.Ordinal);

    /// <summary>The text in form C: decompose, order the marks, compose. Precondition: no lone surrogates.</summary>
    public static string Normalize(string text)
    {
        var points = new List<int>(text.Length);
        foreach (var rune in text.EnumerateRunes())
            Decompose(rune.Value, points);
        OrderMarks(points);
        var normalized = new StringBuilder(text.Length);
        foreach (var point in Compose(points))
            normalized.Append(new Rune(point).ToString());
        return normalized.ToString();
    }

    private static void Decompose(int point, List<int> into)
    {
        if (point is >= SyllableBase and < SyllableBase + SyllableCount)
        {
            var syllable = point - SyllableBase;
            into.Add(LeadBase + syllable / (VowelCount * TrailCount));
            into.Add(VowelBase + syllable % (VowelCount * TrailCount) / TrailCount);
            if (syllable % TrailCount != 0)
                into.Add(TrailBase + syllable % TrailCount);
        }
        else if (UnicodeTables.Decomposition(point) is { } parts)
        {
            foreach (var part in parts)
                Decompose(part, into);
        }
        else
        {
            into.Add(point);
        }
    }

    /// <summary>Canonical ordering (Unicode Standard, D109): a stable sort of each run of marks by class.</summary>
    private static void OrderMarks(List<int> points)
    {
        for (var from = 0; from < points.Count; from++)
        {
            var until = from;
            while (until < points.Count && UnicodeTables.Class(points[until]) != 0)
                until++;
            if (until - from < 2)
                continue;
            var ordered = points[from..until].OrderBy(UnicodeTables.Class).ToList();
            for (var i = 0; i < ordered.Count; i++)
                points[from + i] = ordered[i];
            from = until;
        }
    }

    /// <summary>
    /// Canonical composition (Unicode Standard, D117): each mark joins the last starter unless something blocks it.
    /// </summary>
    private static List<int> Compose(List<int> points)
    {
        var composed = new List<int>(points.Count);
        var starter = -1;
        var lastClass = 0;
        foreach (var point in points)
        {
            var thisClass = UnicodeTables.Class(point);
            var adjacent = starter == composed.Count - 1;
            if (starter >= 0 && (adjacent || lastClass < thisClass) && Pair(composed[starter], point) is { } joined)
            {
                composed[starter] = joined;
                continue;
            }

            if (thisClass == 0)
                starter = composed.Count;
            lastClass = thisClass;
            composed.Add(point);
        }

        return composed;
    }

    private static int? Pair(int first, int second)
    {
        if (first is >= LeadBase and < LeadBase + LeadCount && second is >= VowelBase and < VowelBase + VowelCount)
            return SyllableBase + ((first - LeadBase) * VowelCount + second - VowelBase) * TrailCount;
        var syllable = first - SyllableBase;
        if (
            syllable is >= 0 and < SyllableCount
            && syllable % TrailCount == 0
            && second is > TrailBase and < TrailBase + TrailCount
        )
            return first + second - TrailBase;
        return UnicodeTables.Composition(first, second);
    }
}
