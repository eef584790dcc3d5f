using System.Text.Json.Nodes;
using Ledger.Domain.Agreements;
using Ledger.Domain.Decisions;
using Ledger.Domain.Entries;
using Ledger.Domain.Input;
using Ledger.Server.Answers;
using Ledger.Server.Authorization;
using Ledger.Server.Description;
using Ledger.Server.Limits;
using Ledger.Server.Requests;
using Ledger.Verdicts;
using Ledger.Verdicts.Analyses;
using Ledger.Verdicts.Answers;
using Wolverine.Http;

namespace Ledger.Server.Verdicts;

/// <summary>
/// How provisions would stand under another lens: with entries left out, with others supposed, by another reading.
/// Nothing is stored.
/// </summary>
public sealed class AskWhatIf(CurrentBooks books, QuestionEndpoint questions)
{
    [WolverinePost("/api/v1/agreements/{id}/what-if"), TakesTime, TakesQuestion]
    [Permit(Permission.Read)]
    [Describe(
        "askWhatIf",
        "Ask what would be different under another lens",
        Detail = "The query contains the question, and the body another lens: `without`, `suppose` (entries as `{type, data}`), `reading`, `threshold`, `match`, `saidBy`, `sources`. The answer is the difference. Nothing is stored.",
        Form = BodyForm.Question,
        Gives = typeof(DiffAnswer)
    )]
    public async Task<IResult> Post(string id, HttpRequest request)
    {
        if (await books.OpenAsync(id, request) is not { } open)
            return ErrorAnswer.NoAgreement(id);
        return await RequestBody.JsonAsync(request) switch
        {
            Parsed<JsonNode>.Good { Value: var body } => open.Read(book => Answer(book, request, body)),
            Parsed<JsonNode>.Bad bad => ErrorAnswer.Of(bad.Problems),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private IResult Answer(Book book, HttpRequest request, JsonNode body)
    {
        if (
            PinnedQuestion.Read(request, book, questions.Now)
            is not Parsed<PinnedQuestion>.Good { Value.Question: var question }
        )
            return ErrorAnswer.OfQuery(
                ((Parsed<PinnedQuestion>.Bad)PinnedQuestion.Read(request, book, questions.Now)).Problems
            );

        var problems = new Problems();
        var lens = LensReader.Read(new InputNode(body, "", problems), book.AgreementAt(question.KnownAt)!.TimeZone);
        if (lens is not null && !problems.Any)
            Check(lens, book, question, problems);
        return lens is null || problems.Any
            ? ErrorAnswer.Of(problems.ToImmutable())
            : new JsonAnswer(WhatIf.Ask(book, question, Over(question.Lens, lens)));
    }

    private static Lens Over(Lens asked, Lens other) =>
        asked with
        {
            Threshold = other.Threshold ?? asked.Threshold,
            Match = other.Match ?? asked.Match,
            Reading = other.Reading ?? asked.Reading,
            SaidBy = other.SaidBy ?? asked.SaidBy,
            Sources = other.Sources ?? asked.Sources,
            Without = asked.Without.AddRange(other.Without),
            Suppose = other.Suppose,
        };

    /// <summary>
    /// What is supposed must be what could be recorded, or the answer would be about a slip of the pen.
    /// </summary>
    private void Check(Lens lens, Book book, Question question, Problems problems)
    {
        foreach (var id in lens.Without.Where(id => book.Find(id) is null))
            problems.Add(
                "query/unknown-entry",
                "/without",
                $"There is no entry {id} in this ledger that could be left out."
            );
        if (book.Objection(question with { Lens = question.Lens with { Reading = lens.Reading } }) is { } objection)
            problems.Add(objection.Code, objection.Pointer, objection.Message);

        var supposed = new Dictionary<Guid, Entry>();
        var state = new LedgerState
        {
            Readings = [.. book.Versions(question.KnownAt)],
            RecordedAt = questions.Now,
            Find = id => supposed.GetValueOrDefault(id) ?? book.Find(id),
        };
        foreach (var (@event, i) in lens.Suppose.Select((e, i) => (e, i)))
        {
            if (state.Find(@event.EntryId) is not null)
                problems.Add(
                    "entry/id-reused",
                    $"/suppose/{i}/data/entryId",
                    $"The id {@event.EntryId} belongs to another entry; generate a new one."
                );
            else if (EntryDecider.Decide(@event, state) is Decision.Refused refused)
                problems.Add(refused.Code, $"/suppose/{i}/data{refused.Pointer}", refused.Message);
            supposed[@event.EntryId] = new Entry(book.Position + i + 1, state.RecordedAt, @event);
        }
    }
}
