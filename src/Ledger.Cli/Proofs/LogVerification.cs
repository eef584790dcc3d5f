using System.Globalization;
using System.Runtime.CompilerServices;
using Ledger.Cli.Terminals;
using Ledger.Domain.Entries;
using Ledger.Domain.Evidence;
using Ledger.Proof;
using Ledger.Proof.Entries;
using Ledger.Proof.Notes;
using Ledger.Proof.Texts;
using Ledger.Proof.Trees;
using Ledger.Proof.Witnesses;
using NodaTime;

namespace Ledger.Cli.Proofs;

/// <summary>What was found to be in order.</summary>
/// <param name="Keys">That signed it, oldest first; the last is the one that signs now.</param>
/// <param name="Policy">Of the newest checkpoint that satisfies the policy, or why none does.</param>
/// <param name="Times">When the entries were recorded, by themselves and by witnesses.</param>
/// <param name="Witnessed">That checkpoint; null when there is none. Entries after it are signed by the log alone.</param>
public sealed record Verified(
    SignedCheckpoint Checkpoint,
    IReadOnlyList<KeySince> Keys,
    bool KeyIsNew,
    PolicyVerdict Policy,
    int Kept,
    SealedCheck Sealed,
    int? Verdicts,
    RecordedTimes Times,
    EvidenceCheck? Evidence = null,
    SignedCheckpoint? Witnessed = null
);

