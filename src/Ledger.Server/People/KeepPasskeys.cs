using System.Buffers.Text;
using System.Text.Json.Nodes;
using Ledger.Domain.Input;
using Ledger.Proof.Texts;
using Ledger.Server.Answers;
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
    [Describe("listPasskeys", "Your passkeys")]
    public async Task<IResult> Get(HttpRequest request) =>
        new JsonAnswer(
            new JsonObject
            {
                ["passkeys"] = new JsonArray([
                    .. (
                        await passkeys.OfAsync(request.HttpContext.Caller()!.Person, request.HttpContext.RequestAborted)
                    ).Select(p => (JsonNode)Of(p)),
                ]),
            }
        );

    [WolverinePost("/api/v1/passkeys/challenges"), TakesTime]
    [Describe(
        "askForPasskey",
        "Begin to make a passkey",
        Detail = "The answer's `options` are for `navigator.credentials.create` (`PublicKeyCredential.parseCreationOptionsFromJSON`). They count in this session and this browser, once, for five minutes.",
        Form = BodyForm.Nothing
    )]
    public async Task<IResult> Ask(HttpRequest request) =>
        request.HttpContext.Session() is not { } caller
            ? NoSession()
            : PasskeyCeremony.NoName(request) ?? await ceremony.AskToMakeAsync(caller, request.HttpContext);

    [WolverinePost("/api/v1/passkeys")]
    [Describe(
        "makePasskey",
        "Keep a passkey",
        Detail = "`credential` is what the browser made, as its `toJSON()` writes it.",
        Form = BodyForm.Plain,
        Example = "passkey"
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
                        $"You have {PasskeyCeremony.Most} passkeys, which is the most; remove one first."
                    );
                if (await ceremony.MadeAsync(caller, wanted.Credential, context) is not { } made)
                    return new ErrorAnswer(
                        ErrorCodes.PasskeyRefused,
                        "This passkey was not accepted: it answers no question that was asked here in the last five minutes, or another one. Begin again."
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
                    ? new JsonAnswer(Of(passkey)) { Status = StatusCodes.Status201Created }
                    : new ErrorAnswer(ErrorCodes.PasskeyRefused, "This passkey is kept here already.");
            }
        );

    [WolverinePost("/api/v1/passkeys/{passkey}/removal")]
    [Describe(
        "removePasskey",
        "Remove a passkey of yours",
        Detail = "It signs nobody in any more. The browser or phone still lists it until it is deleted there.",
        Form = BodyForm.Nothing
    )]
    public async Task<IResult> Remove(string passkey, HttpRequest request) =>
        StrictBase64.DecodeUrl(passkey) is { } id
        && await passkeys.RemoveAsync(request.HttpContext.Caller()!.Person, id, request.HttpContext.RequestAborted)
            ? new JsonAnswer(PeopleBody.Done)
            : new ErrorAnswer(
                StatusCodes.Status404NotFound,
                "passkey/not-found",
                $"There is no passkey {passkey} of yours."
            );

    internal static ErrorAnswer NoSession() =>
        new(ErrorCodes.NoSession, "Only a browser that is signed in may do this; an API token may not.");

    internal sealed record Wanted(string Name, JsonNode Credential);

    private static Wanted? Read(InputNode input)
    {
        input.Only("name", "credential");
        var name = input["name"].Words("what you call this passkey", 200);
        return Credential(input) is { } credential && name is not null ? new Wanted(name, credential) : null;
    }

    internal static JsonNode? Credential(InputNode input)
    {
        var credential = input["credential"];
        if (!credential.Required("what the browser's authenticator answered"))
            return null;
        if (!credential.IsObject)
            credential.Wrong(
                "input/not-an-object",
                "'credential' must be an object, as the browser's 'toJSON()' writes it."
            );
        return credential.Node;
    }

    private static JsonObject Of(Passkey passkey) =>
        new()
        {
            ["id"] = Base64Url.EncodeToString(passkey.Id),
            ["name"] = passkey.Name,
            ["synced"] = passkey.Credential.BackedUp,
            ["device"] = passkey.Device,
            ["createdAt"] = PersonJson.Write(passkey.CreatedAt),
            ["lastUsedAt"] = PersonJson.Write(passkey.LastUsedAt),
        };
}
