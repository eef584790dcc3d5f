using NodaTime;

namespace Ledger.Store;

internal static class LedgerClock
{
    public static Instant Now(this TimeProvider clock) => Instant.FromDateTimeOffset(clock.GetUtcNow());
}
