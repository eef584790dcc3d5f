using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;

namespace Ledger.Web.Tests.Stories;

/// <summary>Ten thousand incidents under the slider, measured in the browser by its own clock.</summary>
public sealed class DeskAtScale(AppServer server, ITestOutputHelper output) : IClassFixture<AppServer>
{
    private const int Incidents = 10_000;

    /// <summary>From the event until the next frame is painted: what somebody who drags the slider waits for.</summary>
    private const string Measure = """
        async ([steps, what]) => {
          const painted = () => new Promise(done => requestAnimationFrame(() => { const channel = new MessageChannel(); channel.port1.onmessage = done; channel.port2.postMessage(0) }))
          const took = []
          const slider = document.querySelector('.slider input[type=range]')
          const select = [...document.querySelectorAll('.replay-filters select')].at(-1)
          const set = Object.getOwnPropertyDescriptor(what === 'step' ? HTMLInputElement.prototype : HTMLSelectElement.prototype, 'value').set
          for (let at = 0; at < steps; at++) {
            await painted()
            const began = performance.now()
            if (what === 'step') {
              set.call(slider, String(60 + at))
              slider.dispatchEvent(new Event('input', { bubbles: true }))
            } else {
              set.call(select, at % 2 ? '' : 'alleged')
              select.dispatchEvent(new Event('change', { bubbles: true }))
            }
            await painted()
            took.push(performance.now() - began)
          }
          return took
        }
        """;

    /// <summary>
    /// Times are printed, not asserted: docs/benchmarks.md has them. That a step asks nobody and makes no more elements
    /// does not depend on the machine.
    /// </summary>
    [Fact]
    public async Task A_step_of_the_slider_asks_nobody_and_lists_no_more_than_can_be_read()
    {
        await FileAsync();
        await using var visit = await Visit.OpenAsync(server, $"/a/{AppServer.Agreement}/replay?asOf=2018-12-31");
        await visit.Page.Locator(".events li").First.WaitForAsync();
        await visit.SettledAsync();
        (await visit.Page.Locator(".replay-list h2").InnerTextAsync()).Should().MatchRegex(@"^1?\d,\d{3} incidents");
        var asked = new List<string>();
        // A browser asks for the icon again whenever the address changes; only what is asked of the ledger counts.
        visit.Page.Request += (_, request) =>
        {
            if (
                request.Url.Contains("/api/", StringComparison.Ordinal)
                || request.Url.Contains("/log/", StringComparison.Ordinal)
            )
                asked.Add(request.Url);
        };

        var steps = await MeasureAsync(visit, 60, "step");
        var filters = await MeasureAsync(visit, 10, "filter");

        output.WriteLine(
            $"slider step: quicker quarter {Quarter(steps):0.0} ms, median {Median(steps):0.0} ms, 95th {steps[(int)(steps.Length * 0.95)]:0.0} ms, worst {steps[^1]:0.0} ms"
        );
        output.WriteLine(
            $"filter: quicker quarter {Quarter(filters):0.0} ms, median {Median(filters):0.0} ms, worst {filters[^1]:0.0} ms"
        );
        asked.Should().BeEmpty();
        (await visit.Page.Locator(".events li").CountAsync()).Should().BeLessThan(100);

        // A verdict lists a thousand violations, and a chart counts them all.
        var counted = (await AskAsync("verdicts/p2")).GetProperty("counts").GetProperty("violations").GetInt32();
        counted.Should().BeGreaterThan(1000);
        var violating = (await AskAsync("incidents"))
            .GetProperty("incidents")
            .EnumerateArray()
            .Where(one => one.GetProperty("violates").GetArrayLength() > 0)
            .ToList();
        violating
            .Count(one => one.GetProperty("violates").EnumerateArray().Any(provision => provision.GetString() == "p2"))
            .Should()
            .Be(counted);
        await visit.GoAsync($"/a/{AppServer.Agreement}/charts?asOf=2018-12-31");
        await visit.Page.Locator("figure").First.WaitForAsync();
        // Each has one who did it, and so stands in one cell.
        (
            await visit.Page.EvaluateAsync<int>(
                "() => [...document.querySelector('figure').querySelectorAll('td')].map(cell => Number(cell.textContent.replaceAll(',', ''))).filter(count => count > 0).reduce((sum, count) => sum + count, 0)"
            )
        )
            .Should()
            .Be(violating.Count);
        await visit.GoAsync($"/a/{AppServer.Agreement}/p/p2?asOf=2018-12-31");
        await visit.Page.GetByText($"Every counted violation ({counted:N0})").ClickAsync();
        await visit.SeesAsync($"and {counted - 1000:N0} earlier ones, listed under");

        // A map that begins with the world and is moved to the area has only its towns fetched.
        await visit.GoAsync($"/a/{AppServer.Agreement}/compare?fromAsOf=2018-10-01&asOf=2018-12-01");
        await visit.Page.WaitForFunctionAsync($"() => {Fetched("land")} > 0");
        await visit.SettledAsync();
        (await visit.Page.EvaluateAsync<int>(Fetched("towns"))).Should().BeLessThan(20);

        static string Fetched(string what) =>
            $"performance.getEntriesByType('resource').filter(one => one.name.includes('/basemap/{what}/')).length";
    }

    private async Task<JsonElement> AskAsync(string what) =>
        await server.Http.GetFromJsonAsync<JsonElement>(
            $"/api/v1/agreements/{AppServer.Agreement}/{what}?asOf=2018-12-31"
        );

    private static double Quarter(double[] sorted) => sorted[sorted.Length / 4];

    private static double Median(double[] sorted) => sorted[sorted.Length / 2];

    private static async Task<double[]> MeasureAsync(Visit visit, int count, string what)
    {
        var took = await visit.Page.EvaluateAsync<JsonElement>(Measure, new object[] { count, what });
        return [.. took.EnumerateArray().Select(one => one.GetDouble()).Order()];
    }

    /// <summary>A year of incidents across the north-west, of three kinds and two levels.</summary>
    private async Task FileAsync()
    {
        var random = new Random(1);
        string[] kinds = ["shelling", "bombing", "ground-attack"];
        foreach (var lines in Enumerable.Range(0, Incidents).Chunk(1000))
        {
            var body = string.Join(
                '\n',
                lines.Select(at =>
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $$"""
                        {"entryId": "{{Guid.CreateVersion7()}}", "saidAt": "{{new DateOnly(2018, 9, 18).AddDays(
                            (at / 60) + 1
                        ):yyyy-MM-dd}}", "report": {"kind": "{{kinds[at % 3]}}", "occurred": "{{new DateOnly(
                            2018,
                            9,
                            18
                        ).AddDays(at / 60):yyyy-MM-dd}}", "place": {"name": "Place {{at
                            % 500}}", "point": {"lat": "{{35.0 + (random.NextDouble() * 1.5):0.00000}}", "lon": "{{36.0
                            + (random.NextDouble() * 1.5):0.00000}}"}, "precision": "exact"}, "actors": [{"name": "{{(
                            at % 2 == 0 ? "syrian-government" : "opposition"
                        )}}", "role": "by"}], "level": "{{(
                            at % 4 == 0 ? "corroborated" : "alleged"
                        )}}", "source": {"class": "own-observation"} } }
                        """
                    )
                )
            );
            (
                await server.PostAsync(
                    $"/api/v1/agreements/{AppServer.Agreement}/reports/batch",
                    body,
                    "application/jsonl"
                )
            )
                .Should()
                .NotContain("\"error\"");
        }
    }
}
