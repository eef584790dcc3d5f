using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using Ledger.Domain.Input;

namespace Ledger.Cli.Reports.Importing;

/// <summary>
/// The rows of a table (RFC 4180), read as they are asked for. A row that is not as wide as the header is told and not
/// guessed at.
/// </summary>
public static class CsvRows
{
    /// <summary>
    /// Characters of a cell. A quote that is never closed would otherwise take the rest of the file into memory.
    /// </summary>
    public const int LongestCell = 1_000_000;

    private const int MostColumns = 10_000;

    private static readonly char[] Delimiters = [',', ';', '\t', '|'];

    /// <param name="text">The file.</param>
    /// <param name="needed">Columns without which nothing can be read.</param>
    /// <exception cref="SourceException">The header is not that of such a file, or what follows cannot be read
    /// on.</exception>
    public static IEnumerable<SourceRow> Read(TextReader text, IReadOnlyCollection<string> needed)
    {
        var broken = false;
        var first = Reading(1, () => FirstLine(text));
        // Excel takes its delimiter from such a line, and shows the next one as the first.
        var stated = first.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && first.TrimEnd().Length == 5;
        var delimiter = stated ? first[4] : DelimiterOf(first);
        if (stated)
            first = Reading(1, () => FirstLine(text));
        using var parser = new CsvParser(
            new Rest(first, text),
            new CsvConfiguration(CultureInfo.InvariantCulture)
            {
                Delimiter = delimiter.ToString(),
                BadDataFound = _ => broken = true,
                MaxFieldSize = LongestCell,
                CacheFields = false,
                ExceptionMessagesContainRawData = false,
            }
        );
        var header = Next(parser, 1) ?? throw new SourceException(1, "The file is empty.");
        var columns = Columns(header, needed);
        var form = SourceForm.Table(parser.RawRecord.Trim('\r', '\n'), header);
        for (var number = 2L; ; number++)
        {
            var line = parser.RawRow + 1L;
            broken = false;
            if (Next(parser, number) is not { } cells)
                yield break;
            if (cells is [{ Length: 0 }] && header.Length > 1)
                continue;
            var problem =
                broken
                    ? "A quote stands inside a cell that does not begin with one. "
                        + "Write quotes twice, and the whole cell between quotes."
                : cells.Length == header.Length ? null
                : $"The row has {cells.Length} cells and the header {header.Length}: "
                    + "is a comma or a line end in a cell without quotes?";
            yield return new SourceRow(
                number,
                line,
                column => columns.TryGetValue(column, out var at) && at < cells.Length ? cells[at] : null,
                new RawRow(form, parser.RawRecord.Trim('\r', '\n')),
                problem
            );
        }
    }

    private static string[]? Next(CsvParser parser, long number) =>
        Reading(number, () => parser.Read() ? parser.Record : null);

    internal static T Reading<T>(long number, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (DecoderFallbackException)
        {
            throw new SourceException(
                number,
                "What follows is not in the encoding in which the file begins. Save the file as UTF-8; "
                    + "nothing from here on was read."
            );
        }
        catch (MaxFieldSizeException)
        {
            throw new SourceException(
                number,
                $"A cell is longer than {LongestCell} characters: "
                    + "a quote before it is probably never closed. Nothing from here on was read."
            );
        }
        catch (Exception broken) when (broken is CsvHelperException or IOException or InvalidDataException)
        {
            throw new SourceException(
                number,
                $"The rest of the file cannot be read: {broken.Message.Split('\n')[0].Trim()} Nothing "
                    + "from here on was read."
            );
        }
    }

    internal static Dictionary<string, int> Columns(IReadOnlyList<string> header, IReadOnlyCollection<string> needed)
    {
        if (header.Count > MostColumns)
            throw new SourceException(1, $"The header has {header.Count} columns; at most {MostColumns} are read.");
        var columns = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < header.Count; i++)
        {
            var name = header[i].Trim();
            if (!columns.TryAdd(name, i) && needed.Contains(name))
                throw new SourceException(
                    1,
                    $"The header has two columns '{Shown(name)}': give one of them another name."
                );
        }

        var missing = needed.Where(name => !columns.ContainsKey(name)).ToList();
        return missing is []
            ? columns
            : throw new SourceException(
                1,
                $"The header has no column {string.Join(", ", missing.Select(WithHint))}. "
                    + $"It has {Shown(string.Join(", ", columns.Keys))}."
            );

        string WithHint(string name) =>
            Nearest.Of(name, columns.Keys.Take(200)) is { } meant ? $"'{name}' (did you mean '{meant}'?)" : $"'{name}'";
    }

    private static string Shown(string text) => text.Length <= 400 ? text : $"{text[..400]}...";

    /// <summary>
    /// The delimiter that the header has most of. Excel writes semicolons where the comma is the decimal sign.
    /// </summary>
    private static char DelimiterOf(string header) => Delimiters.MaxBy(delimiter => header.Count(c => c == delimiter));

    private static string FirstLine(TextReader text)
    {
        var line = new StringBuilder();
        while (line.Length < LongestCell && text.Read() is >= 0 and var next)
        {
            line.Append((char)next);
            if (next == '\n')
                break;
        }

        return line.ToString();
    }

    /// <summary>What was looked at, and then the rest.</summary>
    private sealed class Rest(string first, TextReader rest) : TextReader
    {
        private int _at;

        public override int Read(char[] buffer, int index, int count)
        {
            if (_at == first.Length)
                return rest.Read(buffer, index, count);
            var taken = Math.Min(count, first.Length - _at);
            first.CopyTo(_at, buffer, index, taken);
            _at += taken;
            return taken;
        }

        public override int Read() => _at < first.Length ? first[_at++] : rest.Read();

        public override int Peek() => _at < first.Length ? first[_at] : rest.Peek();
    }
}
