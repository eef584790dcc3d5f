namespace Ledger.Web.Tests.Stories;

/// <summary>An auditor asks why, what if, and what differs.</summary>
public sealed class DeskAsking(AppServer server) : IClassFixture<AppServer>
{
    private const string Desk = $"/a/{AppServer.Agreement}";

    [Fact]
    public async Task Every_file_of_the_export_is_there()
    {
        await using var visit = await Visit.OpenAsync(server, $"/a/{AppServer.Agreement}/export?asOf=2018-12-01");
        await visit.SeesAsync("for a spreadsheet");

        var addresses = await visit.Page.EvaluateAsync<string[]>(
            "() => [...document.querySelectorAll('main a[download]')].map(link => link.href)"
        );

        addresses.Should().HaveCountGreaterThan(10);
        foreach (var address in addresses)
            (await visit.Profile.APIRequest.GetAsync(address)).Status.Should().Be(200, address);
    }

    [Fact]
    public async Task Finds_why_article_5_is_breached_from_the_agreement_in_one_click()
    {
        await using var visit = await Visit.OpenAsync(server, $"{Desk}?asOf=2018-10-16");
        await visit.Page.Locator("#p5").GetByRole(AriaRole.Link, new() { Name = "Why?" }).ClickAsync();
        await visit.SeesAsync("stands breached");
        foreach (
            var part in (string[])
                [
                    "The article",
                    "Our reading (signed)",
                    "The deadline",
                    "What decided it",
                    "Near misses",
                    "What would change it",
                    "What this ledger answered earlier",
                    "Who says what",
                ]
        )
            await visit.SeesAsync(part);
        visit.Page.Url.Should().Contain("/p/p5").And.Contain("asOf=2018-10-16");
    }

    [Fact]
    public async Task Exports_why_one_provision_stands_as_it_does_as_that()
    {
        await using var visit = await Visit.OpenAsync(server, $"{Desk}/p/p5?asOf=2018-10-16");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Export" }).ClickAsync();
        await visit.SeesAsync("./ledger why idlib-2018 p5 --as-of 2018-10-16");
        var call = (await visit.Page.Locator("pre.command").First.InnerTextAsync()).Trim()["curl '".Length..^1];

        (await server.GetAsync(new Uri(call).PathAndQuery))["answer"]!["provision"]!
            .GetValue<string>()
            .Should()
            .Be("p5");
        visit.Page.Url.Should().Contain("/export/p5");
    }

    [Fact]
    public async Task Is_told_in_their_language_and_hears_English_as_English()
    {
        await using var visit = await Visit.OpenAsync(server, $"{Desk}/p/p2?asOf=2018-12-01", language: "ar");
        await visit.Page.Locator(".conclusion").First.WaitForAsync();
        (await visit.Page.Locator(".conclusion").First.InnerTextAsync()).Should().Contain("المادة 2");
        (await visit.Page.Locator(".conclusion[lang=en]").InnerTextAsync()).Should().Contain("stands breached");
    }

    [Fact]
    public async Task Sees_what_another_reading_would_change_and_can_share_it()
    {
        await using var visit = await Visit.OpenAsync(server, $"{Desk}/p/p6?asOf=2018-12-01");
        await visit.Page.GetByLabel("Another reading").SelectOptionAsync("announced");
        await visit.Page.Locator("#what-if table").WaitForAsync();
        visit.Page.Url.Should().Contain("ifReading=announced");
        var differs = await visit.Page.Locator("#what-if table").InnerTextAsync();
        differs.Should().Contain("fulfilled").And.Contain("breached");
        differs
            .Should()
            .Contain("Our reading (announced)")
            .And.Contain("Moving the weapons elsewhere is no handover", "it is the rule that differs");

        await using var colleague = await Visit.OpenAsync(server, new Uri(visit.Page.Url).PathAndQuery);
        await colleague.Page.Locator("#what-if table").WaitForAsync();
        (await colleague.Page.Locator("#what-if table").InnerTextAsync()).Should().Be(differs);
    }

    [Fact]
    public async Task Leaves_a_report_out_and_nothing_is_recorded()
    {
        var before = await PositionAsync();
        await using var visit = await Visit.OpenAsync(server, $"{Desk}/p/p6?asOf=2018-12-01");
        await visit.Page.Locator("#what-if input[type=checkbox]").First.CheckAsync();
        await visit.Page.Locator("#what-if table").WaitForAsync();
        visit.Page.Url.Should().Contain("leave=");
        (await visit.Page.Locator("#what-if").InnerTextAsync()).Should().Contain("Actual").And.Contain("Supposed");
        (await PositionAsync()).Should().Be(before);
    }

    [Fact]
    public async Task Compares_two_days()
    {
        await using var visit = await Visit.OpenAsync(server, $"{Desk}/compare");
        await visit.Page.GetByLabel("As of").First.FillAsync("2018-10-01");
        await visit.Page.GetByLabel("As of").Last.FillAsync("2018-12-01");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Compare" }).ClickAsync();
        await visit.SeesAsync("Reports added");
        var row = visit.Page.Locator("tr", new() { HasTextString = "Radical groups removed from the zone" });
        (await row.InnerTextAsync())
            .Should()
            .Contain("pending")
            .And.Contain("breached")
            .And.NotContain("Our reading", "both are judged by one");
        (await row.Locator(".because[lang=en]").CountAsync()).Should().Be(2, "each side says why");
        await visit.Page.ScreenshotAsync(
            new()
            {
                FullPage = true,
                Path = Path.Combine(
                    Directory.CreateDirectory(Checkout.PathOf(".ledger", "screens")).FullName,
                    "compare-why.png"
                ),
            }
        );
        visit.Page.Url.Should().Contain("fromAsOf=2018-10-01").And.Contain("asOf=2018-12-01");
    }

    [Fact]
    public async Task Sees_two_reports_of_one_attack_beside_each_other_and_their_numbers_apart()
    {
        await using var visit = await Visit.OpenAsync(server, $"{Desk}/incident/016719d1-3400-7734-b1f0-805709381e29");
        await visit.SeesAsync("22–23");
        (await visit.Page.Locator("tr.differs", new() { HasTextString = "Killed" }).First.InnerTextAsync())
            .Should()
            .Contain("22")
            .And.Contain("23");
        await visit.SeesAsync("These bytes are in the signed log");
    }

    [Fact]
    public async Task Reads_the_two_sides_counts_side_by_side_as_a_table_too()
    {
        await using var visit = await Visit.OpenAsync(server, $"{Desk}/charts?asOf=2019-03-08");
        var chart = visit.Page.Locator(
            "figure",
            new() { HasTextString = "Daily count of firing incidents: Violations counted" }
        );
        await chart.GetByText("As a table").ClickAsync();
        var row = chart.Locator("tbody tr", new() { HasTextString = "9 Jan 2019" });
        (await row.Locator("td").AllInnerTextsAsync()).Should().Equal("0", "13");
    }

    private async Task<long> PositionAsync() =>
        (await server.GetAsync($"/api/v1/agreements/{AppServer.Agreement}"))["position"]!.GetValue<long>();
}
