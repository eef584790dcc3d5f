using Ledger.Proof;
using Ledger.Proof.Notes;
using Ledger.Proof.Trees;
using Ledger.Store.Publishing;
using Ledger.Store.Writing;
using Npgsql;

namespace Ledger.Store.Signing;

/// <summary>
/// Signs one agreement's checkpoints, each in the transaction of the batch it covers and under the lock of the head, so that a size is signed once. What a
/// rolled back transaction signed was shown to nobody.
/// </summary>
internal sealed class LogSigner(string schema, string agreement, LogKey key, SignedBefore before, Func<(long Size, string? Who)> seen)
{
    private SignedCheckpoint? _last;

    /// <summary>What was signed before, here or by another server, must be a beginning of what the database holds; null when it is.</summary>
    /// <exception cref="RolledBackException">The key is another, which nobody can decide to go on with.</exception>
    public async Task<Rollback?> RollbackAsync(NpgsqlTransaction transaction, StreamHead head, CancellationToken cancellation)
    {
        if (seen() is { Who: { } who } elsewhere && elsewhere.Size > head.Size && elsewhere.Size > before.ResumedAt(agreement))
            return new Rollback(elsewhere.Size, $"Nothing is recorded in '{agreement}': {who} {elsewhere.Size} entries, and the database holds {head.Size}. It was rolled back, perhaps to a backup; docs/backup.md says what to do.");

        // Another server may have gone on since; that it went on from here was looked at when this one first wrote.
        if (_last is { } last && head.Size > last.Checkpoint.Size)
            return null;

        var rows = new LogRows(schema, transaction.Connection!, transaction);
        SignedCheckpoint?[] signed = _last is null ? [before.Read(agreement), await rows.CheckpointAsync(agreement, null, cancellation)] : [_last];
        foreach (var checkpoint in signed.OfType<SignedCheckpoint>())
        {
            if (await CompareAsync(rows, checkpoint, head, cancellation) is { } rollback)
                return rollback;
        }

        return null;
    }

    /// <summary>An operator's decision to go on is about to be committed.</summary>
    public void Resume(Rollback rollback) => before.Resume(agreement, rollback.SignedSize);

    public SignedCheckpoint Sign(long size, Hash root) => key.Sign(agreement, size, root);

    public NpgsqlBatchCommand Insert(SignedCheckpoint signed) => new($"insert into {schema}.ledger_checkpoint (agreement, size, root, note) values ($1, $2, $3, $4)")
    {
        Parameters =
        {
            new() { Value = agreement },
            new() { Value = signed.Checkpoint.Size },
            new() { Value = signed.Checkpoint.Root.ToArray() },
            new() { Value = signed.ToString() },
        },
    };

    /// <summary>Before anybody is told.</summary>
    public void Committed(SignedCheckpoint signed)
    {
        before.Write(agreement, signed);
        _last = signed;
    }

    private async Task<Rollback?> CompareAsync(LogRows rows, SignedCheckpoint signed, StreamHead head, CancellationToken cancellation)
    {
        var (size, root) = (signed.Checkpoint.Size, signed.Checkpoint.Root);
        if (signed.Note.Verify([key.For(agreement)]).Fault is not NoteFault.None)
            throw new RolledBackException($"Nothing is recorded in '{agreement}': its checkpoint of {size} entries is not signed with the key in {key.Place}. Start the server with the key and the LEDGER_NAME that signed it.");
        if (size > head.Size)
            return new Rollback(size, $"Nothing is recorded in '{agreement}': {size} entries were signed, and the database holds {head.Size}. It was rolled back, perhaps to a backup; docs/backup.md says what to do.");
        var held = size == head.Size ? head.Root : await rows.RootAsync(agreement, size, cancellation);
        return held == root ? null : new Rollback(size, $"Nothing is recorded in '{agreement}': the first {size} entries are not those that were signed. Their root is {held}, and {root} was signed.");
    }
}

/// <summary>That the database does not hold what was signed.</summary>
/// <param name="SignedSize">How many entries were signed or witnessed.</param>
internal sealed record Rollback(long SignedSize, string Message);

/// <summary>The database does not hold what was signed. Signing on would give two histories.</summary>
public sealed class RolledBackException(string message) : Exception(message);
