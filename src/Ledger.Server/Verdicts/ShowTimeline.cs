using Ledger.Server.Authorization;
using Ledger.Server.Description;
using Ledger.Server.Requests;
using Ledger.Verdicts;
using Ledger.Verdicts.Answers;
using Wolverine.Http;

namespace Ledger.Server.Verdicts;

/// <summary>How one provision stood over all valid time.</summary>
public sealed class ShowTimeline(QuestionEndpoint questions)
{
    [WolverineGet("/api/v1/agreements/{id}/verdicts/{provision}/timeline"), TakesTimelessQuestion]
    [Permit(Permission.Read)]
    [Describe(
        "showTimeline",
        "The verdict on one provision over all time",
        Detail = "Half-open intervals with one answer each.",
        Gives = typeof(TimelineAnswer),
        Pins = true
    )]
    public Task<IResult> Get(string id, string provision, HttpRequest request) =>
        questions.AnswerAlwaysAsync(
            id,
            request,
            (book, question) => Judge.Timeline(book, provision, question.KnownAt, question.Lens)
        );
}
