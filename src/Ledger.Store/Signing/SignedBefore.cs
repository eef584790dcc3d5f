using System.Globalization;
using Ledger.Domain.Identities;
using Ledger.Proof.Notes;

namespace Ledger.Store.Signing;

/// <summary>
/// The last checkpoint this server signed of each agreement, in files beside the key. A database restored from a backup
/// forgets what was signed after the backup; these files do not. Who can write them and the database can roll both
/// back: then only witnesses and auditors notice.
/// </summary>
internal sealed class SignedBefore(string directory)
{
    public SignedCheckpoint? Read(AgreementId agreement) =>
        File.Exists(FileOf(agreement)) ? SignedCheckpoint.Parse(File.ReadAllBytes(FileOf(agreement))) : null;

    /// <summary>
    /// Old or new after a crash, never half. Not flushed: a power cut may leave an older one, which only makes the
    /// guard weaker.
    /// </summary>
    public void Write(AgreementId agreement, SignedCheckpoint checkpoint)
    {
        Directory.CreateDirectory(directory);
        var next = $"{FileOf(agreement)}.{Environment.ProcessId}";
        File.WriteAllText(next, checkpoint.ToString());
        File.Move(next, FileOf(agreement), overwrite: true);
    }

    /// <summary>Up to which size an operator decided to go on after a rollback; 0 when never.</summary>
    public long ResumedAt(AgreementId agreement) =>
        File.Exists(ResumedFileOf(agreement))
        && long.TryParse(
            File.ReadAllText(ResumedFileOf(agreement)),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var size
        )
            ? size
            : 0;

    /// <summary>
    /// The decision itself is an entry of the log. This is what this server remembers of it, so that a witness which
    /// saw more closes nothing any more.
    /// </summary>
    public void Resume(AgreementId agreement, long signedSize)
    {
        Directory.CreateDirectory(directory);
        File.WriteAllText(ResumedFileOf(agreement), signedSize.ToString(CultureInfo.InvariantCulture));
    }

    private string ResumedFileOf(AgreementId agreement) => Path.Combine(directory, $"{agreement}.resumed");

    private string FileOf(AgreementId agreement) => Path.Combine(directory, $"{agreement}.checkpoint");
}
