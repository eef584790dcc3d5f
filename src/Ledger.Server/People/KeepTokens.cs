using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Ledger.Domain.Input;
using Ledger.Server.Answers;
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
    [Describe("listTokens", "Your API tokens, without their secrets")]
    public async Task<IResult> Get(HttpRequest request) =>
        new JsonAnswer(
            new JsonObject
            {
                ["tokens"] = new JsonArray([
                    .. (
                        await signIns.TokensAsync(
                            request.HttpContext.Caller()!.Person,
                            request.HttpContext.RequestAborted
                        )
                    ).Select(t => (JsonNode)Of(t)),
                ]),
            }
        );

    [WolverinePost("/api/v1/tokens")]
    [Describe(
        "issueToken",
        "Make an API token",
        Detail = "Its secret is in this answer and cannot be had again. It gives the `memberships` you name, which must be among yours, or all of yours; and never more than you have yourself at the moment of use.",
        Form = BodyForm.Plain,
        Example = "token"
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
                        $"You are no {beyond.Role.ToString().ToLowerInvariant()} of '{beyond.Agreement}' yourself, so a token of yours cannot be."
                    );
                var (secret, token) = await signIns.IssueAsync(
                    caller.Person,
                    wanted.Name,
                    scope,
                    wanted.Life,
                    caller.Device,
                    request.HttpContext.RequestAborted
                );
                var json = Of(token);
                json["secret"] = secret;
                return new JsonAnswer(json) { Status = StatusCodes.Status201Created };
            }
        );

    [WolverinePost("/api/v1/tokens/{token}/revocation")]
    [Describe(
        "revokeToken",
        "Revoke an API token",
        Detail = "At once, on every server. Who keeps the ledger may revoke anybody's.",
        Form = BodyForm.Nothing
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
            ? new JsonAnswer(PeopleBody.Done)
            : new ErrorAnswer(StatusCodes.Status404NotFound, "token/not-found", $"There is no token {token} of yours.");
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

    private static JsonObject Of(ApiToken token) =>
        new()
        {
            ["id"] = token.Id,
            ["name"] = token.Name,
            ["memberships"] = token.Scope is { } scope ? PersonJson.Write(scope) : null,
            ["createdAt"] = PersonJson.Write(token.CreatedAt),
            ["expiresAt"] = PersonJson.Write(token.ExpiresAt),
            ["lastUsedAt"] = PersonJson.Write(token.LastUsedAt),
            ["revokedAt"] = PersonJson.Write(token.RevokedAt),
        };
}
