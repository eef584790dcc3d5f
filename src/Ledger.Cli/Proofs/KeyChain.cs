using Ledger.Domain.Entries;
using Ledger.Proof;
using Ledger.Proof.Notes;
using Ledger.Proof.Texts;

namespace Ledger.Cli.Proofs;

/// <summary>A key, and the size from which on checkpoints are signed with it.</summary>
public sealed record KeySince(long From, VerifierKey Key)
{
    /// <summary>The key whose turn it is at a size; null when none is known.</summary>
    public static VerifierKey? At(long size, IReadOnlyList<KeySince> keys) =>
        keys.LastOrDefault(key => key.From <= size)?.Key;
}

/// <summary>
/// Follows a log from key to key. An entry <c>key_rotated</c> counts when the checkpoint of its own position is signed
/// with both keys, the one before and the one after: only who had the old key in hand could name the new one.
/// </summary>
/// <param name="origin">The name of the log and of each of its keys.</param>
/// <param name="handover">The checkpoint of that size, which changes the key.</param>
public sealed class KeyChain(string origin, Func<long, Task<SignedCheckpoint?>> handover)
{
    private readonly List<KeySince> _keys = [];

    public IReadOnlyList<KeySince> Keys => _keys;

    /// <param name="position">Of the entry.</param>
    /// <param name="said">The entry.</param>
    /// <param name="root">Of the tree that ends with it.</param>
    public async Task TakeAsync(long position, KeyRotated said, Hash root)
    {
        var (old, next) = (Read(position, said.OldKey), Read(position, said.NewKey));
        if (_keys is [.., var last] && last.Key != old)
            throw new TamperedException(
                position,
                "key/other-before",
                $"the entry replaces the key {old}, but the log was signed with {last.Key}."
            );
        if (next == old || _keys.Exists(earlier => earlier.Key == next))
            throw new TamperedException(
                position,
                "key/used-before",
                $"the entry changes the key to {next}, which has signed this log before."
            );

        var signed =
            await handover(position)
            ?? throw new TamperedException(
                position,
                "key/missing-handover",
                $"the key changes here, but the checkpoint of {position} entries, which both keys "
                    + "must sign, is missing."
            );
        if ((signed.Checkpoint.Origin, signed.Checkpoint.Size, signed.Checkpoint.Root) != (origin, position, root))
            throw new TamperedException(
                position,
                "key/other-handover",
                $"the checkpoint at the change of the key states {signed.Checkpoint.Size} entries of "
                    + $"'{signed.Checkpoint.Origin}' with the root {signed.Checkpoint.Root.ToBase64()}, but the "
                    + $"root of the first {position} is {root.ToBase64()}."
            );
        foreach (
            var (key, which, code) in ((VerifierKey, string, string)[])
                [(old, "old", "key/not-signed-by-old"), (next, "new", "key/not-signed-by-new")]
        )
        {
            if (signed.Note.Verify([key]).Fault != NoteFault.None)
                throw new TamperedException(
                    position,
                    code,
                    $"the key changes here, but the checkpoint of {position} entries is not signed with the "
                        + $"{which} key, {key}."
                );
        }

        if (_keys.Count == 0)
            _keys.Add(new KeySince(0, old));
        _keys.Add(new KeySince(position, next));
    }

    /// <summary>
    /// When all is read: the checkpoint must be signed with the key whose turn it was, and that key must follow from
    /// one that is trusted.
    /// </summary>
    /// <param name="trusted">Any of them will do: whoever names several believes each.</param>
    /// <returns>The key that signed it.</returns>
    public VerifierKey End(SignedCheckpoint last, IReadOnlyList<VerifierKey> trusted)
    {
        if (
            _keys.Count == 0
            && trusted.FirstOrDefault(key => last.Note.Verify([key]).Fault == NoteFault.None) is { } only
        )
            _keys.Add(new KeySince(0, only));
        if (!_keys.Exists(key => trusted.Contains(key.Key)))
            throw new TamperedException(
                last.Checkpoint.Size,
                "key/not-followed",
                $"the checkpoint of {last.Checkpoint.Size} entries is not signed with the trusted key "
                    + $"({string.Join(", ", trusted)}), and no entry changes it to another."
            );
        var current = _keys[^1];
        return last.Note.Verify([current.Key]).Fault == NoteFault.None
            ? current.Key
            : throw new TamperedException(
                last.Checkpoint.Size,
                "key/not-the-current",
                $"the checkpoint of {last.Checkpoint.Size} entries is not signed with {current.Key}, the "
                    + $"key of the log from {current.From} entries on."
            );
    }

    private VerifierKey Read(long position, string text)
    {
        try
        {
            var key = VerifierKey.Parse(text);
            if (key.Name == origin && key.Type == KeyType.Ed25519)
                return key;
            throw new TamperedException(
                position,
                "key/other-name",
                $"both keys of a key change must be keys of '{origin}', but this one is {key}."
            );
        }
        catch (MalformedException wrong)
        {
            throw new TamperedException(position, "key/malformed", $"a key of the log cannot be read: {wrong.Message}");
        }
    }
}
