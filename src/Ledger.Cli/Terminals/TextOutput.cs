using System.Text;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Ledger.Cli.Terminals;

/// <summary>
/// Where answers for people are laid out: wrapped to the terminal's width, coloured only where a person reads.
/// </summary>
public sealed class TextOutput
{
    private readonly IAnsiConsole _console;

    public TextOutput(Terminal terminal)
    {
        Symbols = terminal.Symbols;
        Width = terminal.Width;
        _console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Ansi = terminal.Colour ? AnsiSupport.Yes : AnsiSupport.No,
                ColorSystem = terminal.Colour ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
                Interactive = InteractionSupport.No,
                Out = new WriterOutput(new TrimmedWriter(terminal.Out), terminal.Width),
                // Nothing is guessed from the environment: the terminal was asked already.
                Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
            }
        );
    }

    public Symbols Symbols { get; }

    public int Width { get; }

    public void Write(IRenderable what) => _console.Write(what);

    /// <summary>A paragraph, wrapped, every line of it indented.</summary>
    public void Line(string text, Style? style = null, int indent = 0) => Line([new StyledText(text, style)], indent);

    public void Line(IEnumerable<StyledText> parts, int indent = 0)
    {
        var paragraph = new Paragraph();
        foreach (var part in parts)
            paragraph.Append(part.Text, part.Style ?? Style.Plain);
        _console.Write(new Padder(paragraph, new Padding(indent, 0, 0, 0)));
    }

    /// <summary>A line that is never wrapped, because it is copied: an address, a command.</summary>
    public void Whole(string text, int indent = 0)
    {
        _console.Profile.Out.Writer.Write($"{new string(' ', indent)}{text}\n");
        _console.Profile.Out.Writer.Flush();
    }

    public void Blank() => _console.WriteLine();

    private sealed class WriterOutput(TextWriter writer, int width) : IAnsiConsoleOutput
    {
        public TextWriter Writer => writer;

        // Spectre would otherwise ask the real console for its size.
        public bool IsTerminal => false;

        public int Width => width;

        public int Height => 1_000;

        public void SetEncoding(Encoding encoding)
        {
            // The terminal's writer has its encoding already.
        }
    }
}

/// <summary>A stretch of text in one style.</summary>
public readonly record struct StyledText(string Text, Style? Style = null)
{
    public static implicit operator StyledText(string text) => new(text);
}
