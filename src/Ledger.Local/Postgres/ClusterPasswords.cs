using System.Security.Cryptography;
using System.Text.Json;
using Ledger.Local.Machine;

namespace Ledger.Local.Postgres;

/// <summary>
/// The random passwords of a cluster's roles, in a file that only the cluster's account and root can read.
/// </summary>
public sealed record ClusterPasswords(string Superuser, string Owner, string Server)
{
    public static ClusterPasswords ReadOrMake(string file)
    {
        var read = File.Exists(file) ? JsonSerializer.Deserialize<ClusterPasswords>(File.ReadAllText(file)) : null;
        // Earlier versions knew no role for the servers.
        if (read is { Server: not null })
            return read;
        var made = read is null ? new ClusterPasswords(Random(), Random(), Random()) : read with { Server = Random() };
        Files.Replace(file, JsonSerializer.Serialize(made), Files.OwnerOnly);
        return made;
    }

    private static string Random() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
}
