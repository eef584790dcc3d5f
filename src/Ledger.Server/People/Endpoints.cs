using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Ledger.Server.People;

/// <summary>
/// What each endpoint asks of whoever calls it. An endpoint that is not listed is closed to everybody.
/// </summary>
public static class Endpoints
{
    /// <summary>
    /// Any one of them is enough. Where the address names an agreement, a report or an entry, it counts in that
    /// agreement; else in any.
    /// </summary>
    public static readonly FrozenDictionary<string, ImmutableArray<Permission>> All = new (
        string Endpoint,
        Permission[] Any
    )[]
    {
        // What tells nothing of any agreement. Lists hold only what the caller may read.
        ("ANY /health/live", [Permission.Everyone]),
        ("ANY /health/ready", [Permission.Everyone]),
        ("GET /openapi/{documentName}.json", [Permission.Everyone]),
        ("GET /docs/{documentName?}", [Permission.Everyone]),
        ("GET /docs/scalar.js", [Permission.Everyone]),
        ("GET /docs/favicon.svg", [Permission.Everyone]),
        ("GET /docs/scalar.aspnetcore.js", [Permission.Everyone]),
        ("GET /style.css", [Permission.Everyone]),
        ("GET /icon.svg", [Permission.Everyone]),
        ("GET /plain", [Permission.Everyone]),
        ("GET /plain/sign-in", [Permission.Everyone]),
        ("GET /plain/sign-in.js", [Permission.Everyone]),
        ("GET /sign-in-elsewhere", [Permission.Everyone]),
        ("GET /api/v1/me", [Permission.Everyone]),
        ("POST /api/v1/sign-in", [Permission.Everyone]),
        ("POST /api/v1/sign-out", [Permission.SignedIn]),
        ("GET /api/v1/agreements", [Permission.Everyone]),
        ("POST /api/v1/sign-in/challenges", [Permission.Everyone]),
        ("POST /api/v1/sign-in/passkey", [Permission.Everyone]),
        ("GET /api/v1/passkeys", [Permission.SignedIn]),
        ("POST /api/v1/passkeys", [Permission.SignedIn]),
        ("POST /api/v1/passkeys/challenges", [Permission.SignedIn]),
        ("POST /api/v1/passkeys/{passkey}/removal", [Permission.SignedIn]),
        ("GET /api/v1/devices", [Permission.SignedIn]),
        ("POST /api/v1/devices", [Permission.SignedIn]),
        ("GET /api/v1/tokens", [Permission.SignedIn]),
        ("POST /api/v1/tokens", [Permission.SignedIn]),
        ("POST /api/v1/tokens/{token}/revocation", [Permission.SignedIn]),
        ("POST /api/v1/people/{person}/links", [Permission.SignedIn]),
        ("POST /api/v1/people/{person}/devices/{device}/revocation", [Permission.SignedIn]),
        ("GET /api/v1/people/{person}/sessions", [Permission.SignedIn]),
        ("POST /api/v1/people/{person}/sessions/{session}/end", [Permission.SignedIn]),
        ("ANY /metrics", [Permission.Keep]),
        // Reading.
        ("GET /plain/{id}", [Permission.Read]),
        ("GET /plain/{id}/{provision}", [Permission.Read]),
        ("GET /api/v1/agreements/{id}", [Permission.Read]),
        ("GET /api/v1/agreements/{id}/versions", [Permission.Read]),
        ("GET /api/v1/agreements/{id}/zones", [Permission.Read]),
        ("GET /api/v1/agreements/{id}/parties", [Permission.Read]),
        ("GET /api/v1/agreements/{id}/codebook", [Permission.Read]),
        ("GET /api/v1/agreements/{id}/reports", [Permission.Read]),
        ("GET /api/v1/agreements/{id}/proposed-assessments", [Permission.Read]),
        ("GET /api/v1/agreements/{id}/questions", [Permission.Read]),
        ("GET /api/v1/agreements/{id}/entries", [Permission.Read]),
        ("GET /api/v1/agreements/{id}/entries.jsonl", [Permission.Read]),
        ("GET /api/v1/agreements/{id}/entries/{position}", [Permission.Read]),
        ("GET /api/v1/agreements/{id}/entries/{position}/proof", [Permission.Read]),
        ("GET /api/v1/agreements/{id}/changes", [Permission.Read]),
        ("GET /api/v1/agreements/{id}/verdicts", [Permission.Read]),
        ("GET /api/v1/agreements/{id}/verdicts/{provision}", [Permission.Read]),
        ("GET /api/v1/agreements/{id}/verdicts/{provision}/timeline", [Permission.Read]),
        ("GET /api/v1/agreements/{id}/verdicts/{provision}/why", [Permission.Read]),
        ("GET /api/v1/agreements/{id}/verdicts/{provision}/why-changed", [Permission.Read]),
        ("GET /api/v1/agreements/{id}/verdicts/{provision}/history", [Permission.Read]),
        ("GET /api/v1/agreements/{id}/verdicts/{provision}/flips", [Permission.Read]),
        ("GET /api/v1/agreements/{id}/diff", [Permission.Read]),
        ("GET /api/v1/agreements/{id}/next", [Permission.Read]),
        ("GET /api/v1/agreements/{id}/who-says", [Permission.Read]),
        ("POST /api/v1/agreements/{id}/what-if", [Permission.Read]),
        ("GET /api/v1/agreements/{id}/incidents", [Permission.Read]),
        ("GET /api/v1/agreements/{id}/incidents.geojson", [Permission.Read]),
        ("GET /api/v1/agreements/{id}/known-then", [Permission.Read]),
        ("GET /api/v1/agreements/{id}/reports.csv", [Permission.Read]),
        ("GET /api/v1/agreements/{id}/verdicts.csv", [Permission.Read]),
        ("GET /api/v1/agreements/{id}/incidents.csv", [Permission.Read]),
        ("GET /api/v1/agreements/{id}/entries.csv", [Permission.Read]),
        ("GET /api/v1/reports/{report}/evidence/{sha256}", [.. Permissions.OfEvidence]),
        ("GET /api/v1/reports/{report}", [Permission.Read]),
        ("GET /api/v1/entries/{entry}", [Permission.Read]),
        ("GET /api/v1/entries/{entry}/proof", [Permission.Read]),
        ("GET /log/{agreement}/bundle.zip", [Permission.Read]),
        ("GET /log/{agreement}/checkpoint.witnessed", [Permission.Read]),
        ("GET /log/{agreement}/consistency", [Permission.Read]),
        ("GET /log/{agreement}/witnesses", [Permission.Read]),
        ("GET /log/{agreement}/{**path}", [Permission.Read]),
        // People. An administrator gives roles in their own agreements.
        ("GET /api/v1/people", [Permission.Administer]),
        ("POST /api/v1/people/{person}/memberships", [Permission.Administer]),
        ("POST /api/v1/people/{person}/memberships/withdrawals", [Permission.Administer]),
        ("POST /api/v1/people/{person}/revocation", [Permission.Keep]),
        ("GET /api/v1/invitations", [Permission.Administer]),
        ("POST /api/v1/invitations", [Permission.Administer]),
        ("POST /api/v1/invitations/{invitation}/revocation", [Permission.Administer]),
        ("POST /api/v1/agreements/{id}/public-reading", [Permission.Administer]),
        ("GET /api/v1/agreements/{id}/openings", [Permission.Audit]),
        ("GET /api/v1/agreements/{id}/roles", [Permission.Audit]),
        ("GET /api/v1/agreements/{id}/handles", [Permission.Administer]),
        ("GET /api/v1/agreements/{id}/webhooks", [Permission.Administer]),
        ("POST /api/v1/agreements/{id}/webhooks", [Permission.Administer]),
        ("DELETE /api/v1/agreements/{id}/webhooks/{webhook}", [Permission.Administer]),
        ("GET /api/v1/agreements/{id}/undelivered", [Permission.Administer]),
        ("POST /api/v1/agreements/{id}/undelivered/{message}/attempts", [Permission.Administer]),
        ("POST /api/v1/agreement-checks", [Permission.Administer]),
        ("POST /api/v1/agreement-tests", [Permission.Administer]),
        // Recording. Where the body says what kind of entry it is, the entry is asked about as well.
        ("POST /api/v1/agreements", [Permission.Keep]),
        ("POST /api/v1/agreements/{id}/versions", [Permission.Administer]),
        ("POST /api/v1/agreements/{id}/zones", [Permission.Administer]),
        ("POST /api/v1/agreements/{id}/powers", [Permission.Administer]),
        ("POST /api/v1/agreements/{id}/erasures", [Permission.Administer]),
        ("POST /api/v1/erasures/{entry}/confirmations", [Permission.Administer]),
        ("POST /api/v1/agreements/{id}/reports", [Permission.File]),
        ("PUT /api/v1/agreements/{id}/reports/{entry}", [Permission.File]),
        ("POST /api/v1/agreements/{id}/reports/batch", [Permission.File]),
        ("POST /api/v1/agreements/{id}/links", [Permission.Review]),
        ("POST /api/v1/agreements/{id}/statements", [Permission.Review, Permission.Administer]),
        ("POST /api/v1/agreements/{id}/coverage", [Permission.File, Permission.Review, Permission.Administer]),
        (
            "POST /api/v1/agreements/{id}/entries",
            [Permission.File, Permission.Review, Permission.Respond, Permission.Administer]
        ),
        (
            "POST /api/v1/agreements/{id}/entries/batch",
            [Permission.File, Permission.Review, Permission.Respond, Permission.Administer]
        ),
        ("POST /api/v1/reports/{report}/corrections", [Permission.File]),
        ("POST /api/v1/reports/{report}/proposed-assessments", [Permission.Review]),
        ("POST /api/v1/reports/{report}/assessments", [Permission.Review]),
        ("POST /api/v1/reports/{report}/questions", [Permission.Review]),
        ("POST /api/v1/questions/{entry}/answers", [Permission.File]),
        ("POST /api/v1/reports/{report}/responses", [Permission.Respond]),
        ("POST /api/v1/reports/{report}/links", [Permission.Review]),
        ("POST /api/v1/reports/{report}/evidence", [Permission.File, Permission.Review]),
        ("PUT /api/v1/reports/{report}/evidence/{sha256}", [Permission.File, Permission.Review]),
        ("POST /api/v1/reports/{report}/retractions", [Permission.File, Permission.Review, Permission.Administer]),
        (
            "POST /api/v1/entries/{entry}/retractions",
            [Permission.File, Permission.Review, Permission.Respond, Permission.Administer]
        ),
    }
        .Concat(WebApp)
        .ToFrozenDictionary(rule => rule.Endpoint, rule => rule.Any.ToImmutableArray(), StringComparer.Ordinal);

