namespace Ledger.Web.Tests.Stories;

/// <summary>
/// An administrator checks a file, runs its scenarios, sees what it would change, and only then records it.
/// </summary>
public sealed class KeepingAgreements(AppServer server) : IClassFixture<AppServer>
{
    private static readonly string Agreements = Checkout.PathOf("agreements");

    [Fact]
    public async Task Takes_a_new_one_in_after_its_scenarios_were_run()
    {
        // Another agreement in the list would be another first one for the tests beside this.
        var own = new AppServer();
        await own.InitializeAsync();
        await using var closing = own;
        await using var visit = await Visit.OpenAsync(own, "/admin");

        await ChooseAsync(visit, Files("hodeidah-2018"));
        await visit.SeesAsync("Nothing is wrong with hodeidah-2018");
        await visit.Page.GetByText("scenarios, all as expected.").WaitForAsync();
        await visit.Page.Locator("details", new() { HasText = "Scenarios" }).Locator("summary").ClickAsync();
        (await visit.Page.Locator(".scenarios > li").CountAsync()).Should().BeGreaterThan(10);

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Adopt this agreement" }).ClickAsync();
        await visit.SeesAsync("Recorded at position 1.");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Open the agreement" }).ClickAsync();
        await visit.Page.WaitForURLAsync("**/a/hodeidah-2018");
    }

    [Fact]
    public async Task Sees_first_what_is_not_as_expected_and_where()
    {
        await using var visit = await Visit.OpenAsync(server, "/admin");
        var files = Files("hodeidah-2018");
        files["signed.scenarios.yaml"] = files["signed.scenarios.yaml"]
            .Replace("phase-1-salif: pending", "phase-1-salif: breached", StringComparison.Ordinal);

        await ChooseAsync(visit, files);

        await visit.Page.GetByText("1 scenario is not as expected.").WaitForAsync();
        (await visit.Page.Locator(".scenarios > li").First.InnerTextAsync())
            .Should()
            .Contain("On 31 December the first phase is still due")
            .And.Contain(
                "\u2068phase-1-salif\u2069: \u2068verdict\u2069 is \u2068pending\u2069, expected \u2068breached\u2069"
            )
            .And.Contain("signed.scenarios.yaml:");
    }

    [Fact]
    public async Task Is_told_every_mistake_with_its_line_and_stores_nothing()
    {
        await using var visit = await Visit.OpenAsync(server, "/admin");
        var files = Files("hodeidah-2018");
        files["signed.yaml"] = files["signed.yaml"].Replace("timeZone:", "timezone:", StringComparison.Ordinal);

        await ChooseAsync(visit, files);

        await visit.Page.GetByRole(AriaRole.Alert).GetByText("Line ").First.WaitForAsync();
        (await visit.Page.GetByRole(AriaRole.Alert).InnerTextAsync())
            .Should()
            .Contain("timezone")
            .And.Contain("Did you mean 'timeZone'?");
        (await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Adopt this agreement" }).CountAsync())
            .Should()
            .Be(0);
    }

    [Fact]
    public async Task Sees_which_verdicts_another_version_would_change_before_recording_it()
    {
        // Another version would be the one that the tests beside this draw lines for.
        var own = new AppServer();
        await own.InitializeAsync();
        await using var closing = own;
        await using var visit = await Visit.OpenAsync(own, "/admin");

        var files = Files("idlib-2018", "announced");
        files["announced.yaml"] = files["announced.yaml"]
            .Replace("version: announced", "version: announced-again", StringComparison.Ordinal);

        await ChooseAsync(visit, files);
        await visit.Page.GetByLabel("Reason").FillAsync("The text as it was announced, to compare");
        await visit.Page.GetByLabel("On this day").FillAsync("2018-10-16");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Show what would change" }).ClickAsync();
        await visit.Page.Locator(".preview tbody tr").First.WaitForAsync();
        (await visit.Page.Locator(".preview tbody tr").AllInnerTextsAsync())
            .Should()
            .Contain(row => row.Contains("p3"));

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Record this version" }).ClickAsync();
        await visit.Page.GetByText("Recorded at position").WaitForAsync();
    }

    [Fact]
    public async Task Is_told_that_another_line_would_change_nothing_on_a_day()
    {
        await using var visit = await Visit.OpenAsync(server, "/admin/zones");
        const string Elsewhere =
            """{"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates": [[[30, 30], [31, 30], [31, 31], [30, 31], [30, 30]]]}}""";

        await visit
            .Page.GetByLabel("Inner line")
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = "elsewhere.geojson",
                    MimeType = "application/geo+json",
                    Buffer = System.Text.Encoding.UTF8.GetBytes(Elsewhere),
                }
            );
        await visit.Page.GetByLabel("In force from").FillAsync("2018-09-17");
        await visit.Page.GetByLabel("Source", new() { Exact = false }).Last.FillAsync("A line that nobody drew");
        await visit.Page.GetByLabel("On this day").FillAsync("2018-11-30");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Show what would change" }).ClickAsync();

