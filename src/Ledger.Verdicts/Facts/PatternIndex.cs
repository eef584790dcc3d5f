using System.Runtime.InteropServices;
using Ledger.Domain.Agreements;
using Ledger.Domain.Entries;
using Ledger.Verdicts.Matching;

namespace Ledger.Verdicts.Facts;

/// <summary>
/// What the book keeps for one reading: a table of facts for every pattern that was ever asked about. Readers may open
/// tables side by side; following the stream is for the one who appends.
/// </summary>
internal sealed class PatternIndex
{
    private readonly Lock _gate = new();
    private readonly EntryStream _stream;
    private readonly FactLog _log;
    private readonly List<(int From, Matcher Matcher)> _epochs = [];
    private readonly HashSet<int> _undrawn = [];
    private readonly Dictionary<(Pattern, string?), FactTable> _tables = [];

    public PatternIndex(EntryStream stream, FactLog log, Agreement reading)
    {
        (_stream, _log, Reading) = (stream, log, reading);
        _epochs.Add((0, MatcherAt(0)));
        for (var index = 0; index < stream.Count; index++)
            FollowLines(index);
    }

    public Agreement Reading { get; }

    public FactLog Log => _log;

    /// <summary>Takes in what the log made of the entry with that index.</summary>
    public void Follow(List<int> closed, List<int> opened, int index)
    {
        // First by the lines that were known: what the entry draws, it draws for everything.
        var matcher = _epochs[^1].Matcher;
        foreach (var table in _tables.Values)
            table.Follow(closed, opened, index, matcher);
        if (!FollowLines(index))
            return;
        foreach (var table in _tables.Values)
            table.Redraw(index, _epochs[^1].Matcher);
    }

    public FactTable Table(Pattern pattern, string? quantity)
    {
        lock (_gate)
        {
            ref var table = ref CollectionsMarshal.GetValueRefOrAddDefault(_tables, (pattern, quantity), out _);
            return table ??= new FactTable(_stream, _log, pattern, quantity, _epochs);
        }
    }

    /// <summary>A table by other lines than those that were known; not kept.</summary>
    public FactTable TableBy(Matcher matcher, Pattern pattern, string? quantity) =>
        FactTable.DependsOnLines(pattern)
            ? new FactTable(_stream, _log, pattern, quantity, [(0, matcher)])
            : Table(pattern, quantity);

    /// <summary>Starts another epoch when the lines that are known change; false when they do not.</summary>
    private bool FollowLines(int index)
    {
        var changed = false;
        foreach (var flipped in _stream.FlippedBy(index))
        {
            if (_stream[flipped].Event is not ZoneDelimited)
                continue;
            changed = true;
            if (flipped != index && !_undrawn.Remove(flipped))
                _undrawn.Add(flipped);
        }

        if (changed)
            _epochs.Add((index, MatcherAt(index + 1)));
        return changed;
    }

    private Matcher MatcherAt(int size) =>
        new(
            Reading,
            new ZonesInForce(
                Reading,
                _stream
                    .OfType(typeof(ZoneDelimited))
                    .Where(line => line < size && _stream.Holds(line) && !_undrawn.Contains(line))
                    .Select(line => _stream[line])
            )
        );
}
