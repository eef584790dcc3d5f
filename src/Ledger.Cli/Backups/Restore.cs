using System.Formats.Tar;
using System.Security.Cryptography;
using Ledger.Cli.Proofs;
using Ledger.Cli.Terminals;
using Ledger.Domain.Evidence;
using Ledger.Domain.Identities;
using Ledger.Local;
using Ledger.Local.Machine;
using Ledger.Local.Postgres;
using Ledger.Proof.Notes;
using Ledger.Proof.Texts;
using Ledger.Proof.Witnesses;
using Npgsql;

namespace Ledger.Cli.Backups;

/// <summary>What `restore` was asked for.</summary>
/// <param name="Source">An archive, or the folder of archives, of which the newest is meant.</param>
/// <param name="Data">Where the ledger comes to be; nothing may be there.</param>
/// <param name="Kept">Checkpoints that somebody verified earlier.</param>
/// <param name="Signed">What the lost server noted of what it signed, where that is still there.</param>
public sealed record RestoreOptions(
    string Source,
    string Data,
    IReadOnlyList<IAgeIdentity> Identities,
    KeptCheckpoints Kept,
    string? Signed
);

/// <summary>A log that was restored.</summary>
/// <param name="Verified">What was found to be in order.</param>
/// <param name="Compared">How many kept checkpoints it continues.</param>
/// <param name="SignedSize">How many entries were signed, where that is more than there are: the rest is lost.</param>
public sealed record RestoredLog(AgreementId Agreement, Verified Verified, int Compared, long? SignedSize);

/// <summary>What nobody can come in with any more.</summary>
public sealed record Ended(int Sessions, int Tokens, int Links);

/// <param name="Erased">Keys of erased persons that the backup still had, and that were destroyed again.</param>
/// <param name="CanSignIn">People who need no new link: a passkey or a provider lets them in as on the day of the
/// backup.</param>
public sealed record RestoredLedger(
    BackupManifest Manifest,
    IReadOnlyList<RestoredLog> Logs,
    Ended Ended,
    int Erased,
    IReadOnlyList<string> CanSignIn
);

/// <summary>
/// Makes a ledger of a backup, in a place where there is none. It is made beside that place and moved there when
/// everything was verified, so that there is never half a ledger.
/// </summary>
public sealed class Restore(RestoreOptions options, TextWriter progress, TimeProvider clock)
{
    private const string Schema = "ledger";
    private const string Staging = "backup.staging";

    public async Task<RestoredLedger> RunAsync(CancellationToken cancellationToken)
    {
        var program = Checkout.ServerProgram;
        var archive = Archive();
        if (Directory.Exists(options.Data) && Directory.EnumerateFileSystemEntries(options.Data).Any())
            throw BackupFault.Refuse(
                "backup/target-not-empty",
                $"There is something in {options.Data}. Restore into a directory that is empty or not there."
            );
        var work = $"{options.Data.TrimEnd('/')}.restoring-{Guid.NewGuid():N}";
        var data = DataDirectory.Open(work);
        try
        {
            var restored = await MakeAsync(archive, data, program, cancellationToken);
            if (Directory.Exists(options.Data))
                Directory.Delete(options.Data);
            Directory.Move(data.Path, options.Data);
            return restored;
        }
        catch
        {
            await RemoveAsync(data);
            throw;
        }
    }

