namespace Ledger.Cli.Servers;

/// <summary>
/// What the person typed for a place in what was sent: <c>/report/occurred/from</c> is <c>--occurred</c>. The longest
/// known beginning of a pointer wins; the name may end in a space, and then the next part of the pointer is added:
/// <c>--quantity killed</c>.
/// </summary>
public sealed class PointerNames(IReadOnlyDictionary<string, string> byPointer)
{
    public static PointerNames None { get; } = new(new Dictionary<string, string>());

    public PointerNames And(IEnumerable<(string Pointer, string Name)> more) =>
        new(byPointer.Select(pair => (pair.Key, pair.Value)).Concat(more).ToDictionary());

    public string NameOf(string pointer)
    {
        var place = pointer.StartsWith('/') || pointer.Length == 0 ? pointer : $"/{pointer}";
        for (var start = place; start.Length > 0; start = start[..start.LastIndexOf('/')])
        {
            if (byPointer.TryGetValue(start, out var name))
                return name.EndsWith(' ')
                    ? name + place[start.Length..].Split('/', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault()
                    : name;
        }

        return pointer;
    }
}
