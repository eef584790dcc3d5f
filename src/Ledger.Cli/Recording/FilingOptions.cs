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
    private readonly Option<string?> id = new("--id")
    {
        Description = "The new entry's id, a UUID. Generated if not given. To send an entry again, give the same id.",
        HelpName = "UUID",
    };

    private readonly Option<string?> said = new("--said")
    {
        Description = "When its author said it: a day or an instant. Default: now.",
        HelpName = "WHEN",
    };

    public void AddTo(Command command)
    {
        command.Add(id);
        command.Add(said);
    }

    public PointerNames Names(params (string Pointer, string Name)[] more) =>
        new(
            more.Append(("/entryId", "--id"))
                .Append(("/saidAt", "--said"))
                .DistinctBy(name => name.Item1)
                .ToDictionary()
        );

    /// <summary>Puts id and time of saying into what is sent. Options win over what a file says.</summary>
    public Guid Complete(Call call, JsonObject data)
    {
        if (call.Get(said) is { } when)
            data["saidAt"] = when;
        var entry = IdOf(call.Get(id) ?? (data["entryId"] as JsonValue)?.ToString(), call.Terminal);
        data["entryId"] = entry.ToString();
        foreach (var absent in data.Where(member => member.Value is null).Select(member => member.Key).ToList())
            data.Remove(absent);
        return entry;
    }

    /// <summary>Sends it, bounded times, and tells what came of it.</summary>
    public async Task<int> SendAsync(Call call, string path, JsonObject data, Func<Receipt, string> done)
    {
        var reply = await SendAsync(call, path, data);
        if (call.Json)
            return call.Write(reply);
        var receipt = reply.Read<Receipt>();
        Confirm(call.Sheet, reply, receipt, done(receipt));
        if (receipt.Position > 1)
            await Changes.TellAsync(call, await call.Server.AgreementAsync(receipt.Agreement, call.Cancel), receipt);
        return ExitCode.Done;
    }

    public async Task<Reply> SendAsync(Call call, string path, JsonObject data)
    {
        var entry = Complete(call, data);
        try
        {
            return await call.Server.PostEntryAsync(path, data, call.Cancel);
        }
        catch (UnreachableException silence)
        {
            var doubt = silence.NeverSent ? "Nothing was sent." : "It is not known whether it was recorded.";
            throw new CommandException(
                ExitCode.Unreachable,
                $"{silence.Message}\n{doubt} To send the same entry again (it is never recorded twice):\n  "
                    + $"{Again(call, entry)}"
            );
        }
    }

    public static void Confirm(Sheet sheet, Reply reply, Receipt receipt, string done)
    {
        sheet.Line([new Ink(reply.Repeated ? "Already recorded; nothing was added. " : "", Styles.Doubt), done]);
        sheet.Line($"position {receipt.Position} {sheet.Marks.Dot} id {receipt.EntryId}", indent: 2);
        sheet.Line($"hash {receipt.Hash}", Styles.Faint, indent: 2);
        Warn(sheet, (receipt.Warnings ?? []).Select(warning => warning.Detail).OfType<string>());
    }

    /// <summary>What somebody should look at again; it refuses nothing.</summary>
    public static void Warn(Sheet sheet, IEnumerable<string> warnings)
    {
        foreach (var warning in warnings)
            sheet.Line([new Ink("Look again: ", Styles.Doubt), warning], 2);
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

    private string Again(Call call, Guid entry)
    {
        var words = call.Parse.Tokens.Select(token => Quoted(token.Value));
        var given = call.Get(id) is null ? $" --id {entry}" : "";
        return $"ledger {string.Join(' ', words)}{given}";
    }

    private static string Quoted(string word) =>
        word.Length > 0
        && word.All(c => char.IsAsciiLetterOrDigit(c) || "-_./:=,@+".Contains(c, StringComparison.Ordinal))
            ? word
            : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
