using System.Globalization;
using System.Text;

namespace Ledger.Cli.Terminals;

/// <summary>
/// What a command sees of the process around it, so that a test can run the whole command line in its own.
/// </summary>
public sealed record Terminal
{
    /// <summary>
    /// Columns when the output is not a terminal: a file must not depend on the window it was made in.
    /// </summary>
    public const int WidthOfFiles = 100;

    public required TextReader In { get; init; }

    public required TextWriter Out { get; init; }

    public required TextWriter Error { get; init; }

    /// <summary>Whether a person reads <see cref="Out"/> as it is written.</summary>
    public bool OutIsTerminal { get; init; }

    public bool ErrorIsTerminal { get; init; }

    public int Width { get; init; } = WidthOfFiles;

    /// <summary>Gives an environment variable; null and empty mean the same.</summary>
    public required Func<string, string?> Variable { get; init; }

    /// <summary>Relative paths start here.</summary>
    public required string Folder { get; init; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    public bool Colour => OutIsTerminal && !Has("NO_COLOR") && Variable("TERM") != "dumb";

    /// <summary>Signs beyond ASCII only where a person reads them and the locale does not rule them out.</summary>
    public Symbols Symbols => OutIsTerminal && !AsciiLocale ? Symbols.Unicode : Symbols.Ascii;

    private bool AsciiLocale => (Some("LC_ALL") ?? Some("LC_CTYPE") ?? Some("LANG")) is "C" or "POSIX";

    public static Terminal OfThisProcess()
    {
        // Without a byte order mark: a pipe is no file.
        Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        return new Terminal
        {
            In = Console.In,
            Out = Console.Out,
            Error = Console.Error,
            OutIsTerminal = !Console.IsOutputRedirected,
            ErrorIsTerminal = !Console.IsErrorRedirected,
            Width = Columns(),
            Variable = Environment.GetEnvironmentVariable,
            Folder = Environment.CurrentDirectory,
        };
    }

    public string PathOf(string path) => Path.GetFullPath(path, Folder);

    private static int Columns()
    {
        if (
            int.TryParse(
                Environment.GetEnvironmentVariable("COLUMNS"),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var stated
            ) && stated is >= 20 and <= 1_000
        )
            return stated;
        if (Console.IsOutputRedirected)
            return WidthOfFiles;
        return Console.WindowWidth is var width and >= 20 ? width : 80;
    }

    private string? Some(string variable) => Variable(variable) is { Length: > 0 } value ? value : null;

    private bool Has(string variable) => Some(variable) is not null;
}
