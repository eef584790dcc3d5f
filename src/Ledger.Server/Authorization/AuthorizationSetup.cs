using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;

namespace Ledger.Server.Authorization;

public static class AuthorizationSetup
{
    /// <summary>Who calls, by token or session; and one policy for every endpoint, which denies what is not stated.</summary>
    public static void AddCallers(this IServiceCollection services)
    {
        services
            .AddAuthentication(CallerAuthentication.Either)
            .AddPolicyScheme(
                CallerAuthentication.Either,
                null,
                options => options.ForwardDefaultSelector = CallerAuthentication.SchemeOf
            )
            .AddScheme<AuthenticationSchemeOptions, TokenAuthentication>(TokenAuthentication.Name, null)
            .AddScheme<AuthenticationSchemeOptions, SessionAuthentication>(SessionAuthentication.Name, null);
        services.AddAuthorization(options =>
            options.FallbackPolicy = options.DefaultPolicy =
                new AuthorizationPolicyBuilder().AddRequirements(new StatedPermission()).Build()
        );
        services
            .AddSingleton<LastKnown>()
            .AddSingleton<IAuthorizationHandler, PermissionCheck>()
            .AddSingleton<IAuthorizationMiddlewareResultHandler, RefusalAnswer>()
            .AddSingleton<SubmissionPolicy>()
            .AddSingleton<ReadableAgreements>();
    }
}
