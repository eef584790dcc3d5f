using System.Text;
using Ledger.Domain.Agreements;
using Ledger.Domain.Input;

namespace Ledger.Cli.Agreements;

/// <summary>An agreement file as it lies on this machine, with the geometries beside it put into it.</summary>
/// <param name="Name">As the person typed it; names the file in messages.</param>
/// <param name="Text">The file's text.</param>
/// <param name="File">What it says, or everything that is wrong with it.</param>
public sealed record AgreementOnDisk(string Name, string Path, string Text, Parsed<AgreementFile> File)
{
    /// <summary>A file in another encoding would be recorded with its letters destroyed.</summary>
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true);

    public static AgreementOnDisk Open(string name, Terminal terminal)
    {
        var path = terminal.PathOf(name);
        var text = Read(path, name);
        var folder = System.IO.Path.GetDirectoryName(path)!;
        return new AgreementOnDisk(name, path, text, AgreementFile.Parse(text, file => Beside(folder, file)));
    }

    /// <summary>The file, or the end of the command with every problem on standard error.</summary>
    public AgreementFile Required(Terminal terminal)
    {
        if (File is Parsed<AgreementFile>.Good good)
            return good.Value;
        var problems = ((Parsed<AgreementFile>.Bad)File).Problems;
        SourceProblems.Write(terminal.Error, Name, Text, problems);
        throw CommandException.Refused($"{Name} cannot be used: {Writing.Counted.Of(problems.Length, "problem")}.");
    }

    public static string Read(string path, string name) =>
        Readable(name, () => Strict.GetString(Unmarked(System.IO.File.ReadAllBytes(path))));

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

    /// <summary>
    /// Only a file of the same folder: an agreement file from somebody else must not read what else is on this machine.
    /// </summary>
    private static string? Beside(string folder, string name)
    {
        if (name.AsSpan().ContainsAny("/\\:\0") || name is "." or "..")
            return null;
        var file = new FileInfo(System.IO.Path.Combine(folder, name));
        if (!file.Exists || file.LinkTarget is not null)
            return null;
        return Read(file.FullName, name);
    }
}
