using System.Text.Json.Nodes;
using Ledger.Domain.Input;
using Ledger.Server.Answers;
using Ledger.Server.Authorization;
using Ledger.Server.Description;
using Ledger.Server.Requests;
using Ledger.Store.People;
using Wolverine.Http;

namespace Ledger.Server.People;

/// <summary>Coming in by a link that works once, and going out.</summary>
public sealed class SignIn(SignIns signIns, Access access, ShowMe me)
{
    [WolverinePost("/api/v1/sign-in")]
    [Permit(Permission.Everyone)]
    [Describe(
        "signIn",
        "Sign in with a one-time link",
        Detail = "The secret is the part after `#` in the link. An invitation creates a new person and may enrol this device with its public key (a JSON Web Key, P-256 or Ed25519). The answer sets the session's cookie and says who you are, as `/api/v1/me` does.",
        Form = BodyForm.Plain,
        Example = "sign_in",
        Gives = typeof(Me)
    )]
    public async Task<IResult> Post(HttpRequest request)
    {
        switch ((await RequestBody.JsonAsync(request)).Then(Read))
        {
            case Parsed<Link>.Good { Value: var link }:
                var context = request.HttpContext;
                if (
                    await signIns.RedeemAsync(link.Secret, link.Name, link.Device, context.RequestAborted)
                    is not { } session
                )
                    return Refusal(await signIns.StateOfAsync(link.Secret, context.RequestAborted));
                Cookies.SetSession(context.Response, session);
                return new JsonAnswer(me.Of(await access.OfSessionAsync(session.Secret, context.RequestAborted)));
            case Parsed<Link>.Bad bad:
                return ErrorAnswer.Of(bad.Problems);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    [WolverinePost("/api/v1/sign-out")]
    [Permit(Permission.SignedIn)]
    [Describe("signOut", "End this session", Form = BodyForm.Nothing, Gives = typeof(Me))]
    [Takes("erase")]
    public async Task<IResult> Out(HttpRequest request)
    {
        var context = request.HttpContext;
        if (context.Session() is not { } caller)
            return new ErrorAnswer(
                ErrorCodes.NoSession,
                "An API token has no session to end; revoke the token instead."
            );
        await signIns.EndSessionAsync(caller.Person, caller.Access, context.RequestAborted);
        Cookies.Session.Clear(context.Response);
        // What the browser kept of this address is not for whoever sits down at it next. Drafts and the outbox are for
        // the one who signs in again, unless they erase this browser.
        context.Response.Headers["Clear-Site-Data"] =
            request.Query["erase"] == "true" ? "\"cache\", \"cookies\", \"storage\"" : "\"cache\"";
        return new JsonAnswer(me.Of(null));
    }

    /// <summary>Whoever holds a link may know what became of it; it cannot be guessed.</summary>
    private static ErrorAnswer Refusal(LinkState state)
    {
        const string Next =
            "Ask the person who sent it for a new one; on the server's machine, './ledger people link' prints one.";
        return state switch
        {
            LinkState.Used => new ErrorAnswer(
                ErrorCodes.LinkUsed,
                $"This link was used already and works only once. If you did not use it, tell the person who sent it. {Next}"
            ),
            LinkState.Expired => new ErrorAnswer(ErrorCodes.LinkExpired, $"This link has expired. {Next}"),
            LinkState.Withdrawn => new ErrorAnswer(ErrorCodes.LinkWithdrawn, $"This link was withdrawn. {Next}"),
            _ => new ErrorAnswer(
                ErrorCodes.LinkRefused,
                $"This link is not known here: it is incomplete, or belongs to another ledger. Copy the whole link. {Next}"
            ),
        };
    }

    private sealed record Link(string Secret, string? Name, NewDevice? Device);

    private static Parsed<Link> Read(JsonNode body)
    {
        var problems = new Problems();
        var input = new InputNode(body, "", problems);
        input.Only("secret", "name", "device");
        var (secret, name) = (
            input["secret"].Words("the part after # in the link", 200),
            input["name"].Text(200)?.Trim()
        );
        var device = input["device"].IsPresent ? DeviceKey.Read(input["device"]) : null;
        return problems.Any
            ? new Parsed<Link>.Bad(problems.ToImmutable())
            : new Parsed<Link>.Good(new Link(secret!, name is "" ? null : name, device));
    }
}
