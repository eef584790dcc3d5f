using System.Collections.Immutable;
using NodaTime;

namespace Ledger.Store.People;

/// <summary>What a person is to an agreement.</summary>
public enum Role
{
    /// <summary>Files reports; corrects and withdraws their own.</summary>
    Monitor,

    /// <summary>Assesses, links and retracts.</summary>
    Reviewer,

    /// <summary>Reads, and responds for one party.</summary>
    Party,

    /// <summary>Reads and verifies everything; sealed values only where granted.</summary>
    Auditor,

    /// <summary>Keeps the text, the zones and the people; of every agreement: adopts agreements.</summary>
    Administrator,
}

/// <param name="Agreement">The slug, or <see cref="Every"/>.</param>
/// <param name="Party">Whom a <see cref="Role.Party"/> speaks for, or <see cref="Every"/>; empty for other
/// roles.</param>
/// <param name="OpensSealed">Whether the sealed values of the agreement may be opened.</param>
public sealed record Membership(string Agreement, Role Role, string Party = "", bool OpensSealed = false)
{
    /// <summary>Stands for every agreement, or every party.</summary>
    public const string Every = "*";

    /// <param name="scope">An agreement, or <see cref="Every"/>.</param>
    public bool Concerns(string scope) => Agreement == Every || Agreement == scope;

    public bool SpeaksFor(string party) =>
        Role == Role.Party && (Party == Every || string.Equals(Party, party, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether this gives at least what <paramref name="other"/> gives.</summary>
    public bool Includes(Membership other) =>
        Role == other.Role
        && (Agreement == Every || Agreement == other.Agreement)
        && (Role != Role.Party || Party == Every || Party == other.Party)
        && (OpensSealed || !other.OpensSealed);
}

/// <summary>That somebody had a role.</summary>
/// <param name="From">Half-open: until <paramref name="Until"/>, which is null where they have it now.</param>
/// <param name="GivenBy">Null where the server itself gave it.</param>
/// <param name="TakenBy">Null where they have it, or where it ended because the person was revoked.</param>
/// <param name="ProposedBy">Null where one person could give it alone.</param>
public sealed record RoleHeld(
    Guid Person,
    string Name,
    Membership Membership,
    Instant From,
    string? GivenBy,
    Instant? Until,
    string? TakenBy,
    string? ProposedBy
);

/// <summary>A role that somebody wants a person to have, where it takes two to give it.</summary>
public sealed record ProposedRole(Membership Membership, Guid By, string ByName);

/// <summary>Somebody who may come in.</summary>
public sealed record Person(
    Guid Id,
    string Name,
    Instant CreatedAt,
    Instant? RevokedAt,
    ImmutableArray<Membership> Memberships,
    ImmutableArray<Device> Devices
);

/// <summary>A phone or a browser, and the public half of the key with which it signs what is filed on it.</summary>
/// <param name="PublicKey">A JSON Web Key (RFC 7517).</param>
public sealed record Device(
    Guid Id,
    string Name,
    string PublicKey,
    Instant EnrolledAt,
    Instant? LastSeenAt,
    Instant? RevokedAt
);

/// <summary>What a device says of itself when it is enrolled.</summary>
public sealed record NewDevice(string Name, string PublicKey);

/// <summary>Whoever sends a request, as the database knows them at this moment.</summary>
/// <param name="Access">The session or token that was shown.</param>
/// <param name="How">session, token; and of a session how it began: link, passkey, oidc.</param>
/// <param name="ProvenAt">When whoever holds the session last proved who they are; a token proves nothing.</param>
/// <param name="IsOperators">Whether it is the token in the file of this machine's operator.</param>
public sealed record Caller(
    Guid Person,
    string Name,
    ImmutableArray<Membership> Memberships,
    AccessKind Kind,
    Guid Access,
    string How,
    Guid? Device,
    Instant ExpiresAt,
    Instant? ProvenAt = null,
    bool IsOperators = false
);

public enum AccessKind
{
    Session,
    Token,
}
