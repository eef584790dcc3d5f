using Ledger.Store.Reading;
using Ledger.Verdicts;

namespace Ledger.Server.Requests;

/// <summary>Opens an agreement's book, which holds whatever had been recorded when it was asked for.</summary>
public sealed class OpenBooks(LedgerReader reader)
{
    public async Task<Book?> OpenAsync(string agreement, CancellationToken cancellation)
    {
        var book = new Book();
        await foreach (var entry in reader.EntriesAsync(agreement, cancellation: cancellation))
            book.Append(entry.Entry);
        return book.Position == 0 ? null : book;
    }
}
