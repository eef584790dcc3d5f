using System.Net.Sockets;
using Npgsql;

namespace Ledger.Store;

/// <summary>Which failures of the database pass by themselves.</summary>
internal static class Faults
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    public static bool MayPass(Exception fault) =>
        fault switch
        {
            // Another writer recorded the same id in another agreement, or made the first row of this one: the next
            // attempt sees it.
            PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } => true,
            // The server stops, crashes, starts, or ended this session because it slept inside a transaction.
            PostgresException
            {
                SqlState: PostgresErrorCodes.AdminShutdown
                    or PostgresErrorCodes.CrashShutdown
                    or PostgresErrorCodes.CannotConnectNow
                    or PostgresErrorCodes.QueryCanceled
                    or "25P03"
            } => true,
            PostgresException postgres => postgres.IsTransient,
            // The connection broke, or never came about.
            NpgsqlException or SocketException or IOException or TimeoutException => true,
            _ => fault.InnerException is { } inner && MayPass(inner),
        };

    /// <summary>Longer with every attempt, and never the same for two processes.</summary>
    public static TimeSpan Pause(int attempt)
    {
        var longest = Math.Min(
            Shortest.TotalMilliseconds * Math.Pow(2, Math.Min(attempt, 10)),
            Longest.TotalMilliseconds
        );
        return TimeSpan.FromMilliseconds(longest * (0.5 + (Random.Shared.NextDouble() / 2)));
    }
}
