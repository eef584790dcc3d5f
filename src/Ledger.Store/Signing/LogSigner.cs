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

    /// <summary>Whether it may go on from here: what was signed before, here or by another server, must be a beginning of what the database holds.</summary>
    /// <exception cref="RolledBackException">It is not.</exception>
    public async Task AdmitAsync(NpgsqlTransaction transaction, StreamHead head, CancellationToken cancellation)
    {
        if (seen() is { Who: { } who } elsewhere && elsewhere.Size > head.Size)
            throw new RolledBackException($"Nothing is recorded in '{agreement}': {who} {elsewhere.Size} entries, and the database holds {head.Size}. It was rolled back, perhaps to a backup; docs/backup.md says what to do.");

        // Another server may have gone on since; that it went on from here was looked at when this one first wrote.
        if (_last is { } last && head.Size > last.Checkpoint.Size)
            return;

        var rows = new LogRows(schema, transaction.Connection!, transaction);
        SignedCheckpoint?[] signed = _last is null ? [before.Read(agreement), await rows.CheckpointAsync(agreement, null, cancellation)] : [_last];
        foreach (var checkpoint in signed.OfType<SignedCheckpoint>())
            await CompareAsync(rows, checkpoint, head, cancellation);
    }

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

    private async Task CompareAsync(LogRows rows, SignedCheckpoint signed, StreamHead head, CancellationToken cancellation)
    {
        var (size, root) = (signed.Checkpoint.Size, signed.Checkpoint.Root);
        if (signed.Note.Verify([key.For(agreement)]).Fault is not NoteFault.None)
            throw new RolledBackException($"Nothing is recorded in '{agreement}': its checkpoint of {size} entries is not signed with the key in {key.File}. Start the server with the key and the LEDGER_NAME that signed it.");
        if (size > head.Size)
            throw new RolledBackException($"Nothing is recorded in '{agreement}': {size} entries were signed, and the database holds {head.Size}. It was rolled back, perhaps to a backup; docs/backup.md says what to do.");
        var held = size == head.Size ? head.Root : await rows.RootAsync(agreement, size, cancellation);
        if (held != root)
            throw new RolledBackException($"Nothing is recorded in '{agreement}': the first {size} entries are not those that were signed. Their root is {held}, and {root} was signed.");
    }
}

/// <summary>The database does not hold what was signed. Signing on would give two histories.</summary>
public sealed class RolledBackException(string message) : Exception(message);
