using System.Collections.Immutable;
using Ledger.Domain.Agreements;
using Ledger.Domain.Reports;

namespace Ledger.Verdicts.Facts;

/// <summary>
/// How many sources corroborate, and who of them counts as one, by one reading (docs/verdicts.md, 2.6 and 2.7). Two are
/// equal where no report can tell them apart.
/// </summary>
internal sealed class Corroboration : IEquatable<Corroboration>
{
    private static readonly Corroboration Never = new(null, []);

    private readonly int? _enough;

    /// <summary>Each party that is bound by others, with itself and all of them.</summary>
    private readonly ImmutableSortedDictionary<string, ImmutableSortedSet<string>> _answering;

    private readonly string _key;

    private Corroboration(int? enough, IEnumerable<KeyValuePair<string, ImmutableSortedSet<string>>> answering)
    {
        (_enough, _answering) = (enough, answering.ToImmutableSortedDictionary(StringComparer.Ordinal));
        _key =
            $"{enough} {string.Join(';', _answering.Select(party => string.Join(' ', party.Value.Prepend(party.Key))))}";
    }

    public static Corroboration Of(Agreement reading) =>
        reading.Evidence.CorroboratedBy is { } enough
            ? new Corroboration(
                enough,
                reading
                    .Parties.Where(party => party.BoundBy.Length > 0)
                    .Select(party => KeyValuePair.Create(party.Id, Answering(reading, party.Id)))
            )
            : Never;

    /// <summary>Whether the sources of linked reports corroborate what is alleged.</summary>
    public bool Suffices(List<Source> sources) =>
        sources.Count > 1 && _enough is { } enough && Independent(sources) >= enough;

    public bool Equals(Corroboration? other) => _key == other?._key;

    public override bool Equals(object? obj) => Equals(obj as Corroboration);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(_key);

    private static ImmutableSortedSet<string> Answering(Agreement reading, string party)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal) { party };
        var open = new Stack<string>([party]);
        while (open.TryPop(out var at))
        {
            foreach (var binding in reading.Party(at)?.BoundBy ?? [])
            {
                if (found.Add(binding))
                    open.Push(binding);
            }
        }

        return found.ToImmutableSortedSet(StringComparer.Ordinal);
    }

    /// <summary>
    /// How many are independent of each other. Sources that speak for one party, or bear one name, are one source, and
    /// so are those of a party and of who is bound by it. Nameless sources of one class may be one person, so they are one
    /// source too.
    /// </summary>
    private int Independent(List<Source> sources)
    {
        var (waiting, count) = (sources.ToList(), 0);
        while (waiting.Count > 0)
        {
            count++;
            var same = new List<Source> { waiting[0] };
            waiting.RemoveAt(0);
            for (var i = 0; i < same.Count; i++)
            {
                var one = same[i];
                same.AddRange(waiting.Where(other => AreOne(one, other)));
                waiting.RemoveAll(other => AreOne(one, other));
            }
        }

        return count;
    }

    private bool AreOne(Source one, Source other) =>
        (one.Party is { } party && other.Party is { } second && AreOne(party, second))
        || (
            one.Name is not null
            && string.Equals(one.Name.Trim(), other.Name?.Trim(), StringComparison.OrdinalIgnoreCase)
        )
        || (one is { Party: null, Name: null } && other is { Party: null, Name: null } && one.Class == other.Class);

    private bool AreOne(string one, string other) =>
        one == other
        || (_answering.TryGetValue(one, out var answers) && answers.Contains(other))
        || (
            _answering.TryGetValue(other, out var others) && (others.Contains(one) || answers?.Overlaps(others) == true)
        );
}
