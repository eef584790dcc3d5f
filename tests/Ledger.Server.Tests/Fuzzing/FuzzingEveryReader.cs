using System.Diagnostics.Metrics;
using System.Globalization;

namespace Ledger.Server.Tests.Fuzzing;

/// <summary>
/// Nothing that comes from outside makes the ledger fault, hang for two seconds or take 256 MB. See docs/testing.md for
/// the sizes, and for the last long run.
/// </summary>
public sealed class FuzzingEveryReader(Corpus corpus, ITestOutputHelper output) : IClassFixture<Corpus>
{
    private const long MostKept = 256L << 20;

    /// <summary>Sharing the machine with other tests; a long run has it for itself.</summary>
    private static readonly int Workers = Math.Max(2, Environment.ProcessorCount);

    [Fact]
    public async Task Finds_only_ordinary_answers()
    {
        using var faults = new Faults();
        var (parsers, http) = (new Parsers(corpus).All, new OverHttp(corpus).All);
        var targets = parsers.Concat(http).ToArray();
        var weights = targets.Sum(target => target.Weight);
        var (before, total, broken) = (GC.GetTotalMemory(forceFullCollection: true), 0L, new List<Breach>());
        foreach (var target in targets.Where(target => (Campaign.Only ?? target.Name) == target.Name))
        {
            var (count, took, breaches) = await Campaign.RunAsync(target, weights, Workers);
            total += count;
            broken.AddRange(breaches);
            output.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{target.Name, -24} {count, 9} inputs {took.TotalSeconds, 8:F1} s {breaches.Count, 3} broken"
                )
            );
        }

        output.WriteLine($"{total} inputs, seed {Campaign.Seed}");
        Assert.True(broken.Count == 0, string.Join("\n\n", broken));
        faults.Count.Should().Be(0, "who hung up before the answer came would not have seen a 500");
        (await corpus.Server.Http.AskAsync("/health/ready")).Status.Should().Be(HttpStatusCode.OK);
        // Beside other tests in this process their memory would be counted too.
        if (Environment.GetEnvironmentVariable("LEDGER_NIGHTLY") == "1")
            (GC.GetTotalMemory(forceFullCollection: true) - before)
                .Should()
                .BeLessThan(MostKept, "what was read is let go");
    }

    [Fact]
    public void Begins_with_what_is_good() =>
        new Parsers(corpus)
            .All.Should()
            .OnlyContain(target =>
                target.Seeds.Count > 0 && target.Seeds.All(seed => seed.Length > 0 || target.Name == "question")
            );
}

/// <summary>Counts answers that say that the server failed, by its own metrics.</summary>
internal sealed class Faults : IDisposable
{
    private readonly MeterListener _listener = new();
    private long _count;

    public Faults()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "http.server.request.duration")
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<double>(
            (_, _, tags, _) =>
            {
                foreach (var (name, value) in tags)
                {
                    if (name == "http.response.status_code" && value is 500)
                        Interlocked.Increment(ref _count);
                }
            }
        );
        _listener.Start();
    }

    public long Count => Interlocked.Read(ref _count);

    public void Dispose() => _listener.Dispose();
}
