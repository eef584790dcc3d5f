using System.Text.Json.Nodes;
using Ledger.Domain.Input;
using Ledger.Server.Answers;
using Ledger.Server.Description;
using Ledger.Server.Requests;
using Ledger.Store.People;
using Wolverine.Http;

namespace Ledger.Server.People;

/// <summary>Coming in by a link that works once, and going out.</summary>
public sealed class SignIn(Doors doors, Access access, ShowMe me)
{
    [WolverinePost("/api/v1/sign-in")]
    [Describe("signIn", "Use a link that lets you in once", Detail = "The secret is what follows `#` in the link. An invitation makes a new person and may enrol this device with its public key (a JSON Web Key, P-256 or Ed25519). The answer sets the session's cookie and says who you are, as `/api/v1/me` does.", Form = BodyForm.Plain, Example = "sign_in")]
    public async Task<IResult> Post(HttpRequest request)
    {
        switch ((await RequestBody.JsonAsync(request)).Then(Read))
        {
            case Parsed<Link>.Good { Value: var link }:
                var context = request.HttpContext;
                if (await doors.RedeemAsync(link.Secret, link.Name, link.Device, context.RequestAborted) is not { } session)
                    return new ErrorAnswer(ErrorCodes.LinkRefused, "This link does not work: it was used already, has expired, or was withdrawn. Ask for a new one; on the server's machine, './ledger people link' prints one.");
                SessionCookie.Set(context.Response, session);
                return new JsonAnswer(me.Of(await access.OfSessionAsync(session.Secret, context.RequestAborted)));
            case Parsed<Link>.Bad bad:
                return ErrorAnswer.Of(bad.Problems);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    [WolverinePost("/api/v1/sign-out")]
    [Describe("signOut", "End this session", Form = BodyForm.Nothing)]
    public async Task<IResult> Out(HttpRequest request)
    {
        var context = request.HttpContext;
        if (context.Caller() is not { Kind: AccessKind.Session } caller)
            return new ErrorAnswer("permission/no-session", "An API token has no session to end; revoke the token instead.");
        await doors.EndSessionAsync(caller.Access, context.RequestAborted);
        SessionCookie.Clear(context.Response);
        return new JsonAnswer(me.Of(null));
    }

    private sealed record Link(string Secret, string? Name, NewDevice? Device);

    private static Parsed<Link> Read(JsonNode body)
    {
        var problems = new Problems();
        var input = new InputNode(body, "", problems);
        input.Only("secret", "name", "device");
        var (secret, name) = (input["secret"].Words("what follows # in the link", 200), input["name"].Text(200)?.Trim());
        var device = input["device"].IsPresent ? DeviceKey.Read(input["device"]) : null;
        return problems.Any ? new Parsed<Link>.Bad(problems.ToImmutable()) : new Parsed<Link>.Good(new Link(secret!, name is "" ? null : name, device));
    }
}
