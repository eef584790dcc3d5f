using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Ledger.Server.Tests.People;

/// <summary>A real OpenID Connect provider in this process, at which one person is always signed in.</summary>
internal sealed class AProvider : IAsyncDisposable
{
    public const string ClientSecret = "CANARY a client's secret";

    private readonly WebApplication _app;

    private AProvider(WebApplication app) => _app = app;

    public string Address => _app.Urls.Single();

    public string Subject { get; set; } = "amal-at-home";

    public string Email { get; set; } = "amal@example.org";

    public bool Verified { get; set; } = true;

    public static async Task<AProvider> StartAsync()
    {
        AProvider? self = null;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder
            .Services.AddOpenIddict()
            .AddServer(options =>
            {
                options.EnableDegradedMode().SetAuthorizationEndpointUris("authorize").SetTokenEndpointUris("token");
                options
                    .AllowAuthorizationCodeFlow()
                    .RequireProofKeyForCodeExchange()
                    .RegisterScopes("email", "profile");
                options.AddEphemeralEncryptionKey().AddEphemeralSigningKey();
                options.UseAspNetCore().DisableTransportSecurityRequirement();
                options.AddEventHandler<ValidateAuthorizationRequestContext>(handler =>
                    handler.UseInlineHandler(request =>
                    {
                        if (request.ClientId != "ledger")
                            request.Reject(Errors.InvalidClient);
                        return default;
                    })
                );
                options.AddEventHandler<ValidateTokenRequestContext>(handler =>
                    handler.UseInlineHandler(request =>
                    {
                        if (request.ClientSecret != ClientSecret)
                            request.Reject(Errors.InvalidClient);
                        return default;
                    })
                );
                options.AddEventHandler<HandleAuthorizationRequestContext>(handler =>
                    handler.UseInlineHandler(request =>
                    {
                        var identity = new ClaimsIdentity("test", Claims.Name, Claims.Role);
                        identity
                            .SetClaim(Claims.Subject, self!.Subject)
                            .SetClaim(Claims.Email, self.Email)
                            .SetClaim(Claims.EmailVerified, self.Verified);
                        identity
                            .SetScopes(request.Request.GetScopes())
                            .SetDestinations(_ => [Destinations.IdentityToken]);
                        request.SignIn(new ClaimsPrincipal(identity));
                        return default;
                    })
                );
            });
        var app = builder.Build();
        app.UseAuthentication();
        await app.StartAsync();
        return self = new AProvider(app);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
