using System.Text.Encodings.Web;
using System.Text.Json;
using Ledger.Domain.Identities;

namespace Ledger.Cli.Backups;

/// <summary>
/// What a backup holds, file by file. It is the first file of the archive, and nothing is restored that it does not
/// name.
/// </summary>
/// <param name="Version">Of this form. A program restores the versions it knows.</param>
/// <param name="TakenAt">When the database was looked at; everything in it is as it was at that moment.</param>
/// <param name="Ledger">The first part of the names of its logs; empty where there is no log yet.</param>
/// <param name="Settings">What the server was started with beyond its defaults, without anything secret.</param>
public sealed record BackupManifest(
    int Version,
    DateTimeOffset TakenAt,
    string Ledger,
    IReadOnlyList<BackedUpCheckpoint> Checkpoints,
    IReadOnlyList<BackedUpTable> Tables,
    IReadOnlyList<BackedUpSequence> Sequences,
    IReadOnlyList<BackedUpFile> Files,
    IReadOnlyList<BackedUpEvidence> Evidence,
    IReadOnlyDictionary<string, string> Settings
)
{
    public const int Newest = 1;
    public const string Name = "manifest.json";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, Json);

    public static BackupManifest Read(Stream content)
    {
        try
        {
            return JsonSerializer.Deserialize<BackupManifest>(content, Json) is { Version: Newest } manifest
                ? manifest
                : throw BackupFault.Refuse(
                    "backup/version",
                    "The backup was taken by another version of this program: restore it with that one."
                );
        }
        catch (JsonException wrong)
        {
            throw BackupFault.Refuse("backup/manifest", $"The backup's manifest cannot be read: {wrong.Message}");
        }
    }
}

/// <summary>What was signed last of an agreement's log.</summary>
/// <param name="Root">In base64, as the note says it.</param>
/// <param name="Note">The signed checkpoint itself.</param>
public sealed record BackedUpCheckpoint(AgreementId Agreement, string Origin, long Size, string Root, string Note);

/// <param name="Columns">In the order in which the file has them.</param>
public sealed record BackedUpTable(string Name, IReadOnlyList<string> Columns, string File);

public sealed record BackedUpSequence(string Name, long Last, bool IsUsed);

/// <summary>A file of the archive.</summary>
public sealed record BackedUpFile(string Name, string Sha256, long Size);

/// <summary>A file of evidence, which is kept beside the archive and stays there for the next one.</summary>
/// <param name="File">Its name there, which tells nobody what it is.</param>
public sealed record BackedUpEvidence(AgreementId Agreement, string Sha256, long Size, string File);
