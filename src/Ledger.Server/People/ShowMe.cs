using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Ledger.Server.Answers;
using Ledger.Server.Authorization;
using Ledger.Server.Description;
using Ledger.Server.Settings;
using Ledger.Store.People;
using NodaTime;
using Wolverine.Http;

namespace Ledger.Server.People;

/// <summary>Who the server takes the caller for, what they may do, and how others come in.</summary>
public sealed class ShowMe(ServerSettings settings)
{
    [WolverineGet("/api/v1/me")]
    [Permit(Permission.Everyone)]
    [Describe(
        "showMe",
        "Who you are and what you may do",
        Detail = "It answers everybody; `person` is null for somebody who is not signed in. A page sends the `csrf` header with every request that changes something.",
        Gives = typeof(Me)
    )]
    public IResult Get(HttpRequest request) => new JsonAnswer(Of(request.HttpContext.Caller()));

    public Me Of(Caller? caller) =>
        new(
            caller is null ? null : new MyName(caller.Person, caller.Name),
            caller?.Kind,
            caller?.How,
            caller?.Device,
            caller?.ExpiresAt,
            MembershipShown.Of(caller?.Memberships ?? []),
            PermissionsOf(caller),
            settings.OpenId is null ? null : OpenId.Start,
            new CsrfHeader(CrossSite.Header, "1")
        );

    private static Dictionary<string, ImmutableArray<string>> PermissionsOf(Caller? caller) =>
        (caller?.Memberships ?? [])
            .Select(m => m.Agreement)
            .Distinct(StringComparer.Ordinal)
            .ToDictionary(
                agreement => agreement,
                agreement =>
                    Enum.GetValues<Permission>()
                        .Where(p => p > Permission.SignedIn && caller.May(p, agreement))
                        .Select(p => p.ToString().ToLowerInvariant())
                        .Concat(caller.OpensSealed(agreement) ? ["opensealed"] : [])
                        .ToImmutableArray(),
                StringComparer.Ordinal
            );
}

/// <summary>Who the server takes the caller for.</summary>
/// <param name="Person">Null for whoever is not signed in.</param>
/// <param name="By">What was shown: a session's cookie, or a token.</param>
/// <param name="How">The way the session began, or <c>token</c>.</param>
/// <param name="Device">The enrolled device of this session.</param>
/// <param name="ExpiresAt">When the session or token ends by itself.</param>
/// <param name="Permissions">By agreement; <c>*</c> is every agreement.</param>
/// <param name="OpenId">Where signing in through the organisation's provider begins; null where there is none.</param>
/// <param name="Csrf">What a page sends with every request that changes something.</param>
public sealed record Me(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] MyName? Person,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] AccessKind? By,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? How,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] Guid? Device,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] Instant? ExpiresAt,
    ImmutableArray<MembershipShown> Memberships,
    Dictionary<string, ImmutableArray<string>> Permissions,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? OpenId,
    CsrfHeader Csrf
);

/// <summary>A person, by name.</summary>
public sealed record MyName(Guid Id, string Name);

/// <summary>A header by which the server knows its own pages.</summary>
/// <param name="Header">Its name.</param>
/// <param name="Value">What it says.</param>
public sealed record CsrfHeader(string Header, string Value);
