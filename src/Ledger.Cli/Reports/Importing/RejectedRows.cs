using System.Text;
using Ledger.Cli.Terminals;
using MiniExcelLibs;

namespace Ledger.Cli.Reports.Importing;

/// <summary>
/// The rows that were not filed, in the form of the file from which they came, so that they can be mended and imported
/// by the same mapping. Without such rows there is no file.
/// </summary>
/// <param name="path">Where they go; nothing that lies there is written over.</param>
/// <param name="name">As it was given.</param>
/// <param name="mark">Whether text begins with a byte order mark, by which it is known as UTF-8 whatever encoding the
/// mapping names.</param>
public sealed class RejectedRows(string path, string name, bool mark) : IDisposable
{
    private readonly HashSet<long> _numbers = [];
    private readonly List<Dictionary<string, object?>> _cells = [];
    private StreamWriter? _text;
    private SourceForm? _form;

    public int Count => _numbers.Count;

    public string Name => name;

    public void Add(SourceRow row)
    {
        if (!_numbers.Add(row.Number))
            return;
        _form = row.Raw.Form;
        if (_form.IsWorkbook)
        {
            _cells.Add(_form.Columns.Zip(row.Raw.Cells).ToDictionary(cell => cell.First, cell => cell.Second));
            return;
        }

        if (_text is null)
        {
            _text = new StreamWriter(Created(), new UTF8Encoding(mark));
            _text.Write(_form.Begin);
        }
        else
            _text.Write(_form.Between);
        _text.Write(row.Raw.Text);
    }

    public void Dispose()
    {
        if (_form is null)
            return;
        if (_form.IsWorkbook)
        {
            using var book = Created();
            book.SaveAs(_cells);
        }

        _text?.Write(_form.End);
        _text?.Dispose();
    }

    private FileStream Created()
    {
        try
        {
            return new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CommandException.Refused($"The rows that were not filed cannot be written to {name}: {e.Message}");
        }
    }
}
