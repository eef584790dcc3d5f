using System.Formats.Tar;
using System.Globalization;
using System.Security.Cryptography;
using Ledger.Cli.Terminals;
using Ledger.Domain.Identities;
using Ledger.Local;
using Ledger.Local.Machine;
using Ledger.Local.Postgres;
using Ledger.Proof.Notes;
using Npgsql;

namespace Ledger.Cli.Backups;

/// <summary>What `backup` was asked for.</summary>
/// <param name="Folder">Where archives and evidence are kept.</param>
/// <param name="Connection">A database of the caller's own; null for the private one of the data directory.</param>
/// <param name="Recipients">Who can open the archive.</param>
public sealed record BackupOptions(
    string Data,
    string Folder,
    string? Connection,
    string Schema,
    IReadOnlyList<IAgeRecipient> Recipients
);

/// <summary>What was taken.</summary>
/// <param name="Altered">Files of evidence that no longer hash to their names. They are not in the backup.</param>
public sealed record TakenBackup(
    string Archive,
    BackupManifest Manifest,
    int NewEvidence,
    bool HasLogKey,
    IReadOnlyList<string> Altered
);

/// <summary>
/// Takes a backup while the ledger runs: the database as it is at one moment, the keys that open what it holds at that
/// moment, and the files that its entries name.
/// </summary>
public sealed class Backup(BackupOptions options, TimeProvider clock)
{
    public const string Ending = ".ledger-backup.age";
    public const string EvidenceFolder = "evidence";

    private const string Staging = "backup.staging";
    private const int Attempts = 10;

    private const UnixFileMode OwnerFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public async Task<TakenBackup> TakeAsync(CancellationToken cancellationToken)
    {
        if (!Directory.Exists(options.Data))
            throw BackupFault.Refuse("backup/no-ledger", $"There is no ledger in {options.Data}: give --data.");
        var data = DataDirectory.Open(options.Data);
        var server = ServerProcess.Find(data);
        var files = LedgerFiles.Of(data, server);
        var connection = options.Connection ?? await PrivateAsync(data, cancellationToken);
        if (!File.Exists(files.Master))
            throw BackupFault.Refuse(
                "backup/no-keys",
                $"There is no {files.Master}, so nothing sealed could ever be opened again: give the --data that has the keys."
            );

        Directory.CreateDirectory(options.Folder);
        using var turn = Turn(data);
        var staging = data.In(Staging);
        // What a killed run left behind; nobody else works here.
        if (Directory.Exists(staging))
            Directory.Delete(staging, recursive: true);
        Directory.CreateDirectory(staging, OwnerFolder);
        try
        {
            return await TakeAsync(files, connection, server, staging, cancellationToken);
        }
        finally
        {
            Directory.Delete(staging, recursive: true);
        }
    }

    private async Task<TakenBackup> TakeAsync(
        LedgerFiles files,
        string connection,
        ServerProcess? server,
        string staging,
        CancellationToken cancellationToken
    )
    {
        var evidenceKey = EvidenceKey(Path.Combine(files.Data, LedgerFiles.BackupKey));
        await using var database = NpgsqlDataSource.Create(
            // A backup of a large ledger takes its time.
            new NpgsqlConnectionStringBuilder(connection) { CommandTimeout = 0 }
        );
        await using var session = await database.OpenConnectionAsync(cancellationToken);
        await RunAsync(session, "set idle_in_transaction_session_timeout = 0", cancellationToken);
        await using var snapshot = await SnapshotAsync(database, session, files, staging, cancellationToken);

        var takenAt = await TimeAsync(session, cancellationToken);
        var checkpoints = await CheckpointsAsync(session, cancellationToken);
        foreach (var checkpoint in checkpoints)
            await WriteAsync(
                Path.Combine(staging, LedgerFiles.Signed, $"{checkpoint.Agreement}.checkpoint"),
                checkpoint.Note,
                cancellationToken
            );
        var tables = new List<BackedUpTable>();
        Directory.CreateDirectory(Path.Combine(staging, "tables"));
        foreach (var (name, columns) in await TableCopy.TablesAsync(session, options.Schema, cancellationToken))
        {
            var table = new BackedUpTable(name, columns, $"tables/{name}.copy.gz");
            await TableCopy.WriteAsync(
                session,
                options.Schema,
                table,
                Path.Combine(staging, table.File),
                cancellationToken
            );
            tables.Add(table);
        }

        var sequences = await TableCopy.SequencesAsync(session, options.Schema, cancellationToken);
        var (evidence, added, altered) = await EvidenceAsync(files.Evidence, evidenceKey, cancellationToken);
        var manifest = new BackupManifest(
            BackupManifest.Newest,
            takenAt,
            checkpoints is [var first, ..] ? first.Origin[..first.Origin.LastIndexOf('/')] : "",
            checkpoints,
            tables,
            sequences,
            await FilesAsync(staging, cancellationToken),
            evidence,
            Settings(server)
        );
        return new TakenBackup(
            await PackAsync(staging, manifest, cancellationToken),
            manifest,
            added,
            File.Exists(files.Key),
            altered
        );
    }

