using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Ledger.Domain.Input;

namespace Ledger.Cli.Reports.Importing;

/// <summary>
/// Counts what is alike: the same code at the same place of a report, and of unknown words each word, because a mapping
/// is mended word by word.
/// </summary>
public sealed class Tally
{
    /// <summary>Groups that are kept. A column of free text taken for one of words has as many words as rows.</summary>
    private const int MostGroups = 1_000;

    /// <summary>Groups that are told.</summary>
    private const int MostTold = 50;

    private readonly Dictionary<(string Code, string Pointer, string? Word), Group> _groups = [];
    private long _others;

    /// <param name="Code">What is wrong or odd.</param>
    /// <param name="Columns">The columns of the table that it is about.</param>
    /// <param name="First">The first row.</param>
    /// <param name="Example">What is said of that row.</param>
    public sealed record Group(string Code, string Pointer, ImmutableArray<string> Columns, long First, string Example)
    {
        public long Count { get; set; } = 1;
    }

    /// <summary>The most frequent first.</summary>
    public IEnumerable<Group> Groups =>
        _groups.Values.OrderByDescending(group => group.Count).ThenBy(group => group.First).Take(MostTold);

    /// <summary>How many are in no group that is told.</summary>
    public long Omitted => _others + _groups.Values.Sum(group => group.Count) - Groups.Sum(group => group.Count);

    /// <summary>Counts one, and says how many are alike with it.</summary>
    public long Add(Filing filing, Problem problem)
    {
        var key = (problem.Code, problem.Pointer, problem.Code == "import/unknown-word" ? problem.Message : null);
        if (_groups.TryGetValue(key, out var group))
            return ++group.Count;
        if (_groups.Count == MostGroups)
            return ++_others + MostGroups;
        _groups[key] = new Group(
            problem.Code,
            problem.Pointer,
            [.. filing.ColumnsOf(problem)],
            filing.Row,
            problem.Message
        );
        return 1;
    }

    public JsonArray ToJson() =>
        [
            .. Groups.Select(group => new JsonObject
            {
                ["code"] = group.Code,
                ["pointer"] = group.Pointer,
                ["columns"] = new JsonArray([.. group.Columns.Select(column => (JsonNode)column)]),
                ["count"] = group.Count,
                ["firstRow"] = group.First,
                ["example"] = group.Example,
            }),
        ];
}