/// <summary>
/// Verifies a log that lies in files, a tile at a time. See docs/guarantees.md for what that shows and what it does
/// not.
/// </summary>
public sealed class LogVerification(
    ILogFiles files,
    KeptCheckpoints kept,
    TlogPolicy? policy,
    bool judges,
    TimeProvider clock
)
{
    private const string NotFollowed = "key/not-followed";

    /// <exception cref="TamperedException">At the first thing that is wrong.</exception>
    /// <exception cref="CommandException">It could not be checked, or it is another ledger than the one that was
    /// verified before under this name.</exception>
    public async Task<Verified> RunAsync(CancellationToken cancellationToken)
    {
        var signed =
            await CheckpointAsync("checkpoint", cancellationToken)
            ?? throw CommandException.Refused("There is no checkpoint, so there is nothing to verify.");
        try
        {
            return await VerifyAsync(signed, cancellationToken);
        }
        catch (TamperedException tampered)
            when (tampered.Finding.Code is "log/other-history" or "log/shrank"
                || (tampered.Finding.Code == NotFollowed && KeptBefore(signed).Count == 0)
            )
        {
            // Whose history holds what was kept is no other ledger, however it is signed: a key that is not followed is
            // found after all roots.
            await RefuseAnotherLedgerAsync(signed, cancellationToken);
            throw;
        }
    }

    private async Task<Verified> VerifyAsync(SignedCheckpoint signed, CancellationToken cancellationToken)
    {
        var (trusted, isNew) = await KeysAsync(signed.Checkpoint, cancellationToken);
        // The key may have been changed since. Whether the log says so itself is known when it is read; until then the
        // key that is stated will do.
        var stated = await StatedKeyAsync(signed.Checkpoint.Origin, cancellationToken);
        var believed = (policy ?? TlogPolicy.OfLog(trusted[0])) with
        {
            Logs = [.. trusted.Append(stated).OfType<VerifierKey>().Distinct().Select(key => new PolicyLog(key, null))],
        };
        var (verdict, witnessed) = (Believe(believed, signed), signed);
        if (
            verdict.Fault == PolicyFault.QuorumNotMet
            && await CheckpointAsync("checkpoint.witnessed", cancellationToken) is { } earlier
        )
            (verdict, witnessed) = (Believe(believed, earlier), earlier);
        // The log may have been witnessed further while it was asked.
        if (witnessed.Checkpoint.Size > signed.Checkpoint.Size)
            signed = witnessed;

        var before = KeptBefore(signed);
        var keys = Chain(signed.Checkpoint.Origin, cancellationToken);
        // A bundle may be without files of evidence; one that has their list has them.
        var list = await files.OpenAsync(EvidenceName.BundleList, cancellationToken);
        var evidence = list is null
            ? null
            : new EvidenceCheck(digest => files.OpenAsync(EvidenceName.InBundle(digest), cancellationToken));
        if (list is not null)
            await list.DisposeAsync();
        var (sealedValues, verdicts, times) = await WalkAsync(
            signed,
            trusted,
            [
                .. before.Select(ExpectedRoot.Kept),
                .. verdict.Holds && witnessed.Checkpoint.Size < signed.Checkpoint.Size
                    ? [ExpectedRoot.Witnessed(witnessed)]
                    : (ExpectedRoot[])[],
            ],
            keys,
            evidence,
            cosignatures: policy?.Quorum is null ? null : policy,
            cancellationToken
        );
        return new Verified(
            signed,
            keys.Keys,
            isNew,
            verdict,
            before.Count,
            sealedValues,
            verdicts,
            times,
            evidence,
            verdict.Holds ? witnessed : null
        );
    }

    /// <exception cref="TamperedException">It breaks the policy otherwise than by too few cosignatures, which may still
    /// come.</exception>
    public static PolicyVerdict Believe(TlogPolicy policy, SignedCheckpoint signed) =>
        policy.Verify(signed) is { Fault: PolicyFault.None or PolicyFault.QuorumNotMet } verdict
            ? verdict
            : throw new TamperedException(
                null,
                "checkpoint/not-to-be-believed",
                $"the checkpoint of {signed.Checkpoint.Size} entries does not satisfy the policy: {Sentence(policy.Verify(signed))}"
            );

    public static string Sentence(PolicyVerdict verdict) =>
        verdict.Fault switch
        {
            PolicyFault.UnknownLog => $"it does not name the log '{verdict.Culprit}'.",
            PolicyFault.NotSignedByLog => $"'{verdict.Culprit}' has not signed it with the trusted key.",
            PolicyFault.BadSignature => $"the signature of {verdict.Culprit} is invalid.",
            _ => $"not enough witnesses of '{verdict.Culprit}' have cosigned it ({verdict.Witnessed.Length} have).",
        };

    private async Task<(IReadOnlyList<VerifierKey> Keys, bool AreNew)> KeysAsync(
        Checkpoint checkpoint,
        CancellationToken cancellationToken
    )
    {
        var origin = checkpoint.Origin;
        if (policy is not null)
        {
            return policy.Logs.Select(log => log.Key).Where(key => key.Name == origin).ToList() is { Count: > 0 } named
                ? (named, false)
                : throw CommandException.Refused(
                    $"The policy does not name the log '{origin}'; "
                        + $"it names {string.Join(", ", policy.Logs.Select(log => $"'{log.Key.Name}'"))}."
                );
        }

        if (KeySince.At(checkpoint.Size, kept.KeysOf(origin)) is { } known)
            return ([known], false);
        return (
            [
                await StatedKeyAsync(origin, cancellationToken)
                    ?? throw CommandException.Refused(
                        $"The signing key of '{origin}' is not known. Give a policy with --policy."
                    ),
            ],
            true
        );
    }

    /// <summary>The key that the log's owner says it is signed with.</summary>
    private async Task<VerifierKey?> StatedKeyAsync(string origin, CancellationToken cancellationToken)
    {
        try
        {
            return await files.ReadAsync("policy", cancellationToken) is { } bytes
                ? TlogPolicy.Parse(bytes).Logs.Select(log => log.Key).FirstOrDefault(key => key.Name == origin)
                : null;
        }
        catch (MalformedException wrong)
        {
            throw new TamperedException(
                null,
                "policy/malformed",
                $"the policy it states cannot be read: {wrong.Message}"
            );
        }
    }

    private async Task<SignedCheckpoint?> CheckpointAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await files.ReadAsync(path, cancellationToken) is { } bytes ? SignedCheckpoint.Parse(bytes) : null;
        }
        catch (MalformedException wrong)
        {
            throw new TamperedException(
                null,
                "checkpoint/malformed",
                $"the checkpoint cannot be read: {wrong.Message}"
            );
        }
    }

    private List<SignedCheckpoint> KeptBefore(SignedCheckpoint signed)
    {
        var known = kept.Of(signed.Checkpoint.Origin);
        if (files.IsLive && known.Count > 0 && known[^1].Checkpoint.Size > signed.Checkpoint.Size)
        {
            var lost = new Finding(
                signed.Checkpoint.Size + 1,
                "log/shrank",
                $"you have already verified {known[^1].Checkpoint.Size} entries, but the log now has "
                    + $"{signed.Checkpoint.Size}.",
                known[^1].Checkpoint.Size
            );
            throw new TamperedException(lost);
        }

        return [.. known.Where(old => old.Checkpoint.Size <= signed.Checkpoint.Size)];
    }

    /// <summary>
    /// Whoever sets up a ledger anew under an old name has not rewritten one. It is another ledger when none of its keys,
    /// of now or of before, signed what was verified under this name earlier. It is not good either: nothing is kept, and
    /// whoever expected the ledger of before learns that this is not it.
    /// </summary>
    private async Task RefuseAnotherLedgerAsync(SignedCheckpoint signed, CancellationToken cancellationToken)
    {
        var origin = signed.Checkpoint.Origin;
        var known = kept.KeysOf(origin).Select(key => key.Key).ToHashSet();
        if (known.Count == 0 || known.Any(key => signed.Note.Verify([key]).Fault == NoteFault.None))
            return;
        var stated =
            policy?.Logs.Select(log => log.Key).FirstOrDefault(key => key.Name == origin)
            ?? await StatedKeyAsync(origin, cancellationToken);
        if (stated is null || signed.Note.Verify([stated]).Fault != NoteFault.None)
            return;
        // Read by itself: a log whose owner changed its key leads back to a key that is known, however it was rewritten.
        var keys = Chain(origin, cancellationToken);
        try
        {
            await WalkAsync(signed, [stated], [], keys, evidence: null, cosignatures: null, cancellationToken);
        }
        catch (TamperedException)
        {
            return;
        }

        if (keys.Keys.Any(key => known.Contains(key.Key)))
            return;
        throw AnotherLedger(origin, stated, kept);
    }

    /// <summary>What is said of a ledger of a known name and none of its keys.</summary>
    public static CommandException AnotherLedger(string origin, VerifierKey stated, KeptCheckpoints kept) =>
        CommandException.Refused(
            $"this is not the ledger that you verified before under the name '{origin}'. "
                + $"This one is signed with {stated}, the other one with {kept.KeysOf(origin)[^1].Key}, and no "
                + "entry changes one key to the other. The checkpoints that you kept of the other one are in "
                + $"{kept.FolderOf(origin)}. If it should be the same ledger, its history was replaced: "
                + "ask its owner. To verify this one, keep its checkpoints elsewhere with --kept DIRECTORY."
        );

    private KeyChain Chain(string origin, CancellationToken cancellationToken) =>
        new(
            origin,
            position =>
                CheckpointAsync(string.Create(CultureInfo.InvariantCulture, $"rotation/{position}"), cancellationToken)
        );

    /// <param name="cosignatures">By whose witnesses the cosignatures on the way are believed; null is not to look.</param>
    private async Task<(SealedCheck Sealed, int? Verdicts, RecordedTimes Times)> WalkAsync(
        SignedCheckpoint signed,
        IReadOnlyList<VerifierKey> trusted,
        IEnumerable<ExpectedRoot> expected,
        KeyChain keys,
        EvidenceCheck? evidence,
        TlogPolicy? cosignatures,
        CancellationToken cancellationToken
    )
    {
        var checkpoint = signed.Checkpoint;
        var agreement = checkpoint.Origin[(checkpoint.Origin.LastIndexOf('/') + 1)..];
        await using var roots = RootsAsync(
                [.. expected.OrderBy(root => root.Size)],
                checkpoint,
                cosignatures,
                cancellationToken
            )
            .GetAsyncEnumerator(cancellationToken);
        using var walk = new LogWalk(
            agreement,
            roots,
            tile => CompareAsync(tile, cancellationToken),
            judges,
            Instant.FromDateTimeOffset(clock.GetUtcNow())
        );
        var disclosures = new SealedCheck();
        for (var index = 0L; index * TileId.FullWidth < checkpoint.Size; index++)
        {
            var bundle = EntryBundle.InTree(index, checkpoint.Size);
            var first = (index * TileId.FullWidth) + 1;
            var entries = await EntriesAsync(bundle, first, cancellationToken);
            var leaves = await TileAsync(new TileId(0, index, bundle.Width), cancellationToken);
            var opened = await files.ReadAsync(SealedPath(bundle), cancellationToken) is { } lines
                ? SealedCheck.Parse(lines, first).ToLookup(value => value.Position)
                : null;
            for (var i = 0; i < entries.Count; i++)
            {
                var walked = walk.Take(entries[i]);
                if (!new Hash(leaves.Span.Slice(i * Hash.Length, Hash.Length)).Equals(walked.Leaf))
                    throw new TamperedException(
                        walked.Position,
                        "entry/other-leaf",
                        $"the entry hashes to {walked.Leaf}, but the tree has another leaf at this "
                            + "position: one of them was changed."
                    );
                disclosures.Take(walked, [.. opened?[walked.Position] ?? []]);
                evidence?.Take(walked);
                await walk.GrowAsync();
                if (walked.Event is KeyRotated rotated)
                    await keys.TakeAsync(walked.Position, rotated, walk.Root);
            }
        }

        if (await walk.EndAsync() is var root && root != checkpoint.Root)
            throw new TamperedException(
                new Finding(
                    1,
                    "log/other-root",
                    $"the tree over the entries has the root {root.ToBase64()}, but the checkpoint says "
                        + $"{checkpoint.Root.ToBase64()}.",
                    checkpoint.Size
                )
            );
        keys.End(signed, trusted);
        disclosures.End();
        if (evidence is not null)
            await evidence.EndAsync(cancellationToken);
        return (
            disclosures,
            walk.Book is { Position: > 0 } book
                ? await VerdictCheck.CompareAsync(files, book, cancellationToken)
                : null,
            walk.Times
        );
    }

    /// <summary>What is expected, and between it what witnesses cosigned, smallest first.</summary>
    private async IAsyncEnumerable<ExpectedRoot> RootsAsync(
        IReadOnlyList<ExpectedRoot> expected,
        Checkpoint checkpoint,
        TlogPolicy? cosignatures,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var next = 0;
        for (var index = 0L; cosignatures is not null && index * TileId.FullWidth < checkpoint.Size; index++)
        {
            var bundle = EntryBundle.InTree(index, checkpoint.Size);
            foreach (var root in await CosignedAsync(bundle, checkpoint.Origin, cosignatures, cancellationToken))
            {
                for (; next < expected.Count && expected[next].Size <= root.Size; next++)
                    yield return expected[next];
                yield return root;
            }
        }

        for (; next < expected.Count; next++)
            yield return expected[next];
    }

    /// <summary>
    /// What the quorum cosigned of the sizes that end in a bundle. A cosignature is a witness's own word, so nobody asks
    /// with which of its keys the log signed what it covers.
    /// </summary>
    private async Task<IReadOnlyList<ExpectedRoot>> CosignedAsync(
        EntryBundle bundle,
        string origin,
        TlogPolicy cosignatures,
        CancellationToken cancellationToken
    )
    {
        var first = (bundle.Index * TileId.FullWidth) + 1;
        var last = first + bundle.Width - 1;
        if (
            await files.ReadAsync($"cosignatures/{bundle.Path["tile/entries/".Length..]}", cancellationToken)
            is not { } bytes
        )
            return [];
        try
        {
            return
            [
                .. SignedCheckpoint
                    .ParseMany(bytes)
                    .Where(signed =>
                        signed.Checkpoint.Origin == origin
                        && signed.Checkpoint.Size >= first
                        && signed.Checkpoint.Size <= last
                    )
                    .DistinctBy(signed => signed.Checkpoint.Size)
                    .OrderBy(signed => signed.Checkpoint.Size)
                    .Select(signed => (Signed: signed, Verdict: cosignatures.VerifyWitnesses(signed)))
                    .Select(one =>
                        one.Verdict.Fault == PolicyFault.BadSignature
                            ? throw new TamperedException(
                                null,
                                "checkpoint/not-to-be-believed",
                                $"of the checkpoint of {one.Signed.Checkpoint.Size} entries, {Sentence(one.Verdict)}"
                            )
                            : ExpectedRoot.Witnessed(one.Signed, cosignatures.TimesOf(one.Verdict))
                    )
                    .Where(root => root.Times is not null),
            ];
        }
        catch (MalformedException wrong)
        {
            throw new TamperedException(
                new Finding(
                    first,
                    "log/malformed-cosignatures",
                    $"the cosigned checkpoints cannot be read: {wrong.Message}",
                    last
                )
            );
        }
    }

    private static string SealedPath(EntryBundle bundle) => $"disclosures/{bundle.Path["tile/entries/".Length..]}";

    private async Task<IReadOnlyList<ReadOnlyMemory<byte>>> EntriesAsync(
        EntryBundle bundle,
        long first,
        CancellationToken cancellationToken
    )
    {
        var bytes =
            await files.ReadAsync(bundle.Path, cancellationToken)
            ?? throw Missing(bundle.Path, first, first + bundle.Width - 1);
        try
        {
            return bundle.Read(bytes);
        }
        catch (MalformedException wrong)
        {
            throw new TamperedException(
                new Finding(
                    first,
                    "log/malformed-entries",
                    $"the entries cannot be told apart: {wrong.Message}",
                    first + bundle.Width - 1
                )
            );
        }
    }

    private async Task<ReadOnlyMemory<byte>> TileAsync(TileId id, CancellationToken cancellationToken)
    {
        var (first, last) = (
            (id.Index << (8 * (id.Level + 1))) + 1,
            ((id.Index * TileId.FullWidth) + id.Width) << (8 * id.Level)
        );
        var bytes = await files.ReadAsync(id.Path, cancellationToken) ?? throw Missing(id.Path, first, last);
        return bytes.Length == id.Width * Hash.Length
            ? bytes
            : throw new TamperedException(
                new Finding(
                    first,
                    "log/malformed-tile",
                    $"{id.Path} has {bytes.Length} bytes, but {id.Width} hashes need {id.Width * Hash.Length}.",
                    last
                )
            );
    }

    /// <summary>The tiles others read must be those that follow from the entries.</summary>
    private async Task CompareAsync(Tile tile, CancellationToken cancellationToken)
    {
        // The leaves were compared one by one.
        if (tile.Id.Level == 0)
            return;
        var stated = await TileAsync(tile.Id, cancellationToken);
        if (!stated.Span.SequenceEqual(tile.Hashes.Span))
        {
            var at = Enumerable
                .Range(0, tile.Id.Width)
                .First(i =>
                    !stated
                        .Span.Slice(i * Hash.Length, Hash.Length)
                        .SequenceEqual(tile.Hashes.Span.Slice(i * Hash.Length, Hash.Length))
                );
            var from = ((tile.Id.Index * TileId.FullWidth) + at) << (8 * tile.Id.Level);
            throw new TamperedException(
                new Finding(
                    from + 1,
                    "log/other-tile",
                    $"hash {at} of {tile.Id.Path} does not match the entries below it.",
                    from + (1L << (8 * tile.Id.Level))
                )
            );
        }
    }

    private static TamperedException Missing(string path, long first, long last) =>
        new(new Finding(first, "log/missing-file", $"{path} is missing, although the checkpoint covers it.", last));
}
