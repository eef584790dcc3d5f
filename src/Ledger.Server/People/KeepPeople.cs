using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Ledger.Domain.Input;
using Ledger.Server.Answers;
using Ledger.Server.Authorization;
using Ledger.Server.Description;
using Ledger.Store.People;
using Ledger.Store.Reading;
using NodaTime;
using Wolverine.Http;

namespace Ledger.Server.People;

/// <summary>Who there is, what each may do, and who may no longer.</summary>
public sealed class KeepPeople(PeopleRegister people, LedgerReader reader)
{
    [WolverineGet("/api/v1/people")]
    [Permit(Permission.Administer)]
    [Describe(
        "listPeople",
        "People, their roles and devices",
        Detail = "An administrator of single agreements sees the people and roles of those agreements.",
        Gives = typeof(PersonList)
    )]
    public async Task<IResult> Get(HttpRequest request)
    {
        var caller = request.HttpContext.Caller();
        var all = await people.AllAsync(request.HttpContext.RequestAborted);
        var proposed = await people.ProposedAsync(request.HttpContext.RequestAborted);
        return new JsonAnswer(
            new PersonList([
                .. all.Where(p => caller.Keeps() || !caller.Visible(p.Memberships).IsEmpty)
                    .Select(p => Of(p, proposed[p.Id], caller)),
            ])
        );
    }

    [WolverinePost("/api/v1/people/{person}/memberships")]
    [Permit(Permission.Administer)]
    [Describe(
        "grantMembership",
        "Grant a role",
        Detail = "Where the agreement file wants two people for `opens-sealed`, the right to open sealed values and the role of an administrator are proposed by one and given by another who grants the same within 14 days: 202 says that it is proposed.",
        Form = BodyForm.Plain,
        Example = "membership",
        Gives = typeof(PersonShown),
        Succeeds = [StatusCodes.Status200OK, StatusCodes.Status202Accepted]
    )]
    public Task<IResult> Grant(string person, HttpRequest request) =>
        ChangeAsync(
            person,
            request,
            async (id, membership) =>
            {
                var (caller, cancellationToken) = (request.HttpContext.Caller()!, request.HttpContext.RequestAborted);
                var given = true;
                if (await TwoAdministrators.GiveAsync(request.HttpContext, [membership]))
                    given = await people.GrantByTwoAsync(id, membership, caller.Person, cancellationToken);
                else
                    await people.GrantAsync(id, membership, caller.Person, cancellationToken);
                return new JsonAnswer(await ShownAsync(id, caller))
                {
                    Status = given ? StatusCodes.Status200OK : StatusCodes.Status202Accepted,
                };
            }
        );

    [WolverinePost("/api/v1/people/{person}/memberships/withdrawals")]
    [Permit(Permission.Administer)]
    [Describe(
        "withdrawMembership",
        "Withdraw a role",
        Detail = "Immediately, on every server. The history of the role is kept.",
        Form = BodyForm.Plain,
        Example = "membership",
        Gives = typeof(PersonShown)
    )]
    public Task<IResult> Withdraw(string person, HttpRequest request) =>
        ChangeAsync(
            person,
            request,
            async (id, membership) =>
                await people.WithdrawAsync(
                    id,
                    membership,
                    request.HttpContext.Caller()!.Person,
                    request.HttpContext.RequestAborted
                )
                    ? new JsonAnswer(await ShownAsync(id, request.HttpContext.Caller()))
                    : new ErrorAnswer(
                        StatusCodes.Status404NotFound,
                        "person/no-such-role",
                        "This person does not have that role."
                    )
        );

    [WolverinePost("/api/v1/people/{person}/revocation")]
    [Permit(Permission.Keep, Door = true)]
    [Describe(
        "revokePerson",
        "Revoke all access of a person",
        Detail = "Sessions, tokens, devices and open links end immediately, on every server. What the person recorded stays.",
        Form = BodyForm.Nothing,
        Gives = typeof(DoneAnswer)
    )]
    public async Task<IResult> Revoke(string person, HttpRequest request)
    {
        if (PeopleBody.Id(person) == Operator.Id)
            return new ErrorAnswer(
                "person/operator",
                "The operator of this machine cannot be revoked, but a lost operator's token can: revoke the token and start the server again."
            );
        return PeopleBody.Id(person) is { } id && await people.RevokeAsync(id, request.HttpContext.RequestAborted)
            ? new JsonAnswer(new DoneAnswer())
            : NoPerson(person);
    }

