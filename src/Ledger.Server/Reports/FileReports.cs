using Ledger.Server.Requests;
using Microsoft.AspNetCore.Mvc;
using Wolverine.Http;

namespace Ledger.Server.Reports;

/// <summary>Many reports at once, a line each.</summary>
public sealed class FileReports(Batch batch)
{
    [WolverinePost("/api/v1/agreements/{id}/reports/batch"), RequestSizeLimit(RequestBody.MostOfBatch)]
    public IResult Post(string id, HttpRequest request) => batch.Record(id, request, EventBodies.Of("report_filed"));
}
