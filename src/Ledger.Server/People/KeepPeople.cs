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
        return new JsonAnswer(
            new PersonList([
                .. all.Where(p => caller.Keeps() || !caller.Visible(p.Memberships).IsEmpty).Select(p => Of(p, caller)),
            ])
        );
    }

    [WolverinePost("/api/v1/people/{person}/memberships")]
    [Permit(Permission.Administer)]
    [Describe(
        "grantMembership",
        "Grant a role",
        Form = BodyForm.Plain,
        Example = "membership",
        Gives = typeof(PersonShown)
    )]
    public Task<IResult> Grant(string person, HttpRequest request) =>
        ChangeAsync(
            person,
            request,
            async (id, membership) =>
            {
                await people.GrantAsync(
                    id,
                    membership,
                    request.HttpContext.Caller()!.Person,
                    request.HttpContext.RequestAborted
                );
                return new JsonAnswer(Of((await people.FindAsync(id))!, request.HttpContext.Caller()));
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
                    ? new JsonAnswer(Of((await people.FindAsync(id))!, request.HttpContext.Caller()))
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

    private static PersonShown Of(Person person, Caller? caller) =>
        new(
            person.Id,
            person.Name,
            person.CreatedAt,
            person.RevokedAt,
            MembershipShown.Of(caller.Visible(person.Memberships)),
            DeviceShown.Of(person.Devices),
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
/// <param name="Devices">With the keys that sign what they file.</param>
/// <param name="Revocable">Whether the caller may close every door to them.</param>
public sealed record PersonShown(
    Guid Id,
    string Name,
    Instant CreatedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] Instant? RevokedAt,
    ImmutableArray<MembershipShown> Memberships,
    ImmutableArray<DeviceShown> Devices,
    bool Revocable
);

/// <summary>People, as far as the caller administers them.</summary>
public sealed record PersonList(ImmutableArray<PersonShown> People);

/// <summary>Whether everybody may read an agreement.</summary>
/// <param name="Public">False where only its people may.</param>
public sealed record PublicReading(string Agreement, bool Public);
