using System.Collections.Immutable;
using System.Text.Json;
using Ledger.Domain.Entries;
using Ledger.Server.Answers;
using Ledger.Server.Authorization;
using Ledger.Server.Description;
using Ledger.Server.Requests;
using Ledger.Verdicts;
using Wolverine.Http;

namespace Ledger.Server.Verdicts;

/// <summary>How every provision stands, as a table.</summary>
public sealed class ExportVerdicts(QuestionEndpoint questions)
{
    internal static readonly ImmutableArray<TableColumn> Columns =
    [
        new("agreement", "agreement"),
        new("provision", "provision"),
        new("article", "article"),
        new("title", "title", ColumnForm.Words),
        new("kind", "kind"),
        new("life", "life"),
        new("verdict", "verdict"),
        new("reason", "reason"),
        new("since", "since", ColumnForm.Instant),
        new("since_day", "since", ColumnForm.Day),
        new("deadline", "deadline", ColumnForm.Instant),
        // Excluded where it is the end of a day, included where hours run out: either way this is the last day in time.
        new("deadline_day", "deadline", ColumnForm.LastDay),
        new("best", "bounds/best"),
        new("worst", "bounds/worst"),
        new("violations", "counts/violations"),
        new("as_of", "asOf", ColumnForm.Instant),
        new("as_of_day", "asOf", ColumnForm.Day),
        new("position", "position"),
        new("reading", "reading"),
    ];

    [WolverineGet("/api/v1/agreements/{id}/verdicts.csv"), TakesQuestionForTable]
    [Permit(Permission.Read)]
    [Describe("exportVerdicts", "The verdict on every provision, as a table", Media = CsvAnswer.MediaType)]
    public Task<IResult> Get(string id, HttpRequest request) =>
        questions.TableAsync(
            id,
            request,
            (book, question, mark) =>
                new CsvAnswer(
                    $"{id}-verdicts-{question.KnownAt}",
                    new TableColumns(Columns, book.Reading(question).TimeZone),
                    Judge
                        .Status(book, question, request.HttpContext.RequestAborted)
                        .Verdicts.Select(verdict => JsonSerializer.SerializeToNode(verdict, LedgerJson.Options)!),
                    mark
                )
        );
}