    private static async Task<string> PrivateAsync(DataDirectory data, CancellationToken cancellationToken)
    {
        if (FirstStart.Read(data) is { Database: DatabaseKind.Given })
            throw BackupFault.Refuse(
                "backup/no-database",
                $"{data.Path} was started with a database of yours: give --connection with a role that may read it all."
            );
        var home = await ClusterHome.InAsync(data, cancellationToken);
        if (new Cluster(home).RunningPort() is not { } port)
            throw BackupFault.Refuse(
                "backup/not-running",
                $"PostgreSQL of {data.Path} is not running: ./ledger up --data {data.Path}"
            );
        var cluster = new RunningCluster(port, ClusterPasswords.ReadOrMake(Path.Combine(home, "passwords.json")));
        return cluster.ConnectionAs(LedgerDatabase.Owner, cluster.Passwords.Owner, LedgerDatabase.Name);
    }

    /// <summary>
    /// Looks at the database at one moment and then copies the keys: each key that an entry of that moment needs was
    /// there before. Only an erasure in between could take one away, and then it begins again.
    /// </summary>
    private async Task<NpgsqlTransaction> SnapshotAsync(
        NpgsqlDataSource database,
        NpgsqlConnection session,
        LedgerFiles files,
        string staging,
        CancellationToken cancellationToken
    )
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var snapshot = await session.BeginTransactionAsync(
                System.Data.IsolationLevel.RepeatableRead,
                cancellationToken
            );
            var erased = await ErasedAsync(session, cancellationToken);
            foreach (var (path, name) in files.Small())
            {
                var copy = Path.Combine(staging, name);
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                // Opened to be shared: the server appends to the keys of persons meanwhile.
                await using var from = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
                await using var to = new FileStream(copy, FileMode.Create, FileAccess.Write);
                await from.CopyToAsync(to, cancellationToken);
            }

