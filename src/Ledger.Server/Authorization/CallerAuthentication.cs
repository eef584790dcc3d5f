using System.Security.Claims;
using System.Text.Encodings.Web;
using Ledger.Store.People;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Ledger.Server.Authorization;

/// <summary>
/// Learns who calls by what they show. Where an endpoint asks nobody, nobody is looked up: it must answer also when the
/// database does not.
/// </summary>
public abstract class CallerAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    /// <summary>By token where one is sent, else by session.</summary>
    public const string Either = "ledger";

    public static string SchemeOf(HttpContext context) =>
        context.Request.Headers.Authorization.Count > 0 ? TokenAuthentication.Name : SessionAuthentication.Name;

    protected sealed override async Task<AuthenticateResult> HandleAuthenticateAsync() =>
        Context.GetEndpoint() is null || Context.PermitOf() is { AsksNobody: true }
            ? AuthenticateResult.NoResult()
            : await WhoAsync();

    protected abstract Task<AuthenticateResult> WhoAsync();

    protected AuthenticateResult Known(Caller caller) =>
        AuthenticateResult.Success(
            new AuthenticationTicket(new ClaimsPrincipal(new CallerIdentity(caller, Scheme.Name)), Scheme.Name)
        );
}

/// <summary>
/// A program's API token. One that is not valid is refused where permissions are checked: a failure here would be a line
/// in the log for whoever wants to fill it.
/// </summary>
public sealed class TokenAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    LastKnown known
) : CallerAuthentication(options, logger, encoder)
{
    public const string Name = "token";

    private const string Bearer = "Bearer ";

    protected override async Task<AuthenticateResult> WhoAsync()
    {
        var shown = Request.Headers.Authorization[0] ?? "";
        var token = shown.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? shown[Bearer.Length..].Trim() : null;
        return await known.OfTokenAsync(token, Context) is { } caller ? Known(caller) : AuthenticateResult.NoResult();
    }
}

/// <summary>The session of a browser that is signed in. One that has ended is nobody's, and no failure.</summary>
public sealed class SessionAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    LastKnown known
) : CallerAuthentication(options, logger, encoder)
{
    public const string Name = "session";

    protected override async Task<AuthenticateResult> WhoAsync() =>
        Cookies.Session.Read(Request) is { } secret && await known.OfSessionAsync(secret, Context) is { } caller
            ? Known(caller)
            : AuthenticateResult.NoResult();
}

/// <summary>Somebody whom the server knows.</summary>
public sealed class CallerIdentity(Caller caller, string by) : ClaimsIdentity(by)
{
    public Caller Caller => caller;
}

public static class Calling
{
    /// <summary>Who sends the request; null is nobody in particular.</summary>
    public static Caller? Caller(this HttpContext context) => (context.User.Identity as CallerIdentity)?.Caller;

    /// <summary>Who sends it from a browser that is signed in; null is nobody, or a program.</summary>
    public static Caller? Session(this HttpContext context) =>
        context.Caller() is { Kind: AccessKind.Session } caller ? caller : null;
}
