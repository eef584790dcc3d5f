using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Npgsql;

namespace Ledger.Store.People;

/// <summary>Memberships as they lie in invitations and in the scope of tokens.</summary>
internal static class MembershipJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static string Write(ImmutableArray<Membership> memberships) =>
        JsonSerializer.Serialize(memberships, Options);

    public static ImmutableArray<Membership> Read(string json) =>
        JsonSerializer.Deserialize<ImmutableArray<Membership>>(json, Options);

    public static ImmutableArray<Membership> MembershipsAt(this NpgsqlDataReader rows, int column) =>
        rows.IsDBNull(column) ? [] : Read(rows.GetString(column));
}
