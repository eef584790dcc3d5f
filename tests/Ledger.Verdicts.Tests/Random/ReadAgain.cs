using System.Collections;
using System.Text.Json;
using Ledger.Domain.Entries;
using Ledger.Verdicts.Facts;

namespace Ledger.Verdicts.Tests.Random;

/// <summary>Entries of which only the text is kept: whoever asks for one gets another object each time.</summary>
public sealed class ReadAgain : IEntries
{
    private readonly List<(Entry Entry, string Json)> _entries = [];

    public int Count => _entries.Count;

    public Entry this[int index] =>
        _entries[index].Entry with
        {
            Event = (LedgerEvent)
                JsonSerializer.Deserialize(
                    _entries[index].Json,
                    _entries[index].Entry.Event.GetType(),
                    LedgerJson.Options
                )!,
        };

    public void Add(Entry entry) =>
        _entries.Add((entry, JsonSerializer.Serialize(entry.Event, entry.Event.GetType(), LedgerJson.Options)));

    public IEnumerator<Entry> GetEnumerator() =>
        Enumerable.Range(0, Count).Select(index => this[index]).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
