using System.CommandLine;
using System.Text.Json;
using Ledger.Domain.Entries;

namespace Ledger.Cli.Local;

/// <summary>
/// What a command tells on its way, and what came of it at last: in words, or with `--json` the latter alone on
/// standard output.
/// </summary>
/// <param name="OnTheWay">Where people read along.</param>
public sealed record Told(TextWriter OnTheWay, TextWriter Output, bool AsJson)
{
    public static Told In(ParseResult result, Option<bool> json) =>
        result.GetValue(json)
            ? new(result.InvocationConfiguration.Error, result.InvocationConfiguration.Output, true)
            : new(result.InvocationConfiguration.Output, result.InvocationConfiguration.Output, false);

    public Task ResultAsync(string words, object json) =>
        Output.WriteLineAsync(AsJson ? JsonSerializer.Serialize(json, LedgerJson.Options) : words);
}
