using System.CommandLine;
using System.Text.Json.Nodes;
using Ledger.Cli.Servers;
using Ledger.Cli.Terminals;

namespace Ledger.Cli.Recording;

/// <summary>
/// What every command that records something has: the id that makes sending twice harmless, and when it was said.
/// </summary>
public sealed class FilingOptions
{
    private readonly Option<string?> _id = new("--id")
    {
        Description = "The new entry's id, a UUID. Generated if not given. To send an entry again, give the same id.",
        HelpName = "UUID",
    };

    private readonly Option<string?> _said = new("--said")
    {
        Description = "When its author said it: a day or an instant. Default: now.",
        HelpName = "WHEN",
    };

    public void AddTo(Command command)
    {
        command.Add(_id);
        command.Add(_said);
    }

    public PointerNames Names(params (string Pointer, string Name)[] more) =>
        new(
            more.Append(("/entryId", "--id"))
                .Append(("/saidAt", "--said"))
                .DistinctBy(name => name.Item1)
                .ToDictionary()
        );

    /// <summary>Puts id and time of saying into what is sent. Options win over what a file says.</summary>
    public Guid Complete(CommandContext context, JsonObject data)
    {
        if (context.Get(_said) is { } when)
            data["saidAt"] = when;
        var entry = IdOf(context.Get(_id) ?? (data["entryId"] as JsonValue)?.ToString(), context.Terminal);
        data["entryId"] = entry.ToString();
        foreach (var absent in data.Where(member => member.Value is null).Select(member => member.Key).ToList())
            data.Remove(absent);
        return entry;
    }

    /// <summary>Sends it, bounded times, and tells what came of it.</summary>
    public async Task<int> SendAsync(
        CommandContext context,
        string path,
        JsonObject data,
        Func<ReceiptAnswer, string> done
    )
    {
        var reply = await SendAsync(context, path, data);
        if (context.Json)
            return context.Write(reply);
        var receipt = reply.Read<ReceiptAnswer>();
        Confirm(context.Output, reply, receipt, done(receipt));
        if (receipt.Position > 1)
            await VerdictChanges.TellAsync(
                context,
                await context.Server.AgreementAsync(receipt.Agreement, context.Cancel),
                receipt
            );
        return ExitCode.Done;
    }

    public async Task<Reply> SendAsync(CommandContext context, string path, JsonObject data)
    {
        var entry = Complete(context, data);
        try
        {
            return await context.Server.PostEntryAsync(path, data, context.Cancel);
        }
        catch (UnreachableException silence)
        {
            var doubt = silence.NeverSent ? "Nothing was sent." : "It is not known whether it was recorded.";
            throw new CommandException(
                ExitCode.Unreachable,
                $"{silence.Message}\n{doubt} To send the same entry again (it is never recorded twice):\n  "
                    + $"{Again(context, entry)}"
            );
        }
    }

    public static void Confirm(TextOutput output, Reply reply, ReceiptAnswer receipt, string done)
    {
        output.Line([
            new StyledText(reply.Repeated ? "Already recorded; nothing was added. " : "", Styles.Doubt),
            done,
        ]);
        output.Line($"position {receipt.Position} {output.Symbols.Dot} id {receipt.EntryId}", indent: 2);
        output.Line($"hash {receipt.Hash}", Styles.Faint, indent: 2);
        Warn(output, (receipt.Warnings ?? []).Select(warning => warning.Detail).OfType<string>());
    }

    /// <summary>What somebody should look at again; it refuses nothing.</summary>
    public static void Warn(TextOutput output, IEnumerable<string> warnings)
    {
        foreach (var warning in warnings)
            output.Line([new StyledText("Look again: ", Styles.Doubt), warning], 2);
    }

    private static Guid IdOf(string? text, Terminal terminal)
    {
        if (text is null)
            return Guid.CreateVersion7(terminal.Clock.GetUtcNow());
        return Guid.TryParseExact(text, "D", out var given) && given != Guid.Empty
            ? given
            : throw CommandException.Usage(
                $"--id: '{text}' is not a UUID such as 01922b7e-4a00-7c3e-9f10-2b6d1c7a9e55."
            );
    }

    private string Again(CommandContext context, Guid entry)
    {
        var words = context.Parse.Tokens.Select(token => Quoted(token.Value));
        var given = context.Get(_id) is null ? $" --id {entry}" : "";
        return $"ledger {string.Join(' ', words)}{given}";
    }

    private static string Quoted(string word) =>
        word.Length > 0
        && word.All(c => char.IsAsciiLetterOrDigit(c) || "-_./:=,@+".Contains(c, StringComparison.Ordinal))
            ? word
            : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
