using System.Collections.Immutable;
using Ledger.Domain.Input;
using Ledger.Server.Answers;
using Ledger.Server.Requests;
using Ledger.Server.Tables.Formats;
using Ledger.Verdicts;
using NodaTime;

namespace Ledger.Server.Tables;

/// <summary>A table under a question, read at once, so that nobody holds a book while a slow client takes it.</summary>
/// <param name="About">All but the root, which stands in the log.</param>
/// <param name="Columns">In order.</param>
/// <param name="Rows">None where they are the entries themselves.</param>
internal sealed record AskedTable(TableAbout About, TableColumns Columns, ImmutableArray<TableRow> Rows)
{
    /// <param name="table">Which one.</param>
    /// <param name="book">What is known.</param>
    /// <param name="request">Its query holds the question.</param>
    /// <param name="query">Notes what is wrong.</param>
    /// <param name="now">The valid time where none is given.</param>
    /// <param name="also">Parameters that are taken besides the question's and <c>labels</c>.</param>
    /// <param name="withRows">Whether the rows are wanted.</param>
    /// <returns>Null where something is wrong.</returns>
    public static AskedTable? Read(
        Table table,
        Book book,
        HttpRequest request,
        QueryReader query,
        Instant now,
        string[] also,
        bool withRows = true
    )
    {
        string[] taken = [.. table.Takes, "labels", .. also];
        foreach (var name in request.Query.Keys.Except(taken, StringComparer.Ordinal))
            query.Wrong(
                name,
                "query/unknown-parameter",
                $"'{name}' does not change the table {table.Name}. It accepts {string.Join(", ", taken)}."
            );
        var form = table.TakesAsOf ? QuestionForm.Point : QuestionForm.AllTime;
        var read = PinnedQuestion.Read(request, book, now, form);
        if (read is Parsed<PinnedQuestion>.Bad { Problems: var problems })
        {
            foreach (var problem in problems)
                query.Wrong(problem.Pointer, problem.Code, problem.Message);
            return null;
        }

        var pinned = ((Parsed<PinnedQuestion>.Good)read).Value;
        var question = pinned.Question;
        var reading = table.TakesAsOf ? book.Reading(question) : book.AgreementAt(question.KnownAt)!;
        var labels = query.Text("labels");
        if (labels is not null && !reading.Languages.Contains(labels, StringComparer.Ordinal))
            query.Wrong(
                "labels",
                "query/unknown-word",
                $"'{reading.Id}' has no names in '{labels}'. Choose one of {string.Join(", ", reading.Languages)}."
            );
        if (query.IsWrong)
            return null;

        var columns = new TableColumns(table.Columns(reading), reading.TimeZone)
        {
            Names = labels is null ? null : new CodeNames(reading, labels),
        };
        var about = new TableAbout
        {
            Agreement = reading.Id,
            Table = table.Name,
            Row = table.Row,
            Position = question.KnownAt,
            Root = "",
            Reading = reading.Version,
            TimeZone = reading.TimeZone.Id,
            AsOf = table.TakesAsOf ? question.AsOf : null,
            Lens = table.TakesLens ? Judge.LensOf(book, question) : null,
            Labels = labels,
            Pinned = labels is null ? pinned.Pinned : $"{pinned.Pinned}&labels={labels}",
        };
        return new AskedTable(
            about,
            columns,
            withRows && table.Rows is { } rows
                ?
                [
                    .. rows(book, question)
                        .Select(row => new TableRow(columns.Values(row), table.Geometry?.Invoke(row))),
                ]
                : []
        );
    }
}
