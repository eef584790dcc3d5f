using System.Text;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Ledger.Cli.Terminals;

/// <summary>
/// Where answers for people are laid out: wrapped to the terminal's width, coloured only where a person reads.
/// </summary>
public sealed class Sheet
{
    private readonly IAnsiConsole console;

    public Sheet(Terminal terminal)
    {
        Marks = terminal.Marks;
        Width = terminal.Width;
        console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Ansi = terminal.Colour ? AnsiSupport.Yes : AnsiSupport.No,
                ColorSystem = terminal.Colour ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
                Interactive = InteractionSupport.No,
                Out = new Paper(new TrimmedWriter(terminal.Out), terminal.Width),
                // Nothing is guessed from the environment: the terminal was asked already.
                Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
            }
        );
    }

    public Marks Marks { get; }

    public int Width { get; }

    public void Write(IRenderable what) => console.Write(what);

    /// <summary>A paragraph, wrapped, every line of it indented.</summary>
    public void Line(string text, Style? style = null, int indent = 0) => Line([new Ink(text, style)], indent);

    public void Line(IEnumerable<Ink> inks, int indent = 0)
    {
        var paragraph = new Paragraph();
        foreach (var ink in inks)
            paragraph.Append(ink.Text, ink.Style ?? Style.Plain);
        console.Write(new Padder(paragraph, new Padding(indent, 0, 0, 0)));
    }

    /// <summary>A line that is never wrapped, because it is copied: an address, a command.</summary>
    public void Whole(string text, int indent = 0)
    {
        console.Profile.Out.Writer.Write($"{new string(' ', indent)}{text}\n");
        console.Profile.Out.Writer.Flush();
    }

    public void Blank() => console.WriteLine();

    private sealed class Paper(TextWriter writer, int width) : IAnsiConsoleOutput
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
public readonly record struct Ink(string Text, Style? Style = null)
{
    public static implicit operator Ink(string text) => new(text);
}
