using Ledger.Domain.Agreements;
using Ledger.Domain.Identities;
using Ledger.Server.Authorization;
using Ledger.Store.People;
using Ledger.Store.Reading;

namespace Ledger.Server.People;

/// <summary>
/// Which roles no administrator gives alone. Where the agreement file asks for two people to open sealed values, that is
/// the right to open them, and the role of those who may give it: else a second administrator is soon invented. What is
/// given for every agreement asks for it as soon as one agreement does.
/// </summary>
internal static class TwoAdministrators
{
    public static async Task<bool> GiveAsync(HttpContext context, IEnumerable<Membership> given)
    {
        var cancellationToken = context.RequestAborted;
        var reader = context.RequestServices.GetRequiredService<LedgerReader>();
        // The operator's token is where the first administrators come from; it lies beside the keys themselves.
        if (context.Caller() is { IsOperators: true })
            return false;
        foreach (var membership in given.Where(m => m.OpensSealed || m.Role == Role.Administrator))
        {
            if (membership.Agreement != Membership.Every)
            {
                if (await AsksAsync(membership.Agreement))
                    return true;
                continue;
            }

            foreach (var head in await reader.AgreementsAsync(cancellationToken))
            {
                if (await AsksAsync(head.Id))
                    return true;
            }
        }

        return false;

        async Task<bool> AsksAsync(AgreementId agreement) =>
            await reader.AgreementAsync(agreement, cancellationToken) is { Agreement: var text }
            && text.TwoPeople.Contains(SharedAct.OpensSealed);
    }
}
