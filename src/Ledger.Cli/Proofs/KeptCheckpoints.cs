using System.Globalization;
using Ledger.Proof.Notes;
using Ledger.Proof.Texts;

namespace Ledger.Cli.Proofs;

/// <summary>
/// The checkpoints an auditor has verified, one file each: whoever keeps one can tell when the entries it covers are changed, however well the log was made to
/// fit afterwards. Beside them lies the key that signed them, which is trusted from the first time on.
/// </summary>
public sealed class KeptCheckpoints(string directory)
{
    private const string KeyFile = "key";

    /// <summary>In <c>~/.config/ledger/checkpoints</c>, where XDG_CONFIG_HOME does not say otherwise.</summary>
    public static string DefaultOf(Terminal terminal) => Path.Combine(
        terminal.Variable("XDG_CONFIG_HOME") is { Length: > 0 } config ? config : Path.Combine(terminal.Variable("HOME") ?? terminal.Folder, ".config"), "ledger", "checkpoints");

    /// <summary>Every log of which a checkpoint is kept.</summary>
    public IReadOnlyList<string> Origins => Directory.Exists(directory) ? [.. Directory.GetDirectories(directory, "*.log").Select(folder => Uri.UnescapeDataString(Path.GetFileName(folder)[..^".log".Length])).Order(StringComparer.Ordinal)] : [];

    /// <summary>Oldest first. A file that cannot be read stops everything: to leave it out would be to forget.</summary>
    public IReadOnlyList<SignedCheckpoint> Of(string origin)
    {
        var folder = FolderOf(origin);
        return Directory.Exists(folder) ? [.. Directory.GetFiles(folder, "*.checkpoint").Select(Read).OrderBy(kept => kept.Checkpoint.Size)] : [];
    }

    public VerifierKey? KeyOf(string origin) =>
        File.Exists(Path.Combine(FolderOf(origin), KeyFile)) ? VerifierKey.Parse(File.ReadAllText(Path.Combine(FolderOf(origin), KeyFile)).TrimEnd()) : null;

    public void Keep(SignedCheckpoint checkpoint, VerifierKey key)
    {
        var folder = FolderOf(checkpoint.Checkpoint.Origin);
        Directory.CreateDirectory(folder);
        Local.Machine.Files.Replace(Path.Combine(folder, KeyFile), $"{key}\n");
        Local.Machine.Files.Replace(Path.Combine(folder, checkpoint.Checkpoint.Size.ToString("D20", CultureInfo.InvariantCulture) + ".checkpoint"), checkpoint.ToString());
    }

    private static SignedCheckpoint Read(string file)
    {
        try
        {
            return SignedCheckpoint.Parse(File.ReadAllBytes(file));
        }
        catch (MalformedException wrong)
        {
            throw CommandException.Refused($"{file}, which you kept, cannot be read: {wrong.Message}");
        }
    }

    /// <summary>An origin is the log's own word, and must not lead out of the directory.</summary>
    private string FolderOf(string origin) => Path.Combine(directory, $"{Uri.EscapeDataString(origin)}.log");
}
