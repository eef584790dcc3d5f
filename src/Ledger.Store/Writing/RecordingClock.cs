using Ledger.Domain.Identities;
using Ledger.Domain.Time;
using Ledger.Store.Sql;
using NodaTime;
using Npgsql;

namespace Ledger.Store.Writing;

/// <summary>
/// Whether this server's clock may say when something was recorded. What was recorded under a wrong clock stays so for
/// ever, so a clock that differs from the database's, or lies before the last entry, records nothing.
/// </summary>
public sealed class RecordingClock(NpgsqlDataSource database, LedgerStoreOptions options, TimeProvider clock)
{
    /// <summary>Why nothing may be recorded now; null when it may. In <c>/health/ready</c> for operators.</summary>
    public async Task<string?> FaultAsync(CancellationToken cancellationToken)
    {
        var before = Now();
        await using var command = database.CreateCommand(
            $"""
            select clock_timestamp(), h.agreement, e.recorded_at from (select) as always
            left join {options.Schema}.ledger_head h on true
            left join {options.Schema}.ledger_entry e on e.agreement = h.agreement and e.position = h.size
            order by h.agreement
            """
        );
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            var now = Now();
            if (Difference(before, At(0), now, options.ClockTolerance) is { } difference)
                return difference;
            if (!rows.IsDBNull(2) && Ahead(rows.AgreementAt(1), At(2), now, options.ClockTolerance) is { } ahead)
                return ahead;
        }

        return null;

        Instant At(int column) => Instant.FromDateTimeUtc(rows.GetDateTime(column));
    }

    /// <summary>Why this clock and the database's cannot both be right.</summary>
    /// <param name="before">This clock before the database was asked.</param>
    /// <param name="database">What it answered.</param>
    /// <param name="after">This clock afterwards: the answer may have taken long, which is no difference.</param>
    /// <param name="tolerance">By which clocks may differ.</param>
    internal static string? Difference(Instant before, Instant database, Instant after, Duration tolerance) =>
        database < before - tolerance || database > after + tolerance
            ? $"This server's clock says {after}, and the database's {database}: more than {tolerance.TotalSeconds:0} s apart. Nothing is recorded until both are right (LEDGER_CLOCK in docs/operating.md)."
            : null;

    /// <summary>Why nothing can follow the last entry of a log.</summary>
    internal static string? Ahead(AgreementId agreement, Instant last, Instant now, Duration tolerance) =>
        last > now + tolerance
            ? $"Nothing is recorded in '{agreement}': its last entry is dated {last}, and this server's clock says {now}. Either this clock is behind, or an earlier one was ahead; docs/operating.md says what to do."
            : null;

    private Instant Now() => Instant.FromDateTimeOffset(clock.GetUtcNow()).ToMicroseconds();
}
