using Ledger.Store.People;

namespace Ledger.Server.Authorization;

/// <summary>
/// A cookie that carries a secret. No script can read it and no other site can make the browser send it. Over TLS its
/// name begins with
/// <c>__Host-</c>, by which browsers refuse one that another host set. Without TLS, on one machine, cookies are shared
/// by all ports, so the port is in its name.
/// </summary>
public sealed class SecretCookie(string name)
{
    public string? Read(HttpRequest request) => request.Cookies[NameFor(request)];

    public void Set(HttpResponse response, string secret, TimeSpan life, SameSiteMode sameSite = SameSiteMode.Strict) =>
        response.Cookies.Append(NameFor(response.HttpContext.Request), secret, Options(response, sameSite, life));

    public void Clear(HttpResponse response) => Set(response, "", TimeSpan.Zero);

    private string NameFor(HttpRequest request) =>
        request.IsHttps ? $"__Host-{name}" : $"{name}-{request.HttpContext.Connection.LocalPort}";

    private static CookieOptions Options(HttpResponse response, SameSiteMode sameSite, TimeSpan life) =>
        new()
        {
            HttpOnly = true,
            Secure = response.HttpContext.Request.IsHttps,
            SameSite = sameSite,
            Path = "/",
            MaxAge = life,
        };
}

public static class Cookies
{
    public static readonly SecretCookie Session = new("ledger");

    /// <summary>Of a browser that was asked for a passkey.</summary>
    public static readonly SecretCookie Challenge = new("ledger-challenge");

    /// <param name="response">Where it is set.</param>
    /// <param name="session">What it carries.</param>
    /// <param name="cameFromElsewhere">Whether another site's page led here, as an identity provider's does: a strict
    /// cookie would not be sent on the next step.</param>
    public static void SetSession(HttpResponse response, NewSession session, bool cameFromElsewhere = false) =>
        Session.Set(
            response,
            session.Secret,
            TimeSpan.FromDays(Access.SessionLife.Days),
            cameFromElsewhere ? SameSiteMode.Lax : SameSiteMode.Strict
        );
}
