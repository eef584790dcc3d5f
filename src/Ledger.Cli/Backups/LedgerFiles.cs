using Ledger.Local;
using Ledger.Local.Machine;

namespace Ledger.Cli.Backups;

/// <summary>Where a ledger's files are, and under which names a backup has them.</summary>
internal sealed record LedgerFiles(string Data, string Key, string Master, string Evidence)
{
    public const string LogKey = "log.key";
    public const string MasterKey = "master.key";
    public const string Persons = MasterKey + ".persons";
    public const string Signed = LogKey + ".signed";
    public const string EvidenceFolder = "evidence";

    /// <summary>Opens the evidence beside an archive. Every archive has it.</summary>
    public const string BackupKey = "backup.key";

    /// <summary>Not the operator's token: whoever finds a backup must not come in with it.</summary>
    private static readonly string[] Others = ["first-start.json", BackupKey];

    public static LedgerFiles In(string data) =>
        new(data, Path.Combine(data, LogKey), Path.Combine(data, MasterKey), Path.Combine(data, EvidenceFolder));

    /// <summary>Of a server that was told to keep its files elsewhere.</summary>
    public static LedgerFiles Of(DataDirectory data, ServerProcess? server)
    {
        var key = Setting("LEDGER_KEY") ?? data.In(LogKey);
        return new(
            data.Path,
            key,
            Setting("LEDGER_MASTER_KEY") ?? Path.Combine(Path.GetDirectoryName(key)!, MasterKey),
            Setting("LEDGER_EVIDENCE") ?? data.In(EvidenceFolder)
        );

        string? Setting(string name) =>
            server is not null && ProcessTable.Variable(server.Id, name) is { Length: > 0 } value
                ? Path.GetFullPath(value)
                : null;
    }

    /// <summary>Every small file that a ledger cannot go on without, with its name in a backup.</summary>
    public IEnumerable<(string Path, string Name)> Small()
    {
        var beside = Path.GetDirectoryName(Key)!;
        (string Path, string Name)[] all =
        [
            (Key, LogKey),
            (Key + ".next", LogKey + ".next"),
            (Master, MasterKey),
            (Path.Combine(beside, "webhooks.key"), "webhooks.key"),
            .. Others.Select(name => (Path.Combine(Data, name), name)),
            .. In(Master + ".persons", "*.keys", Persons),
            // What was signed is taken from the database, at the moment at which the database is looked at.
            .. In(Key + ".signed", "*.resumed", Signed),
        ];
        return all.Where(file => File.Exists(file.Path));
    }

    private static IEnumerable<(string Path, string Name)> In(string folder, string pattern, string name) =>
        Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, pattern).Select(file => (file, $"{name}/{Path.GetFileName(file)}"))
            : [];
}
