using Ledger.Domain.Entries;

namespace Ledger.Domain.Evidence;

/// <summary>
/// Where a file lies in the folder of evidence: <c>AGREEMENT/ab/cd/SHA-256</c>, which <c>sha256sum</c> can check
/// without any program of ours.
/// </summary>
public static class EvidenceName
{
    /// <param name="agreement">The slug, which is a code.</param>
    /// <param name="sha256">64 lower-case hexadecimal digits.</param>
    /// <returns>A relative path with slashes.</returns>
    public static string Of(string agreement, string sha256) => $"{agreement}/{sha256[..2]}/{sha256[2..4]}/{sha256}";

    /// <summary>The same inside a bundle, which is of one agreement.</summary>
    public static string InBundle(string sha256) => $"{BundleFolder}{sha256[..2]}/{sha256[2..4]}/{sha256}";

    public const string BundleFolder = "evidence/";

    /// <summary>
    /// The list that says which files a bundle has, in the form of <c>sha256sum</c>; without it a bundle has none, and
    /// need not.
    /// </summary>
    public const string BundleList = BundleFolder + "SHA256SUMS";

    /// <summary>The digests that an entry names, with the size in bytes where it attaches the file.</summary>
    public static IEnumerable<(string Sha256, long? Size)> NamedIn(LedgerEvent said) =>
        said switch
        {
            EvidenceAttached attached => [(attached.Sha256, attached.Size)],
            ReportFiled filed => filed.Report.Evidence.Select(sha256 => (sha256, (long?)null)),
            ReportCorrected corrected => corrected.Report.Evidence.Select(sha256 => (sha256, (long?)null)),
            _ => [],
        };
}
