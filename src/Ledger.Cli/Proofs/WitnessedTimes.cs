using Ledger.Proof.Witnesses;
using NodaTime;

namespace Ledger.Cli.Proofs;

/// <summary>
/// When entries must have been recorded, by the clocks of the witnesses that cosigned checkpoints on the way. A quorum
/// that cosigned a checkpoint had seen its entries by then, and was shown no later one before.
/// </summary>
public sealed class WitnessedTimes
{
    /// <summary>By which clocks of witnesses may be wrong, and a cosignature may come after what was shown.</summary>
    public static readonly Duration Tolerance = Duration.FromMinutes(5);

    private readonly List<WitnessedSize> _from = [];
    private readonly List<WitnessedSize> _by = [];

    /// <summary>Whether a quorum cosigned anything.</summary>
    public bool Any => _by.Count > 0;

    /// <summary>Adds what is no smaller than what was added before.</summary>
    public void Add(long size, QuorumTimes times)
    {
        var (from, by) = (
            new WitnessedSize(size, Instant.FromUnixTimeSeconds(times.From)),
            new WitnessedSize(size, Instant.FromUnixTimeSeconds(times.By))
        );
        // Of what smaller trees say only the latest counts, and of what larger ones say only the earliest.
        if (_from.Count == 0 || from.At >= _from[^1].At)
            _from.Add(from);
        while (_by.Count > 0 && _by[^1].At >= by.At && _by[^1].Size < size)
            _by.RemoveAt(_by.Count - 1);
        _by.Add(by);
    }

    public RecordingInterval Of(long position) => new(Last(_from, position - 1), First(_by, position));

    private static WitnessedSize? Last(List<WitnessedSize> sizes, long most) =>
        Count(sizes, most) is > 0 and var count ? sizes[count - 1] : null;

    private static WitnessedSize? First(List<WitnessedSize> sizes, long least) =>
        Count(sizes, least - 1) is var count && count < sizes.Count ? sizes[count] : null;

    /// <summary>How many are of at most this size.</summary>
    private static int Count(List<WitnessedSize> sizes, long most)
    {
        var (low, high) = (0, sizes.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (sizes[middle].Size <= most)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}

/// <summary>What a quorum of witnesses says about when an entry was recorded.</summary>
/// <param name="NotBefore">They were shown a log without it; null when they never were.</param>
/// <param name="NotAfter">They had seen it; null when they have not.</param>
public sealed record RecordingInterval(WitnessedSize? NotBefore, WitnessedSize? NotAfter);

/// <param name="Size">Of the checkpoint that they cosigned.</param>
public sealed record WitnessedSize(long Size, Instant At);
