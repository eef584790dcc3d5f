using System.Collections.Immutable;
using Ledger.Domain.Entries;
using Ledger.Server.Answers;
using Ledger.Server.Authorization;
using Ledger.Server.Description;
using Ledger.Server.Requests;
using Ledger.Store.People;
using Ledger.Store.Reading;
using Ledger.Store.Reports;
using NodaTime;
using Wolverine.Http;

namespace Ledger.Server.Reports;

/// <param name="Words">What was answered, or why the report was corrected.</param>
public sealed record AnswerToQuestion(Guid Entry, long Position, Instant RecordedAt, string Type, string Words);

/// <param name="Entry">The question's entry id: what an answer names.</param>
/// <param name="Mine">Whether the asker of this list filed the report, and so may answer.</param>
/// <param name="Answer">Null while it waits.</param>
public sealed record QuestionAboutReport(
    Guid Entry,
    long Position,
    Instant RecordedAt,
    Guid Report,
    string Kind,
    string? Place,
    string Question,
    ImmutableArray<string> Fields,
    string? By,
    bool Mine,
    AnswerToQuestion? Answer
);

public sealed record QuestionsAboutReports(string Agreement, ImmutableArray<QuestionAboutReport> Questions);

/// <summary>A reviewer sends a report back with a question, and whoever filed it answers or corrects it.</summary>
public sealed class SendBack(Submission submission, LedgerReader reader, Questions questions, PeopleRegister people)
{
    [WolverinePost("/api/v1/reports/{report}/questions")]
    [Permit(Permission.Review)]
    [Describe(
        "sendReportBack",
        "Send a report back with a question",
        Detail = "It changes no verdict. The reporter answers it, or corrects the report.",
        Takes = ["report_sent_back"],
        Gives = typeof(ReceiptBody)
    )]
    public Task<IResult> Post(string report, HttpRequest request) =>
        submission.RecordAboutAsync(
            report,
            "report_filed",
            request,
            EventBodies.Of("report_sent_back", ("target", report))
        );

    [WolverinePost("/api/v1/questions/{entry}/answers")]
    [Permit(Permission.File)]
    [Describe(
        "answerQuestion",
        "Answer a question about your report",
        Detail = "In words. To change the report, record a correction, which also answers the question.",
        Takes = ["question_answered"],
        Gives = typeof(ReceiptBody)
    )]
    public Task<IResult> Answer(string entry, HttpRequest request) =>
        submission.RecordAboutAsync(
            entry,
            "report_sent_back",
            request,
            EventBodies.Of("question_answered", ("target", entry))
        );

    [WolverineGet("/api/v1/agreements/{id}/questions")]
    [Permit(Permission.Read)]
    [Describe(
        "listQuestions",
        "Reports that were sent back, with the answers",
        Detail = "The latest 500, the newest first, except those about reports that were withdrawn.",
        Gives = typeof(QuestionsAboutReports)
    )]
    public async Task<IResult> Get(string id, HttpContext context)
    {
        var cancellation = context.RequestAborted;
        if (await reader.SizeAsync(id, cancellation) == 0)
            return ErrorAnswer.NoAgreement(id);
        var asked = await questions.LatestAsync(id, cancellation);
        var filers = await people.FilersOfAsync([.. asked.Select(one => one.Report.Filing.Id)], cancellation);
        return new JsonAnswer(
            new QuestionsAboutReports(
                id,
                [
                    .. asked.Select(one =>
                        Shown(
                            one,
                            filers.GetValueOrDefault(one.Report.Filing.Id) is var filer
                                && filer != Guid.Empty
                                && filer == context.Caller()?.Person
                        )
                    ),
                ]
            )
        );
    }

    private static QuestionAboutReport Shown(SentBack sent, bool mine)
    {
        var asked = (ReportSentBack)sent.Asked.Event;
        return new(
            sent.Asked.Id,
            sent.Asked.Position,
            sent.Asked.RecordedAt,
            asked.Target,
            sent.Report.Report.Kind,
            sent.Report.Report.Place?.Name,
            asked.Question,
            asked.Fields,
            asked.By,
            mine,
            sent.Answer is { } answer ? Shown(answer) : null
        );
    }

    private static AnswerToQuestion Shown(Entry answer) =>
        new(
            answer.Id,
            answer.Position,
            answer.RecordedAt,
            answer.Type,
            answer.Event is QuestionAnswered said ? said.Words : ((ReportCorrected)answer.Event).Reason
        );
}
