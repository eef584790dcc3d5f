using System.Text;

namespace Ledger.Cli.Terminals;

/// <summary>
/// Drops the spaces that layout leaves at the ends of lines, so that output can be compared, copied and kept.
/// </summary>
public sealed class TrimmedWriter(TextWriter to) : TextWriter
{
    private readonly StringBuilder _spaces = new();

    public override Encoding Encoding => to.Encoding;

    public override void Write(char value)
    {
        switch (value)
        {
            case ' ':
                _spaces.Append(value);
                return;
            case '\r':
                return;
            case '\n':
                _spaces.Clear();
                to.Write('\n');
                return;
        }

        if (_spaces.Length > 0)
        {
            to.Write(_spaces.ToString());
            _spaces.Clear();
        }

        to.Write(value);
    }

    public override void Flush() => to.Flush();
}
