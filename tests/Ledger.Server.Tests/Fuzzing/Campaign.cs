using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Ledger.Server.Tests.Fuzzing;

/// <summary>Something that reads what comes from outside.</summary>
/// <param name="Weight">Its share of the inputs.</param>
/// <param name="Seeds">Good inputs, from real files.</param>
/// <param name="IsElsewhere">The work is done by other threads, so that what this one allocates says nothing.</param>
/// <param name="Read">Reads an input; throws when the answer to it is not an ordinary one.</param>
public sealed record Target(
    string Name,
    int Weight,
    IReadOnlyList<byte[]> Seeds,
    Func<byte[], Task> Read,
    bool IsElsewhere = false
)
{
    public override string ToString() => Name;
}

/// <summary>An input that broke something.</summary>
public sealed record Breach(string Target, long Number, string What, byte[] Input)
{
    public override string ToString() =>
        $"{Target} {Number}: {What}\n    {Convert.ToBase64String(Input.AsSpan(0, Math.Min(Input.Length, 1500)))}{(Input.Length > 1500 ? $"... ({Input.Length} bytes)" : "")}";
}

/// <summary>
/// Many inputs to one target. How many in all is <c>LEDGER_FUZZ</c>, else a million with <c>LEDGER_NIGHTLY</c>, else
/// some thousands; <c>LEDGER_FUZZ_SEED</c> begins another sequence, and <c>LEDGER_FUZZ_TARGET</c> runs the inputs of
/// one target alone.
/// </summary>
public static class Campaign
{
    private const long Million = 1_000_000;
    private const long Short = 3_000;
    private const long MostMemory = 256L << 20;
    private const int EnoughBreaches = 5;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Hung = TimeSpan.FromSeconds(60);

    public static long Inputs { get; } =
        Variable("LEDGER_FUZZ") ?? (Environment.GetEnvironmentVariable("LEDGER_NIGHTLY") is null ? Short : Million);

    public static long Seed { get; } = Variable("LEDGER_FUZZ_SEED") ?? 20180917;

    public static string? Only { get; } = Environment.GetEnvironmentVariable("LEDGER_FUZZ_TARGET");

    public static async Task<(long Count, TimeSpan Took, IReadOnlyCollection<Breach> Breaches)> RunAsync(
        Target target,
        int weights,
        int workers
    )
    {
        var (count, next, breaches, watch) = (
            ((Inputs * target.Weight) + weights - 1) / weights,
            -1L,
            new ConcurrentQueue<Breach>(),
            Stopwatch.StartNew()
        );
        await Task.WhenAll(
            Enumerable
                .Range(0, workers)
                .Select(_ =>
                    Task.Run(async () =>
                    {
                        while (
                            Interlocked.Increment(ref next) is var number
                            && number < count
                            && breaches.Count < EnoughBreaches
                        )
                        {
                            var input = InputOf(target, number);
                            if (await WrongAsync(target, input) is { } wrong)
                                breaches.Enqueue(new Breach(target.Name, number, wrong, input));
                        }
                    })
                )
        );
        return (count, watch.Elapsed, breaches);
    }

    private static byte[] InputOf(Target target, long number)
    {
        // String.GetHashCode differs from process to process.
        var name = target.Name.Aggregate(17UL, (hash, c) => unchecked((hash * 31) + c));
        return new Mutator(unchecked(((ulong)Seed * 1_000_003) ^ (name << 32) ^ (ulong)number)).Make(target.Seeds);
    }

    private static async Task<string?> WrongAsync(Target target, byte[] input)
    {
        var (wrong, took, taken) = await TryAsync(target, input);
        // A busy machine is slow now and then; what is slow by itself is slow again.
        for (var again = 0; again < 3 && wrong is null && (took > Longest || taken > MostMemory); again++)
            (wrong, took, taken) = await TryAsync(target, input);
        return wrong
            ?? (
                took > Longest ? $"took {took}"
                : taken > MostMemory ? $"took {taken >> 20} MB"
                : null
            );
    }

    private static async Task<(string? Wrong, TimeSpan Took, long Taken)> TryAsync(Target target, byte[] input)
    {
        // What one thread allocates bounds what it holds. Where others work, the whole process is measured at the end.
        var (before, watch) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.StartNew());
        try
        {
            await target.Read(input).WaitAsync(Hung);
            return (null, watch.Elapsed, target.IsElsewhere ? 0 : GC.GetAllocatedBytesForCurrentThread() - before);
        }
        catch (TimeoutException)
        {
            return ($"hangs for more than {Hung}", TimeSpan.Zero, 0);
        }
        catch (Exception unexpected)
        {
            return (unexpected.ToString(), TimeSpan.Zero, 0);
        }
    }

    private static long? Variable(string name) =>
        long.TryParse(
            Environment.GetEnvironmentVariable(name),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var value
        )
            ? value
            : null;
}
