using System.Text.Json.Nodes;
using Ledger.Server.Answers;
using Ledger.Server.Authorization;
using Ledger.Store.People;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Ledger.Server.People;

/// <summary>
/// Asks a browser's authenticator for a passkey and judges its answer. A passkey belongs to the name under which the
/// server was asked: one of LEDGER_HOSTS, or localhost. The middleware before has seen to that before.
/// </summary>
public sealed class PasskeyCeremony(
    PeopleRegister people,
    Passkeys passkeys,
    Challenges challenges,
    ILoggerFactory loggers
)
{
    /// <summary>Of one person.</summary>
    public const int Most = 20;

    private readonly ILogger _log = loggers.CreateLogger("Ledger.Passkeys");

    private readonly PasskeyHandler<Person> _handler = new(
        new UserManager<Person>(
            new PasskeyUsers(people, passkeys),
            null!,
            null!,
            [],
            [],
            null!,
            null!,
            null!,
            loggers.CreateLogger<UserManager<Person>>()
        ),
        Options.Create(
            new IdentityPasskeyOptions
            {
                // It stands for a person by itself: so the authenticator asks for a finger, a face or a PIN, and knows
                // whose it is.
                UserVerificationRequirement = "required",
                ResidentKeyRequirement = "required",
                AttestationConveyancePreference = "none",
                AuthenticatorTimeout = Challenges.Life.ToTimeSpan(),
                ValidateOrigin = asked =>
                    ValueTask.FromResult(
                        !asked.CrossOrigin
                            && asked.Origin == $"{asked.HttpContext.Request.Scheme}://{asked.HttpContext.Request.Host}"
                    ),
            }
        )
    );

    /// <summary>Null where the server was asked under a name that can have passkeys.</summary>
    public static ErrorAnswer? NoName(HttpRequest request) =>
        Uri.CheckHostName(request.Host.Host.Trim('[', ']')) == UriHostNameType.Dns
            ? null
            : new ErrorAnswer(
                "passkey/no-name",
                $"A passkey belongs to a host name, but this server was reached as {request.Host.Value}: on its own machine, open http://localhost:{request.HttpContext.Connection.LocalPort} instead."
            );

    public async Task<IResult> AskToMakeAsync(Caller caller, HttpContext context)
    {
        var asked = await _handler.MakeCreationOptionsAsync(
            new PasskeyUserEntity
            {
                Id = PasskeyUsers.IdOf(caller.Person),
                Name = caller.Name,
                DisplayName = caller.Name,
            },
            context
        );
        return await AskedAsync(context, asked.CreationOptionsJson, asked.AttestationState!, caller.Access);
    }

    public async Task<IResult> AskWhoAsync(HttpContext context)
    {
        var asked = await _handler.MakeRequestOptionsAsync(null, context);
        return await AskedAsync(context, asked.RequestOptionsJson, asked.AssertionState!, null);
    }

    /// <summary>Null where the answer is not good; why is in the server's log.</summary>
    public async Task<UserPasskeyInfo?> MadeAsync(Caller caller, JsonNode credential, HttpContext context)
    {
        if (await TakenAsync(context, caller.Access) is not { } state)
            return null;
        var result = await _handler.PerformAttestationAsync(
            new PasskeyAttestationContext
            {
                HttpContext = context,
                CredentialJson = credential.ToJsonString(),
                AttestationState = state,
            }
        );
        return result.Succeeded && result.UserEntity.Id == PasskeyUsers.IdOf(caller.Person)
            ? result.Passkey
            : Refused<UserPasskeyInfo>(result.Failure);
    }

    /// <summary>
    /// Null where the answer is not good; who asks is not told why, so that nobody learns which passkeys there are.
    /// </summary>
    public async Task<(Guid Person, UserPasskeyInfo Passkey)?> WhoAsync(JsonNode credential, HttpContext context)
    {
        if (await TakenAsync(context, null) is not { } state)
            return null;
        var result = await _handler.PerformAssertionAsync(
            new PasskeyAssertionContext
            {
                HttpContext = context,
                CredentialJson = credential.ToJsonString(),
                AssertionState = state,
            }
        );
        if (result.Succeeded)
            return (result.User.Id, result.Passkey);
        Refused<UserPasskeyInfo>(result.Failure);
        return null;
    }

    private async Task<IResult> AskedAsync(HttpContext context, string optionsJson, string state, Guid? session)
    {
        Cookies.Challenge.Set(
            context.Response,
            await challenges.BeginAsync(state, session, context.RequestAborted),
            Challenges.Life.ToTimeSpan()
        );
        return new JsonAnswer(new PasskeyChallenge(JsonNode.Parse(optionsJson)!));
    }

    private async Task<string?> TakenAsync(HttpContext context, Guid? session)
    {
        var secret = Cookies.Challenge.Read(context.Request);
        Cookies.Challenge.Clear(context.Response);
        return await challenges.TakeAsync(secret, session, context.RequestAborted);
    }

    /// <summary>The reason may hold what a stranger sent, so it is kept to one line.</summary>
    private T? Refused<T>(Exception? why)
        where T : class
    {
        _log.LogInformation(
            "A passkey was refused: {Reason}",
            string.Concat((why?.Message ?? "").Where(c => !char.IsControl(c)).Take(300))
        );
        return null;
    }
}
