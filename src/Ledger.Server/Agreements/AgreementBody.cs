using System.Text.Json.Nodes;
using Ledger.Domain.Agreements;
using Ledger.Domain.Entries;
using Ledger.Domain.Input;
using Ledger.Server.Requests;
using NodaTime;

namespace Ledger.Server.Agreements;

/// <summary>
/// Reads an agreement from a body: the event's JSON, or the file's own YAML with the rest of the event in the query.
/// </summary>
internal static class AgreementBody
{
    public static async Task<Parsed<LedgerEvent>> ReadAsync(string type, HttpRequest request, DateTimeZone zone)
    {
        if (!RequestBody.IsYaml(request))
            return (await RequestBody.JsonAsync(request))
                .Then(body => EventBodies.Of(type)(body, zone))
                .Then(WithGoodFile);
        return (await RequestBody.TextAsync(request))
            .Then(text => AgreementFile.Parse(text))
            .Then(file => EventBodies.Of(type)(Data(file, request.Query), zone));
    }

    private static JsonObject Data(AgreementFile file, IQueryCollection query)
    {
        var data = new JsonObject { ["file"] = file.Json, ["sourceSha256"] = file.SourceSha256 };
        foreach (var (name, values) in query)
            data[name] = values.ToString();
        return data;
    }

    /// <summary>Everything wrong with the file, where the decision would name the first thing only.</summary>
    private static Parsed<LedgerEvent> WithGoodFile(LedgerEvent read)
    {
        var file = read is AgreementRevised revised ? revised.File : ((AgreementAdopted)read).File;
        return AgreementFile.Read(file) is Parsed<Agreement>.Bad bad
            ? new Parsed<LedgerEvent>.Bad([
                .. bad.Problems.Select(problem => problem with { Pointer = "/file" + problem.Pointer }),
            ])
            : new Parsed<LedgerEvent>.Good(read);
    }
}
