using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Ledger.Store.People;

/// <summary>
/// Secrets that somebody carries: 256 random bits behind a prefix by which scanners know them. The ledger keeps their
/// SHA-256 alone and finds them by it, so that no comparison takes a time that depends on a secret, and a thief of the
/// database has nothing to show.
/// </summary>
public static class Secret
{
    public const string Session = "ledger_s_";
    public const string Token = "ledger_t_";
    public const string Link = "ledger_i_";
    public const string Challenge = "ledger_c_";

    private const int Length = 32;

    public static string New(string prefix) =>
        prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Length));

    /// <summary>Null for what cannot be such a secret.</summary>
    public static byte[]? HashOf(string? secret, string prefix) =>
        secret is not null && secret.StartsWith(prefix, StringComparison.Ordinal) && secret.Length <= 100
            ? SHA256.HashData(Encoding.UTF8.GetBytes(secret))
            : null;
}
