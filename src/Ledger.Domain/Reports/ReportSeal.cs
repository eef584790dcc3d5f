using System.Collections.Immutable;

namespace Ledger.Domain.Reports;

/// <summary>
/// What a client says about the sealing of its report. None of it enters an entry: a handle would tie a person's
/// reports together for every reader of the log, and a key would do so even more.
/// </summary>
public sealed record ReportSeal
{
    public static readonly ReportSeal None = new();

    /// <summary>
    /// Random, made by the client once for whoever files: the same handle in several reports puts them under one key.
    /// Null gets a handle of its own.
    /// </summary>
    public Guid? Reporter { get; init; }

    /// <summary>The same for the protected source.</summary>
    public Guid? Source { get; init; }

    /// <summary>
    /// Salts of the client's making, by the name of the sealed value; a device that signs digests has to know them
    /// beforehand.
    /// </summary>
    public ImmutableDictionary<string, ImmutableArray<byte>> Salts { get; init; } =
        ImmutableDictionary<string, ImmutableArray<byte>>.Empty;

    public ReportSignature? Signature { get; init; }
}

/// <summary>The signature of the device on which a report was written. docs/formats.md has the bytes.</summary>
/// <param name="Alg"><c>ES256</c> or <c>Ed25519</c>.</param>
/// <param name="Key">The public key in base64url.</param>
/// <param name="Value">The signature in base64url.</param>
/// <param name="Content">What was signed of the report, as canonical JSON: as it was sent, with digests in place of
/// sealed values.</param>
/// <param name="Standing">What the key was to the reporter, by the server's word when it recorded; null in what was
/// recorded before it kept that.</param>
public sealed record ReportSignature(
    string Alg,
    string Key,
    string Value,
    string Content,
    KeyStanding? Standing = null
);

/// <summary>What the key that signed a report was to its reporter.</summary>
public enum KeyStanding
{
    Enrolled,

    /// <summary>Theirs once, and of a device that was lost or given up.</summary>
    Revoked,

    /// <summary>Never theirs, or nobody is known to have filed it.</summary>
    Unknown,
}
