namespace Ledger.Domain.Evidence;

/// <summary>Where a file lies in the folder of evidence: <c>AGREEMENT/ab/cd/SHA-256</c>, which <c>sha256sum</c> can check without any program of ours.</summary>
public static class EvidenceName
{
    /// <param name="agreement">The slug, which is a code.</param>
    /// <param name="sha256">64 lower-case hexadecimal digits.</param>
    /// <returns>A relative path with slashes.</returns>
    public static string Of(string agreement, string sha256) => $"{agreement}/{sha256[..2]}/{sha256[2..4]}/{sha256}";
}
