using System.Runtime.CompilerServices;
using Ledger.Domain.Identities;
using Ledger.Proof;
using Ledger.Proof.Entries;
using Ledger.Proof.Notes;
using Ledger.Proof.Trees;
using Ledger.Proof.Witnesses;
using Ledger.Store.Log;
using Ledger.Store.Signing;
using Ledger.Store.Sql;
using Npgsql;

namespace Ledger.Store.Publishing;

/// <summary>
/// An agreement's log in the pieces of C2SP tlog-tiles, and proofs from it. Nothing is given that no checkpoint covers.
/// </summary>
public sealed class PublishedLog(NpgsqlDataSource database, LedgerStoreOptions options, LogSigning signing)
{
    /// <summary>
    /// Where the checkpoint of an entry that changes the key is found, by position; it is signed with both keys.
    /// </summary>
    public const string Rotations = "rotation/";

    /// <summary>The keys that have signed the log: each with the size from which on it does, oldest first.</summary>
    public async Task<IReadOnlyList<(long From, VerifierKey Key)>> KeysAsync(
        AgreementId agreement,
        CancellationToken cancellationToken = default
    )
    {
        var changes = await WithRowsAsync(
            rows => rows.KeyChangesAsync(agreement, cancellationToken),
            cancellationToken
        );
        if (changes is [var first, ..])
            return [(0, first.Old), .. changes.Select(change => (change.Position, change.New))];
        return
            await CheckpointAsync(agreement, null, cancellationToken) is { } latest
            && signing.Keys?.SignerOf(agreement, latest) is { } key
            ? [(0, key.For(agreement))]
            : [];
    }

    /// <summary>
    /// The latest checkpoint, or the one of a size; null when nothing was signed, or not at that size.
    /// </summary>
    public Task<SignedCheckpoint?> CheckpointAsync(
        AgreementId agreement,
        long? size = null,
        CancellationToken cancellationToken = default
    ) => WithRowsAsync(rows => rows.CheckpointAsync(agreement, size, cancellationToken), cancellationToken);

    /// <summary>
    /// The checkpoints of more than <paramref name="above"/> and at most <paramref name="until"/> entries that somebody
    /// cosigned, with the cosignatures; not more than <paramref name="most"/> of them.
    /// </summary>
    public async IAsyncEnumerable<SignedCheckpoint> CosignedAsync(
        AgreementId agreement,
        long above,
        long until,
        int most = TileId.FullWidth,
        bool newestFirst = false,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        await using var command = database.Ask(
            $"""
            select c.note, array_agg(w.line order by w.witness) from {options.Schema}.ledger_cosignature w
            join {options.Schema}.ledger_checkpoint c on c.agreement = w.agreement and c.size = w.size
            where w.agreement = $1 and w.size > $2 and w.size <= $3 group by w.size, c.note order by w.size {(
                newestFirst ? "desc" : "asc"
            )} limit $4
            """,
            agreement,
            above,
            until,
            most
        );
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
            yield return SignedCheckpoint
                .Parse(rows.GetString(0))
                .With(rows.GetFieldValue<string[]>(1).Select(NoteSignature.Parse));
    }

    /// <summary>The root of the log when it had that many entries, signed at that size or not.</summary>
    public Task<Hash> RootAsync(AgreementId agreement, long size, CancellationToken cancellationToken = default) =>
        WithRowsAsync(rows => rows.RootAsync(agreement, size, cancellationToken), cancellationToken);

    /// <summary>The checkpoint that changed the key at a position, as the log signed it; null where none did.</summary>
    public Task<SignedCheckpoint?> RotationAsync(
        AgreementId agreement,
        long position,
        CancellationToken cancellationToken = default
    ) =>
        WithRowsAsync(
            async rows =>
                (await rows.KeyChangesAsync(agreement, cancellationToken)).Any(change => change.Position == position)
                    ? await rows.SignedAsync(agreement, position, cancellationToken)
                    : null,
            cancellationToken
        );

    /// <summary>A tile with exactly the width asked for; null when the signed tree does not have it.</summary>
    public Task<ReadOnlyMemory<byte>?> TileAsync(
        AgreementId agreement,
        TileId id,
        CancellationToken cancellationToken = default
    ) =>
        WithRowsAsync<ReadOnlyMemory<byte>?>(
            async rows =>
            {
                var tiles = await rows.TilesAsync(agreement, [id], cancellationToken);
                return
                    tiles.TryGetValue((id.Level, id.Index), out var hashes) && hashes.Length >= id.Width * Hash.Length
                    ? (ReadOnlyMemory<byte>?)hashes.AsMemory(0, id.Width * Hash.Length)
                    : null;
            },
            cancellationToken
        );

