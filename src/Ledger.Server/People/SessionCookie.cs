using Ledger.Store.People;

namespace Ledger.Server.People;

/// <summary>
/// The cookie that carries a session's secret. No script can read it and no other site can make the browser send it. Over TLS its name begins with
/// <c>__Host-</c>, by which browsers refuse one that another host set. Without TLS, on one machine, cookies are shared by all ports, so the port is in its name.
/// </summary>
public static class SessionCookie
{
    public static string NameFor(HttpRequest request) => request.IsHttps ? "__Host-ledger" : $"ledger-{request.HttpContext.Connection.LocalPort}";

    public static string? Read(HttpRequest request) => request.Cookies[NameFor(request)];

    /// <param name="response">Where it is set.</param>
    /// <param name="session">What it carries.</param>
    /// <param name="cameFromElsewhere">Whether another site's page led here, as an identity provider's does: a strict cookie would not be sent on the next step.</param>
    public static void Set(HttpResponse response, NewSession session, bool cameFromElsewhere = false) => response.Cookies.Append(
        NameFor(response.HttpContext.Request), session.Secret, Options(response, cameFromElsewhere ? SameSiteMode.Lax : SameSiteMode.Strict, TimeSpan.FromDays(Access.SessionLife.Days)));

    public static void Clear(HttpResponse response) => response.Cookies.Append(NameFor(response.HttpContext.Request), "", Options(response, SameSiteMode.Strict, TimeSpan.Zero));

    private static CookieOptions Options(HttpResponse response, SameSiteMode sameSite, TimeSpan life) => new()
    {
        HttpOnly = true,
        Secure = response.HttpContext.Request.IsHttps,
        SameSite = sameSite,
        Path = "/",
        MaxAge = life,
    };
}
