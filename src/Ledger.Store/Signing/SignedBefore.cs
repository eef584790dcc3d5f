using Ledger.Proof.Notes;

namespace Ledger.Store.Signing;

/// <summary>
/// The last checkpoint this server signed of each agreement, in files beside the key. A database restored from a backup forgets what was signed after the
/// backup; these files do not. Who can write them and the database can roll both back: then only witnesses and auditors notice.
/// </summary>
internal sealed class SignedBefore(string directory)
{
    public SignedCheckpoint? Read(string agreement) =>
        File.Exists(FileOf(agreement)) ? SignedCheckpoint.Parse(File.ReadAllBytes(FileOf(agreement))) : null;

    /// <summary>Old or new after a crash, never half. Not flushed: a power cut may leave an older one, which only makes the guard weaker.</summary>
    public void Write(string agreement, SignedCheckpoint checkpoint)
    {
        Directory.CreateDirectory(directory);
        var next = $"{FileOf(agreement)}.{Environment.ProcessId}";
        File.WriteAllText(next, checkpoint.ToString());
        File.Move(next, FileOf(agreement), overwrite: true);
    }

    private string FileOf(string agreement) => Path.Combine(directory, $"{agreement}.checkpoint");
}
