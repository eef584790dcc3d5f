namespace Ledger.Web.Tests.Stories;

/// <summary>What an auditor takes away on paper.</summary>
public sealed class DeskPrinting(AppServer server) : IClassFixture<AppServer>
{
    /// <summary>Reports on the map, which appear together.</summary>
    private const string Marks = ".plain, .broken, .kept";

    [Theory]
    [InlineData("replay?asOf=2018-11-26&known=said")]
    [InlineData("incident/01674304-1400-7cfd-bf6a-fdfc48757957")]
    public async Task The_map_is_printed_as_lines(string view)
    {
        await using var visit = await Visit.OpenAsync(server, $"/a/{AppServer.Agreement}/{view}");
        var page = visit.Page;
        await visit.SettledAsync();
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        var map = page.Locator("svg.print-map:visible");
        await map.Locator(Marks).First.WaitForAsync();
        await map.Locator(".town text").First.WaitForAsync();
        (await map.Locator("path.zone").CountAsync()).Should().BeGreaterThan(0);
        (await map.Locator(".town text").CountAsync()).Should().BeGreaterThan(2);
        (await page.Locator(".leaflet-container:visible, button:visible").CountAsync()).Should().Be(0);
        await page.ScreenshotAsync(
            new()
            {
                Path = Checkout.PathOf(".ledger", "screens", $"print-{view.Split('?', '/')[0]}.png"),
                FullPage = true,
            }
        );
    }

    /// <summary>
    /// A browser prints what is there when it has told the page that it will; the file shows whether the map was in
    /// time.
    /// </summary>
    [Fact]
    public async Task The_first_PDF_of_a_page_has_its_map()
    {
        await using var visit = await Visit.OpenAsync(
            server,
            $"/a/{AppServer.Agreement}/replay?asOf=2018-11-26&known=said"
        );
        await visit.SettledAsync();
        await visit.Page.Locator(".leaflet-container").WaitForAsync();
        var whole = await visit.Page.PdfAsync(new() { Format = "A4" });
        await File.WriteAllBytesAsync(Checkout.PathOf(".ledger", "screens", "replay.pdf"), whole);
        await visit.Page.EvaluateAsync(
            "() => document.querySelector('.replay-map .print-only').style.setProperty('display', 'none', 'important')"
        );
        var without = await visit.Page.PdfAsync(new() { Format = "A4" });
        (whole.Length - without.Length).Should().BeGreaterThan(3_000);
    }

    [Fact]
    public async Task The_printed_map_is_of_the_day_of_the_slider()
    {
        await using var visit = await Visit.OpenAsync(
            server,
            $"/a/{AppServer.Agreement}/replay?asOf=2018-10-01&known=said"
        );
        await visit.SettledAsync();
        var early = await MarksAsync();
        await visit.GoAsync($"/a/{AppServer.Agreement}/replay?asOf=2019-03-08&known=said");
        await visit.SettledAsync();
        (await MarksAsync()).Should().BeGreaterThan(early);

        async Task<int> MarksAsync()
        {
            await visit.Page.EmulateMediaAsync(new() { Media = Media.Print });
            var drawn = visit.Page.Locator("svg.print-map").Locator(Marks);
            await drawn.First.WaitForAsync();
            var marks = await drawn.CountAsync();
            await visit.Page.EmulateMediaAsync(new() { Media = Media.Screen });
            return marks;
        }
    }
}
