using System.Text;
using Ledger.Cli.Terminals;
using Ledger.Domain.Agreements;
using Ledger.Domain.Input;

namespace Ledger.Cli.InputFiles;

/// <summary>An agreement file as it lies on this machine, with the geometries beside it put into it.</summary>
/// <param name="Name">As the person typed it; names the file in messages.</param>
/// <param name="Text">The file's text.</param>
/// <param name="File">What it says, or everything that is wrong with it.</param>
public sealed record AgreementOnDisk(string Name, string Path, string Text, Parsed<AgreementFile> File)
{
    public static AgreementOnDisk Open(string name, Terminal terminal)
    {
        var path = terminal.PathOf(name);
        var text = TextFile.Read(path, name);
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
        throw CommandException.Refused($"{Name} cannot be used: {Plural.Of(problems.Length, "problem")}.");
    }

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
        return TextFile.Read(file.FullName, name);
    }
}
