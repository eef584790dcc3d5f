using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Ledger.Server.Answers;
using Ledger.Server.Authorization;
using Ledger.Server.Description;
using Ledger.Store.People;
using NodaTime;
using Wolverine.Http;

namespace Ledger.Server.People;

/// <summary>
/// The browsers that somebody is signed in with: what a link that was lost has opened is seen here, and shut.
/// </summary>
public sealed class KeepSessions(SignIns signIns, PeopleRegister people)
{
    [WolverineGet("/api/v1/people/{person}/sessions")]
    [Permit(Permission.SignedIn)]
    [Describe(
        "listSessions",
        "Where a person is signed in",
        Detail = "The browsers that are signed in at this moment, the most recently used first. `me` is yourself; the operator and administrators of the whole ledger see those of anybody.",
        Gives = typeof(SessionList)
    )]
    public async Task<IResult> Get(string person, HttpRequest request) =>
        await WhoseAsync(person, request) is not { } id
            ? KeepPeople.NoPerson(person)
            : new JsonAnswer(
                new SessionList([
                    .. (await signIns.SessionsAsync(id, request.HttpContext.RequestAborted)).Select(session =>
                        SessionShown.Of(session, request.HttpContext.Session())
                    ),
                ])
            );

    [WolverinePost("/api/v1/people/{person}/sessions/{session}/end")]
    [Permit(Permission.SignedIn, Door = true)]
    [Describe(
        "endSession",
        "Sign out another browser",
        Detail = "Immediately, on every server. A device that was enrolled in it stays enrolled: revoke it as well if nobody uses it any more.",
        Form = BodyForm.Nothing,
        Gives = typeof(DoneAnswer)
    )]
    public async Task<IResult> End(string person, string session, HttpRequest request) =>
        await WhoseAsync(person, request) is not { } id ? KeepPeople.NoPerson(person)
        : PeopleBody.Id(session) is { } known
        && await signIns.EndSessionAsync(id, known, request.HttpContext.RequestAborted)
            ? new JsonAnswer(new DoneAnswer())
        : new ErrorAnswer(
            StatusCodes.Status404NotFound,
            "session/not-found",
            $"There is no session {session} of this person."
        );

    private async Task<Guid?> WhoseAsync(string person, HttpRequest request)
    {
        var caller = request.HttpContext.Caller()!;
        if (person == PeopleBody.Me || PeopleBody.Id(person) == caller.Person)
            return caller.Person;
        return
            caller.Keeps()
            && PeopleBody.Id(person) is { } id
            && await people.FindAsync(id, request.HttpContext.RequestAborted) is not null
            ? id
            : null;
    }
}

/// <summary>A browser that is let in at this moment.</summary>
/// <param name="How">The way it came in: link, passkey or oidc.</param>
/// <param name="Device">The device that was enrolled in it; null where none was.</param>
/// <param name="ExpiresAt">When it ends by itself.</param>
/// <param name="Current">Whether it is the one that asks.</param>
public sealed record SessionShown(
    Guid Id,
    string How,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] Guid? Device,
    Instant StartedAt,
    Instant LastSeenAt,
    Instant ExpiresAt,
    bool Current
)
{
    public static SessionShown Of(LiveSession session, Caller? caller) =>
        new(
            session.Id,
            session.How,
            session.Device,
            session.StartedAt,
            session.LastSeenAt,
            session.ExpiresAt,
            session.Id == caller?.Access
        );
}

/// <summary>Where a person is signed in, the last used first.</summary>
public sealed record SessionList(ImmutableArray<SessionShown> Sessions);
