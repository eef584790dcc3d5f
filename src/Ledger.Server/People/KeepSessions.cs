using System.Text.Json.Nodes;
using Ledger.Server.Answers;
using Ledger.Server.Description;
using Ledger.Store.People;
using Wolverine.Http;

namespace Ledger.Server.People;

/// <summary>
/// The browsers that somebody is signed in with: what a link that was lost has opened is seen here, and shut.
/// </summary>
public sealed class KeepSessions(SignIns signIns, PeopleRegister people)
{
    [WolverineGet("/api/v1/people/{person}/sessions")]
    [Describe(
        "listSessions",
        "Where a person is signed in",
        Detail = "The browsers that are let in at this moment, the last used first. `me` is yourself; who keeps the ledger sees anybody's."
    )]
    public async Task<IResult> Get(string person, HttpRequest request) =>
        await WhoseAsync(person, request) is not { } id
            ? KeepPeople.NoPerson(person)
            : new JsonAnswer(
                new JsonObject
                {
                    ["sessions"] = new JsonArray([
                        .. (await signIns.SessionsAsync(id, request.HttpContext.RequestAborted)).Select(session =>
                            (JsonNode)Of(session, request.HttpContext.Session())
                        ),
                    ]),
                }
            );

    [WolverinePost("/api/v1/people/{person}/sessions/{session}/end")]
    [Describe(
        "endSession",
        "Sign a browser out from elsewhere",
        Detail = "At once, on every server. A device that was enrolled in it stays enrolled: revoke that too, if it is nobody's.",
        Form = BodyForm.Nothing
    )]
    public async Task<IResult> End(string person, string session, HttpRequest request) =>
        await WhoseAsync(person, request) is not { } id ? KeepPeople.NoPerson(person)
        : PeopleBody.Id(session) is { } known
        && await signIns.EndSessionAsync(id, known, request.HttpContext.RequestAborted)
            ? new JsonAnswer(PeopleBody.Done)
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

    private static JsonObject Of(LiveSession session, Caller? caller) =>
        new()
        {
            ["id"] = session.Id,
            ["how"] = session.How,
            ["device"] = session.Device,
            ["startedAt"] = PersonJson.Write(session.StartedAt),
            ["lastSeenAt"] = PersonJson.Write(session.LastSeenAt),
            ["expiresAt"] = PersonJson.Write(session.ExpiresAt),
            ["current"] = session.Id == caller?.Access,
        };
}
