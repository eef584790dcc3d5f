namespace Ledger.Domain.Entries;

/// <summary>
/// The log goes on after it was rolled back and what was signed could not be brought back. Sizes up to <see cref="SignedSize"/> may now have other roots than
/// before: this entry says that they do, why, and who answers for it.
/// </summary>
public sealed record LogResumed : LedgerEvent
{
    /// <summary>Entries that were signed or witnessed before; those after this entry's predecessor are lost.</summary>
    public required long SignedSize { get; init; }

    public required string Reason { get; init; }

    public required string Authority { get; init; }
}
