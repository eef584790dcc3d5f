using NodaTime;

namespace Ledger.Store;

/// <summary>Where and how the ledger is kept.</summary>
public sealed record LedgerStoreOptions
{
    public required string ConnectionString { get; init; }

    /// <summary>The PostgreSQL schema of every table of the ledger.</summary>
    /// <exception cref="ArgumentException">The name would need quotes.</exception>
    public string Schema
    {
        get;
        init =>
            field =
                value is [>= 'a' and <= 'z', ..]
                && value.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_')
                    ? value
                    : throw new ArgumentException(
                        $"'{value}' cannot name the schema: use lower-case letters, digits and underscores, and begin with a letter.",
                        nameof(value)
                    );
    } = "ledger";

    /// <summary>
    /// The first part of every log's name. It must never change: a log with another name is another log.
    /// </summary>
    public string LedgerName { get; init; } = "ledger.local";

    /// <summary>
    /// Where the key lies that signs checkpoints; it is made there at the first start. Null signs nothing, which no
    /// server does.
    /// </summary>
    public string? KeyFile { get; init; }

    /// <summary>
    /// The Unix socket of a process that holds the signing key in place of <see cref="KeyFile"/>, beside which only
    /// lies what was signed.
    /// </summary>
    public string? SignerSocket { get; init; }

    /// <summary>
    /// Where the master key lies under which the keys of persons are kept, in a folder beside it; by default beside
    /// <see cref="KeyFile"/>. Null seals nothing.
    /// </summary>
    public string? MasterKeyFile
    {
        get =>
            field
            ?? (KeyFile is null ? null : Path.Combine(Path.GetDirectoryName(Path.GetFullPath(KeyFile))!, "master.key"));
        init;
    }

    /// <summary>Entries that share one transaction at most.</summary>
    public int BatchSize { get; init; } = 512;

    /// <summary>
    /// How long a busy writer waits for company before it starts a transaction; measured from the arrival of its first
    /// item.
    /// </summary>
    public TimeSpan BatchDelay { get; init; } = TimeSpan.FromMilliseconds(5);

    /// <summary>Items of one sender that may wait for a writer; with more, that sender waits for room.</summary>
    public int QueueLength { get; init; } = 4096;

    /// <summary>
    /// For how long an item is tried again while the database is away, before its sender is told to try again later.
    /// </summary>
    public TimeSpan RetryFor { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// By how much this server's clock may differ from the database's, and lie before the last entry, while entries are
    /// recorded.
    /// </summary>
    public Duration ClockTolerance { get; init; } = Duration.FromSeconds(5);

    /// <summary>Bytes that stay free on the disk of the keys; with fewer, nothing is recorded.</summary>
    public long DiskReserve { get; init; } = 64 << 20;

    /// <summary>Bytes below which the server says that the disk will be full soon.</summary>
    public long DiskWarning { get; init; } = 1 << 30;

    /// <summary>Bytes that are free where a folder lies.</summary>
    public Func<string, long> FreeSpace { get; init; } = folder => new DriveInfo(folder).AvailableFreeSpace;

    /// <summary>How often followers look for entries whose notification was lost.</summary>
    public TimeSpan CatchUpEvery { get; init; } = TimeSpan.FromSeconds(5);
}
