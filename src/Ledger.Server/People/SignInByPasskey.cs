using System.Text.Json.Nodes;
using Ledger.Domain.Input;
using Ledger.Server.Answers;
using Ledger.Server.Authorization;
using Ledger.Server.Description;
using Ledger.Server.Limits;
using Ledger.Store.People;
using NodaTime;
using Wolverine.Http;

namespace Ledger.Server.People;

/// <summary>Coming in with a passkey, which says by itself whose it is.</summary>
public sealed class SignInByPasskey(
    PasskeyCeremony ceremony,
    Passkeys passkeys,
    SignIns signIns,
    Access access,
    ShowMe me,
    TimeProvider clock
)
{
    [WolverinePost("/api/v1/sign-in/challenges"), TakesTime]
    [Permit(Permission.Everyone)]
    [Describe(
        "askWho",
        "Begin to sign in with a passkey",
        Detail = "The answer's `options` are for `navigator.credentials.get` (`PublicKeyCredential.parseRequestOptionsFromJSON`). They are valid in this browser, once, for five minutes.",
        Form = BodyForm.Nothing,
        Gives = typeof(PasskeyChallenge)
    )]
    public async Task<IResult> Ask(HttpRequest request) =>
        PasskeyCeremony.NoName(request) ?? await ceremony.AskWhoAsync(request.HttpContext);

    [WolverinePost("/api/v1/sign-in/passkey"), TakesTime]
    [Permit(Permission.Everyone)]
    [Describe(
        "signInByPasskey",
        "Sign in with a passkey",
        Detail = "`credential` is the answer of the browser's authenticator, as written by its `toJSON()`. The answer sets the session's cookie and says who you are, as `/api/v1/me` does. In a session of the same person it is a fresh proof, and the session continues with a new secret.",
        Form = BodyForm.Plain,
        Example = "sign_in_by_passkey",
        Gives = typeof(Me)
    )]
    public Task<IResult> Post(HttpRequest request) =>
        PeopleBody.ReadAsync(
            request,
            Read,
            async credential =>
            {
                var context = request.HttpContext;
                if (await ceremony.WhoAsync(credential, context) is not var (person, passkey))
                    return new ErrorAnswer(
                        ErrorCodes.PasskeyRefused,
                        "This passkey does not work here: it was removed, belongs to another ledger, or took more than five minutes. Try again, or ask an administrator for a link."
                    );
                await passkeys.UsedAsync(
                    passkey.CredentialId,
                    PasskeyUsers.Kept(passkey),
                    Instant.FromDateTimeOffset(clock.GetUtcNow()),
                    context.RequestAborted
                );
                // Whoever is signed in already proves anew who they are, and stays on the device they are on.
                var session =
                    context.Session() is { } caller && caller.Person == person
                        ? new NewSession(
                            await signIns.ProveAsync(caller.Access, context.RequestAborted),
                            person,
                            caller.Device,
                            caller.ExpiresAt
                        )
                        : await signIns.BeginAsync(person, null, "passkey", context.RequestAborted);
                Cookies.SetSession(context.Response, session);
                return new JsonAnswer(me.Of(await access.OfSessionAsync(session.Secret, context.RequestAborted)));
            }
        );

    private static JsonNode? Read(InputNode input)
    {
        input.Only("credential");
        return KeepPasskeys.Credential(input);
    }
}
