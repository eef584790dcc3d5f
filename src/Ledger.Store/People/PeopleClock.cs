using NodaTime;

namespace Ledger.Store.People;

internal static class PeopleClock
{
    public static Instant Now(this TimeProvider clock) => Instant.FromDateTimeOffset(clock.GetUtcNow());
}
