using System.Globalization;
using Ledger.Domain.Identities;
using Ledger.Store.Following;
using Ledger.Store.Reading;

namespace Ledger.Server.Requests;

/// <summary>
/// Opens agreements' books so that whoever asks finds what was recorded before, by whichever server on the database.
/// </summary>
public sealed class CurrentBooks(FollowedBooks books, LedgerReader reader)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Holds everything that was committed when it was asked for; null when there is no such agreement.
    /// </summary>
    public async Task<FollowedBook?> OpenAsync(AgreementId agreement, CancellationToken cancellationToken)
    {
        var size = await reader.SizeAsync(agreement, cancellationToken);
        return size == 0 || await books.OpenAsync(agreement, cancellationToken) is not { } book
            ? null
            : await ReachedAsync(book, size, cancellationToken);
    }

    /// <summary>
    /// Holds at least what the request asks about: a question about a position in the book needs no database.
    /// </summary>
    public async Task<FollowedBook?> OpenAsync(AgreementId agreement, HttpRequest request)
    {
        var cancellationToken = request.HttpContext.RequestAborted;
        if (
            !long.TryParse(request.Query["knownAt"], NumberStyles.None, CultureInfo.InvariantCulture, out var position)
            || position == 0
        )
            return await OpenAsync(agreement, cancellationToken);
        var book = await books.OpenAsync(agreement, cancellationToken);
        return book?.Position >= position ? book : await OpenAsync(agreement, cancellationToken);
    }

    private static async Task<FollowedBook> ReachedAsync(
        FollowedBook book,
        long size,
        CancellationToken cancellationToken
    )
    {
        await book.ReachedAsync(size, cancellationToken).WaitAsync(Patience, cancellationToken);
        return book;
    }
}
