using System.Text.Json;

namespace Ledger.Cli.Servers;

/// <summary>Finds the server: the option, then LEDGER_URL, then what <c>up</c> wrote down, then the usual port.</summary>
public static class ServerAddress
{
    public const string Variable = "LEDGER_URL";

    public const string Usual = "http://127.0.0.1:5080";

    /// <summary>Written by <c>up</c> into its data folder, <c>{"url": ...}</c>.</summary>
    public const string File = "server.json";

    public static Uri Find(string? option, Terminal terminal)
    {
        if (option is not null)
            return Read(option, "--server");
        if (terminal.Variable(Variable) is { Length: > 0 } variable)
            return Read(variable, Variable);
        return WrittenByUp(terminal) ?? new Uri(Usual);
    }

    private static Uri Read(string text, string from) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? uri
            : throw CommandException.Usage($"{from}: '{text}' is not the address of a server: write it as {Usual}.");

    /// <summary>Looks in <c>.ledger</c> of this folder and of those above it, as the command is often typed somewhere inside a project.</summary>
    private static Uri? WrittenByUp(Terminal terminal)
    {
        for (var folder = terminal.Folder; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (Url(Path.Combine(folder, ".ledger", File)) is { } url)
                return url;
        }

        return null;
    }

    private static Uri? Url(string path)
    {
        try
        {
            using var json = JsonDocument.Parse(System.IO.File.ReadAllText(path));
            return Uri.TryCreate(json.RootElement.GetProperty("url").GetString(), UriKind.Absolute, out var uri) ? uri : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            // A half-written or foreign file is no address; the usual port may still answer.
            return null;
        }
    }
}
