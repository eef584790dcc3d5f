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

    [WolverineGet("/api/v1/reports/{report}"), Takes("knownAt", OpenSealed.Reason)]
    [Permit(Permission.Read)]
    [Describe(
        "showReport",
        "One report with everything recorded about it",
        Detail = "Every version, finding, response, link and retraction, each with its position and whether it is live. Sealed values stay withheld, unless you may open them and give a `reason`, which is recorded with your name; then `signature` shows what the reporter's device signed, and whether its key was enrolled to the reporter at the time of recording.",
        Gives = typeof(ReportAnswer)
    )]
    public async Task<IResult> Get(string report, HttpRequest request)
    {
        var cancellationToken = request.HttpContext.RequestAborted;
        if (
            !Guid.TryParseExact(report, "D", out var id)
            || await reader.EntryAsync(id, cancellationToken) is not { Type: "report_filed" } filing
        )
            return ErrorAnswer.NoEntry($"report {report}");
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
            return ErrorAnswer.NoEntry($"report {report} by position {knownAt}");
        var (access, refusal) = OpenSealed.Of(
            request.HttpContext,
            filing.Agreement,
            request.Query.ContainsKey(OpenSealed.Reason)
        );
        if (refusal is not null)
            return refusal;

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
