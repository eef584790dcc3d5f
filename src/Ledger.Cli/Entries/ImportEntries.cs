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
public static class ImportEntries
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
        return command.Calls(
            terminal,
            async call =>
            {
                var lines = EntryFile.Read(call.Get(file), terminal).ToList();
                if (lines is [])
                    throw CommandException.Refused($"{call.Get(file)} contains no entries.");
                var body = new StringBuilder();
                foreach (var line in lines)
                    body.Append(
                            new JsonObject { ["type"] = line.Type, ["data"] = line.Data.DeepClone() }.ToJsonString(
                                LedgerJson.Options
                            )
                        )
                        .Append('\n');

                var results = await BatchResult.SendAsync(
                    call.Server,
                    $"{KnownAgreements.PathOf(call.Get(agreement))}/entries/batch",
                    body.ToString(),
                    call.Cancel
                );
                Tell(call, lines, results);
                return results.All(result => result.Recorded) ? ExitCode.Done : ExitCode.Refused;
            }
        );
    }

    private static void Tell(Call call, List<EntryFileLine> lines, IReadOnlyList<BatchResult> results)
    {
        var (added, before) = (
            results.Count(result => result.Status == 201),
            results.Count(result => result.Status == 200)
        );
        var refused = results.Where(result => !result.Recorded).ToList();
        if (call.Json)
        {
            var list = new JsonArray([
                .. refused.Select(result => new JsonObject
                {
                    ["line"] = Number(result),
                    ["code"] = result.Error?.Code,
                    ["detail"] = result.Error?.Detail,
                }),
            ]);
            call.Terminal.Out.WriteLine(
                new JsonObject
                {
                    ["recorded"] = added,
                    ["recordedBefore"] = before,
                    ["refused"] = list,
                }.ToJsonString(LedgerJson.Options)
            );
            return;
        }

        call.Sheet.Line(
            $"Recorded {added} of {Counted.Of(lines.Count, "entry", "entries")}{(before > 0 ? $"; {before} already recorded" : "")}."
        );
        foreach (var result in refused)
            call.Terminal.Error.WriteLine(
                $"ledger: line {Number(result)}: {result.Error?.Detail ?? $"status {result.Status}"} "
                    + $"({result.Error?.Code})"
            );

        // The server counts the lines that it was sent, which are without the blank ones.
        int Number(BatchResult result) => lines[(int)result.Line - 1].Number;
    }
}
