using System.Text;
using Ledger.Cli.Terminals;

namespace Ledger.Cli.InputFiles;

/// <summary>A UTF-8 file of this machine. What stands in the way of reading it ends the command in plain words.</summary>
public static class TextFile
{
    /// <summary>A file in another encoding would be recorded with its letters destroyed.</summary>
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true);

    public static string Read(string path, string name) =>
        Readable(name, () => Strict.GetString(Unmarked(File.ReadAllBytes(path))));

    /// <summary>
    /// The lines of a file, which are read as they are asked for: a file of entries may be larger than memory.
    /// </summary>
    public static IEnumerable<string> Lines(string path, string name)
    {
        using var reader = Readable(
            name,
            () => new StreamReader(path, Strict, detectEncodingFromByteOrderMarks: false)
        );
        while (Readable(name, reader.ReadLine) is { } line)
            yield return line;
    }

    private static T Readable<T>(string name, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (DecoderFallbackException)
        {
            throw CommandException.Refused($"{name} is not UTF-8: save it in that encoding.");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw CommandException.Refused($"There is no file {name}.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CommandException.Refused($"{name} cannot be read: {e.Message}");
        }
    }

    private static byte[] Unmarked(byte[] bytes) => bytes is [0xEF, 0xBB, 0xBF, .. var rest] ? rest : bytes;
}
