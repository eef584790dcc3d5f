using System.Collections.Immutable;
using Ledger.Domain.Input;
using Ledger.Server.Answers;
using Ledger.Server.Authorization;
using Ledger.Server.Description;
using Ledger.Store.People;
using Wolverine.Http;

namespace Ledger.Server.People;

/// <summary>Devices and the keys with which they sign what is filed.</summary>
public sealed class KeepDevices(Devices devices, PeopleRegister people, ShowMe me, Access access)
{
    [WolverineGet("/api/v1/devices")]
    [Permit(Permission.SignedIn)]
    [Describe("listDevices", "Your devices and the keys with which they sign", Gives = typeof(DeviceList))]
    public async Task<IResult> Get(HttpRequest request) =>
        new JsonAnswer(
            new DeviceList(
                DeviceShown.Of(
                    (
                        await people.FindAsync(request.HttpContext.Caller()!.Person, request.HttpContext.RequestAborted)
                    )?.Devices
                        ?? []
                )
            )
        );

    [WolverinePost("/api/v1/devices")]
    [Permit(Permission.SignedIn, Door = true)]
    [Describe(
        "enrolDevice",
        "Enrol this device and its key",
        Detail = "From now on, your reports that are signed with this key are recorded as signed by an enrolled key. The session ends when the device is revoked. Enrolling the same key again changes nothing. The answer is that of `/api/v1/me`.",
        Form = BodyForm.Plain,
        Example = "device",
        Gives = typeof(Me)
    )]
    public Task<IResult> Post(HttpRequest request) =>
        PeopleBody.ReadAsync(
            request,
            DeviceKey.Read,
            async device =>
            {
                var context = request.HttpContext;
                if (context.Session() is not { } caller)
                    return KeepPasskeys.NoSession();
                return await devices.EnrolAsync(caller.Person, device, caller.Access, context.RequestAborted) switch
                {
                    Enrolment.Revoked => ErrorAnswer.Of([
                        new Problem(
                            "device/key-revoked",
                            "/publicKey",
                            "This key was revoked, which is permanent. Create a new key on this device and enrol it."
                        ),
                    ]),
                    Enrolment.TooMany => new ErrorAnswer(
                        "device/too-many",
                        $"You have enrolled {Devices.Most} devices, which is the maximum."
                    ),
                    _ => new JsonAnswer(
                        me.Of(await access.OfSessionAsync(Cookies.Session.Read(request), context.RequestAborted))
                    ),
                };
            }
        );

    [WolverinePost("/api/v1/people/{person}/devices/{device}/revocation")]
    [Permit(Permission.SignedIn, Door = true)]
    [Describe(
        "revokeDevice",
        "Revoke a device",
        Detail = "For example a lost phone: its sessions end, passkeys, tokens and open links created on it are revoked, and reports signed with its key are recorded as signed by a revoked key. Its owner may do this as well.",
        Form = BodyForm.Nothing,
        Gives = typeof(DoneAnswer)
    )]
    public async Task<IResult> Revoke(string person, string device, HttpRequest request)
    {
        var caller = request.HttpContext.Caller()!;
        var owner = person == PeopleBody.Me ? caller.Person : PeopleBody.Id(person);
        return
            owner is { } of
            && PeopleBody.Id(device) is { } id
            && (caller.Keeps() || of == caller.Person)
            && await devices.RevokeAsync(of, id, request.HttpContext.RequestAborted)
            ? new JsonAnswer(new DoneAnswer())
            : KeepPeople.NoPerson(person);
    }
}

/// <summary>The caller's devices.</summary>
public sealed record DeviceList(ImmutableArray<DeviceShown> Devices);
