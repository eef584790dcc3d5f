using System.CommandLine;
using System.Text;
using System.Text.Json.Nodes;
using Ledger.Cli.InputFiles;
using Ledger.Cli.Servers;
using Ledger.Cli.Terminals;
using Ledger.Domain.Entries;

namespace Ledger.Cli.Entries;

/// <summary>
/// <c>ledger entries import AGREEMENT FILE</c>: records what a file holds, such as the outbox that was saved from a
/// phone. Every entry brings its own id, so that a file can be taken in again, and after the phone has sent it, without
/// anything being recorded twice.
/// </summary>
public static class ImportEntriesCommand
{
    public static Command Command(Terminal terminal)
    {
        var agreement = CommonOptions.Agreement();
        var file = new Argument<string>("FILE")
        {
            Description = "A file of JSON lines, {\"type\", \"data\"}, as the web app exports its outbox.",
        };
        var command = new Command(
            "import",
            "Record the entries in a file. Entries that are already recorded are left unchanged."
        )
        {
            agreement,
            file,
        };
        return command.OnServer(
            terminal,
            async context =>
            {
                var lines = EntryFile.Read(context.Get(file), terminal).ToList();
                if (lines is [])
                    throw CommandException.Refused($"{context.Get(file)} contains no entries.");
                var body = new StringBuilder();
                foreach (var line in lines)
                    body.Append(
                            new JsonObject { ["type"] = line.Type, ["data"] = line.Data.DeepClone() }.ToJsonString(
                                LedgerJson.Options
                            )
                        )
                        .Append('\n');

                var results = await BatchLine.SendAsync(
                    context.Server,
                    $"{KnownAgreements.PathOf(context.Get(agreement))}/entries/batch",
                    body.ToString(),
                    context.Cancel
                );
                Tell(context, lines, results);
                return results.All(result => result.Recorded) ? ExitCode.Done : ExitCode.Refused;
            }
        );
    }

    private static void Tell(CommandContext context, List<EntryFileLine> lines, IReadOnlyList<BatchLine> results)
    {
        var (added, before) = (
            results.Count(result => result.Status == 201),
            results.Count(result => result.Status == 200)
        );
        var refused = results.Where(result => !result.Recorded).ToList();
        if (context.Json)
        {
            var list = new JsonArray([
                .. refused.Select(result => new JsonObject
                {
                    ["line"] = Number(result),
                    ["code"] = result.Error?.Code,
                    ["detail"] = result.Error?.Detail,
                }),
            ]);
            context.Terminal.Out.WriteLine(
                new JsonObject
                {
                    ["recorded"] = added,
                    ["recordedBefore"] = before,
                    ["refused"] = list,
                }.ToJsonString(LedgerJson.Options)
            );
            return;
        }

        context.Output.Line(
            $"Recorded {added} of {Plural.Of(lines.Count, "entry", "entries")}{(before > 0 ? $"; {before} already recorded" : "")}."
        );
        foreach (var result in refused)
            context.Terminal.Error.WriteLine(
                $"ledger: line {Number(result)}: {result.Error?.Detail ?? $"status {result.Status}"} "
                    + $"({result.Error?.Code})"
            );

        // The server counts the lines that it was sent, which are without the blank ones.
        int Number(BatchLine result) => lines[(int)result.Line - 1].Number;
    }
}
