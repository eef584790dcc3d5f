using Ledger.Domain.Identities;
using Ledger.Proof.Notes;
using Ledger.Proof.Witnesses;
using Ledger.Server.Settings;
using Ledger.Store.Publishing;
using NodaTime;

namespace Ledger.Server.Log;

/// <summary>Of a log, the checkpoints that the quorum of LEDGER_POLICY has cosigned.</summary>
public sealed class WitnessedCheckpoints(PublishedLog log, WitnessRounds rounds, ServerSettings settings)
{
    /// <summary>
    /// How many cosigned checkpoints are looked at: with entries coming in all the time the latest has no quorum yet.
    /// </summary>
    private const int MostLookedAt = 100;

    /// <summary>
    /// The checkpoint that the log shows, or the one of a size if it shows that; null when there is none. With
    /// LEDGER_PUBLISH these end with the newest that is witnessed.
    /// </summary>
    public async Task<SignedCheckpoint?> PublishedAsync(
        AgreementId agreement,
        long? size,
        CancellationToken cancellationToken
    )
    {
        if (!settings.PublishesWitnessed)
            return await log.CheckpointAsync(agreement, size, cancellationToken);
        var newest = await NewestAsync(agreement, long.MaxValue, cancellationToken);
        return size is null ? newest
            : size <= newest?.Checkpoint.Size ? await log.CheckpointAsync(agreement, size, cancellationToken)
            : null;
    }

    /// <summary>The receipt of an entry under <see cref="PublishedAsync"/>; null when that does not cover it.</summary>
    public async Task<TlogProof?> ProofAsync(
        AgreementId agreement,
        long position,
        long? size,
        CancellationToken cancellationToken
    ) =>
        await PublishedAsync(agreement, size, cancellationToken) is { } published
            ? await log.ProofAsync(agreement, position, published.Checkpoint.Size, cancellationToken)
            : null;

    /// <summary>The newest of at most so many entries; null when there is none.</summary>
    public async Task<SignedCheckpoint?> NewestAsync(
        AgreementId agreement,
        long until,
        CancellationToken cancellationToken
    ) => (await FirstAsync(agreement, 0, until, newestFirst: true, cancellationToken))?.Signed;

    /// <summary>
    /// Between which of them an entry was recorded: the last that does not have it and the first that does.
    /// </summary>
    public async Task<WitnessedPosition> AroundAsync(
        AgreementId agreement,
        long position,
        CancellationToken cancellationToken
    )
    {
        var (before, after) = (
            await FirstAsync(agreement, 0, position - 1, newestFirst: true, cancellationToken),
            await FirstAsync(agreement, position - 1, long.MaxValue, newestFirst: false, cancellationToken)
        );
        return new WitnessedPosition(
            position,
            before is null ? null : Seen(before.Value.Signed, before.Value.Times.From),
            after is null ? null : Seen(after.Value.Signed, after.Value.Times.By)
        );

        static CosignedSize Seen(SignedCheckpoint signed, long time) =>
            new(signed.Checkpoint.Size, Instant.FromUnixTimeSeconds(time));
    }

    private async Task<(SignedCheckpoint Signed, QuorumTimes Times)?> FirstAsync(
        AgreementId agreement,
        long above,
        long until,
        bool newestFirst,
        CancellationToken cancellationToken
    )
    {
        if (rounds.Policy is not { } ours)
            return null;
        var policy = ours with
        {
            Logs = [.. (await log.KeysAsync(agreement, cancellationToken)).Select(key => new PolicyLog(key.Key, null))],
        };
        await foreach (
            var signed in log.CosignedAsync(agreement, above, until, MostLookedAt, newestFirst, cancellationToken)
        )
        {
            if (policy.TimesOf(policy.Verify(signed)) is { } times)
                return (signed, times);
        }

        return null;
    }
}

/// <summary>When an entry must have been recorded, by the clocks of witnesses.</summary>
/// <param name="NotBefore">A quorum was shown a log that did not have it yet; null when none was.</param>
/// <param name="NotAfter">A quorum had seen it; null when none has.</param>
public sealed record WitnessedPosition(long Position, CosignedSize? NotBefore, CosignedSize? NotAfter);

/// <param name="Size">Of the checkpoint that was cosigned.</param>
public sealed record CosignedSize(long Size, Instant At);
