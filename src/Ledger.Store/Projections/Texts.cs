using Ledger.Domain.Entries;
using Ledger.Verdicts;

namespace Ledger.Store.Projections;

/// <summary>Entries that change what reports mean, rather than adding one.</summary>
internal static class Texts
{
    public static bool Changes(LedgerEvent @event, Book book) =>
        @event switch
        {
            AgreementAdopted or AgreementRevised or ZoneDelimited => true,
            EntryRetracted retraction => book.Find(retraction.Target) is { Event: var target } && Changes(target, book),
            _ => false,
        };
}
