using System.Collections.Immutable;
using Ledger.Store;
using Ledger.Store.People;
using Ledger.Store.Reading;

namespace Ledger.Server.Authorization;

/// <summary>The agreements that a caller may read, for lists of all of them.</summary>
public sealed class ReadableAgreements(LedgerReader reader, Access access)
{
    public async Task<ImmutableArray<AgreementHead>> AgreementsAsync(HttpContext context)
    {
        var (all, open) = (
            await reader.AgreementsAsync(context.RequestAborted),
            await access.PublicAsync(context.RequestAborted)
        );
        return [.. all.Where(head => open.Contains(head.Id) || context.Caller().May(Permission.Read, head.Id))];
    }
}
