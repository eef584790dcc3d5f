using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Ledger.Domain.Input;
using Ledger.Server.Answers;
using Ledger.Server.Authorization;
using Ledger.Server.Description;
using Ledger.Server.Settings;
using Ledger.Store.People;
using NodaTime;
using Wolverine.Http;

namespace Ledger.Server.People;

/// <summary>Links that let somebody in once.</summary>
public sealed class Invite(SignIns signIns, PeopleRegister people, ServerSettings settings)
{
    private const int UsualDays = 7;

    /// <summary>A link for somebody who is here already is used at once or not at all.</summary>
    private static readonly Duration SignInLife = Duration.FromMinutes(30);

    [WolverineGet("/api/v1/invitations")]
    [Permit(Permission.Administer)]
    [Describe("listInvitations", "Invitations, without their secrets", Gives = typeof(InvitationList))]
    public async Task<IResult> Get(HttpRequest request)
    {
        var caller = request.HttpContext.Caller();
        var all = await signIns.InvitationsAsync(request.HttpContext.RequestAborted);
        return new JsonAnswer(
            new InvitationList([
                .. all.Where(i => caller.Keeps() || (!i.Memberships.IsEmpty && caller.Refusal(i.Memberships) is null))
                    .Select(i => InvitationShown.Of(i)),
            ])
        );
    }

    [WolverinePost("/api/v1/invitations")]
    [Permit(Permission.Administer, Door = true)]
    [Describe(
        "invite",
        "Invite somebody with roles",
        Detail = "The answer contains the link, and a QR code of it as SVG. Neither is shown again. With `email`, a person who signs in through the OpenID provider with that verified address needs no link.",
        Form = BodyForm.Plain,
        Example = "invitation",
        Gives = typeof(InvitationShown),
        Succeeds = [201]
    )]
    public Task<IResult> Post(HttpRequest request) =>
        PeopleBody.ReadAsync(
            request,
            Read,
            async wanted =>
            {
                var caller = request.HttpContext.Caller()!;
                if (caller.Refusal(wanted.Memberships) is { } refusal)
                    return refusal;
                if (await TwoAdministrators.GiveAsync(request.HttpContext, wanted.Memberships))
                    return new ErrorAnswer(
                        ErrorCodes.TwoPeople,
                        "The agreement wants two people to give this role. Invite the person with another role, or without the right to open sealed values; then propose it, and a second administrator gives it."
                    );
                var (secret, invitation) = await signIns.InviteAsync(
                    null,
                    wanted.Name,
                    wanted.Memberships,
                    wanted.Email,
                    wanted.Life,
                    caller.Person,
                    caller.Device,
                    caller.Access,
                    request.HttpContext.RequestAborted
                );
                return Link(request, secret, invitation);
            }
        );

    [WolverinePost("/api/v1/people/{person}/links")]
    [Permit(Permission.SignedIn, Door = true)]
    [Describe(
        "signInLink",
        "A one-time sign-in link for a person",
        Detail = "For a person who lost a device or adds another one. It works for half an hour. `me` stands for yourself.",
        Form = BodyForm.Nothing,
        Gives = typeof(InvitationShown),
        Succeeds = [201]
    )]
    public async Task<IResult> PostLink(string person, HttpRequest request)
    {
        var caller = request.HttpContext.Caller()!;
        var id = person == PeopleBody.Me ? caller.Person : PeopleBody.Id(person);
        // Whoever signs somebody in has that person's roles; only who may give all of them may do that.
        if (
            id is not { } known
            || await people.FindAsync(known, request.HttpContext.RequestAborted) is not { RevokedAt: null } found
            || !(caller.Keeps() || known == caller.Person)
        )
            return KeepPeople.NoPerson(person);
        var (secret, invitation) = await signIns.InviteAsync(
            found.Id,
            found.Name,
            [],
            null,
            SignInLife,
            caller.Person,
            caller.Device,
            caller.Access,
            request.HttpContext.RequestAborted
        );
        return Link(request, secret, invitation);
    }

    [WolverinePost("/api/v1/invitations/{invitation}/revocation")]
    [Permit(Permission.Administer, Door = true)]
    [Describe("revokeInvitation", "Withdraw an invitation", Form = BodyForm.Nothing, Gives = typeof(DoneAnswer))]
    public async Task<IResult> Revoke(string invitation, HttpRequest request)
    {
        var caller = request.HttpContext.Caller();
        var found = (await signIns.InvitationsAsync(request.HttpContext.RequestAborted)).FirstOrDefault(i =>
            i.Id == PeopleBody.Id(invitation)
        );
        // A link that signs somebody in gives no roles, and is not of any one agreement.
        if (
            found is null
            || !(caller.Keeps() || (!found.Memberships.IsEmpty && caller.Refusal(found.Memberships) is null))
        )
            return new ErrorAnswer(
                StatusCodes.Status404NotFound,
                "invitation/not-found",
                $"There is no invitation {invitation} of yours."
            );
        await signIns.RevokeInvitationAsync(found.Id, request.HttpContext.RequestAborted);
        return new JsonAnswer(new DoneAnswer());
    }

    private sealed record Wanted(string Name, ImmutableArray<Membership> Memberships, string? Email, Duration Life);

    private static Wanted? Read(InputNode input)
    {
        input.Only("name", "memberships", "email", "days");
        var (name, memberships) = (
            input["name"].Words("the name of the person you invite", 200),
            PersonJson.Memberships(input["memberships"])
        );
        if (memberships.IsEmpty && input["memberships"].IsList)
            input["memberships"]
                .Wrong("input/missing", "Write at least one role: {\"agreement\": \"...\", \"role\": \"monitor\"}.");
        var email = input["email"].Text(320)?.Trim();
        return name is null
            ? null
            : new Wanted(name, memberships, email is "" ? null : email, PeopleBody.Days(input["days"], UsualDays));
    }

    private JsonAnswer Link(HttpRequest request, string secret, Invitation invitation)
    {
        var link = PeopleBody.LinkOf(request, secret, settings);
        return new JsonAnswer(InvitationShown.Of(invitation) with { Link = link, Qr = QrCode.Svg(link) })
        {
            Status = StatusCodes.Status201Created,
        };
    }
}

/// <summary>A link that lets somebody in once.</summary>
/// <param name="Person">Whom it signs in; null where it makes a new person.</param>
/// <param name="Email">Whoever signs in with this verified address is let in without the link.</param>
/// <param name="RedeemedAt">Null while it was not used.</param>
/// <param name="RevokedAt">Null while it was not withdrawn.</param>
public sealed record InvitationShown(
    Guid Id,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] Guid? Person,
    string Name,
    ImmutableArray<MembershipShown> Memberships,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Email,
    Instant CreatedAt,
    Instant ExpiresAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] Instant? RedeemedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] Instant? RevokedAt
)
{
    /// <summary>The link itself; told once, when it is made.</summary>
    public string? Link { get; init; }

    /// <summary>The link as a QR code, in SVG.</summary>
    public string? Qr { get; init; }

    public static InvitationShown Of(Invitation invitation) =>
        new(
            invitation.Id,
            invitation.Person,
            invitation.Name,
            MembershipShown.Of(invitation.Memberships),
            invitation.Email,
            invitation.CreatedAt,
            invitation.ExpiresAt,
            invitation.RedeemedAt,
            invitation.RevokedAt
        );
}

/// <summary>Invitations that the caller may withdraw.</summary>
public sealed record InvitationList(ImmutableArray<InvitationShown> Invitations);
