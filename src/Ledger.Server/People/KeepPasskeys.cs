using System.Buffers.Text;
using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Ledger.Domain.Input;
using Ledger.Proof.Texts;
using Ledger.Server.Answers;
using Ledger.Server.Authorization;
using Ledger.Server.Description;
using Ledger.Server.Limits;
using Ledger.Store.People;
using NodaTime;
using Wolverine.Http;

namespace Ledger.Server.People;

/// <summary>The caller's own passkeys: made in a browser that is signed in, listed, removed.</summary>
public sealed class KeepPasskeys(PasskeyCeremony ceremony, Passkeys passkeys, TimeProvider clock)
{
    [WolverineGet("/api/v1/passkeys")]
    [Permit(Permission.SignedIn)]
    [Describe("listPasskeys", "Your passkeys", Gives = typeof(PasskeyList))]
    public async Task<IResult> Get(HttpRequest request) =>
        new JsonAnswer(
            new PasskeyList([
                .. (
                    await passkeys.OfAsync(request.HttpContext.Caller()!.Person, request.HttpContext.RequestAborted)
                ).Select(PasskeyShown.Of),
            ])
        );

    [WolverinePost("/api/v1/passkeys/challenges"), TakesTime]
    [Permit(Permission.SignedIn, Door = true)]
    [Describe(
        "askForPasskey",
        "Begin to create a passkey",
        Detail = "The answer's `options` are for `navigator.credentials.create` (`PublicKeyCredential.parseCreationOptionsFromJSON`). They are valid in this session and this browser, once, for five minutes.",
        Form = BodyForm.Nothing,
        Gives = typeof(PasskeyChallenge)
    )]
    public async Task<IResult> Ask(HttpRequest request) =>
        request.HttpContext.Session() is not { } caller
            ? NoSession()
            : PasskeyCeremony.NoName(request) ?? await ceremony.AskToMakeAsync(caller, request.HttpContext);

    [WolverinePost("/api/v1/passkeys")]
    [Permit(Permission.SignedIn, Door = true)]
    [Describe(
        "makePasskey",
        "Register a passkey",
        Detail = "`credential` is the browser's new credential, as written by its `toJSON()`.",
        Form = BodyForm.Plain,
        Example = "passkey",
        Gives = typeof(PasskeyShown),
        Succeeds = [201]
    )]
    public Task<IResult> Post(HttpRequest request) =>
        PeopleBody.ReadAsync(
            request,
            Read,
            async wanted =>
            {
                var context = request.HttpContext;
                if (context.Session() is not { } caller)
                    return NoSession();
                if ((await passkeys.OfAsync(caller.Person, context.RequestAborted)).Length >= PasskeyCeremony.Most)
                    return new ErrorAnswer(
                        "passkey/too-many",
                        $"You have {PasskeyCeremony.Most} passkeys, which is the maximum; remove one first."
                    );
                if (await ceremony.MadeAsync(caller, wanted.Credential, context) is not { } made)
                    return new ErrorAnswer(
                        ErrorCodes.PasskeyRefused,
                        "This passkey was not accepted: it does not answer a challenge that this server issued in the last five minutes. Begin again."
                    );
                var passkey = new Passkey(
                    made.CredentialId,
                    caller.Person,
                    wanted.Name,
                    PasskeyUsers.Kept(made),
                    caller.Device,
                    Instant.FromDateTimeOffset(clock.GetUtcNow()),
                    null
                );
                return await passkeys.AddAsync(passkey, context.RequestAborted)
                    ? new JsonAnswer(PasskeyShown.Of(passkey)) { Status = StatusCodes.Status201Created }
                    : new ErrorAnswer(ErrorCodes.PasskeyRefused, "This passkey is already registered here.");
            }
        );

    [WolverinePost("/api/v1/passkeys/{passkey}/removal")]
    [Permit(Permission.SignedIn, Door = true)]
    [Describe(
        "removePasskey",
        "Remove one of your passkeys",
        Detail = "It no longer signs anybody in. The browser or phone still lists it until it is deleted there.",
        Form = BodyForm.Nothing,
        Gives = typeof(DoneAnswer)
    )]
    public async Task<IResult> Remove(string passkey, HttpRequest request) =>
        StrictBase64.DecodeUrl(passkey) is { } id
        && await passkeys.RemoveAsync(request.HttpContext.Caller()!.Person, id, request.HttpContext.RequestAborted)
            ? new JsonAnswer(new DoneAnswer())
            : new ErrorAnswer(StatusCodes.Status404NotFound, "passkey/not-found", $"You have no passkey {passkey}.");

    internal static ErrorAnswer NoSession() =>
        new(ErrorCodes.NoSession, "Only a browser that is signed in may do this; an API token may not.");

    internal sealed record Wanted(string Name, JsonNode Credential);

    private static Wanted? Read(InputNode input)
    {
        input.Only("name", "credential");
        var name = input["name"].Words("a name for this passkey", 200);
        return Credential(input) is { } credential && name is not null ? new Wanted(name, credential) : null;
    }

    internal static JsonNode? Credential(InputNode input)
    {
        var credential = input["credential"];
        if (!credential.Required("the answer of the browser's authenticator"))
            return null;
        if (!credential.IsObject)
            credential.Wrong(
                "input/not-an-object",
                "'credential' must be an object, as the browser's 'toJSON()' writes it."
            );
        return credential.Node;
    }
}

/// <summary>A passkey of the caller's.</summary>
/// <param name="Id">As browsers write it, in base64url.</param>
/// <param name="Synced">Whether its owner's other devices have it too.</param>
/// <param name="Device">The device on which it was made; null where that was not enrolled.</param>
/// <param name="LastUsedAt">Null where it was not used yet.</param>
public sealed record PasskeyShown(
    string Id,
    string Name,
    bool Synced,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] Guid? Device,
    Instant CreatedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] Instant? LastUsedAt
)
{
    public static PasskeyShown Of(Passkey passkey) =>
        new(
            Base64Url.EncodeToString(passkey.Id),
            passkey.Name,
            passkey.Credential.BackedUp,
            passkey.Device,
            passkey.CreatedAt,
            passkey.LastUsedAt
        );
}

/// <summary>The caller's passkeys.</summary>
public sealed record PasskeyList(ImmutableArray<PasskeyShown> Passkeys);

/// <summary>What a browser hands to its authenticator.</summary>
/// <param name="Options">For <c>navigator.credentials</c>, as WebAuthn writes them in JSON.</param>
public sealed record PasskeyChallenge(JsonNode Options);