    [WolverinePost("/api/v1/agreements/{id}/public-reading")]
    [Permit(Permission.Administer)]
    [Describe(
        "setPublicReading",
        "Let anybody read an agreement, or only people with a role in it",
        Detail = "Sealed values stay withheld.",
        Form = BodyForm.Plain,
        Example = "public_reading",
        Gives = typeof(PublicReading)
    )]
    public Task<IResult> SetPublic(string id, HttpRequest request) =>
        PeopleBody.ReadAsync(
            request,
            ReadFlag,
            async wanted =>
            {
                if (await reader.SizeAsync(id, request.HttpContext.RequestAborted) == 0)
                    return ErrorAnswer.NoAgreement(id);
                var isPublic = wanted is "true";
                await people.SetPublicAsync(
                    id,
                    isPublic,
                    request.HttpContext.Caller()!.Person,
                    request.HttpContext.RequestAborted
                );
                return new JsonAnswer(new PublicReading(id, isPublic));
            }
        );

    private static string? ReadFlag(InputNode input)
    {
        input.Only("public");
        return input["public"].Required("true or false") && input["public"].Flag() is { } flag
            ? flag
                ? "true"
                : "false"
            : null;
    }

    internal static ErrorAnswer NoPerson(string person) =>
        new(
            StatusCodes.Status404NotFound,
            "person/not-found",
            $"There is no person {person} here whom you administer."
        );

    private async Task<PersonShown> ShownAsync(Guid person, Caller? caller) =>
        Of((await people.FindAsync(person))!, (await people.ProposedAsync())[person], caller);

    private static PersonShown Of(Person person, IEnumerable<ProposedRole> proposed, Caller? caller) =>
        new(
            person.Id,
            person.Name,
            person.CreatedAt,
            person.RevokedAt,
            MembershipShown.Of(caller.Visible(person.Memberships)),
            [
                .. proposed
                    .Where(role => !caller.Visible([role.Membership]).IsEmpty)
                    .Select(role => new ProposedRoleShown(
                        MembershipShown.Of([role.Membership])[0],
                        role.ByName,
                        role.By == caller?.Person
                    )),
            ],
            // A device is its person's in every agreement: when it was last seen tells of the others too.
            caller.Visible(person.Memberships).Length == person.Memberships.Length
                ? DeviceShown.Of(person.Devices)
                : [],
            // Whoever runs the machine cannot be.
            caller.Keeps()
                && person.Id != Operator.Id
        );

    private async Task<IResult> ChangeAsync(
        string person,
        HttpRequest request,
        Func<Guid, Membership, Task<IResult>> change
    )
    {
        var caller = request.HttpContext.Caller();
        return await PeopleBody.ReadAsync(
            request,
            PersonJson.Membership,
            async membership =>
            {
                if (caller.Refusal([membership]) is { } refusal)
                    return refusal;
                return
                    PeopleBody.Id(person) is { } id
                    && await people.FindAsync(id, request.HttpContext.RequestAborted) is not null
                    ? await change(id, membership)
                    : NoPerson(person);
            }
        );
    }
}

/// <summary>Somebody who may come in.</summary>
/// <param name="RevokedAt">Null while they may.</param>
/// <param name="Memberships">Those roles that the caller administers.</param>
/// <param name="Proposed">Roles that wait for a second administrator.</param>
/// <param name="Devices">With the keys that sign what they file; empty where the person has roles that the caller does not administer.</param>
/// <param name="Revocable">Whether the caller may close every door to them.</param>
public sealed record PersonShown(
    Guid Id,
    string Name,
    Instant CreatedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] Instant? RevokedAt,
    ImmutableArray<MembershipShown> Memberships,
    ImmutableArray<ProposedRoleShown> Proposed,
    ImmutableArray<DeviceShown> Devices,
    bool Revocable
);

/// <summary>A role that one administrator proposed and that a second one gives by granting the same.</summary>
/// <param name="By">Who proposed it.</param>
/// <param name="Mine">Whether the caller did, and so cannot be the second.</param>
public sealed record ProposedRoleShown(MembershipShown Membership, string By, bool Mine);

/// <summary>People, as far as the caller administers them.</summary>
public sealed record PersonList(ImmutableArray<PersonShown> People);

/// <summary>Whether everybody may read an agreement.</summary>
/// <param name="Public">False where only its people may.</param>
public sealed record PublicReading(string Agreement, bool Public);
