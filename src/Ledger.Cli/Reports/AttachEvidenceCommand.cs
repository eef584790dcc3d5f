using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Ledger.Cli.Recording;
using Ledger.Cli.Servers;
using Ledger.Cli.Terminals;
using Ledger.Domain.Entries;
using Ledger.Domain.Evidence;

namespace Ledger.Cli.Reports;

/// <summary>
/// <c>ledger report attach REPORT FILE...</c>: each file is sent first and then its entry, so that an entry never
/// speaks of a file that did not arrive.
/// </summary>
public static class AttachEvidenceCommand
{
    public static Command Command(Terminal terminal)
    {
        var report = ReportCommands.Report();
        var files = new Argument<string[]>("FILE")
        {
            Description = "A photo, video, recording or document.",
            Arity = ArgumentArity.OneOrMore,
        };
        var type = new Option<string?>("--type")
        {
            Description = "The media type, if the file's content does not show it: text/csv, application/json.",
            HelpName = "TYPE",
        };
        var command = new Command(
            "attach",
            "Upload evidence files and attach them to a report. Running it again uploads what is missing."
        )
        {
            report,
            files,
            type,
        };
        return command.OnServer(
            terminal,
            async context =>
            {
                var declared = context.Get(type) is not { } named
                    ? null
                    : FileType.Find(named)
                        ?? throw CommandException.Usage(
                            $"'{named}' is not accepted as evidence. Accepted: "
                                + $"{string.Join(", ", FileType.All.Select(known => known.MediaType))}."
                        );
                var found = await Task.WhenAll(
                    context.Get(files).Select(file => LookAsync(terminal.PathOf(file), declared, context.Cancel))
                );
                var page = (
                    await context.Server.GetAsync($"reports/{RecordCommand.Of(context.Get(report))}", context.Cancel)
                ).Read<ReportPage>();
                var attached = page
                    .Evidence.Where(entry => entry.Live)
                    .Select(entry => ((EvidenceAttached)entry.Event).Sha256)
                    .ToHashSet(StringComparer.Ordinal);
                foreach (var file in found.DistinctBy(file => file.Sha256))
                    await SendAsync(context, page.Report, file, attached.Contains(file.Sha256));
                return ExitCode.Done;
            }
        );
    }

    private static async Task<Found> LookAsync(string path, FileType? declared, CancellationToken cancellationToken)
    {
        try
        {
            await using var content = File.OpenRead(path);
            var head = new byte[FileType.HeadLength];
            var read = await content.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken);
            content.Position = 0;
            return new Found(
                path,
                Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken)),
                content.Length,
                declared ?? FileType.Sniff(head.AsSpan(0, read))
            );
        }
        catch (Exception unread) when (unread is IOException or UnauthorizedAccessException)
        {
            throw CommandException.Refused($"{path} cannot be read: {unread.Message}");
        }
    }

    private static async Task SendAsync(CommandContext context, Guid report, Found file, bool isAttached)
    {
        var kept = await context.Server.PutFileAsync(
            string.Create(CultureInfo.InvariantCulture, $"reports/{report}/evidence/{file.Sha256}"),
            file.Path,
            file.Type.MediaType,
            context.Cancel
        );
        var reply = isAttached
            ? kept
            : await context.Server.PostEntryAsync(
                $"reports/{report}/evidence",
                new JsonObject
                {
                    ["entryId"] = Guid.CreateVersion7(context.Terminal.Clock.GetUtcNow()).ToString(),
                    ["sha256"] = file.Sha256,
                    ["mediaType"] = file.Type.MediaType,
                    ["size"] = file.Size,
                },
                context.Cancel
            );
        if (context.Json)
            context.Write(reply);
        else
            context.Output.Line(
                $"{Path.GetFileName(file.Path)}: {file.Size} bytes, {file.Type.MediaType}, "
                    + $"{file.Sha256}{(isAttached ? "; already attached" : $"; attached at position {reply.Read<ReceiptAnswer>().Position}")}."
            );
    }

    private sealed record Found(string Path, string Sha256, long Size, FileType Type);
}
