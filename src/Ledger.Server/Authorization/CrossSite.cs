using Ledger.Server.Answers;

namespace Ledger.Server.Authorization;

/// <summary>
/// Refuses what a page of another site makes a browser send. Browsers say where a request comes from (Sec-Fetch-Site,
/// Origin), and another site's page cannot add a header of its own without being asked about first.
/// </summary>
public static class CrossSite
{
    /// <summary>A header that every changing request with a session must carry, whatever its value.</summary>
    public const string Header = "Ledger-Request";

    public static ErrorAnswer? Refusal(HttpRequest request, bool bySession)
    {
        if (
            HttpMethods.IsGet(request.Method)
            || HttpMethods.IsHead(request.Method)
            || HttpMethods.IsOptions(request.Method)
        )
            return null;
        var (site, origin) = (request.Headers["Sec-Fetch-Site"].ToString(), request.Headers.Origin.ToString());
        if (
            site is not ("" or "same-origin" or "none")
            || (origin.Length > 0 && origin != $"{request.Scheme}://{request.Host}")
        )
            return new ErrorAnswer(
                StatusCodes.Status403Forbidden,
                ErrorCodes.CrossSite,
                "The request comes from a page of another site. Send it from this server's own pages, or from a program with an API token."
            );
        if (!bySession)
            return null;
        if (site is not "same-origin" && origin.Length == 0)
            return new ErrorAnswer(
                StatusCodes.Status403Forbidden,
                ErrorCodes.CrossSite,
                "A request with a session must state its origin (Sec-Fetch-Site or Origin). A program must use an API token instead."
            );
        return request.Headers.ContainsKey(Header)
            ? null
            : new ErrorAnswer(
                StatusCodes.Status403Forbidden,
                ErrorCodes.CrossSite,
                $"Send the header '{Header}: 1' with every request that changes something."
            );
    }
}
