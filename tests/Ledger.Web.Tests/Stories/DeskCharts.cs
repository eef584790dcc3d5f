using System.Text.Json;

namespace Ledger.Web.Tests.Stories;

/// <summary>
/// Reports that carry numbers, filed towards a total: what the desk draws of them, and writes beside it.
/// </summary>
public sealed class DeskCharts(AppServer server) : IClassFixture<AppServer>
{
    private const string Agreement = "colombia-2016";
    private const string Charts = $"/a/{Agreement}/charts?asOf=2017-07-15";

    /// <summary>
    /// Arms stored on a day; the second of these days stores more than the first step asks for, all three less than the
    /// last.
    /// </summary>
    private static readonly (string Day, int Arms)[] Stored =
    [
        ("2017-02-20", 1000),
        ("2017-03-10", 1500),
        ("2017-04-20", 1800),
    ];

    /// <summary>Attacks, by whom and where.</summary>
    private static readonly (string Day, string By, string Against)[] Attacks =
    [
        ("2016-12-20", "farc-ep", "army"),
        ("2016-12-20", "army", "farc-ep"),
        ("2016-12-20", "farc-ep", "police"),
        ("2017-01-05", "farc-ep", "army"),
    ];

    /// <summary>What each side says that it counted that day.</summary>
    private static readonly (string Day, string Party, int Members)[] Counts =
    [
        ("2017-02-01", "government", 40),
        ("2017-02-01", "farc-ep", 12),
        ("2017-02-03", "government", 25),
        ("2017-02-03", "farc-ep", 0),
        ("2017-02-08", "government", 31),
    ];

    [Fact]
    public async Task Progress_is_a_bar_as_long_as_what_was_reached_and_says_the_same_in_words()
    {
        await AdoptedAsync();
        await using var visit = await Visit.OpenAsync(server, Charts);
        await visit.Page.Locator("figure.progress").First.WaitForAsync();
        var drawn = await visit.Page.EvaluateAsync<double[][]>(
            """
            () => [...document.querySelectorAll('figure.progress')].map(figure => {
                const [whole, reached] = figure.querySelectorAll('svg rect')
                return [Math.round(100 * reached.getAttribute('width') / whole.getAttribute('width'))]
            })
            """
        );
        drawn.Select(one => one[0]).Should().Equal(100, 100, 60);
        (await visit.Page.Locator("figure.progress").First.InnerTextAsync())
            .Should()
            .Contain("4,300 of 2,140")
            .And.Contain("breached")
            .And.Contain("10 Mar 2017", "it was reached, and too late");
        (await RowsAsync(visit.Page.Locator("table.progress-table")))
            .Should()
            .Equal(
                "30 percent of individual arms stored by D+90|4,300|2,140|200%",
                "60 percent of individual arms stored by D+120|4,300|4,280|100%",
                "All individual arms stored by D+150|4,300|7,132|60%"
            );
    }

    [Fact]
    public async Task Violations_are_counted_by_day_and_party()
    {
        await AdoptedAsync();
        await using var visit = await Visit.OpenAsync(server, Charts);
        var figure = visit.Page.Locator("figure", new() { HasText = "Violations per day, by who did it" });
        await figure.WaitForAsync();
        (await RowsAsync(figure.Locator("table"))).Should().Equal("20 Dec 2016|2|1", "5 Jan 2017|1|—");
        (await figure.Locator(".chart rect title").AllTextContentsAsync())
            .Should()
            .Equal("20 Dec 2016: FARC-EP 2", "20 Dec 2016: Military forces 1", "5 Jan 2017: FARC-EP 1");
    }

    [Fact]
    public async Task Each_side_keeps_its_own_number_and_a_day_that_one_did_not_count_is_empty()
    {
        await AdoptedAsync();
        await using var visit = await Visit.OpenAsync(server, Charts);
        var figure = visit.Page.Locator("figure", new() { HasText = "Members out of a camp" });
        await figure.WaitForAsync();
        (await RowsAsync(figure.Locator("table")))
            .Should()
            .Equal("1 Feb 2017|12|40", "3 Feb 2017|0|25", "8 Feb 2017|—|31");
        (await figure.Locator(".chart rect title").CountAsync()).Should().Be(Counts.Length);
    }

