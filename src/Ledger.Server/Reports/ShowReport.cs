using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.Domain.Entries;
using Ledger.Server.Answers;
using Ledger.Server.Authorization;
using Ledger.Server.Description;
using Ledger.Server.Requests;
using Ledger.Store.Reading;
using Ledger.Store.Sealing;
using Ledger.Verdicts;
using Wolverine.Http;

namespace Ledger.Server.Reports;

/// <summary>One report with everything that was ever recorded about it.</summary>
public sealed class ShowReport(LedgerReader reader, Disclosures disclosures, CurrentBooks books)
{
    /// <summary>Where each type of entry is listed; retractions are found by what they retract.</summary>
    private static readonly (string List, Type Type)[] Lists =
    [
        ("corrections", typeof(ReportCorrected)),
        ("proposals", typeof(AssessmentProposed)),
        ("assessments", typeof(ReportAssessed)),
        ("questions", typeof(ReportSentBack)),
        ("answers", typeof(QuestionAnswered)),
        ("responses", typeof(PartyResponded)),
        ("links", typeof(ReportsLinked)),
        ("evidence", typeof(EvidenceAttached)),
        ("retractions", typeof(EntryRetracted)),
    ];

    [WolverineGet("/api/v1/reports/{report}"), Takes("knownAt")]
    [Permit(Permission.Read)]
    [Describe(
        "showReport",
        "One report with everything recorded about it",
        Detail = "Every version, finding, response, link and retraction, each with its position and whether it is live. Sealed values stay withheld; `openings` opens them.",
        Gives = typeof(ReportAnswer)
    )]
    public async Task<IResult> Get(string report, HttpRequest request) =>
        await FilingAsync(report, request) is { } filing
            ? await AnswerAsync(filing, request, null)
            : ErrorAnswer.NoEntry($"report {report}");

    [WolverinePost("/api/v1/reports/{report}/openings"), Takes("knownAt")]
    [Permit(Permission.Read)]
    [Describe(
        "openReport",
        "One report with its sealed values",
        Detail = "For those who may open them. The opening is recorded with your name, the time and your `reason` before anything is shown, and auditors read it. `signature` shows what a reporter's device signed, and whether its key was enrolled to the reporter when it was recorded.",
        Form = BodyForm.Plain,
        Example = "opening",
        Gives = typeof(ReportAnswer)
    )]
    public async Task<IResult> Open(string report, HttpRequest request) =>
        await FilingAsync(report, request) is { } filing
            ? await OpeningBody.OpenAsync(request, filing.Agreement, access => AnswerAsync(filing, request, access))
            : ErrorAnswer.NoEntry($"report {report}");

    private async Task<StoredEntry?> FilingAsync(string report, HttpRequest request) =>
        Guid.TryParseExact(report, "D", out var id)
        && await reader.EntryAsync(id, request.HttpContext.RequestAborted) is { Type: "report_filed" } filing
            ? filing
            : null;

    private async Task<IResult> AnswerAsync(StoredEntry filing, HttpRequest request, DisclosureAccess? access)
    {
        var (cancellationToken, id) = (request.HttpContext.RequestAborted, filing.EntryId);
        if (await books.OpenAsync(filing.Agreement, cancellationToken) is not { } open)
            return ErrorAnswer.NoAgreement(filing.Agreement);

        var query = new QueryReader(request.Query);
        var (knownAt, summary, about) = open.Read(book =>
        {
            var at = query.Position("knownAt", book, book.Agreement!.TimeZone) ?? book.Position;
            return query.IsWrong ? (at, null, []) : (at, Register.Report(book, at, id), Register.About(book, at, id));
        });
        if (query.IsWrong)
            return ErrorAnswer.OfQuery(query.Problems);
        if (summary is null)
            return ErrorAnswer.NoEntry($"report {id} by position {knownAt}");

        var answer = ReportSummary.Of(summary).ToJson(filing.Agreement);
        answer["filing"] = await LineAsync(filing.Entry, summary.Live, access, cancellationToken);
        foreach (var (list, type) in Lists)
        {
            var lines = new JsonArray();
            foreach (var (entry, live) in about.Where(line => line.Entry.Event.GetType() == type))
                lines.Add(await LineAsync(entry, live, access, cancellationToken));
            answer[list] = lines;
        }

        return new JsonAnswer(answer);
    }

    private async Task<JsonObject> LineAsync(
        Entry entry,
        bool live,
        DisclosureAccess? access,
        CancellationToken cancellationToken
    )
    {
        var (data, signature) = access is null
            ? (entry.Event, null)
            : await disclosures.OpenedAsync(entry.Id, entry.Event, access, cancellationToken);
        var line = new JsonObject
        {
            ["position"] = entry.Position,
            ["entry"] = entry.Id.ToString(),
            ["type"] = entry.Type,
            ["recordedAt"] = JsonSerializer.SerializeToNode(entry.RecordedAt, LedgerJson.Options),
            ["saidAt"] = JsonSerializer.SerializeToNode(entry.SaidAt, LedgerJson.Options),
            ["live"] = live,
            ["data"] = LedgerJson.DataOf(data),
        };
        if (signature is not null)
            line["signature"] = JsonSerializer.SerializeToNode(signature, LedgerJson.Options);
        return line;
    }
}