            await using var now = await database.OpenConnectionAsync(cancellationToken);
            if (await ErasedAsync(now, cancellationToken) == erased)
                return snapshot;
            await snapshot.DisposeAsync();
        }

        throw BackupFault.Refuse(
            "backup/erasures",
            $"Keys of persons were destroyed during each of {Attempts} attempts. Take the backup again later."
        );
    }

    private async Task<long> ErasedAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            $"select count(*) from {options.Schema}.ledger_handle where state = 'erased'",
            connection
        );
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static async Task<DateTimeOffset> TimeAsync(
        NpgsqlConnection connection,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand("select now()", connection);
        return new DateTimeOffset((DateTime)(await command.ExecuteScalarAsync(cancellationToken))!);
    }

    private async Task<IReadOnlyList<BackedUpCheckpoint>> CheckpointsAsync(
        NpgsqlConnection connection,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand(
            $"select distinct on (agreement) agreement, note from {options.Schema}.ledger_checkpoint order by agreement, size desc",
            connection
        );
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var found = new List<BackedUpCheckpoint>();
        while (await rows.ReadAsync(cancellationToken))
        {
            var (agreement, note) = (AgreementId.Parse(rows.GetString(0)), rows.GetString(1));
            var checkpoint = SignedCheckpoint.Parse(note).Checkpoint;
            found.Add(new(agreement, checkpoint.Origin, checkpoint.Size, checkpoint.Root.ToBase64(), note));
        }

        return found;
    }

    /// <summary>
    /// Encrypts each file that is not there yet. Its name in the backup is the same each time, and tells nobody which
    /// file it is: a digest would tell whoever has a photograph that it was sent.
    /// </summary>
    private async Task<(IReadOnlyList<BackedUpEvidence> Files, int Added, IReadOnlyList<string> Altered)> EvidenceAsync(
        string folder,
        AgeIdentity key,
        CancellationToken cancellationToken
    )
    {
        var (kept, added, altered) = (new List<BackedUpEvidence>(), 0, new List<string>());
        foreach (var (path, agreement) in Directory.Exists(folder) ? EvidenceIn(folder) : [])
        {
            var sha256 = Path.GetFileName(path);
            var name = key.NameOf($"{agreement}/{sha256}");
            var target = Path.Combine(options.Folder, EvidenceFolder, name[..2], name);
            if (!File.Exists(target))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                if (await EncryptAsync(path, target, key.Recipient, cancellationToken) != sha256)
                {
                    File.Delete(target + Unfinished);
                    altered.Add($"{agreement}/{sha256}");
                    continue;
                }

                File.Move(target + Unfinished, target, overwrite: true);
                added++;
            }

            kept.Add(new BackedUpEvidence(agreement, sha256, new FileInfo(path).Length, $"{name[..2]}/{name}"));
        }

        return (kept, added, altered);
    }

    private const string Unfinished = ".unfinished";

    /// <summary>AGREEMENT/ab/cd/SHA-256; uploads that are not whole yet lie elsewhere.</summary>
    private static IEnumerable<(string Path, AgreementId Agreement)> EvidenceIn(string folder)
    {
        foreach (
            var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        )
        {
            if (
                Path.GetRelativePath(folder, path).Split('/') is [var first, _, _, _]
                && AgreementId.TryParse(first, out var agreement)
            )
                yield return (path, agreement);
        }
    }

    /// <returns>The SHA-256 of what was encrypted.</returns>
    private static async Task<string> EncryptAsync(
        string path,
        string target,
        AgeRecipient recipient,
        CancellationToken cancellationToken
    )
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var from = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        await using var file = Make(target + Unfinished);
        await using (var to = AgeFile.Write(file, [recipient]))
        {
            var buffer = new byte[AgeChunk.Length];
            while (await from.ReadAsync(buffer, cancellationToken) is > 0 and var read)
            {
                hash.AppendData(buffer, 0, read);
                await to.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }
        }

        file.Flush(flushToDisk: true);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static async Task<IReadOnlyList<BackedUpFile>> FilesAsync(
        string staging,
        CancellationToken cancellationToken
    )
    {
        var files = new List<BackedUpFile>();
        foreach (
            var path in Directory
                .EnumerateFiles(staging, "*", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)
        )
        {
            await using var content = File.OpenRead(path);
            files.Add(
                new BackedUpFile(
                    Path.GetRelativePath(staging, path),
                    Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken)),
                    content.Length
                )
            );
        }

        return files;
    }

    private async Task<string> PackAsync(string staging, BackupManifest manifest, CancellationToken cancellationToken)
    {
        var archive = Path.Combine(
            options.Folder,
            clock.GetUtcNow().ToString("yyyy-MM-dd'T'HHmmssfff'Z'", CultureInfo.InvariantCulture) + Ending
        );
        await using (var file = Make(archive + Unfinished))
        {
            await using (var encrypted = AgeFile.Write(file, options.Recipients))
            await using (var tar = new TarWriter(encrypted, TarEntryFormat.Pax))
            {
                using var first = new MemoryStream(manifest.Write());
                await tar.WriteEntryAsync(
                    new PaxTarEntry(TarEntryType.RegularFile, BackupManifest.Name) { DataStream = first },
                    cancellationToken
                );
                foreach (var listed in manifest.Files)
                {
                    await using var content = File.OpenRead(Path.Combine(staging, listed.Name));
                    await tar.WriteEntryAsync(
                        new PaxTarEntry(TarEntryType.RegularFile, listed.Name) { DataStream = content },
                        cancellationToken
                    );
                }
            }

            file.Flush(flushToDisk: true);
        }

        File.Move(archive + Unfinished, archive, overwrite: false);
        return archive;
    }

    private static FileStream Make(string path) =>
        new(
            path,
            new FileStreamOptions
            {
                Mode = FileMode.Create,
                Access = FileAccess.Write,
                UnixCreateMode = Files.OwnerOnly,
            }
        );

    private static async Task WriteAsync(string path, string text, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(path, text, cancellationToken);
    }

    private static AgeIdentity EvidenceKey(string file)
    {
        if (!File.Exists(file))
            Files.Replace(file, $"{AgeIdentity.New()}\n", Files.OwnerOnly);
        return AgeIdentity.Parse(File.ReadAllText(file))
            ?? throw BackupFault.Refuse(
                "backup/evidence-key",
                $"{file} does not contain a key of age. Move it away, and the next backup keeps all evidence anew."
            );
    }

    /// <summary>One backup at a time; the system takes the lock back from a process that dies.</summary>
    private static FileStream Turn(DataDirectory data)
    {
        try
        {
            return new(data.In("backup.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            throw BackupFault.Refuse("backup/another", $"Another backup of {data.Path} is being taken.");
        }
    }

    /// <summary>The server's own settings; passwords stand in the connection, and secrets in files.</summary>
    private static Dictionary<string, string> Settings(ServerProcess? server) =>
        server is null
            ? []
            : ProcessTable
                .Variables(server.Id, "LEDGER_")
                .Where(setting =>
                    setting.Name
                        is not (
                            "LEDGER_CONNECTION"
                            or "LEDGER_DATA"
                            or "LEDGER_URL"
                            or "LEDGER_BUILD"
                            or "LEDGER_NODES"
                            or "LEDGER_NAME"
                            or "LEDGER_TOKEN"
                        )
                    && !setting.Name.StartsWith("LEDGER_TEST_", StringComparison.Ordinal)
                    && !setting.Name.Contains("PASSWORD", StringComparison.Ordinal)
                )
                .OrderBy(setting => setting.Name, StringComparer.Ordinal)
                .ToDictionary(setting => setting.Name, setting => setting.Value, StringComparer.Ordinal);

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
