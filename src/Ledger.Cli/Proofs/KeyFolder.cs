using Ledger.Cli.Terminals;
using Ledger.Proof.Sealing;
using Ledger.Proof.Texts;

namespace Ledger.Cli.Proofs;

/// <summary>The keys of persons, read for a sweep by who operates the ledger.</summary>
public sealed class KeyFolder
{
    private readonly byte[] _master;
    private readonly string _folder;

    private KeyFolder(byte[] master, string folder) => (_master, _folder) = (master, folder);

    public static KeyFolder Open(string masterFile) =>
        File.Exists(masterFile)
        && StrictBase64.Decode(File.ReadAllText(masterFile).TrimEnd('\n')) is { Length: PersonKey.Length } master
            ? new KeyFolder(master, $"{masterFile}.persons")
            : throw CommandException.Refused($"{masterFile} does not contain a master key.");

    /// <summary>The key; null when it was destroyed or is not there.</summary>
    public byte[]? Find(HandleRow handle)
    {
        var file = Path.Combine(_folder, $"{handle.Segment:D}.keys");
        if (!File.Exists(file))
            return null;
        using var segment = File.OpenHandle(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var record = new byte[PersonKey.RecordLength];
        return RandomAccess.Read(segment, record, handle.Place) == record.Length
            ? PersonKey.Unwrap(_master, handle.Handle, record)
            : null;
    }

    /// <summary>Overwrites a key that a copy of the folder still has.</summary>
    /// <returns>Whether it was there.</returns>
    public bool Destroy(HandleRow handle)
    {
        if (Find(handle) is null)
            return false;
        using var segment = File.OpenHandle(
            Path.Combine(_folder, $"{handle.Segment:D}.keys"),
            FileMode.Open,
            FileAccess.ReadWrite
        );
        RandomAccess.Write(segment, new byte[PersonKey.RecordLength], handle.Place);
        RandomAccess.FlushToDisk(segment);
        return true;
    }
}
