using System.Diagnostics;

namespace Ledger.Benchmarks.Measuring;

/// <summary>Something that is done over and over for a while, and says how often a second.</summary>
internal sealed record Contender(string Name, Func<TimeSpan, Task<double>> PerSecondAsync)
{
    /// <summary>Does a thing again and again in one thread.</summary>
    /// <param name="name">For the table.</param>
    /// <param name="once">Does it, and returns how many it did.</param>
    public static Contender Alone(string name, Func<int> once) =>
        new(
            name,
            time =>
            {
                var clock = Stopwatch.StartNew();
                var done = 0L;
                while (clock.Elapsed < time)
                    done += once();
                return Task.FromResult(done / clock.Elapsed.TotalSeconds);
            }
        );

    /// <summary>Many senders, each of which sends the next when the last was answered.</summary>
    public static Contender Crowd(string name, int senders, Func<int, Task> sendAsync) =>
        new(
            name,
            async time =>
            {
                var clock = Stopwatch.StartNew();
                var sent = 0L;
                await Task.WhenAll(
                    Enumerable
                        .Range(0, senders)
                        .Select(sender =>
                            Task.Run(async () =>
                            {
                                while (clock.Elapsed < time)
                                {
                                    await sendAsync(sender);
                                    Interlocked.Increment(ref sent);
                                }
                            })
                        )
                );
                return sent / clock.Elapsed.TotalSeconds;
            }
        );
}

/// <summary>Contenders that take turns, so that a busy moment of the machine meets them all.</summary>
internal static class Race
{
    /// <param name="title">What is counted, per second.</param>
    /// <param name="effort">How long.</param>
    /// <param name="contenders">The first round warms them up and is not counted.</param>
    /// <param name="beside">Names of contenders; a column each shows the others as a share of it: the median of the
    /// shares of each round.</param>
    public static async Task RunAsync(
        string title,
        Effort effort,
        IReadOnlyList<Contender> contenders,
        params string[] beside
    )
    {
        var measured = contenders.ToDictionary(contender => contender.Name, _ => new List<double>());
        for (var round = 0; round <= effort.Rounds; round++)
        {
            foreach (var contender in contenders)
            {
                var perSecond = await contender.PerSecondAsync(effort.Round);
                if (round > 0)
                    measured[contender.Name].Add(perSecond);
            }
        }

        var table = new Table(["", "min", "median", "max", .. beside.Select(name => "/ " + name)]);
        foreach (var (name, runs) in measured)
        {
            var spread = new Spread(runs);
            table.Add([
                name,
                Table.Number(spread.Min),
                Table.Number(spread.Median),
                Table.Number(spread.Max),
                .. beside.Select(other =>
                    Table.Number(new Spread(runs.Zip(measured[other], (one, two) => one / two)).Median)
                ),
            ]);
        }

        table.Print($"{title}: {effort.Rounds} rounds of {effort.Round.TotalSeconds} s each");
    }
}