    /// <summary>Endpoints that need no database to answer, and must not wait for one to learn who asks.</summary>
    public static readonly FrozenSet<string> AskNobody = new[]
    {
        "ANY /health/live",
        "ANY /health/ready",
        "GET /style.css",
        "GET /icon.svg",
        "GET /plain/sign-in",
        "GET /plain/sign-in.js",
        "GET /openapi/{documentName}.json",
        "GET /docs/{documentName?}",
        "GET /docs/scalar.js",
        "GET /docs/favicon.svg",
        "GET /docs/scalar.aspnetcore.js",
    }
        .Concat(WebApp.Select(page => page.Endpoint))
        .ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The web app is the same for everybody; what it shows, it asks for.</summary>
    private static IEnumerable<(string Endpoint, Permission[] Any)> WebApp =>
        (
            (string[])
                [
                    "GET /",
                    .. Hosting.WebApp.Areas.SelectMany(area => new[] { $"GET /{area}", $"GET /{area}/{{**rest}}" }),
                ]
        ).Select(address => (address, new[] { Permission.Everyone }));

    /// <summary>As the tables above name it.</summary>
    public static string NameOf(RouteEndpoint endpoint) =>
        $"{(endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.Routing.HttpMethodMetadata>()?.HttpMethods is [var method, ..] ? method : "ANY")} /{endpoint.RoutePattern.RawText!.TrimStart('/')}";
}
