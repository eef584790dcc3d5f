using Ledger.Domain.Identities;
using Ledger.Domain.Input;
using Ledger.Server.Answers;
using Ledger.Server.Authorization;
using Ledger.Store.Sealing;

namespace Ledger.Server.Requests;

/// <summary>
/// Opening sealed values: whether the asker may, and why they do. It is recorded in their name, so that it takes a POST,
/// which no page of another site can send for them; and the reason stands in the body, because addresses are kept by
/// proxies, logs and browsers.
/// </summary>
public static class OpeningBody
{
    private const int Longest = 500;

    /// <summary>What an address once asked for.</summary>
    private static readonly string[] Former = ["reason", "disclosures"];

    /// <summary>Refuses, or opens with who asks and why.</summary>
    public static async Task<IResult> OpenAsync(
        HttpRequest request,
        AgreementId agreement,
        Func<DisclosureAccess, Task<IResult>> open
    )
    {
        if (request.HttpContext.Caller() is not { } caller || !caller.OpensSealed(agreement))
            return new ErrorAnswer(
                ErrorCodes.Sealed,
                $"You may not open the sealed values of '{agreement}'; an administrator can allow it for one of your roles."
            );
        var parsed = (await RequestBody.JsonAsync(request)).Then<string>(body =>
        {
            var problems = new Problems();
            var reason = Read(new InputNode(body, "", problems));
            return problems.Any || reason is null
                ? new Parsed<string>.Bad(problems.ToImmutable())
                : new Parsed<string>.Good(reason);
        });
        if (parsed is not Parsed<string>.Good { Value: var why })
            return ErrorAnswer.Of(((Parsed<string>.Bad)parsed).Problems);
        // Who looks again says again why, and a browser's disk keeps nothing of it.
        request.HttpContext.Response.OnStarting(() =>
        {
            request.HttpContext.Response.Headers.CacheControl = "no-store";
            return Task.CompletedTask;
        });
        return await open(new DisclosureAccess(caller.Person, why));
    }

    /// <summary>Of a GET that asks for what only a POST may open; null where it does not.</summary>
    public static ErrorAnswer? Refusal(HttpRequest request)
    {
        var asked = request.Query.Keys.Where(name => Former.Contains(name, StringComparer.Ordinal)).ToArray();
        return asked is []
            ? null
            : ErrorAnswer.OfQuery([
                .. asked.Select(name => new Problem(
                    "query/unknown-parameter",
                    name,
                    $"'{name}' is not accepted here. To open sealed values, POST to the same address with {{\"reason\": \"...\"}}."
                )),
            ]);
    }

    private static string? Read(InputNode input)
    {
        input.Only("reason");
        return input["reason"]
            .Words("why you open the sealed values; it is recorded with your name and shown to auditors", Longest);
    }
}