    private async Task<RestoredLedger> MakeAsync(
        string archive,
        DataDirectory data,
        string program,
        CancellationToken cancellationToken
    )
    {
        await progress.WriteLineAsync($"Opening {archive}");
        var staging = data.In(Staging);
        Directory.CreateDirectory(staging, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var manifest = await UnpackAsync(archive, staging, cancellationToken);
        PutFiles(manifest, staging, data);
        await PutEvidenceAsync(manifest, Path.GetDirectoryName(archive)!, data, cancellationToken);

        await progress.WriteLineAsync("Making a database");
        var home = await ClusterHome.InAsync(data, cancellationToken);
        var binaries = await PostgresSource.FindAsync(
            Path.GetDirectoryName(home) is { } parent && parent != "/var/lib" ? parent : home,
            clusterMajor: null,
            cancellationToken
        );
        var cluster = await new Cluster(home).StartAsync(binaries, ClusterSettings.Durable, cancellationToken);
        // The roles come first; the tables belong to one of them.
        var (owner, _) = await LedgerDatabase.EnsureAsync(cluster, cancellationToken);
        await ServerProcess.MigrateAsync(program, owner, LedgerDatabase.Server, cancellationToken);
        await progress.WriteLineAsync("Restoring its rows");
        await using var database = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(cluster.ConnectionAsSuperuser(LedgerDatabase.Name)) { CommandTimeout = 0 }
        );
        var ended = await FillAsync(database, manifest, staging, cancellationToken);
        var erased = await EraseAsync(database, data, cancellationToken);
        await progress.WriteLineAsync("Verifying everything");
        var logs = new List<RestoredLog>();
        foreach (var checkpoint in manifest.Checkpoints)
            logs.Add(await VerifyAsync(database, checkpoint, data, cancellationToken));
        var canSignIn = await CanSignInAsync(database, cancellationToken);

        new FirstStart(
            DatabaseKind.Private,
            FirstStart.Read(data) is { Demonstration: DemonstrationState.Loaded }
                ? DemonstrationState.Loaded
                : DemonstrationState.None,
            manifest.Ledger.Length > 0 ? manifest.Ledger : FirstStart.NewName()
        ).Write(data);
        await new Cluster(home).StopAsync(immediately: false, cancellationToken);
        Directory.Delete(staging, recursive: true);
        return new RestoredLedger(manifest, logs, ended, erased, canSignIn);
    }

    private string Archive()
    {
        if (File.Exists(options.Source))
            return options.Source;
        return
            Directory.Exists(options.Source)
            && Directory.GetFiles(options.Source, $"*{Backup.Ending}").Order(StringComparer.Ordinal).LastOrDefault()
                is { } newest
            ? newest
            : throw BackupFault.Refuse("backup/no-archive", $"There is no backup in {options.Source}.");
    }

