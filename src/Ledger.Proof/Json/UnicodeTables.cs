using System.Collections.Frozen;
using System.Globalization;

namespace Ledger.Proof.Json;

/// <summary>
/// The facts of Unicode 17.0 that normalization needs, read once from <c>Unicode17.txt</c> inside the assembly.
/// </summary>
internal static class UnicodeTables
{
    private static readonly FrozenDictionary<int, int> Classes;
    private static readonly FrozenDictionary<int, int[]> Decompositions;
    private static readonly FrozenDictionary<(int First, int Second), int> Compositions;
    private static readonly FrozenSet<int> Changing;

    static UnicodeTables()
    {
        var classes = new Dictionary<int, int>();
        var decompositions = new Dictionary<int, int[]>();
        var compositions = new Dictionary<(int, int), int>();
        var changing = new HashSet<int>();
        foreach (var line in Lines())
        {
            var words = line.Split(' ');
            switch (words[0])
            {
                case "class":
                    var range = Points(words[1].Split('-'));
                    for (var point = range[0]; point <= range[1]; point++)
                        classes[point] = int.Parse(words[2], CultureInfo.InvariantCulture);
                    break;
                case "pair":
                    var pair = Points(words[1..]);
                    decompositions[pair[0]] = pair[1..];
                    compositions[(pair[1], pair[2])] = pair[0];
                    changing.Add(pair[2]);
                    break;
                case "split":
                    var split = Points(words[1..]);
                    decompositions[split[0]] = split[1..];
                    changing.Add(split[0]);
                    break;
            }
        }

        changing.UnionWith(classes.Keys);
        Classes = classes.ToFrozenDictionary();
        Decompositions = decompositions.ToFrozenDictionary();
        Compositions = compositions.ToFrozenDictionary();
        Changing = changing.ToFrozenSet();
    }

    /// <summary>Canonical combining class; 0 for starters and for everything unassigned in 17.0.</summary>
    public static int Class(int point) => Classes.GetValueOrDefault(point);

    /// <summary>One step of canonical decomposition, or null. Hangul is arithmetic and not in the table.</summary>
    public static int[]? Decomposition(int point) => Decompositions.GetValueOrDefault(point);

    public static int? Composition(int first, int second) =>
        Compositions.TryGetValue((first, second), out var composed) ? composed : null;

    /// <summary>
    /// Whether a text with this code point could differ from its form C: marks, second halves of pairs, singletons and
    /// exclusions.
    /// </summary>
    public static bool MayChange(int point) => Changing.Contains(point) || point is >= 0x1161 and <= 0x11C2;

    private static int[] Points(string[] hex) =>
        Array.ConvertAll(
            hex,
            static point => int.Parse(point, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)
        );

    private static IEnumerable<string> Lines()
    {
        using var reader = new StreamReader(typeof(UnicodeTables).Assembly.GetManifestResourceStream("Unicode17.txt")!);
        while (reader.ReadLine() is { } line)
            yield return line;
    }
}
