using System.Security.Cryptography;
using System.Text;
using Ledger.Local.Machine;

namespace Ledger.Local.Postgres;

/// <summary>The directory of a private cluster.</summary>
public static class ClusterHome
{
    /// <summary>
    /// The data directory's own "postgres", unless the account that runs the cluster cannot get there: a checkout in
    /// /root is closed to the account that root lends. Then it is a directory of /var/lib, and a note in the data
    /// directory says so.
    /// </summary>
    public static async Task<string> InAsync(DataDirectory data, CancellationToken cancellationToken)
    {
        var beside = data.In("postgres");
        var note = data.In("postgres-is-in");
        if (File.Exists(note))
            return (await File.ReadAllTextAsync(note, cancellationToken)).Trim();
        var user = await ClusterUser.ForAsync(Cluster.DataIn(beside), cancellationToken);
        if (await user.CanEnterAsync(data.Path, cancellationToken))
            return beside;

        var apart =
            $"/var/lib/ledger-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(data.Path)))[..12]}";
        Machine.Files.Replace(note, apart + "\n");
        return apart;
    }
}
