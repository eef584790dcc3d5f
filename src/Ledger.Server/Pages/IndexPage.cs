using Ledger.Server.Authorization;
using Ledger.Store;
using Wolverine.Http;

namespace Ledger.Server.Pages;

/// <summary>Where a newcomer arrives.</summary>
public sealed class IndexPage(ReadableAgreements readable)
{
    [WolverineGet("/plain")]
    [Permit(Permission.Everyone)]
    public async Task<IResult> Get(HttpRequest request)
    {
        var agreements = await readable.AgreementsAsync(request.HttpContext);
        return new HtmlPage(
            "Ledger",
            Html.Of(
                $"""
                <h1>Agreements</h1>
                <p class="faint">What the parties are reported to have done, and whether each provision is being kept.</p>
                {(
                    agreements.IsEmpty
                        ? Html.Of(
                            $"<p>There is no agreement that you may read. Sign in with a link that you were given, or adopt one: <code>./ledger agreement adopt FILE</code>.</p>"
                        )
                        : Html.Join(agreements.Select(Card))
                )}
                <h2>For programs</h2>
                <ul>
                <li><a href="/docs">The API</a>, described operation by operation; <a href="/openapi/v1.json">the same as OpenAPI 3.1</a></li>
                <li><a href="/health/ready">Whether the server is ready</a>; <a href="/metrics">its metrics</a></li>
                </ul>
                """
            )
        );
    }

    private static Html Card(AgreementHead head) =>
        Html.Of(
            $"""
            <section class="card">
            <h2><a href="/plain/{head.Id}">{head.Agreement.Title.In("en")}</a></h2>
            <p class="faint small">Signed {PageText.Day(
                head.Agreement.TimeZone.AtStartOfDay(head.Agreement.Signed).ToInstant(),
                head.Agreement.TimeZone
            )}; {head.Size} entries; version “{head.Agreement.Version}” of {head.Id}.</p>
            {Html.Join(
                head.Agreement.Title.ByLanguage.Where(title => title.Key != "en").Select(title =>
                    Html.Of($"""<p class="small" lang="{title.Key}" dir="auto">{title.Value}</p>""")
                )
            )}
            <p class="small"><a href="/plain/{head.Id}">Verdicts</a> · <a href="/api/v1/agreements/{head.Id}/verdicts">as JSON</a> · <a href="/api/v1/agreements/{head.Id}/entries">the ledger</a></p>
            </section>
            """
        );
}
