using Ledger.Domain.Entries;
using Ledger.Proof.Notes;
using Ledger.Proof.Texts;

namespace Ledger.Store.Log;

/// <summary>An entry <c>key_rotated</c>, read.</summary>
/// <param name="Position">Of the entry; the checkpoint of this size is signed with both keys.</param>
public sealed record KeyChange(long Position, VerifierKey Old, VerifierKey New)
{
    /// <exception cref="MalformedException">What it names is no key.</exception>
    public static KeyChange Of(long position, KeyRotated said) =>
        new(position, VerifierKey.Parse(said.OldKey), VerifierKey.Parse(said.NewKey));

    /// <summary>
    /// The key that signs checkpoints of a size; null where no entry says, because the key was never changed.
    /// </summary>
    public static VerifierKey? At(long size, IReadOnlyList<KeyChange> changes) =>
        changes.LastOrDefault(change => change.Position <= size)?.New
        ?? (changes is [var first, ..] ? first.Old : null);
}
