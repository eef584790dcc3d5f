using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.Domain.Entries;
using Ledger.Domain.Identities;
using Ledger.Domain.Input;
using Ledger.Domain.Time;
using Ledger.Server.Answers;
using Ledger.Verdicts;
using NodaTime;

namespace Ledger.Server.Requests;

/// <summary>From a query to an answer: open the book, read the question, ask, pin.</summary>
public sealed class QuestionEndpoint(CurrentBooks books, TimeProvider clock)
{
    public Instant Now => Instant.FromDateTimeOffset(clock.GetUtcNow()).ToMicroseconds();

    /// <param name="agreement">From the path.</param>
    /// <param name="request">Its query holds the question.</param>
    /// <param name="answer">Null where the reading has no provision of the path's name.</param>
    public Task<IResult> AnswerAsync(
        AgreementId agreement,
        HttpRequest request,
        Func<Book, Question, object?> answer
    ) => AnswerAsync(agreement, request, QuestionForm.Point, (book, asked) => answer(book, asked.Question));

    /// <summary>Answers about all valid time.</summary>
    public Task<IResult> AnswerAlwaysAsync(
        AgreementId agreement,
        HttpRequest request,
        Func<Book, Question, object?> answer
    ) => AnswerAsync(agreement, request, QuestionForm.AllTime, (book, asked) => answer(book, asked.Question));

    /// <summary>Answers about the way from one point to another.</summary>
    public Task<IResult> CompareAsync(
        AgreementId agreement,
        HttpRequest request,
        Func<Book, Question, Question, object?> answer
    ) =>
        AnswerAsync(
            agreement,
            request,
            QuestionForm.TwoPoints,
            (book, asked) => answer(book, asked.From!, asked.Question)
        );

    /// <summary>Answers with a table instead of JSON.</summary>
    public async Task<IResult> TableAsync(
        AgreementId agreement,
        HttpRequest request,
        Func<Book, Question, bool, IResult> table
    )
    {
        if (await books.OpenAsync(agreement, request) is not { } open)
            return ErrorAnswer.NoAgreement(agreement);
        var query = new QueryReader(request.Query);
        var mark = query.Mark();
        return query.IsWrong
            ? ErrorAnswer.OfQuery(query.Problems)
            : open.Read(book =>
                PinnedQuestion.Read(request, book, Now) switch
                {
                    Parsed<PinnedQuestion>.Good { Value: var asked } => table(book, asked.Question, mark),
                    Parsed<PinnedQuestion>.Bad bad => ErrorAnswer.OfQuery(bad.Problems),
                    _ => throw new System.Diagnostics.UnreachableException(),
                }
            );
    }

    private async Task<IResult> AnswerAsync(
        AgreementId agreement,
        HttpRequest request,
        QuestionForm form,
        Func<Book, PinnedQuestion, object?> answer
    )
    {
        return await books.OpenAsync(agreement, request) is { } open
            ? open.Read(book => Answer(book, request, form, answer))
            : ErrorAnswer.NoAgreement(agreement);
    }

    private IResult Answer(
        Book book,
        HttpRequest request,
        QuestionForm form,
        Func<Book, PinnedQuestion, object?> answer
    ) =>
        PinnedQuestion.Read(request, book, Now, form) switch
        {
            Parsed<PinnedQuestion>.Good { Value: var asked } => answer(book, asked) is { } found
                ? Pinned(found, asked)
                : NoProvision((string)request.RouteValues["provision"]!, book, asked.Question),
            Parsed<PinnedQuestion>.Bad bad => ErrorAnswer.OfQuery(bad.Problems),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private static JsonAnswer Pinned(object answer, PinnedQuestion asked)
    {
        var json = JsonSerializer.SerializeToNode(answer, answer.GetType(), LedgerJson.Options)!.AsObject();
        json["pinned"] = asked.Pinned;
        return new JsonAnswer(json) { Immutable = asked.IsPinned };
    }

    public static ErrorAnswer NoProvision(string name, Book book, Question question)
    {
        var reading = book.Reading(question);
        var known = reading.Provisions.Select(provision => provision.Id).ToArray();
        return new ErrorAnswer(
            ErrorCodes.UnknownProvision,
            $"'{reading.Id}' has no provision '{name}' in its version '{reading.Version}'; it has {string.Join(", ", known)}.{Nearest.Hint(name, known)}"
        );
    }
}
