using Ledger.Domain.Entries;

namespace Ledger.Verdicts.Facts;

/// <summary>
/// Where a book keeps its entries, in order. What is added stands at index <c>Count - 1</c>, and is the one that is
/// asked for most.
/// </summary>
public interface IEntries : IReadOnlyList<Entry>
{
    void Add(Entry entry);
}

/// <summary>In memory.</summary>
internal sealed class EntryList : List<Entry>, IEntries;
