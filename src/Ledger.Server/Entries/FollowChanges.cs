using System.Globalization;
using Ledger.Domain.Identities;
using Ledger.Server.Answers;
using Ledger.Server.Authorization;
using Ledger.Server.Description;
using Ledger.Server.Limits;
using Ledger.Server.Requests;
using Ledger.Store.Following;
using Ledger.Store.People;
using Ledger.Store.Reading;
using Wolverine.Http;

namespace Ledger.Server.Entries;

/// <summary>
/// Every entry from now on, as server-sent events; the id of each is its position, and a client that was cut off goes
/// on after the last it saw.
/// </summary>
public sealed class FollowChanges(
    Tail tail,
    LedgerReader reader,
    Access access,
    TimeProvider clock,
    IHostApplicationLifetime lifetime
)
{
    private const int PageLength = 50;

    [WolverineGet("/api/v1/agreements/{id}/changes"), Streams, Takes("after")]
    [Permit(Permission.Read)]
    [Describe(
        "followChanges",
        "Every entry from now on",
        Detail = "Server-sent events of type `entry`; the id is the position. After a disconnection send `Last-Event-ID`, as browsers do automatically, and no entry is missed.",
        Media = "text/event-stream"
    )]
    public async Task<IResult> Get(string id, HttpRequest request)
    {
        var size = await reader.SizeAsync(id, request.HttpContext.RequestAborted);
        if (size == 0)
            return ErrorAnswer.NoAgreement(id);

        var query = new QueryReader(request.Query);
        var after = query.Number("after", 0, size) ?? size;
        if (
            request.Headers["Last-Event-ID"].ToString() is { Length: > 0 } seen
            && !(long.TryParse(seen, NumberStyles.None, CultureInfo.InvariantCulture, out after) && after <= size)
        )
            query.Wrong(
                "Last-Event-ID",
                "query/position-ahead",
                $"'{seen}' is not a position of this ledger, which has {size} entries."
            );
        return query.IsWrong
            ? ErrorAnswer.OfQuery(query.Problems)
            : new EventStream(Entries, StillAsync, clock, lifetime.ApplicationStopping);

        IAsyncEnumerable<StreamedEvent> Entries(CancellationToken cancellationToken) =>
            tail.AfterAsync(id, after, PageLength, cancellationToken)
                .TakeWhile(async (_, ended) => await MayAsync(request.HttpContext, id, ended))
                .Select(entry => new StreamedEvent(entry.Position, "entry", entry.Bytes));

        async Task<bool> StillAsync(CancellationToken cancellationToken)
        {
            try
            {
                return await MayAsync(request.HttpContext, id, cancellationToken);
            }
            catch (Exception fault) when (ErrorsEverywhere.IsDatabaseAway(fault))
            {
                // Nobody is revoked while the database is away, and nothing comes that could be heard.
                return true;
            }
        }
    }

    /// <summary>Whoever was let in once must not go on hearing after they were revoked.</summary>
    private async Task<bool> MayAsync(HttpContext context, AgreementId agreement, CancellationToken cancellationToken)
    {
        if (context.Caller() is not { } caller)
            return await access.IsPublicAsync(agreement, cancellationToken);
        return await access.AgainAsync(caller, cancellationToken) is { } now
            && (now.May(Permission.Read, agreement) || await access.IsPublicAsync(agreement, cancellationToken));
    }
}
