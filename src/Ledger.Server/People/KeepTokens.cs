using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Ledger.Domain.Input;
using Ledger.Server.Answers;
using Ledger.Server.Authorization;
using Ledger.Server.Description;
using Ledger.Store.People;
using NodaTime;
using Wolverine.Http;

namespace Ledger.Server.People;

/// <summary>API tokens of the caller: for programs, with some of their owner's roles, for a while.</summary>
public sealed class KeepTokens(SignIns signIns)
{
    private const int UsualDays = 30;

    [WolverineGet("/api/v1/tokens")]
    [Permit(Permission.SignedIn)]
    [Describe("listTokens", "Your API tokens, without their secrets", Gives = typeof(TokenList))]
    public async Task<IResult> Get(HttpRequest request) =>
        new JsonAnswer(
            new TokenList([
                .. (
                    await signIns.TokensAsync(request.HttpContext.Caller()!.Person, request.HttpContext.RequestAborted)
                ).Select(token => Of(token)),
            ])
        );

    [WolverinePost("/api/v1/tokens")]
    [Permit(Permission.SignedIn, Door = true)]
    [Describe(
        "issueToken",
        "Create an API token",
        Detail = "Its secret is in this answer and is not shown again. It has the `memberships` that you name, which must be among yours, or all of yours; and never more rights than you have at the moment of use.",
        Form = BodyForm.Plain,
        Example = "token",
        Gives = typeof(TokenShown),
        Succeeds = [201]
    )]
    public Task<IResult> Post(HttpRequest request) =>
        PeopleBody.ReadAsync(
            request,
            Read,
            async wanted =>
            {
                var caller = request.HttpContext.Caller()!;
                var scope = wanted.Scope ?? caller.Memberships;
                if (scope.FirstOrDefault(m => !caller.Memberships.Any(held => held.Includes(m))) is { } beyond)
                    return new ErrorAnswer(
                        ErrorCodes.NotPermitted,
                        $"You do not have the role {beyond.Role.ToString().ToLowerInvariant()} in '{beyond.Agreement}' yourself, so your token cannot have it."
                    );
                var (secret, token) = await signIns.IssueAsync(
                    caller.Person,
                    wanted.Name,
                    scope,
                    wanted.Life,
                    caller.Device,
                    caller.Access,
                    // What the operator's token makes ends no later than it.
                    caller.Kind == AccessKind.Token
                        ? caller.ExpiresAt
                        : null,
                    request.HttpContext.RequestAborted
                );
                return new JsonAnswer(Of(token, secret)) { Status = StatusCodes.Status201Created };
            }
        );

    [WolverinePost("/api/v1/tokens/{token}/revocation")]
    [Permit(Permission.SignedIn, Door = true)]
    [Describe(
        "revokeToken",
        "Revoke an API token",
        Detail = "Immediately, on every server, with the tokens and open links that were made with it. The operator and administrators of the whole ledger may revoke anybody's token.",
        Form = BodyForm.Nothing,
        Gives = typeof(DoneAnswer)
    )]
    public async Task<IResult> Revoke(string token, HttpRequest request)
    {
        var caller = request.HttpContext.Caller()!;
        return
            PeopleBody.Id(token) is { } id
            && await signIns.RevokeTokenAsync(
                id,
                caller.Keeps() ? null : caller.Person,
                request.HttpContext.RequestAborted
            )
            ? new JsonAnswer(new DoneAnswer())
            : new ErrorAnswer(StatusCodes.Status404NotFound, "token/not-found", $"You have no token {token}.");
    }

    private sealed record Wanted(string Name, ImmutableArray<Membership>? Scope, Duration Life);

    private static Wanted? Read(InputNode input)
    {
        input.Only("name", "memberships", "days");
        var name = input["name"].Words("what the token is for", 200);
        ImmutableArray<Membership>? scope = input["memberships"].IsPresent
            ? PersonJson.Memberships(input["memberships"])
            : null;
        return name is null ? null : new Wanted(name, scope, PeopleBody.Days(input["days"], UsualDays));
    }

    private static TokenShown Of(ApiToken token, string? secret = null) =>
        new(
            token.Id,
            token.Name,
            token.Scope is { } scope ? MembershipShown.Of(scope) : null,
            token.CreatedAt,
            token.ExpiresAt,
            token.LastUsedAt,
            token.RevokedAt,
            secret
        );
}

/// <summary>An API token of the caller's.</summary>
/// <param name="Memberships">Null where it gives all that its owner has.</param>
/// <param name="LastUsedAt">Null where it was not used yet.</param>
/// <param name="RevokedAt">Null while it is valid.</param>
/// <param name="Secret">Told once, when the token is made.</param>
public sealed record TokenShown(
    Guid Id,
    string Name,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] ImmutableArray<MembershipShown>? Memberships,
    Instant CreatedAt,
    Instant ExpiresAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] Instant? LastUsedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] Instant? RevokedAt,
    string? Secret
);

/// <summary>The caller's API tokens.</summary>
public sealed record TokenList(ImmutableArray<TokenShown> Tokens);
