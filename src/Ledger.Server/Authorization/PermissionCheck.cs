using Ledger.Domain.Identities;
using Ledger.Server.Answers;
using Ledger.Store.People;
using Ledger.Store.Reading;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http.Features;
using NodaTime;

namespace Ledger.Server.Authorization;

/// <summary>The one policy: what the endpoint states, and nothing where it states nothing.</summary>
public sealed class StatedPermission : IAuthorizationRequirement;

/// <summary>
/// Lets nobody past who may not. It stands before every endpoint. It is not called a handler, because Wolverine would
/// take it for one of its messages.
/// </summary>
public sealed class PermissionCheck(LastKnown known, LedgerReader reader, TimeProvider clock)
    : AuthorizationHandler<StatedPermission>
{
    protected override async Task HandleRequirementAsync(
        AuthorizationHandlerContext context,
        StatedPermission requirement
    )
    {
        var request = (HttpContext)context.Resource!;
        // What is no endpoint of ours answers that there is nothing, or not by that method.
        if (request.GetEndpoint() is not RouteEndpoint || await RefusalAsync(request) is not { } refusal)
        {
            context.Succeed(requirement);
            return;
        }

        request.Features.Set(refusal);
        context.Fail();
    }

    private async Task<ErrorAnswer?> RefusalAsync(HttpContext context)
    {
        if (context.PermitOf() is not { } permit)
            return new ErrorAnswer(
                StatusCodes.Status403Forbidden,
                ErrorCodes.NotPermitted,
                "Nobody is allowed to do this here."
            );
        if (permit.AsksNobody)
            return null;
        var caller = context.Caller();
        if (caller is null && context.Request.Headers.Authorization.Count > 0)
            return new ErrorAnswer(
                ErrorCodes.TokenRefused,
                "The token is not valid here: it was revoked, has expired, or belongs to another ledger. Send it as 'Authorization: Bearer ledger_t_...'."
            );
        if (CrossSite.Refusal(context.Request, caller is { Kind: AccessKind.Session }) is { } refusal)
            return refusal;
        if (caller is not null)
            KeepFromCaches(context.Response, caller.Kind == AccessKind.Session);

        return await RolesAsync(context, caller, permit.Any)
            ?? (
                permit.Door && caller is not null
                    ? Doors.Refusal(caller, Instant.FromDateTimeOffset(clock.GetUtcNow()))
                    : null
            );
    }

    private async Task<ErrorAnswer?> RolesAsync(HttpContext context, Caller? caller, IReadOnlyList<Permission> any)
    {
        if (any.Contains(Permission.Everyone))
            return null;
        if (await AgreementAsync(context) is not { } place)
        {
            return any.Any(permission =>
                    caller.May(permission, Membership.Every)
                    || (caller?.Memberships.Any(m => caller.May(permission, m.Agreement)) ?? false)
                )
                    ? null
                : caller is null ? SignIn()
                : NotPermitted(any);
        }

        var (agreement, missing) = place;
        var reads =
            agreement is { } named && (caller.May(Permission.Read, named) || await known.IsPublicAsync(named, context));
        if (!reads)
        {
            // To whoever may not read it, an agreement that is not theirs is as good as none. An adopted one may be
            // brought in under any name.
            if (caller is null)
                return SignIn();
            return agreement is not null && caller.Keeps() ? null : missing;
        }

        return any.Any(permission => permission == Permission.Read || caller.May(permission, agreement!.Value)) ? null
            : caller is null ? SignIn()
            : NotPermitted(any);
    }

    private static ErrorAnswer SignIn() =>
        new(
            ErrorCodes.SignIn,
            "Sign in first: open a sign-in link, or send an API token as 'Authorization: Bearer ...'."
        );

    private static ErrorAnswer NotPermitted(IEnumerable<Permission> any) =>
        new(
            ErrorCodes.NotPermitted,
            $"Your roles do not allow this; it needs {string.Join(" or ", any.SelectMany(Holders).Distinct(StringComparer.Ordinal))}. An administrator of the agreement can grant roles."
        );

    private static IEnumerable<string> Holders(Permission permission) =>
        permission == Permission.Keep
            ? ["an administrator of the whole ledger"]
            : Permissions
                .OfRole.Where(role => role.Value.Contains(permission))
                .Select(role =>
                    $"{(role.Key is Role.Auditor or Role.Administrator ? "an" : "a")} {role.Key.ToString().ToLowerInvariant()}"
                );

    /// <summary>
    /// The agreement that the address is about, and what is answered where it is not there; null where it is about
    /// none.
    /// </summary>
    private async Task<(AgreementId? Agreement, ErrorAnswer Missing)?> AgreementAsync(HttpContext context)
    {
        var values = context.Request.RouteValues;
        if ((values["id"] ?? values["agreement"]) is string slug)
            return (
                AgreementId.TryParse(slug, out var named) ? (AgreementId?)named : null,
                ErrorAnswer.NoAgreement(slug)
            );
        if ((values["report"] ?? values["entry"]) is not string id)
            return null;
        var entry = Guid.TryParseExact(id, "D", out var guid)
            ? await reader.EntryAsync(guid, context.RequestAborted)
            : null;
        return (entry?.Agreement, ErrorAnswer.NoEntry($"{(values.ContainsKey("report") ? "report" : "entry")} {id}"));
    }

    /// <summary>
    /// What one person may read must not be given to the next one by a cache between, and no browser keeps it: whoever
    /// holds a phone later finds no sentence of a report in it.
    /// </summary>
    private static void KeepFromCaches(HttpResponse response, bool byBrowser) =>
        response.OnStarting(() =>
        {
            if (byBrowser)
            {
                response.Headers.CacheControl = "no-store";
                return Task.CompletedTask;
            }

            var said = response.Headers.CacheControl.ToString();
            if (said.StartsWith("public", StringComparison.Ordinal))
                response.Headers.CacheControl = $"private{said["public".Length..]}";
            else if (said is "no-cache" or "")
                response.Headers.CacheControl = "private, no-cache";
            return Task.CompletedTask;
        });
}

/// <summary>Gives a refusal the shape of every error, in place of the framework's bare status.</summary>
public sealed class RefusalAnswer : IAuthorizationMiddlewareResultHandler
{
    public Task HandleAsync(
        RequestDelegate next,
        HttpContext context,
        AuthorizationPolicy policy,
        PolicyAuthorizationResult authorizeResult
    ) =>
        authorizeResult.Succeeded
            ? next(context)
            : context.Features.GetRequiredFeature<ErrorAnswer>().ExecuteAsync(context);
}
