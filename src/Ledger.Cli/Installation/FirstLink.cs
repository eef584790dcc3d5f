using System.Text.Json.Nodes;
using Ledger.Cli.Servers;
using Ledger.Cli.Terminals;
using Ledger.Local.Machine;

namespace Ledger.Cli.Installation;

/// <summary>The link with which whoever may read the data directory signs a browser in.</summary>
internal static class FirstLink
{
    public static async Task<string> OfAsync(DataDirectory data, Uri address, CancellationToken cancellationToken)
    {
        using var server = new ServerClient(
            address,
            Terminal.OfThisProcess(),
            token: ServerToken.OfOperator(data.Path)
        );
        return (
            await server.PostAsync("people/me/links", "{}"u8.ToArray(), "application/json", cancellationToken)
        ).Read<JsonObject>()["link"]!.GetValue<string>();
    }
}
