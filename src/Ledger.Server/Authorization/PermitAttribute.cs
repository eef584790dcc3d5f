namespace Ledger.Server.Authorization;

/// <summary>
/// What an endpoint asks of whoever calls it; any one permission is enough. Where the address names an agreement, a
/// report or an entry, it counts in that agreement; else in any. An endpoint that does not state it is closed, and the
/// server does not start with one.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PermitAttribute(params Permission[] any) : Attribute
{
    public IReadOnlyList<Permission> Any => any;

    /// <summary>
    /// It opens or shuts a way in: a token, a session, a passkey, a device, a link. Whoever finds a browser open, or
    /// holds a program's token, must not be able to stay, or to shut its owner out: so it takes a fresh proof.
    /// </summary>
    public bool Door { get; init; }

    /// <summary>
    /// The endpoint needs no database to answer, and must not wait for one to learn who asks.
    /// </summary>
    public bool AsksNobody { get; init; }
}
