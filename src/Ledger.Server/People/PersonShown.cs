using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Ledger.Store.People;
using NodaTime;

namespace Ledger.Server.People;

/// <summary>A role in an agreement; <c>*</c> is every agreement.</summary>
/// <param name="Party">For whom a party's representative speaks.</param>
public sealed record MembershipShown(string Agreement, Role Role, string? Party, bool OpensSealed)
{
    public static MembershipShown Of(Membership held) =>
        new(held.Agreement, held.Role, held.Role == Role.Party ? held.Party : null, held.OpensSealed);

    public static ImmutableArray<MembershipShown> Of(IEnumerable<Membership> held) => [.. held.Select(Of)];
}

/// <summary>A phone or a browser that signs what is filed on it.</summary>
/// <param name="PublicKey">A JSON Web Key (RFC 7517).</param>
/// <param name="Fingerprint">What the device shows of its key, to be compared by eye.</param>
/// <param name="LastSeenAt">Null where it was not seen yet.</param>
/// <param name="RevokedAt">Null while it is enrolled.</param>
public sealed record DeviceShown(
    Guid Id,
    string Name,
    JsonObject PublicKey,
    string Fingerprint,
    Instant EnrolledAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] Instant? LastSeenAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] Instant? RevokedAt
)
{
    public static ImmutableArray<DeviceShown> Of(ImmutableArray<Device> devices) =>
        [
            .. devices.Select(device => new DeviceShown(
                device.Id,
                device.Name,
                JsonNode.Parse(device.PublicKey)!.AsObject(),
                DeviceKey.FingerprintOf(device.PublicKey),
                device.EnrolledAt,
                device.LastSeenAt,
                device.RevokedAt
            )),
        ];
}

/// <summary>What was asked for was done.</summary>
public sealed record DoneAnswer
{
    public bool Done => true;
}
