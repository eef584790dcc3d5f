using Ledger.Domain.Entries;
using Ledger.Domain.Time;
using NodaTime;

namespace Ledger.Cli.Proofs;

/// <summary>
/// When entries say that they were recorded: none before its predecessor, unless it is the decision that those before it
/// are dated too late, none later than it is now, and none at a time that witnesses rule out.
/// </summary>
/// <param name="now">By the verifier's own clock.</param>
public sealed class RecordedTimes(Instant now)
{
    /// <summary>By which the clock of whoever verifies may be behind.</summary>
    private static readonly Duration Tolerance = Duration.FromMinutes(1);

    private readonly List<long> _ticks = [];
    private readonly List<bool> _corrected = [];
    private long? _future;

    /// <summary>What witnesses say of it.</summary>
    public WitnessedTimes Witnessed { get; } = new();

    /// <exception cref="TamperedException">Its time cannot be.</exception>
    public void Take(long position, Instant recordedAt, LedgerEvent said)
    {
        var ticks = recordedAt.ToUnixTimeTicks();
        if (_ticks.Count > 0 && ticks < _ticks[^1])
        {
            if (said is not ClockCorrected corrected)
                throw new TamperedException(
                    position,
                    "entry/time-runs-back",
                    $"it was recorded at {recordedAt}, before its predecessor ({At(position - 1)})."
                );
            if (
                corrected.Since < 2
                || corrected.Since >= position
                || _ticks[(int)corrected.Since - 1] <= ticks
                || _ticks[(int)corrected.Since - 2] > ticks
            )
                throw new TamperedException(
                    position,
                    "entry/other-correction",
                    $"it says that entries from position {corrected.Since} on are dated later than {recordedAt}, and they are not the first of them."
                );
            // They were recorded before this one.
            for (var i = (int)corrected.Since - 1; i < _ticks.Count; i++)
                (_ticks[i], _corrected[i]) = (ticks, true);
            if (_future >= corrected.Since)
                _future = null;
        }

        _ticks.Add(ticks);
        _corrected.Add(false);
        if (recordedAt > now + Tolerance)
            _future ??= position;
    }

    /// <exception cref="TamperedException">Something is dated later than now, or otherwise than witnesses saw it, and
    /// nothing in the log says that its date is wrong.</exception>
    public void End()
    {
        if (_future is { } position)
            throw new TamperedException(
                position,
                "entry/in-the-future",
                $"it says that it was recorded at {At(position)}, and this machine's clock says {now}. Unless this clock is behind, the time is forged, or that of a server whose clock was ahead."
            );
        for (var at = 1; Witnessed.Any && at <= _ticks.Count; at++)
        {
            if (!_corrected[at - 1])
                Compare(at, Witnessed.Of(at));
        }
    }

    private void Compare(long position, RecordingInterval interval)
    {
        if (interval.NotAfter is { } after && At(position) > after.At + WitnessedTimes.Tolerance)
            throw new TamperedException(
                position,
                "entry/recorded-after-witnessed",
                $"it says that it was recorded at {At(position)}, but witnesses had cosigned {after.Size} entries, it among them, by {after.At}."
            );
        if (interval.NotBefore is { } before && At(position) < before.At - WitnessedTimes.Tolerance)
            throw new TamperedException(
                position,
                "entry/recorded-before-witnessed",
                $"it says that it was recorded at {At(position)}, but witnesses were shown a log of only {before.Size} entries until {before.At}."
            );
    }

    /// <summary>When an entry counts as recorded.</summary>
    public Instant At(long position) => Instant.FromUnixTimeTicks(_ticks[(int)position - 1]);
}
