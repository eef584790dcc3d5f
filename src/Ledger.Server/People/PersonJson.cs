using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Ledger.Domain.Input;
using Ledger.Store.People;

namespace Ledger.Server.People;

/// <summary>Reads the roles that somebody is to have.</summary>
internal static class PersonJson
{
    private static readonly string[] Roles = [.. Enum.GetNames<Role>().Select(name => name.ToLowerInvariant())];

    /// <summary>Null where something is wrong, which is noted.</summary>
    public static Membership? Membership(InputNode input)
    {
        if (!input.Required("an agreement and a role"))
            return null;
        input.Only("agreement", "role", "party", "opensSealed");
        var agreement = input["agreement"].Words("the agreement's short name, or * for every agreement", 64);
        if (agreement is not (null or Store.People.Membership.Every) && !InputNode.IsCode(agreement))
            input["agreement"]
                .Wrong(
                    "input/not-a-code",
                    $"'{agreement}' is not an agreement's short name; write the name as in its address, or * for every agreement."
                );
        var role = input["role"].Words($"one of {string.Join(", ", Roles)}", 20);
        if (role is not null && !Roles.Contains(role, StringComparer.Ordinal))
            input["role"]
                .Wrong(
                    "input/unknown-word",
                    $"There is no role '{role}'. Choose one of {string.Join(", ", Roles)}.{Nearest.Hint(role, Roles)}"
                );
        var party = input["party"].Text(64);
        if (role == "party" && string.IsNullOrEmpty(party))
            input["party"]
                .Wrong(
                    "input/missing",
                    "'party' is missing: write the id of the party that this person speaks for, or * for any."
                );
        if (role != "party" && party is { Length: > 0 })
            input["party"].Wrong("input/unexpected", "Only the role 'party' represents a party; leave 'party' out.");
        return agreement is null || !Enum.TryParse<Role>(role, ignoreCase: true, out var known)
            ? null
            : new Membership(agreement, known, party ?? "", input["opensSealed"].Flag() ?? false);
    }

    public static ImmutableArray<Membership> Memberships(InputNode input)
    {
        if (input.Node is not JsonArray list)
        {
            input.Wrong(
                input.IsPresent ? "input/not-a-list" : "input/missing",
                "Write 'memberships' as a list of {\"agreement\", \"role\"}."
            );
            return [];
        }

        return
        [
            .. list.Take(100)
                .Select((item, i) => Membership(new InputNode(item, $"{input.Pointer}/{i}", input.Problems)))
                .OfType<Membership>(),
        ];
    }
}
