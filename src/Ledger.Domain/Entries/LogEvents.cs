namespace Ledger.Domain.Entries;

/// <summary>
/// The log goes on after it was rolled back and what was signed could not be brought back. Sizes up to
/// <see cref="SignedSize"/> may now have other roots than before: this entry says that they do, why, and who answers
/// for it.
/// </summary>
public sealed record LogResumed : LedgerEvent
{
    /// <summary>Entries that were signed or witnessed before; those after this entry's predecessor are lost.</summary>
    public required long SignedSize { get; init; }

    public required string Reason { get; init; }

    public required string Authority { get; init; }
}

/// <summary>
/// The clock by which entries were recorded was ahead, and is right again. Entries from <see cref="Since"/> up to this
/// one are dated too late: they were recorded before this one, and count as known from it on.
/// </summary>
public sealed record ClockCorrected : LedgerEvent
{
    /// <summary>The position of the first entry that is dated later than this one.</summary>
    public required long Since { get; init; }

    public required string Reason { get; init; }

    public required string Authority { get; init; }
}

/// <summary>
/// From here on the log is signed with another key. The checkpoint whose size is this entry's position is signed with
/// both keys, every later one with the new one alone; so whoever knows the old key follows, and needs nobody's word for
/// it.
/// </summary>
public sealed record KeyRotated : LedgerEvent
{
    /// <summary>The verifier key (C2SP signed-note) that signed until now.</summary>
    public required string OldKey { get; init; }

    /// <summary>The one that signs from now on, under the same name.</summary>
    public required string NewKey { get; init; }

    public required string Reason { get; init; }

    public required string Authority { get; init; }
}
