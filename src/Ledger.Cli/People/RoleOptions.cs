using System.CommandLine;
using System.Text.Json.Nodes;
using Ledger.Cli.Servers;
using Ledger.Cli.Terminals;

namespace Ledger.Cli.People;

/// <summary>A role in an agreement, as options say it.</summary>
internal sealed class RoleOptions
{
    public static readonly PointerNames Names = new(
        new Dictionary<string, string>
        {
            ["/name"] = "NAME",
            ["/days"] = "--days",
            ["/email"] = "--email",
            ["/role"] = "--role",
            ["/agreement"] = "--agreement",
            ["/party"] = "--party",
            ["/memberships/0/role"] = "--role",
            ["/memberships/0/agreement"] = "--agreement",
            ["/memberships/0/party"] = "--party",
        }
    );

    private readonly Option<string?> _role = new("--role")
    {
        Description = "monitor, reviewer, party, auditor or administrator.",
        HelpName = "ROLE",
    };
    private readonly Option<string?> _agreement = new("--agreement")
    {
        Description = "The agreement, or * for every agreement.",
        HelpName = "AGREEMENT",
    };
    private readonly Option<string?> _party = new("--party")
    {
        Description = "For the role of party: the party that this person speaks for.",
        HelpName = "PARTY",
    };
    private readonly Option<bool> _opens = new("--opens-sealed")
    {
        Description = "Allow the person to open sealed values. Every opening is recorded.",
    };

    public void AddTo(Command command, bool required = true)
    {
        (_role.Required, _agreement.Required) = (required, required);
        foreach (var option in (Option[])[_role, _agreement, _party, _opens])
            command.Add(option);
    }

    public bool IsGiven(CommandContext context) =>
        context.Get(_role) is not null || context.Get(_agreement) is not null;

    public JsonObject Of(CommandContext context)
    {
        var membership = new JsonObject
        {
            ["agreement"] = context.Get(_agreement),
            ["role"] = context.Get(_role),
            ["opensSealed"] = context.Get(_opens),
        };
        if (context.Get(_party) is { } party)
            membership["party"] = party;
        return membership;
    }

    public static string Words(JsonObject membership) =>
        $"{membership["role"]}{(membership["party"] is { } party ? $" {party}" : "")} in "
        + $"{(membership["agreement"]!.ToString() is "*" ? "every agreement" : membership["agreement"])}"
        + $"{(membership["opensSealed"]?.GetValue<bool>() == true ? ", may open sealed values" : "")}";
}
