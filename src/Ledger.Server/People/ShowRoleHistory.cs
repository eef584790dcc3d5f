using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Ledger.Server.Answers;
using Ledger.Server.Authorization;
using Ledger.Server.Description;
using Ledger.Server.Requests;
using Ledger.Store.People;
using Ledger.Store.Reading;
using NodaTime;
using Wolverine.Http;

namespace Ledger.Server.People;

/// <summary>Who had which role when.</summary>
public sealed class ShowRoleHistory(PeopleRegister people, LedgerReader reader)
{
    private const int UsualPage = 1_000;
    private const int LargestPage = 10_000;

    [WolverineGet("/api/v1/agreements/{id}/roles"), Takes("limit")]
    [Permit(Permission.Audit)]
    [Describe(
        "showRoleHistory",
        "Who had which role, and when",
        Detail = "Including the roles for every agreement. The newest first; `until` is null if the person still has the role.",
        Gives = typeof(RoleHistory)
    )]
    public async Task<IResult> Get(string id, HttpRequest request)
    {
        var query = new QueryReader(request.Query);
        var limit = query.Number("limit", 1, LargestPage) ?? UsualPage;
        if (await reader.SizeAsync(id, request.HttpContext.RequestAborted) == 0)
            return ErrorAnswer.NoAgreement(id);
        if (query.IsWrong)
            return ErrorAnswer.OfQuery(query.Problems);
        var held = await people.HistoryAsync(id, (int)limit, request.HttpContext.RequestAborted);
        return new JsonAnswer(new RoleHistory(id, [.. held.Select(RoleShown.Of)]));
    }
}

/// <summary>That somebody had a role.</summary>
/// <param name="Party">For whom a party's representative spoke.</param>
/// <param name="Until">Null where they have it now.</param>
/// <param name="GivenBy">Null where the server itself gave it.</param>
/// <param name="TakenBy">Null where they have it, or where it ended because the person was revoked.</param>
/// <param name="ProposedBy">Who proposed it, where it takes two people to give it; null elsewhere.</param>
public sealed record RoleShown(
    Guid Person,
    string Name,
    string Agreement,
    Role Role,
    string? Party,
    bool OpensSealed,
    Instant From,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] Instant? Until,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? GivenBy,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? TakenBy,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? ProposedBy
)
{
    public static RoleShown Of(RoleHeld held)
    {
        var membership = MembershipShown.Of(held.Membership);
        return new(
            held.Person,
            held.Name,
            membership.Agreement,
            membership.Role,
            membership.Party,
            membership.OpensSealed,
            held.From,
            held.Until,
            held.GivenBy,
            held.TakenBy,
            held.ProposedBy
        );
    }
}

/// <summary>Who had which role when, the newest first.</summary>
/// <param name="Roles">Those of every agreement among them.</param>
public sealed record RoleHistory(string Agreement, ImmutableArray<RoleShown> Roles);