    [Theory]
    [InlineData("en-GB", Screen.Desk, ColorScheme.Light)]
    [InlineData("en-GB", Screen.Desk, ColorScheme.Dark)]
    [InlineData("en-GB", Screen.Phone, ColorScheme.Light)]
    [InlineData("ar", Screen.Desk, ColorScheme.Light)]
    [InlineData("ar", Screen.Phone, ColorScheme.Dark)]
    public async Task Is_photographed_and_fits(string language, Screen screen, ColorScheme scheme)
    {
        await AdoptedAsync();
        await using var visit = await Visit.OpenAsync(server, Charts, screen, language, scheme);
        await visit.Page.Locator("figure.progress").First.WaitForAsync();
        await visit.Page.EvaluateAsync("() => document.querySelectorAll('details').forEach(one => one.open = true)");
        await visit.Page.ScreenshotAsync(
            new()
            {
                FullPage = true,
                Path = Path.Combine(
                    Directory.CreateDirectory(Checkout.PathOf(".ledger", "screens")).FullName,
                    $"charts-full-{language[..2]}-{screen}-{scheme}.png".ToLowerInvariant()
                ),
            }
        );
        (await Axe.FindingsAsync(visit.Page)).Should().BeEmpty();
        (
            await visit.Page.EvaluateAsync<bool>(
                "() => [...document.querySelectorAll('td, th')].every(cell => getComputedStyle(cell).direction === document.documentElement.dir)"
            )
        )
            .Should()
            .BeTrue("a head stands over its column in either direction");
        (
            await visit.Page.EvaluateAsync<int>(
                "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
        )
            .Should()
            .BeLessThanOrEqualTo(0);
    }

    /// <summary>The cells of each row of a table's body, with the row's head.</summary>
    private static async Task<string[]> RowsAsync(ILocator table) =>
        await table.EvaluateAsync<string[]>(
            "table => [...table.tBodies[0].rows].map(row => [...row.cells].map(cell => cell.textContent.trim()).join('|'))"
        );

    private async Task AdoptedAsync()
    {
        if ((await server.Http.GetAsync($"/api/v1/agreements/{Agreement}")).IsSuccessStatusCode)
            return;
        await server.PostAsync(
            $"/api/v1/agreements?entryId={Guid.CreateVersion7()}",
            await File.ReadAllTextAsync(Checkout.PathOf("agreements", Agreement, "agreed.yaml")),
            "application/yaml"
        );
        await FileAsync(
            new
            {
                kind = "d-day",
                occurred = "2016-12-01",
                source = new { @class = "official" },
            }
        );
        foreach (var (day, arms) in Stored)
            await FileAsync(
                new
                {
                    kind = "arms-stored",
                    occurred = day,
                    actors = Actors(("farc-ep", "by")),
                    quantities = new Dictionary<string, int> { ["individual-arms"] = arms },
                    source = new
                    {
                        @class = "organisation",
                        name = "UN Mission",
                        party = "un-mission",
                    },
                }
            );
        foreach (var (day, by, against) in Attacks)
            await FileAsync(
                new
                {
                    kind = "attack",
                    occurred = day,
                    actors = Actors((by, "by"), (against, "against")),
                    place = new { name = "Tumaco", precision = "district" },
                    source = new { @class = "media", name = "A newspaper" },
                }
            );
        foreach (var (day, party, members) in Counts)
            await FileAsync(
                new
                {
                    kind = "camp-exit",
                    occurred = day,
                    quantities = new { members },
                    source = new
                    {
                        @class = "official",
                        name = party,
                        party,
                    },
                }
            );
    }

    private static object[] Actors(params (string Name, string Role)[] actors) =>
        [.. actors.Select(actor => new { name = actor.Name, role = actor.Role })];

    private Task FileAsync(object report) =>
        server.PostAsync(
            $"/api/v1/agreements/{Agreement}/reports",
            JsonSerializer.Serialize(new { entryId = Guid.CreateVersion7().ToString(), report })
        );
}
