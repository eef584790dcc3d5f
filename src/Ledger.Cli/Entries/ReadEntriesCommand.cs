using System.CommandLine;
using System.Globalization;
using Ledger.Cli.Servers;
using Ledger.Cli.Terminals;

namespace Ledger.Cli.Entries;

/// <summary><c>ledger entries read AGREEMENT</c></summary>
public static class ReadEntriesCommand
{
    private const int LargestPage = 1_000;

    public static Command Command(Terminal terminal)
    {
        var agreement = CommonOptions.Agreement();
        var from = new Option<long>("--from")
        {
            Description = "The first position to show.",
            HelpName = "POSITION",
            DefaultValueFactory = _ => 1,
        };
        var limit = new Option<int>("--limit")
        {
            Description = "Maximum number of entries.",
            HelpName = "NUMBER",
            DefaultValueFactory = _ => 50,
        };
        var type = new Option<string?>("--type")
        {
            Description = "Only entries of this type, such as report_filed.",
            HelpName = "TYPE",
        };
        var command = new Command(
            "read",
            "Read entries as they were recorded. With --json, print exactly the bytes that were hashed, "
                + "one entry per line."
        )
        {
            agreement,
            from,
            limit,
            type,
        };
        var names = new PointerNames(
            new Dictionary<string, string>
            {
                ["/from"] = "--from",
                ["/limit"] = "--limit",
                ["/type"] = "--type",
            }
        );
        return command.OnServer(
            terminal,
            names,
            async context =>
            {
                var id = context.Get(agreement);
                var (first, most) = (context.Get(from), context.Get(limit));
                var filter = context.Get(type) is { } only ? $"&type={Uri.EscapeDataString(only)}" : "";
                if (context.Json)
                    return await CopyAsync(
                        context,
                        $"{KnownAgreements.PathOf(id)}/entries.jsonl?from={first}&limit={most}{filter}"
                    );

                var read = await context.Server.AgreementAsync(id, context.Cancel);
                var page = await context.Server.GetAsync<EntryLines.Page>(
                    $"{KnownAgreements.PathOf(id)}/entries?from={first}&limit={Math.Min(most, LargestPage)}{filter}",
                    context.Cancel
                );
                foreach (var entry in page.Entries)
                    EntryLines.Write(context.Output, EntryAnswer.Read(entry), read);
                var last = page.Entries is [.., var end] ? EntryAnswer.Read(end).Position : first - 1;
                context.Output.Line(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{page.Entries.Count} of {Plural.Of(page.Size, "entry", "entries")}"
                            + $"{(last < page.Size && page.Next is not null ? $"; continue with --from {last + 1}" : "")}. "
                            + $"Times are in {read.TimeZone.Id}."
                    ),
                    Styles.Faint
                );
                return ExitCode.Done;
            }
        );
    }

    /// <summary>Line for line, never the whole ledger in memory.</summary>
    private static async Task<int> CopyAsync(CommandContext context, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        using var response = await context.Server.OpenAsync(request, context.Cancel);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(context.Cancel));
        while (await lines.ReadLineAsync(context.Cancel) is { } line)
            context.Terminal.Out.WriteLine(line);
        return ExitCode.Done;
    }
}
