using System.Globalization;

namespace Ledger.Local.Postgres;

/// <summary>What a private cluster's configuration says beyond PostgreSQL's own defaults.</summary>
public sealed record ClusterSettings(IReadOnlyDictionary<string, string> Values)
{
    /// <summary>
    /// Everything acknowledged is on the disk: fsync, full_page_writes and synchronous_commit keep their safe defaults.
    /// </summary>
    public static readonly ClusterSettings Durable = new(
        Basic(connections: 200, ("shared_buffers", "256MB"), ("max_wal_size", "2GB"))
    );

    /// <summary>For data that is thrown away with the tests: as fast as can be, and nothing survives a crash.</summary>
    public static readonly ClusterSettings Throwaway = new(
        Basic(
            connections: 500,
            ("fsync", "off"),
            ("synchronous_commit", "off"),
            ("full_page_writes", "off"),
            ("autovacuum", "off")
        )
    );

    public string ToFile(int port) =>
        string.Concat(
            Values
                .Append(new("port", port.ToString(CultureInfo.InvariantCulture)))
                .Select(setting => $"{setting.Key} = '{setting.Value}'\n")
        );

    private static Dictionary<string, string> Basic(int connections, params (string Name, string Value)[] more)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["listen_addresses"] = "127.0.0.1",
            // A path in a deep directory is too long for a socket, and TCP on 127.0.0.1 reaches as far.
            ["unix_socket_directories"] = "",
            ["max_connections"] = connections.ToString(CultureInfo.InvariantCulture),
            ["password_encryption"] = "scram-sha-256",
            ["timezone"] = "UTC",
            ["log_timezone"] = "UTC",
            // An idle transaction holds back every asynchronous projection.
            ["idle_in_transaction_session_timeout"] = "60s",
        };
        foreach (var (name, value) in more)
            values[name] = value;
        return values;
    }
}
