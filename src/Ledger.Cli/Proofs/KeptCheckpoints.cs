using System.Globalization;
using Ledger.Cli.Terminals;
using Ledger.Local.Machine;
using Ledger.Proof.Notes;
using Ledger.Proof.Texts;

namespace Ledger.Cli.Proofs;

/// <summary>
/// The checkpoints an auditor has verified, one file each: whoever keeps one can tell when the entries it covers are
/// changed, however well the log was made to fit afterwards. Beside them lie the keys that signed them: one is trusted
/// from the first time on, and those that follow from it when the log changes its key, each with the size from which on
/// it signs.
/// </summary>
public sealed class KeptCheckpoints(string directory)
{
    private const string KeyFile = "key";

    /// <summary>Of somebody who never verified anything.</summary>
    public static readonly KeptCheckpoints None = new("/dev/null/none");

    /// <summary>In <c>~/.config/ledger/checkpoints</c>, where XDG_CONFIG_HOME does not say otherwise.</summary>
    public static string DefaultOf(Terminal terminal) =>
        Path.Combine(
            terminal.Variable("XDG_CONFIG_HOME") is { Length: > 0 } config
                ? config
                : Path.Combine(terminal.Variable("HOME") ?? terminal.Folder, ".config"),
            "ledger",
            "checkpoints"
        );

    /// <summary>Every log of which a checkpoint is kept.</summary>
    public IReadOnlyList<string> Origins =>
        Directory.Exists(directory)
            ?
            [
                .. Directory
                    .GetDirectories(directory, "*.log")
                    .Select(folder => Uri.UnescapeDataString(Path.GetFileName(folder)[..^".log".Length]))
                    .Order(StringComparer.Ordinal),
            ]
            : [];

    /// <summary>
    /// Oldest first. A file that cannot be read stops everything: to leave it out would be to forget.
    /// </summary>
    public IReadOnlyList<SignedCheckpoint> Of(string origin)
    {
        var folder = FolderOf(origin);
        return Directory.Exists(folder)
            ? [.. Directory.GetFiles(folder, "*.checkpoint").Select(Read).OrderBy(kept => kept.Checkpoint.Size)]
            : [];
    }

    /// <summary>Oldest first; none when nothing of the log was verified yet.</summary>
    public IReadOnlyList<KeySince> KeysOf(string origin)
    {
        var file = Path.Combine(FolderOf(origin), KeyFile);
        try
        {
            return File.Exists(file)
                ?
                [
                    .. File.ReadAllLines(file)
                        .Select(line => line.Split(' '))
                        .Select(words =>
                            words is [var from, var key]
                                ? new KeySince(
                                    long.Parse(from, NumberStyles.None, CultureInfo.InvariantCulture),
                                    VerifierKey.Parse(key)
                                )
                                : new KeySince(0, VerifierKey.Parse(words[0]))
                        ),
                ]
                : [];
        }
        catch (Exception wrong) when (wrong is MalformedException or FormatException or OverflowException)
        {
            throw CommandException.Refused($"your kept checkpoint {file} cannot be read: {wrong.Message}");
        }
    }

    public void Keep(SignedCheckpoint checkpoint, IReadOnlyList<KeySince> keys)
    {
        var origin = checkpoint.Checkpoint.Origin;
        var folder = FolderOf(origin);
        Directory.CreateDirectory(folder);
        // An old bundle knows fewer keys than who verified a later one.
        if (KeysOf(origin) is not [.., var last] || last.From < keys[^1].From)
            Files.Replace(
                Path.Combine(folder, KeyFile),
                string.Concat(
                    keys.Select(key => string.Create(CultureInfo.InvariantCulture, $"{key.From} {key.Key}\n"))
                )
            );
        Files.Replace(
            Path.Combine(
                folder,
                checkpoint.Checkpoint.Size.ToString("D20", CultureInfo.InvariantCulture) + ".checkpoint"
            ),
            checkpoint.ToString()
        );
    }

    private static SignedCheckpoint Read(string file)
    {
        try
        {
            return SignedCheckpoint.Parse(File.ReadAllBytes(file));
        }
        catch (MalformedException wrong)
        {
            throw CommandException.Refused($"your kept checkpoint {file} cannot be read: {wrong.Message}");
        }
    }

    /// <summary>
    /// Where those of a log lie. An origin is the log's own word, and must not lead out of the directory.
    /// </summary>
    public string FolderOf(string origin) => Path.Combine(directory, $"{Uri.EscapeDataString(origin)}.log");
}
