using System.Text.Json.Nodes;
using Ledger.Domain.Input;
using Ledger.Server.Answers;
using Ledger.Server.Authorization;
using Ledger.Server.Description;
using Ledger.Server.Requests;
using Wolverine.Http;

namespace Ledger.Server.Agreements;

/// <summary>
/// Reads an agreement file and says everything that is wrong with it, each with its line and column. Nothing is stored.
/// </summary>
public static class CheckAgreementFile
{
    [WolverinePost("/api/v1/agreement-checks")]
    [Permit(Permission.Administer)]
    [Describe(
        "checkAgreementFile",
        "Check an agreement file",
        Detail = "The body contains the file's text as `source` and, by name, the accompanying GeoJSON files as `beside`. The answer contains the body for `POST /api/v1/agreements`. Nothing is stored.",
        Form = BodyForm.Plain,
        Example = "agreement_check",
        Gives = typeof(CheckedFile)
    )]
    public static async Task<IResult> Post(HttpRequest request) =>
        (await RequestBody.JsonAsync(request)).Then(Check) switch
        {
            Parsed<CheckedFile>.Good { Value: var good } => new JsonAnswer(good),
            Parsed<CheckedFile>.Bad bad => ErrorAnswer.Of(bad.Problems),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private static Parsed<CheckedFile> Check(JsonNode body) =>
        SentFile
            .Read(body)
            .Then(sent => sent.Agreement())
            .Then(file => new Parsed<CheckedFile>.Good(
                new CheckedFile(
                    file.Agreement.Id,
                    file.Agreement.Version,
                    [.. file.Agreement.Provisions.Select(provision => provision.Id)],
                    file.SourceSha256,
                    file.Json
                )
            ));
}

/// <param name="Id">The agreement's id.</param>
/// <param name="Version">Names the reading.</param>
/// <param name="Provisions">Their ids, in the order of the file.</param>
/// <param name="SourceSha256">Of the file's text.</param>
/// <param name="File">The whole file as JSON.</param>
public sealed record CheckedFile(string Id, string Version, string[] Provisions, string SourceSha256, JsonObject File);
