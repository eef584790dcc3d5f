using Ledger.Domain.Decisions;
using Ledger.Domain.Entries;
using Ledger.Domain.Identities;
using Ledger.Proof;
using Ledger.Proof.Notes;
using Ledger.Proof.Texts;
using Ledger.Store.Log;
using Ledger.Store.Sql;
using Npgsql;

namespace Ledger.Store.Signing;

/// <summary>
/// Signs one agreement's checkpoints, each in the transaction of the batch it covers and under the lock of the head, so
/// that a size is signed once. What a rolled back transaction signed was shown to nobody.
/// </summary>
internal sealed class LogSigner(
    string schema,
    AgreementId agreement,
    LogKeys keys,
    SignedBefore before,
    Func<(long Size, string? Who)> seen,
    Func<(long Size, string? Why)> refused
)
{
    private SignedCheckpoint? _last;
    private LogKey? _key;

    /// <summary>
    /// What was signed before, here or by another server, must be a beginning of what the database holds; null when it
    /// is.
    /// </summary>
    /// <exception cref="NotRecordingException">The key is another, which nobody can decide to go on with.</exception>
    public async Task<Rollback?> RollbackAsync(
        NpgsqlTransaction transaction,
        StreamHead head,
        CancellationToken cancellationToken
    )
    {
        if (
            seen() is { Who: { } who } elsewhere
            && elsewhere.Size > head.Size
            && elsewhere.Size > before.ResumedAt(agreement)
        )
            return new Rollback(
                elsewhere.Size,
                $"Nothing is recorded in '{agreement}': {who} {elsewhere.Size} entries, but the database contains {head.Size}. It was rolled back, perhaps to a backup; see docs/backup.md."
            );

        var rows = new LogRows(schema, transaction.Connection!, transaction);
        // Another server may have gone on since, perhaps with another key; that it went on from here was looked at when
        // this one first wrote.
        if (_last is { } last && head.Size > last.Checkpoint.Size)
        {
            _key = SignerOf(await rows.CheckpointAsync(agreement, null, cancellationToken));
            return null;
        }

        SignedCheckpoint?[] signed = _last is null
            ? [before.Read(agreement), await rows.CheckpointAsync(agreement, null, cancellationToken)]
            : [_last];
        _key = SignerOf(signed[^1] ?? signed[0]);
        foreach (var checkpoint in signed.OfType<SignedCheckpoint>())
        {
            if (await CompareAsync(rows, checkpoint, head, cancellationToken) is { } rollback)
                return rollback;
        }

        return null;
    }

    /// <summary>
    /// Why the witnesses let nothing be recorded; null when they do. After an operator's decision to go on, they refuse
    /// until they are started with a new state.
    /// </summary>
    public string? Refused => refused() is { Why: { } why } by && by.Size > before.ResumedAt(agreement) ? why : null;

    /// <summary>An operator's decision to go on is about to be committed.</summary>
    public void Resume(Rollback rollback) => before.Resume(agreement, rollback.SignedSize);

    /// <summary>
    /// Signs with the key whose turn it is, and with the one that follows when the last entry says that it does.
    /// </summary>
    public SignedCheckpoint Sign(long size, Hash root, LedgerEvent last)
    {
        var signed = _key!.Sign(agreement, size, root);
        return last is KeyRotated rotated
            ? signed.With(Held(KeyChange.Of(size, rotated).New)!.Sign(agreement, size, root).Note.Signatures)
            : signed;
    }

    /// <summary>Every change of the key so far.</summary>
    public Task<IReadOnlyList<KeyChange>> ChangesAsync(
        NpgsqlTransaction transaction,
        CancellationToken cancellationToken
    ) => new LogRows(schema, transaction.Connection!, transaction).KeyChangesAsync(agreement, cancellationToken);

    /// <summary>Why the key cannot be changed like this; null when it can.</summary>
    /// <param name="proposed">Who proposes it must know which key it replaces, so that two changes do not
    /// cross.</param>
    /// <param name="changes">Those of the log so far.</param>
    public Decision.Refused? Objection(KeyRotated proposed, IReadOnlyList<KeyChange> changes)
    {
        KeyChange change;
        try
        {
            change = KeyChange.Of(0, proposed);
        }
        catch (MalformedException wrong)
        {
            return new(
                "log/malformed-key",
                "",
                $"'oldKey' and 'newKey' must be verifier keys, as printed by 'ledger key': {wrong.Message}"
            );
        }

        var current = _key!.For(agreement);
        return change switch
        {
            _ when change.Old != current => new("log/other-key", "/oldKey", $"The log is signed with {current}."),
            _ when change.New.Name != current.Name => new(
                "log/other-name",
                "/newKey",
                $"The name of a log never changes: it is '{current.Name}'."
            ),
            _ when change.New == current
                    || changes.Any(earlier => earlier.Old == change.New || earlier.New == change.New) => new(
                "log/key-used-before",
                "/newKey",
                "This key has signed the log before. A key that was replaced can never be used again: create another."
            ),
            _ when Held(change.New) is null => new(
                "log/key-not-here",
                "/newKey",
                $"The server does not have this key. Create it with: ledger key new {keys.First.Place}{LogKeys.NextSuffix}"
            ),
            _ => null,
        };
    }

    public NpgsqlBatchCommand Insert(SignedCheckpoint signed) =>
        Commands.Step(
            $"insert into {schema}.ledger_checkpoint (agreement, size, root, note) values ($1, $2, $3, $4)",
            agreement,
            signed.Checkpoint.Size,
            signed.Checkpoint.Root,
            signed.ToString()
        );

    /// <summary>Before anybody is told.</summary>
    public void Committed(SignedCheckpoint signed)
    {
        before.Write(agreement, signed);
        (_last, _key) = (signed, SignerOf(signed));
    }

    private LogKey? Held(VerifierKey key) => keys.Held.FirstOrDefault(held => held.For(agreement) == key);

    /// <summary>Whose turn it is after a checkpoint; where nothing was signed yet, the newest key begins.</summary>
    private LogKey SignerOf(SignedCheckpoint? latest) =>
        latest is null ? keys.Held[^1] : keys.SignerOf(agreement, latest) ?? throw NotOurs(latest.Checkpoint.Size);

    private NotRecordingException NotOurs(long size) =>
        new(
            NotRecordingException.RolledBack,
            $"Nothing is recorded in '{agreement}': its checkpoint of {size} entries is not signed with the key in {keys.First.Place}. Start the server with the key and the LEDGER_NAME that signed it."
        );

    private async Task<Rollback?> CompareAsync(
        LogRows rows,
        SignedCheckpoint signed,
        StreamHead head,
        CancellationToken cancellationToken
    )
    {
        var (size, root) = (signed.Checkpoint.Size, signed.Checkpoint.Root);
        // What this server remembers may be older than the last change of key, and the key before need not be here any
        // more.
        if (
            !keys.Signed(agreement, signed)
            && !(await rows.KeyChangesAsync(agreement, cancellationToken)).Any(change =>
                signed.Note.Verify([change.Old]).Fault == NoteFault.None
            )
        )
            throw NotOurs(size);
        if (size > head.Size)
            return new Rollback(
                size,
                $"Nothing is recorded in '{agreement}': {size} entries were signed, but the database contains {head.Size}. It was rolled back, perhaps to a backup; see docs/backup.md."
            );
        var held = size == head.Size ? head.Root : await rows.RootAsync(agreement, size, cancellationToken);
        return held == root
            ? null
            : new Rollback(
                size,
                $"Nothing is recorded in '{agreement}': the first {size} entries are not those that were signed. Their root is {held}, but {root} was signed."
            );
    }
}

/// <summary>That the database does not hold what was signed.</summary>
/// <param name="SignedSize">How many entries were signed or witnessed.</param>
internal sealed record Rollback(long SignedSize, string Message);