    private async Task<BackupManifest> UnpackAsync(string archive, string staging, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = File.OpenRead(archive);
            await using var opened = AgeFile.Read(file, options.Identities);
            await using var tar = new TarReader(opened);
            if (
                await tar.GetNextEntryAsync(cancellationToken: cancellationToken) is not { DataStream: { } first } head
                || head.Name != BackupManifest.Name
            )
                throw Altered(archive);
            var manifest = BackupManifest.Read(first);
            var listed = manifest.Files.ToDictionary(one => one.Name, StringComparer.Ordinal);
            while (await tar.GetNextEntryAsync(cancellationToken: cancellationToken) is { } entry)
            {
                if (!listed.Remove(entry.Name, out var expected))
                    throw BackupFault.Refuse(
                        "backup/not-listed",
                        $"{archive} contains {entry.Name}, which its manifest does not name."
                    );
                var path = Within(staging, entry.Name);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                await entry.ExtractToFileAsync(path, overwrite: false, cancellationToken);
                await using var content = File.OpenRead(path);
                if (
                    content.Length != expected.Size
                    || Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken))
                        != expected.Sha256
                )
                    throw BackupFault.Refuse("backup/altered", $"{entry.Name} in {archive} was changed.");
            }

            // What follows the last file is authenticated as well.
            await opened.CopyToAsync(Stream.Null, cancellationToken);
            return listed.Count == 0
                ? manifest
                : throw BackupFault.Refuse(
                    "backup/missing-file",
                    $"{archive} lacks {string.Join(", ", listed.Keys.Order(StringComparer.Ordinal).Take(5))}."
                );
        }
        catch (AgeException fault)
        {
            throw fault.Fault switch
            {
                AgeFault.WrongKey => BackupFault.Refuse(
                    "backup/wrong-key",
                    $"{archive} was encrypted to another passphrase or key."
                ),
                AgeFault.NotAge => BackupFault.Refuse(
                    "backup/not-a-backup",
                    $"{archive} is not a backup, or its beginning was changed."
                ),
                _ => Altered(archive),
            };
        }
        catch (Exception wrong) when (wrong is InvalidDataException or EndOfStreamException or FormatException)
        {
            throw Altered(archive);
        }
    }

    private static CommandException Altered(string archive) =>
        BackupFault.Refuse("backup/altered", $"{archive} was changed or is not whole. Take another copy of it.");

    /// <summary>The archive was made by whoever has the key to it; its names must not lead elsewhere all the same.</summary>
    private static string Within(string folder, string name)
    {
        var path = Path.GetFullPath(Path.Combine(folder, name));
        return path.StartsWith(folder + "/", StringComparison.Ordinal)
            ? path
            : throw BackupFault.Refuse("backup/manifest", $"The name {name} leads out of the backup.");
    }

    private static void PutFiles(BackupManifest manifest, string staging, DataDirectory data)
    {
        foreach (
            var name in manifest
                .Files.Select(file => file.Name)
                .Where(name => !name.StartsWith("tables/", StringComparison.Ordinal))
        )
        {
            var path = Within(data.Path, name);
            if (Path.GetDirectoryName(path) is { } folder && folder != data.Path)
                Directory.CreateDirectory(
                    folder,
                    UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
                );
            File.Move(Path.Combine(staging, name), path);
            File.SetUnixFileMode(path, Files.OwnerOnly);
        }
    }

    private static async Task PutEvidenceAsync(
        BackupManifest manifest,
        string backups,
        DataDirectory data,
        CancellationToken cancellationToken
    )
    {
        if (manifest.Evidence.Count == 0)
            return;
        var key =
            File.Exists(data.In(LedgerFiles.BackupKey))
            && AgeIdentity.Parse(await File.ReadAllTextAsync(data.In(LedgerFiles.BackupKey), cancellationToken))
                is { } identity
                ? identity
                : throw BackupFault.Refuse("backup/missing-file", "The backup lacks the key of its evidence.");
        foreach (var listed in manifest.Evidence)
        {
            var from = Within(Path.Combine(backups, Backup.EvidenceFolder), listed.File);
            if (!File.Exists(from))
                throw BackupFault.Refuse(
                    "backup/missing-file",
                    $"{from} is missing, which has the evidence {listed.Sha256} of {listed.Agreement}."
                );
            var to = Within(data.In(LedgerFiles.EvidenceFolder), EvidenceName.Of(listed.Agreement, listed.Sha256));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            if (await DecryptAsync(from, to, key, cancellationToken) != listed.Sha256)
                throw BackupFault.Refuse("backup/altered", $"{from} was changed.");
        }
    }

    /// <returns>The SHA-256 of what was in it.</returns>
    private static async Task<string?> DecryptAsync(
        string from,
        string to,
        AgeIdentity key,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await using var file = File.OpenRead(from);
            await using var opened = AgeFile.Read(file, [key]);
            await using var target = new FileStream(
                to,
                new FileStreamOptions
                {
                    Mode = FileMode.CreateNew,
                    Access = FileAccess.ReadWrite,
                    UnixCreateMode = Files.OwnerOnly,
                }
            );
            await opened.CopyToAsync(target, cancellationToken);
            target.Flush(flushToDisk: true);
            target.Position = 0;
            return Convert.ToHexStringLower(await SHA256.HashDataAsync(target, cancellationToken));
        }
        catch (AgeException)
        {
            return null;
        }
    }

    /// <summary>
    /// All rows in one transaction, and with them the end of every way in: whoever has a token, a session or a link of
    /// before the loss may be the one who caused it.
    /// </summary>
    private static async Task<Ended> FillAsync(
        NpgsqlDataSource database,
        BackupManifest manifest,
        string staging,
        CancellationToken cancellationToken
    )
    {
        await using var session = await database.OpenConnectionAsync(cancellationToken);
        await DoAsync(session, "set idle_in_transaction_session_timeout = 0", cancellationToken);
        // The guards let nobody put a head or an erased handle in its place; here they were proved once already.
        await DoAsync(session, "set session_replication_role = replica", cancellationToken);
        var here = (await TableCopy.TablesAsync(session, Schema, cancellationToken)).ToDictionary(
            table => table.Name,
            table => table.Columns,
            StringComparer.Ordinal
        );
        foreach (var table in manifest.Tables)
        {
            var missing = here.TryGetValue(table.Name, out var columns)
                ? table.Columns.Except(columns, StringComparer.Ordinal).ToList()
                : ["all of it"];
            if (missing.Count > 0)
                throw BackupFault.Refuse(
                    "backup/other-tables",
                    $"This version has no place for {string.Join(", ", missing)} of the table {table.Name}: "
                        + "restore with the version that took the backup."
                );
        }

        await using var transaction = await session.BeginTransactionAsync(cancellationToken);
        // All at once, because some refer to others; what was put in when they were made comes again.
        await DoAsync(
            session,
            $"truncate {string.Join(", ", manifest.Tables.Select(table => $"{Schema}.{TableCopy.Name(table.Name)}"))}",
            cancellationToken
        );
        foreach (var table in manifest.Tables)
            await TableCopy.ReadAsync(session, Schema, table, Path.Combine(staging, table.File), cancellationToken);

        foreach (var sequence in manifest.Sequences)
            await DoAsync(
                session,
                $"select setval('{Schema}.{TableCopy.Name(sequence.Name)}', $1, $2)",
                cancellationToken,
                sequence.Last,
                sequence.IsUsed
            );
        // Messages that a server of then had taken up wait for one of now.
        foreach (var queue in (string[])["incoming", "outgoing"])
            await DoAsync(session, $"update {Schema}.wolverine_{queue}_envelopes set owner_id = 0", cancellationToken);
        var ended = new Ended(
            await DoAsync(
                session,
                $"update {Schema}.session set ended_at = now() where ended_at is null",
                cancellationToken
            ),
            await DoAsync(
                session,
                $"update {Schema}.api_token set revoked_at = now() where revoked_at is null",
                cancellationToken
            ),
            await DoAsync(
                session,
                $"update {Schema}.invitation set revoked_at = now() where revoked_at is null and redeemed_at is null",
                cancellationToken
            )
        );
        await DoAsync(session, $"delete from {Schema}.challenge", cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        await DoAsync(session, "analyze", cancellationToken);
        return ended;
    }

    /// <summary>A copy of the keys may be older than an erasure that the log knows.</summary>
    private static async Task<int> EraseAsync(
        NpgsqlDataSource database,
        DataDirectory data,
        CancellationToken cancellationToken
    )
    {
        await using var command = database.CreateCommand(
            $"select handle, state, segment, place from {Schema}.ledger_handle where state = 'erased'"
        );
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var (keys, erased) = (KeyFolder.Open(data.In(LedgerFiles.MasterKey)), 0);
        while (await rows.ReadAsync(cancellationToken))
        {
            if (keys.Destroy(new HandleRow(rows.GetGuid(0), rows.GetString(1), rows.GetGuid(2), rows.GetInt64(3))))
                erased++;
        }

        return erased;
    }

    private async Task<RestoredLog> VerifyAsync(
        NpgsqlDataSource database,
        BackedUpCheckpoint checkpoint,
        DataDirectory data,
        CancellationToken cancellationToken
    )
    {
        var known = KeysOf(checkpoint, data);
        Verified verified;
        try
        {
            verified = await new DatabaseSweep(
                database,
                Schema,
                checkpoint.Agreement,
                KeptCheckpoints.None,
                new TlogPolicy([.. known.Select(key => new PolicyLog(key, null))], [], null),
                clock,
                KeyFolder.Open(data.In(LedgerFiles.MasterKey)),
                VerifyCommand.InFolder(data.In(LedgerFiles.EvidenceFolder), checkpoint.Agreement)
            ).RunAsync(cancellationToken);
        }
        catch (TamperedException tampered)
        {
            throw BackupFault.Refuse(
                "backup/not-verified",
                $"The backup of {checkpoint.Agreement} is not what was signed. TAMPERED at {tampered.Finding}"
            );
        }

        var (compared, signed) = (0, SignedCheckpoint.Parse(checkpoint.Note));
        var ours = verified.Keys.Select(key => key.Key).ToHashSet();
        // Somebody who verified another ledger of this name says nothing about this one.
        if (options.Kept.KeysOf(checkpoint.Origin).Any(key => ours.Contains(key.Key)))
        {
            foreach (var kept in options.Kept.Of(checkpoint.Origin))
            {
                if (kept.Checkpoint.Size > signed.Checkpoint.Size)
                    signed = kept;
                else if (
                    await RootAsync(database, checkpoint.Agreement, kept.Checkpoint.Size, cancellationToken)
                    == kept.Checkpoint.Root.ToBase64()
                )
                    compared++;
                else
                    throw BackupFault.Refuse(
                        "backup/other-history",
                        $"You verified {kept.Checkpoint.Size} entries of {checkpoint.Agreement} that this backup does "
                            + "not continue. Look for another backup."
                    );
            }
        }

        if (
            NotedBy(options.Signed, checkpoint.Agreement) is { } noted
            && noted.Checkpoint.Origin == checkpoint.Origin
            && noted.Checkpoint.Size > signed.Checkpoint.Size
        )
            signed = noted;
        if (signed.Checkpoint.Size <= checkpoint.Size)
            return new RestoredLog(checkpoint.Agreement, verified, compared, null);
        // The server compares with this before it records anything.
        await File.WriteAllTextAsync(
            data.In($"{LedgerFiles.Signed}/{checkpoint.Agreement}.checkpoint"),
            signed.ToString(),
            cancellationToken
        );
        return new RestoredLog(checkpoint.Agreement, verified, compared, signed.Checkpoint.Size);
    }

    /// <summary>The key in the backup; where a signing process held it, the one that somebody verified with.</summary>
    private List<VerifierKey> KeysOf(BackedUpCheckpoint checkpoint, DataDirectory data)
    {
        if (!File.Exists(data.In(LedgerFiles.LogKey)))
            return options.Kept.KeysOf(checkpoint.Origin).Select(key => key.Key).ToList() is { Count: > 0 } kept
                ? kept
                : throw BackupFault.Refuse(
                    "backup/no-log-key",
                    $"A signing process held the key of {checkpoint.Origin}, so the backup has none to verify with: "
                        + "give --kept with checkpoints that you verified."
                );
        using var key = SigningKeyFile.OpenOrMake(data.In(LedgerFiles.LogKey));
        return [VerifierKey.OfLog(checkpoint.Origin, key.PublicKey)];
    }

    private static SignedCheckpoint? NotedBy(string? folder, AgreementId agreement)
    {
        if (folder is null)
            return null;
        var file = Path.Combine(folder, $"{agreement}.checkpoint");
        try
        {
            return File.Exists(file) ? SignedCheckpoint.Parse(File.ReadAllBytes(file)) : null;
        }
        catch (MalformedException wrong)
        {
            throw BackupFault.Refuse("backup/signed", $"{file} cannot be read: {wrong.Message}");
        }
    }

    private static async Task<string?> RootAsync(
        NpgsqlDataSource database,
        AgreementId agreement,
        long size,
        CancellationToken cancellationToken
    )
    {
        await using var command = database.CreateCommand(
            $"select root from {Schema}.ledger_checkpoint where agreement = $1 and size = $2"
        );
        command.Parameters.Add(new() { Value = agreement.ToString() });
        command.Parameters.Add(new() { Value = size });
        return await command.ExecuteScalarAsync(cancellationToken) is byte[] root ? Convert.ToBase64String(root) : null;
    }

    private static async Task<IReadOnlyList<string>> CanSignInAsync(
        NpgsqlDataSource database,
        CancellationToken cancellationToken
    )
    {
        await using var command = database.CreateCommand(
            $"""
            select p.name from {Schema}.person p where p.revoked_at is null
                and (exists (select from {Schema}.passkey k where k.person_id = p.person_id)
                    or exists (select from {Schema}.login l where l.person_id = p.person_id)) order by 1
            """
        );
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var names = new List<string>();
        while (await rows.ReadAsync(cancellationToken))
            names.Add(rows.GetString(0));
        return names;
    }

    private static async Task<int> DoAsync(
        NpgsqlConnection session,
        string sql,
        CancellationToken cancellationToken,
        params object[] values
    )
    {
        await using var command = new NpgsqlCommand(sql, session);
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Nothing remains of what did not come to its end, and least of all keys.</summary>
    private static async Task RemoveAsync(DataDirectory data)
    {
        var home = await ClusterHome.InAsync(data, CancellationToken.None);
        if (Directory.Exists(home))
        {
            await new Cluster(home).StopAsync(immediately: true, CancellationToken.None);
            Directory.Delete(home, recursive: true);
        }

        Directory.Delete(data.Path, recursive: true);
    }
}
