using System.Text;
using System.Text.Json.Nodes;
using Ledger.Cli.InputFiles;
using Ledger.Cli.Servers;
using Ledger.Cli.Terminals;
using Ledger.Domain.Entries;

namespace Ledger.Cli.Installation;

/// <summary>
/// What a first start puts into an empty ledger. Loading it again adds nothing: every entry has its own fixed id.
/// </summary>
public static class Demonstration
{
    public const string Agreement = "idlib-2018";

    /// <summary>The agreements shipped with this program.</summary>
    public static string Folder => Path.Combine(AppContext.BaseDirectory, "agreements");

    public static async Task LoadAsync(Uri server, string? token, CancellationToken cancellationToken)
    {
        var terminal = Terminal.OfThisProcess();
        using var ledger = new ServerClient(server, terminal, token: token);
        var body = new StringBuilder();
        foreach (var line in EntryFile.Read(Path.Combine(Folder, Agreement, "entries.jsonl"), terminal))
            body.Append(line.Whole.ToJsonString(LedgerJson.Options)).Append('\n');

        var results = await BatchLine.SendAsync(
            ledger,
            $"{KnownAgreements.PathOf(Agreement)}/entries/batch",
            body.ToString(),
            cancellationToken
        );
        var refused = results.Where(result => !result.Recorded).ToList();
        if (refused is not [])
            throw CommandException.Refused(
                $"The demonstration was loaded only in part: {refused.Count} of its {results.Count} entries "
                    + $"were refused:\n{string.Join('\n', refused.Select(r => $"  {r}"))}"
            );

        // What is in it was published elsewhere; whoever tries the ledger out should not have to sign in to read it.
        await ledger.PostAsync(
            $"{KnownAgreements.PathOf(Agreement)}/public-reading",
            "{\"public\": true}"u8.ToArray(),
            "application/json",
            cancellationToken
        );
    }
}
