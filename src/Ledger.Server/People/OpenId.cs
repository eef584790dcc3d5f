using System.Security.Claims;
using Ledger.Server.Answers;
using Ledger.Server.Authorization;
using Ledger.Server.Hosting;
using Ledger.Server.Limits;
using Ledger.Server.Settings;
using Ledger.Store.People;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Ledger.Server.People;

/// <summary>
/// Coming in by way of an OpenID Connect provider, where one is set. The provider says who somebody is; whether they
/// may come in, and what they may do, is said here alone: by an identity that was connected before, or an open
/// invitation of a verified address.
/// </summary>
public static class OpenId
{
    public const string Start = "/sign-in-elsewhere";

    private const string Callback = "/sign-in-elsewhere/callback";
    private const string Connecting = "ledger.person";

    public static void AddOpenId(this IServiceCollection services, ServerSettings settings)
    {
        if (settings.OpenId is not { } provider)
            return;
        // What is protected lives for minutes, on the way to the provider and back; servers that share a key share this
        // as well.
        var keys = services.AddDataProtection().SetApplicationName("ledger");
        if (settings.KeyFile is { } file)
            keys.PersistKeysToFileSystem(new DirectoryInfo($"{Path.GetFullPath(file)}.protection"));
        services
            .AddAuthentication()
            .AddOpenIdConnect(options =>
            {
                options.Authority = provider.Authority.ToString();
                options.ClientId = provider.Client;
                options.ClientSecret = provider.Secret;
                options.RequireHttpsMetadata = !provider.Authority.IsLoopback;
                options.CallbackPath = Callback;
                options.ResponseType = OpenIdConnectResponseType.Code;
                // A GET with SameSite=Lax comes back with its cookies also without TLS, which the usual form does not.
                options.ResponseMode = OpenIdConnectResponseMode.Query;
                options.CorrelationCookie.SameSite = options.NonceCookie.SameSite = SameSiteMode.Lax;
                options.CorrelationCookie.SecurePolicy = options.NonceCookie.SecurePolicy =
                    CookieSecurePolicy.SameAsRequest;
                options.UsePkce = true;
                // Coming in is a proof of who somebody is, and a provider that remembers its visitor would prove nothing.
                options.Prompt = "login";
                options.SaveTokens = false;
                options.MapInboundClaims = false;
                options.Scope.Clear();
                foreach (var scope in (string[])["openid", "profile", "email"])
                    options.Scope.Add(scope);
                options.GetClaimsFromUserInfoEndpoint = true;
                options.ClaimActions.MapJsonKey("email_verified", "email_verified");
                // An identity is an issuer and a subject; the handler would drop the first.
                options.ClaimActions.Remove("iss");
                // The handler wants one, and signs nobody in: sessions are begun below.
                options.SignInScheme = SessionAuthentication.Name;
                options.Events.OnTicketReceived = ReceivedAsync;
                options.Events.OnRemoteFailure = async failed =>
                {
                    failed.HandleResponse();
                    failed
                        .HttpContext.RequestServices.GetRequiredService<ILoggerFactory>()
                        .CreateLogger("Ledger.OpenId")
                        .LogWarning(
                            "Signing in through the provider failed: {Reason}",
                            OneLine.Of(failed.Failure?.Message)
                        );
                    await new ErrorAnswer(
                        ErrorCodes.LinkRefused,
                        "The identity provider did not confirm who you are. Start again."
                    ).ExecuteAsync(failed.HttpContext);
                };
            });
    }

    public static void MapOpenId(this WebApplication app, ServerSettings settings)
    {
        if (settings.OpenId is null)
            return;
        app.MapGet(Start, StartAsync).Permit(Permission.Everyone).ExcludeFromDescription();
    }

    /// <summary>With a session, connects the identity to its person; without one, signs in.</summary>
    private static async Task StartAsync(HttpContext context)
    {
        // Another site's page must not connect an identity of its choice to somebody's session.
        var connects =
            context.Caller() is { Kind: AccessKind.Session }
            && context.Request.Headers["Sec-Fetch-Site"].ToString() is "same-origin" or "none";
        // Whoever follows a link is led back to where they were going, and never to another site.
        var to = context.Request.Query["to"].ToString();
        var properties = new AuthenticationProperties
        {
            RedirectUri = RedirectHttpResult.IsLocalUrl(to) && to[0] == '/' ? to : "/",
        };
        if (connects)
            properties.Items[Connecting] = context.Caller()!.Person.ToString("D");
        await context.ChallengeAsync(OpenIdConnectDefaults.AuthenticationScheme, properties);
    }

    private static async Task ReceivedAsync(TicketReceivedContext ticket)
    {
        ticket.HandleResponse();
        var context = ticket.HttpContext;
        var signIns = context.RequestServices.GetRequiredService<SignIns>();
        var (issuer, subject, email) = (
            Claim(ticket, "iss"),
            Claim(ticket, "sub"),
            Claim(ticket, "email_verified") is "true" or "True" ? Claim(ticket, "email") : null
        );
        if (issuer is null || subject is null)
        {
            await new ErrorAnswer(
                ErrorCodes.LinkRefused,
                "The identity provider did not say who you are."
            ).ExecuteAsync(context);
            return;
        }

        if (
            ticket.Properties?.Items.TryGetValue(Connecting, out var person) == true
            && Guid.TryParseExact(person, "D", out var id)
            && !await signIns.ConnectAsync(id, issuer, subject, context.RequestAborted)
        )
        {
            await new ErrorAnswer(ErrorCodes.LinkRefused, "This identity belongs to another person here.").ExecuteAsync(
                context
            );
            return;
        }

        if (
            await signIns.SignInAsync(issuer, subject, context.RequestAborted) is not { } session
            && (
                email is null
                || (session = await signIns.RedeemByEmailAsync(email, issuer, subject, context.RequestAborted)) is null
            )
        )
        {
            await new ErrorAnswer(
                ErrorCodes.LinkRefused,
                "No person here has this identity. Ask an administrator for an invitation with your address."
            ).ExecuteAsync(context);
            return;
        }

        Cookies.SetSession(context.Response, session, cameFromElsewhere: true);
        context.Response.Redirect(ticket.ReturnUri ?? "/");
    }

    private static string? Claim(TicketReceivedContext ticket, string name) => ticket.Principal?.FindFirstValue(name);
}
