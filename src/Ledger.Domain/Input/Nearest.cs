namespace Ledger.Domain.Input;

/// <summary>Finds the word that somebody probably meant, by Levenshtein distance.</summary>
public static class Nearest
{
    /// <summary>A sentence " Did you mean 'x'?" or nothing.</summary>
    public static string Hint(string word, IEnumerable<string> known) =>
        Of(word, known) is { } meant ? $" Did you mean '{meant}'?" : "";

    public static string? Of(string word, IEnumerable<string> known) =>
        known
            .Select(candidate => (candidate, distance: Distance(word, candidate)))
            .Where(pair => pair.distance <= Math.Max(2, word.Length / 3))
            .OrderBy(pair => pair.distance)
            .Select(pair => pair.candidate)
            .FirstOrDefault();

    /// <summary>
    /// What a name may be a slip of, whatever its case: of three letters none may differ, of up to eight one, of more
    /// two. Null where it is one of the names, or near to none.
    /// </summary>
    public static string? Slip(string name, IEnumerable<string> known)
    {
        var near = known
            .Select(candidate => (candidate, distance: Distance(name.ToUpperInvariant(), candidate.ToUpperInvariant())))
            .DefaultIfEmpty((candidate: "", distance: int.MaxValue))
            .MinBy(pair => pair.distance);
        return
            near.distance is > 0 and var distance
            && distance
                <= (
                    name.Length <= 3 ? 0
                    : name.Length <= 8 ? 1
                    : 2
                )
            ? near.candidate
            : null;
    }

    private static int Distance(string left, string right)
    {
        // Hints are for typing errors; comparing long words would let input choose how long we work.
        if (left.Length > 64 || right.Length > 64)
            return int.MaxValue;

        var previous = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var current = new int[right.Length + 1];
            current[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var cost = left[i - 1] == right[j - 1] ? 0 : 1;
                current[j] = Math.Min(Math.Min(previous[j] + 1, current[j - 1] + 1), previous[j - 1] + cost);
            }

            previous = current;
        }

        return previous[right.Length];
    }
}
