using System.Text;

namespace Ledger.Cli.Terminals;

/// <summary>
/// Drops the spaces that layout leaves at the ends of lines, so that output can be compared, copied and kept.
/// </summary>
public sealed class TrimmedWriter(TextWriter to) : TextWriter
{
    private readonly StringBuilder spaces = new();

    public override Encoding Encoding => to.Encoding;

    public override void Write(char value)
    {
        switch (value)
        {
            case ' ':
                spaces.Append(value);
                return;
            case '\r':
                return;
            case '\n':
                spaces.Clear();
                to.Write('\n');
                return;
        }

        if (spaces.Length > 0)
        {
            to.Write(spaces.ToString());
            spaces.Clear();
        }

        to.Write(value);
    }

    public override void Flush() => to.Flush();
}