    /// <summary>A bundle of entries with exactly the width asked for; null when the log does not have it.</summary>
    public Task<byte[]?> BundleAsync(
        AgreementId agreement,
        EntryBundle bundle,
        CancellationToken cancellationToken = default
    ) =>
        WithRowsAsync(
            async rows =>
            {
                var first = bundle.Index * TileId.FullWidth;
                await using var command = rows.Ask(
                    $"select bytes from {options.Schema}.ledger_entry where agreement = $1 and position > $2 and position <= $3 order by position",
                    agreement,
                    first,
                    first + bundle.Width
                );
                var entries = new List<ReadOnlyMemory<byte>>(bundle.Width);
                await using var reader = await command.ExecuteReaderAsync(cancellationToken);
                while (await reader.ReadAsync(cancellationToken))
                    entries.Add(reader.GetFieldValue<byte[]>(0));
                return entries.Count == bundle.Width ? EntryBundle.Write(entries) : null;
            },
            cancellationToken
        );

    /// <summary>
    /// The receipt of an entry under the latest checkpoint, or that of a size; null when there is no such entry or
    /// checkpoint.
    /// </summary>
    public Task<TlogProof?> ProofAsync(
        AgreementId agreement,
        long position,
        long? size = null,
        CancellationToken cancellationToken = default
    ) =>
        WithRowsAsync(
            async rows =>
            {
                if (
                    await rows.CheckpointAsync(agreement, size, cancellationToken) is not { } checkpoint
                    || position < 1
                    || position > checkpoint.Checkpoint.Size
                )
                    return null;
                var tree = await rows.TreeAsync(
                    agreement,
                    checkpoint.Checkpoint.Size,
                    TreePaths.Inclusion(position - 1, checkpoint.Checkpoint.Size),
                    cancellationToken
                );
                return new TlogProof(position - 1, tree.Inclusion(position - 1), checkpoint);
            },
            cancellationToken
        );

    /// <summary>What a witness is sent that has seen <paramref name="oldSize"/> entries.</summary>
    public Task<AddCheckpoint> AdditionAsync(
        AgreementId agreement,
        long oldSize,
        SignedCheckpoint checkpoint,
        CancellationToken cancellationToken = default
    ) =>
        WithRowsAsync(
            async rows =>
            {
                var size = checkpoint.Checkpoint.Size;
                if (oldSize == 0 || oldSize == size)
                    return new AddCheckpoint(oldSize, [], checkpoint);
                var tree = await rows.TreeAsync(
                    agreement,
                    size,
                    TreePaths.Consistency(oldSize, size),
                    cancellationToken
                );
                return new AddCheckpoint(oldSize, tree.Consistency(oldSize), checkpoint);
            },
            cancellationToken
        );

    /// <summary>
    /// Every tile of a tree of this size, lowest level first, and the bundles of entries; each path once, with its
    /// bytes.
    /// </summary>
    public async IAsyncEnumerable<(string Path, ReadOnlyMemory<byte> Bytes)> FilesAsync(
        AgreementId agreement,
        long size,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        for (var level = 0; size >> (8 * level) > 0; level++)
        {
            for (var index = 0L; index * TileId.FullWidth < size >> (8 * level); index++)
            {
                var id = TileId.InTree(level, index, size);
                yield return (
                    id.Path,
                    await TileAsync(agreement, id, cancellationToken)
                        ?? throw new InvalidOperationException($"The log of '{agreement}' lacks {id.Path}.")
                );
            }
        }

        for (var index = 0L; index * TileId.FullWidth < size; index++)
        {
            var bundle = EntryBundle.InTree(index, size);
            yield return (
                bundle.Path,
                await BundleAsync(agreement, bundle, cancellationToken)
                    ?? throw new InvalidOperationException($"The log of '{agreement}' lacks {bundle.Path}.")
            );
        }

        foreach (
            var (from, _) in (await KeysAsync(agreement, cancellationToken)).Skip(1).Where(key => key.From <= size)
        )
            yield return (
                $"{Rotations}{from}",
                (
                    await RotationAsync(agreement, from, cancellationToken)
                    ?? throw new InvalidOperationException(
                        $"The log of '{agreement}' lacks the checkpoint of {from} entries."
                    )
                ).Note.ToBytes()
            );
    }

    private async Task<T> WithRowsAsync<T>(Func<LogRows, Task<T>> read, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await read(new LogRows(options.Schema, connection));
    }
}
