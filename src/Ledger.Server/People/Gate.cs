using System.Collections.Concurrent;
using Ledger.Domain.Identities;
using Ledger.Server.Answers;
using Ledger.Store.People;
using Ledger.Store.Reading;
using NodaTime;

namespace Ledger.Server.People;

/// <summary>
/// Lets nobody past who may not. It stands before every endpoint, and what <see cref="Endpoints"/> does not list stays
/// closed.
/// </summary>
public sealed class Gate(RequestDelegate next, Access access, LedgerReader reader, TimeProvider clock)
{
    /// <summary>
    /// For so long, while the database is away, whoever was let in may go on reading what needs no database. Nobody can
    /// be revoked in that time either.
    /// </summary>
    private static readonly Duration Remembers = Duration.FromMinutes(1);

    private const int MostRemembered = 10_000;

    private readonly ConcurrentDictionary<string, (Caller? Caller, Instant At)> _callers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (bool Public, Instant At)> _public = new(StringComparer.Ordinal);

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint() is not RouteEndpoint endpoint)
        {
            await next(context);
            return;
        }

        var name = Endpoints.NameOf(endpoint);
        if (!Endpoints.All.TryGetValue(name, out var any))
            await new ErrorAnswer(
                StatusCodes.Status403Forbidden,
                ErrorCodes.NotPermitted,
                "Nobody may do this here."
            ).ExecuteAsync(context);
        else if (Endpoints.AskNobody.Contains(name))
            await next(context);
        else if (await RefusalAsync(context, any) is { } refusal)
            await refusal.ExecuteAsync(context);
        else
            await next(context);
    }

    private async Task<ErrorAnswer?> RefusalAsync(HttpContext context, IReadOnlyList<Permission> any)
    {
        var (caller, wrong) = await CallerAsync(context);
        if ((wrong ?? CrossSite.Refusal(context.Request, caller is { Kind: AccessKind.Session })) is { } refusal)
            return refusal;
        if (caller is not null)
        {
            context.Features.Set(caller);
            KeepFromCaches(context.Response, caller.Kind == AccessKind.Session);
        }

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
            agreement is { } known && (caller.May(Permission.Read, known) || await IsPublicAsync(known, context));
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
            $"Your roles do not allow this; it takes {string.Join(" or ", any.SelectMany(Holders).Distinct(StringComparer.Ordinal))}. An administrator of the agreement can give roles."
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

    private async Task<(Caller? Caller, ErrorAnswer? Wrong)> CallerAsync(HttpContext context)
    {
        var request = context.Request;
        if (request.Headers.Authorization is [{ } shown, ..])
        {
            const string Bearer = "Bearer ";
            var token = shown.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
                ? shown[Bearer.Length..].Trim()
                : null;
            return
                await KnownAsync(
                    _callers,
                    $"t{token}",
                    () => access.OfTokenAsync(token, context.RequestAborted),
                    context
                )
                    is { } caller
                ? (caller, null)
                : (
                    null,
                    new ErrorAnswer(
                        ErrorCodes.TokenRefused,
                        "The token is not valid here: it was revoked, has expired, or belongs to another ledger. Send it as 'Authorization: Bearer ledger_t_...'."
                    )
                );
        }

        return Cookies.Session.Read(request) is { } secret
            ? (
                await KnownAsync(
                    _callers,
                    $"s{secret}",
                    () => access.OfSessionAsync(secret, context.RequestAborted),
                    context
                ),
                null
            )
            : (null, null);
    }

    private Task<bool> IsPublicAsync(AgreementId agreement, HttpContext context) =>
        KnownAsync(_public, agreement, () => access.IsPublicAsync(agreement, context.RequestAborted), context);

    private async Task<T> KnownAsync<T>(
        ConcurrentDictionary<string, (T Known, Instant At)> memory,
        string key,
        Func<Task<T>> ask,
        HttpContext context
    )
    {
        var now = Instant.FromDateTimeOffset(clock.GetUtcNow());
        try
        {
            var known = await ask();
            if (memory.Count >= MostRemembered)
                memory.Clear();
            memory[key] = (known, now);
            return known;
        }
        catch (Exception fault)
            when (HttpMethods.IsGet(context.Request.Method)
                && ErrorsEverywhere.IsDatabaseAway(fault)
                && memory.TryGetValue(key, out var last)
                && now - last.At < Remembers
            )
        {
            return last.Known;
        }
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

public static class Calling
{
    /// <summary>Who sends the request; null is nobody in particular.</summary>
    public static Caller? Caller(this HttpContext context) => context.Features.Get<Caller>();

    /// <summary>Who sends it from a browser that is signed in; null is nobody, or a program.</summary>
    public static Caller? Session(this HttpContext context) =>
        context.Caller() is { Kind: AccessKind.Session } caller ? caller : null;
}
