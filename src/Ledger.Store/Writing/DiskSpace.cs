using Ledger.Store.Evidence;
using Npgsql;

namespace Ledger.Store.Writing;

/// <summary>
/// How much room is left on the disks where the ledger keeps its files, which often is the database's disk too. Intake
/// stops before the last of it is gone: a database whose disk is full stops for good, and keys that cannot be written
/// are lost.
/// </summary>
public sealed class DiskSpace
{
    private readonly LedgerStoreOptions _options;
    private readonly string[] _folders;

    public DiskSpace(LedgerStoreOptions options, LedgerTelemetry telemetry)
    {
        _options = options;
        _folders =
        [
            .. ((string?[])[options.KeyFile, options.MasterKeyFile])
                .OfType<string>()
                .Select(file => Path.GetDirectoryName(Path.GetFullPath(file))!)
                .Distinct(StringComparer.Ordinal),
        ];
        telemetry.DiskLeft = () => Left;
    }

    /// <summary>Bytes; null where nothing is kept in files.</summary>
    public long? Left => _folders.Length == 0 ? null : _folders.Min(_options.FreeSpace);

    /// <summary>Why nothing may be recorded; null where there is room.</summary>
    public string? Full =>
        Left is { } left && left < _options.DiskReserve
            ? $"The disk is full: {Megabytes(left)} are left, and {Megabytes(_options.DiskReserve)} stay free. Nothing is recorded until there is room."
            : null;

    /// <summary>That it will be full soon; null where there is room enough.</summary>
    public string? Low =>
        Left is { } left && left < _options.DiskWarning ? $"ok, but only {Megabytes(left)} are left on the disk" : null;

    /// <summary>Whether something failed for want of room, here or in the database.</summary>
    public static bool IsFull(Exception fault) =>
        fault switch
        {
            PostgresException { SqlState: PostgresErrorCodes.DiskFull } => true,
            StorageFullException => true,
            IOException io when StorageFullException.IsFull(io) => true,
            _ => fault.InnerException is { } inner && IsFull(inner),
        };

    private static string Megabytes(long bytes) => $"{bytes >> 20} MB";
}
