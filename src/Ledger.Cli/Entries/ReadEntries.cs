using System.CommandLine;
using System.Globalization;
using Ledger.Cli.Servers;
using Ledger.Cli.Terminals;

namespace Ledger.Cli.Entries;

/// <summary><c>ledger entries read AGREEMENT</c></summary>
public static class ReadEntries
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
        return command.Calls(
            terminal,
            names,
            async call =>
            {
                var id = call.Get(agreement);
                var (first, most) = (call.Get(from), call.Get(limit));
                var filter = call.Get(type) is { } only ? $"&type={Uri.EscapeDataString(only)}" : "";
                if (call.Json)
                    return await CopyAsync(
                        call,
                        $"{KnownAgreements.PathOf(id)}/entries.jsonl?from={first}&limit={most}{filter}"
                    );

                var read = await call.Server.AgreementAsync(id, call.Cancel);
                var page = await call.Server.GetAsync<EntryLines.Page>(
                    $"{KnownAgreements.PathOf(id)}/entries?from={first}&limit={Math.Min(most, LargestPage)}{filter}",
                    call.Cancel
                );
                foreach (var entry in page.Entries)
                    EntryLines.Write(call.Sheet, RecordedEntry.Read(entry), read);
                var last = page.Entries is [.., var end] ? RecordedEntry.Read(end).Position : first - 1;
                call.Sheet.Line(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{page.Entries.Count} of {Counted.Of(page.Size, "entry", "entries")}"
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
    private static async Task<int> CopyAsync(Call call, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        using var response = await call.Server.OpenAsync(request, call.Cancel);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(call.Cancel));
        while (await lines.ReadLineAsync(call.Cancel) is { } line)
            call.Terminal.Out.WriteLine(line);
        return ExitCode.Done;
    }
}
