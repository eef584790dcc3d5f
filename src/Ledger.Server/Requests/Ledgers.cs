using System.Collections.Concurrent;
using Ledger.Domain.Agreements;
using Ledger.Domain.Entries;
using Ledger.Store.Reading;
using NodaTime;

namespace Ledger.Server.Requests;

public sealed class Ledgers(LedgerReader reader)
{
    private readonly ConcurrentDictionary<string, DateTimeZone> zones = new(StringComparer.Ordinal);

    public async Task<DateTimeZone?> ZoneAsync(string agreement, CancellationToken cancellation)
    {
        if (zones.TryGetValue(agreement, out var known))
            return known;
        await foreach (var entry in reader.EntriesAsync(agreement, 1, 1, cancellation))
            return zones[agreement] = AgreementFile.Read(((AgreementAdopted)entry.Event).File).Required().TimeZone;
        return null;
    }
}
