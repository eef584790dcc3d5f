using System.Security.Cryptography;
using System.Text.Json;
using Ledger.Cli.Local.Machine;

namespace Ledger.Cli.Local.Postgres;

/// <summary>The random passwords of a cluster's roles, in a file that only the cluster's account and root can read.</summary>
public sealed record ClusterPasswords(string Superuser, string Owner)
{
    public static ClusterPasswords ReadOrMake(string file)
    {
        if (File.Exists(file))
            return JsonSerializer.Deserialize<ClusterPasswords>(File.ReadAllText(file))!;
        var made = new ClusterPasswords(Random(), Random());
        Files.Replace(file, JsonSerializer.Serialize(made), Files.OwnerOnly);
        return made;
    }

    private static string Random() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
}
