using Ledger.Domain.Identities;
using Ledger.Proof.Notes;

namespace Ledger.Store.Signing;

/// <summary>
/// The keys this process can sign with: the one that is in use, and, while it is being changed, the one that follows
/// it. That one lies beside the first, a file or a socket of the same name with <c>.next</c> behind, and is looked for
/// when it is asked for, so that no server has to be started anew for it.
/// </summary>
public sealed class LogKeys(LogKey first, Func<LogKey?> next) : IDisposable
{
    public const string NextSuffix = ".next";

    private readonly Lock _turn = new();
    private LogKey? _next;

    public LogKey First => first;

    /// <summary>Oldest first. A log that begins now is signed with the last.</summary>
    public IReadOnlyList<LogKey> Held
    {
        get
        {
            lock (_turn)
            {
                _next ??= next();
                // Whoever copied the file instead of moving it has one key under two names.
                return _next is null || _next.PublicKey.AsSpan().SequenceEqual(first.PublicKey)
                    ? [first]
                    : [first, _next];
            }
        }
    }

    /// <summary>
    /// Whose signature stands last under a checkpoint, because a checkpoint that changes the key is signed with the old
    /// one and then with the new one. Null when that key is not here: then nothing may be signed, with an older key
    /// least of all.
    /// </summary>
    public LogKey? SignerOf(AgreementId agreement, SignedCheckpoint checkpoint)
    {
        var last = checkpoint.Note.Signatures.LastOrDefault(line => line.Name == checkpoint.Checkpoint.Origin);
        return last is null
            ? null
            : Held.FirstOrDefault(key =>
                key.For(agreement) is var verifier && verifier.Made(last) && verifier.Verify(checkpoint.Note.Text, last)
            );
    }

    /// <summary>Whether one of these keys signed it, and no signature by any of them is bad.</summary>
    public bool Signed(AgreementId agreement, SignedCheckpoint checkpoint) =>
        checkpoint.Note.Verify([.. Held.Select(key => key.For(agreement))]).Fault == NoteFault.None;

    public void Dispose()
    {
        first.Dispose();
        _next?.Dispose();
    }
}
