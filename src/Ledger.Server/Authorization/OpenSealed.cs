using Ledger.Domain.Identities;
using Ledger.Domain.Input;
using Ledger.Server.Answers;
using Ledger.Store.Sealing;

namespace Ledger.Server.Authorization;

/// <summary>
/// Whether the asker may open sealed values, and says why they do: every opening is written down with its reason.
/// </summary>
public static class OpenSealed
{
    /// <summary>The parameter that gives the reason; giving it asks for the values.</summary>
    public const string Reason = "reason";

    private const int Longest = 500;

    /// <summary>Null and no refusal where the values are not asked for.</summary>
    public static (DisclosureAccess? Access, ErrorAnswer? Refusal) Of(
        HttpContext context,
        AgreementId agreement,
        bool asked
    )
    {
        if (!asked)
            return (null, null);
        if (context.Caller() is not { } caller || !caller.OpensSealed(agreement))
            return (
                null,
                new ErrorAnswer(
                    ErrorCodes.Sealed,
                    $"You may not open the sealed values of '{agreement}'; an administrator can allow it for one of your roles."
                )
            );
        if (
            context.Request.Query[Reason].ToString().Trim() is { Length: > 0 and <= Longest } reason
            && !reason.Any(char.IsControl)
        )
        {
            // Who looks again says again why, and a browser's disk keeps nothing of it.
            context.Response.OnStarting(() =>
            {
                context.Response.Headers.CacheControl = "no-store";
                return Task.CompletedTask;
            });
            return (new DisclosureAccess(caller.Person, reason), null);
        }

        return (
            null,
            ErrorAnswer.OfQuery([
                new Problem(
                    "query/reason-missing",
                    Reason,
                    $"Give a reason with '{Reason}=...', in at most {Longest} characters. It is recorded with your name and shown to auditors."
                ),
            ])
        );
    }
}