        await visit.Page.GetByText("No verdict would change on that day.").WaitForAsync();
        (await visit.Page.Locator(".preview .notice").CountAsync()).Should().Be(0);
    }

    [Fact]
    public async Task Is_told_what_is_wrong_with_a_line_and_can_withdraw_one()
    {
        await using var visit = await Visit.OpenAsync(server, "/admin/zones");
        var page = visit.Page;
        await ChooseLineAsync("[[35.5, 160.5], [35.6, 160.5], [35.6, 160.6], [35.5, 160.5]]");
        await visit.SeesAsync("Longitude and latitude have changed places");
        (await page.Locator("figure.compared").CountAsync()).Should().Be(0);

        await ChooseLineAsync("[[36.5, 35.5], [36.6, 35.5], [36.6, 35.6], [36.5, 35.5]]");
        await page.Locator("figure.compared").WaitForAsync();
        await page.GetByLabel("In force from").FillAsync("2030-01-01");
        await page.GetByLabel("Source", new() { Exact = false }).Last.FillAsync("A mistake");
        await page.GetByRole(AriaRole.Button, new() { Name = "Record this line" }).ClickAsync();
        await visit.SeesAsync("Recorded at position");
        (await RecordedLinesAsync()).Should().Be(2, "both parts of one line");

        await page.GetByText("Undo: withdraw this line").ClickAsync();
        await page.GetByLabel("Reason").FillAsync("Not the line that was meant");
        await page.GetByRole(AriaRole.Button, new() { Name = "Withdraw", Exact = true }).ClickAsync();
        await page.Locator("details .notice.good").WaitForAsync();
        (await RecordedLinesAsync()).Should().Be(0);

        // Those of the agreement file name no entry.
        async Task<int> RecordedLinesAsync() =>
            (await server.GetAsync($"/api/v1/agreements/{AppServer.Agreement}/zones"))["features"]!
                .AsArray()
                .Count(feature => feature!["properties"]!["entry"] is not null);

        Task ChooseLineAsync(string ring) =>
            page.GetByLabel("Inner line")
                .SetInputFilesAsync(
                    new FilePayload
                    {
                        Name = "line.geojson",
                        MimeType = "application/geo+json",
                        Buffer = System.Text.Encoding.UTF8.GetBytes(
                            $$"""{"type": "Polygon", "coordinates": [{{ring}}]}"""
                        ),
                    }
                );
    }

    private static Dictionary<string, string> Files(string agreement, string version = "signed") =>
        Directory
            .GetFiles(Path.Combine(Agreements, agreement))
            .Where(file =>
                Path.GetFileName(file).StartsWith(version, StringComparison.Ordinal)
                || file.EndsWith(".geojson", StringComparison.Ordinal)
            )
            .ToDictionary(file => Path.GetFileName(file), File.ReadAllText, StringComparer.Ordinal);

    private static Task ChooseAsync(Visit visit, Dictionary<string, string> files) =>
        visit
            .Page.GetByLabel("Agreement file")
            .SetInputFilesAsync(
                files
                    .Select(file => new FilePayload
                    {
                        Name = file.Key,
                        MimeType = "text/plain",
                        Buffer = System.Text.Encoding.UTF8.GetBytes(file.Value),
                    })
                    .ToArray()
            );
}
