using System.Text.Json;

namespace Ledger.Web.Tests.Stories;

/// <summary>A reviewer finds two reports of one incident, compares, assesses and links them.</summary>
public sealed class Reviewing(AppServer server) : IClassFixture<AppServer>
{
    private const string First = "01674304-1400-7d16-9497-d3e608843727";
    private const string Second = "0167482a-7000-70c2-9e97-26cf1c8bb248";

    [Fact]
    public async Task Shows_where_two_reports_differ()
    {
        await using var visit = await Visit.OpenAsync(server, $"/review/{AppServer.Agreement}?show=conflicts");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Side by side" }).First.ClickAsync();
        await visit.Page.Locator("tr.differs").First.WaitForAsync();
        (await visit.Page.Locator("table.beside thead th").CountAsync()).Should().Be(3);
    }

    [Fact]
    public async Task Links_two_that_look_alike_and_is_led_back_into_the_room()
    {
        await using var visit = await Visit.OpenAsync(server, $"/review/{AppServer.Agreement}?show=duplicates");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Side by side" }).First.ClickAsync();
        await visit.SeesAsync("This concerns the report in the first column");
        var link = visit.Page.Locator("summary", new() { HasTextString = "Link as one incident" });
        await link.ClickAsync();
        await visit.Page.Locator("details[open]").GetByLabel("Reason").FillAsync("One count, told twice.");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Link as one incident" }).ClickAsync();
        await visit.SeesAsync("Recorded at position");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "See the report as it stands now" }).ClickAsync();
        await visit.SeesAsync("One count, told twice.");
        (await link.CountAsync()).Should().Be(0, "they are linked");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Review", Exact = true }).Last.ClickAsync();
        await visit
            .Page.Locator("nav.tabs a[aria-current]", new() { HasTextString = "Possible duplicates" })
            .WaitForAsync();
    }

    [Fact]
    public async Task Takes_a_wrong_link_back_where_it_is_seen()
    {
        var id = Guid.CreateVersion7();
        await server.PostAsync(
            $"/api/v1/agreements/{AppServer.Agreement}/links",
            $$"""{"entryId": "{{id}}", "reports": ["{{First}}", "{{Second}}"], "reason": "Taken for one."}"""
        );
        await using var visit = await Visit.OpenAsync(server, $"/a/{AppServer.Agreement}/incident/{First}");
        var link = visit.Page.Locator("li", new() { HasText = "Taken for one." }).First;
        await link.GetByText("Unlink").First.ClickAsync();
        await link.GetByLabel("Reason").FillAsync("They are two.");
        await link.GetByRole(AriaRole.Button, new() { Name = "Unlink" }).ClickAsync();
        await visit.SeesAsync("Recorded at position");

        var report = await server.GetAsync($"/api/v1/reports/{First}");
        report["links"]!.AsArray().Single(one => one!["entry"]!.GetValue<Guid>() == id)!["live"]!
            .GetValue<bool>()
            .Should()
            .BeFalse();
    }

    [Fact]
    public async Task Records_an_assessment_once_though_its_answer_is_lost()
    {
        var before = await PositionAsync();
        await using var visit = await Visit.OpenAsync(server, $"/review/{AppServer.Agreement}/{First}");
        var lost = 0;
        await visit.Page.RouteAsync(
            "**/assessments",
            async route =>
            {
                // The server has recorded it when the connection breaks.
                await route.FetchAsync();
                if (lost++ == 0)
                    await route.AbortAsync();
                else
                    await route.ContinueAsync();
            }
        );
        await visit.Page.GetByText("Assess", new() { Exact = true }).First.ClickAsync();
        await visit.Page.GetByLabel("corroborated").CheckAsync();
        await visit
            .Page.GetByLabel("Grounds")
            .FillAsync("Two hospitals gave the same figures independently of each other.");
        var assess = visit.Page.GetByRole(AriaRole.Button, new() { Name = "Assess" });
        await assess.ClickAsync();
        await visit.SeesAsync("Press again");
        await assess.ClickAsync();
        await visit.SeesAsync($"Recorded at position {before + 1}");
        (await PositionAsync()).Should().Be(before + 1);

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "See the report as it stands now" }).ClickAsync();
        await visit.SeesAsync("Two hospitals gave the same figures");
    }

    [Fact]
    public async Task Says_what_is_missing_and_records_nothing()
    {
        await using var visit = await Visit.OpenAsync(server, $"/review/{AppServer.Agreement}/{Second}");
        await visit.Page.GetByText("Withdraw", new() { Exact = true }).First.ClickAsync();
        var reason = visit.Page.GetByLabel("Reason");
        await reason.FillAsync("   ");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Withdraw" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("Fill in “Reason”.");
        await Assertions.Expect(reason).ToBeFocusedAsync();
        (await server.GetAsync($"/api/v1/reports/{Second}"))["state"]!.GetValue<string>().Should().Be("live");
    }

    [Fact]
    public async Task Of_two_one_proposes_and_another_agrees()
    {
        await using var first = await ReviewerAsync("Amal", $"/review/{AppServer.Agreement}/{Second}");
        await first.Page.GetByText("Assess", new() { Exact = true }).First.ClickAsync();
        await first.Page.GetByLabel("confirmed").CheckAsync();
        await first.Page.GetByLabel("Grounds").FillAsync("The crater was photographed from two sides.");
        await first.SeesAsync("it counts once somebody else agrees");
        await first.Page.GetByRole(AriaRole.Button, new() { Name = "Propose" }).ClickAsync();
        await first.Page.GetByRole(AriaRole.Button, new() { Name = "See the report as it stands now" }).ClickAsync();
        await first.SeesAsync("You proposed this; somebody else has to agree.");
        (await LevelAsync()).Should().NotBe("confirmed");

        await using var second = await ReviewerAsync("Basil", $"/review/{AppServer.Agreement}?show=second");
        await second.Page.GetByRole(AriaRole.Link, new() { Name = "Proposed: confirmed" }).ClickAsync();
        await second.SeesAsync("The crater was photographed from two sides.");
        var agree = second.Page.Locator(
            "form",
            new() { Has = second.Page.GetByRole(AriaRole.Button, new() { Name = "Agree" }) }
        );
        await agree.GetByLabel("Grounds").FillAsync("I spoke with the photographer.");
        (await Axe.FindingsAsync(second.Page)).Should().BeEmpty();
        await agree.GetByRole(AriaRole.Button, new() { Name = "Agree" }).ClickAsync();
        await second.SeesAsync("Recorded at position");

        (await LevelAsync()).Should().Be("confirmed");
        await second.GoAsync($"/review/{AppServer.Agreement}?show=second");
        await second.SeesAsync("No proposal waits for a second person.");
    }

    [Fact]
    public async Task Sends_a_report_back_and_sees_the_answer()
    {
        const string question = "Which end of the street was it?";
        await using var monitor = await SignedInAsync("Cem", "monitor", "/field");
        var report = Guid.CreateVersion7().ToString();
        var filed = new
        {
            entryId = report,
            report = new
            {
                kind = "bombing",
                occurred = "2018-10-14",
                place = new { name = "Morek", precision = "unknown" },
                source = new { @class = "own-observation" },
            },
        };
        (
            await monitor.Page.EvaluateAsync<int>(
                "([path, body]) => fetch(path, { method: 'POST', headers: { 'content-type': 'application/json', 'ledger-request': '1' }, body }).then(answer => answer.status)",
                new[] { $"/api/v1/agreements/{AppServer.Agreement}/reports", JsonSerializer.Serialize(filed) }
            )
        )
            .Should()
            .Be(201);

        await using var reviewer = await SignedInAsync("Dilan", "reviewer", $"/review/{AppServer.Agreement}/{report}");
        await reviewer.Page.GetByText("Send back", new() { Exact = true }).First.ClickAsync();
        await reviewer.Page.GetByLabel("Your question").FillAsync(question);
        await reviewer.Page.GetByRole(AriaRole.Checkbox, new() { Name = "Where" }).CheckAsync();
        await reviewer.Page.GetByRole(AriaRole.Button, new() { Name = "Send back" }).ClickAsync();
        await reviewer.SeesAsync("Recorded at position");

        await monitor.GoAsync("/field");
        await monitor.SeesAsync("One report was sent back to you");
        await monitor.SeesAsync(question);
        (await Axe.FindingsAsync(monitor.Page)).Should().BeEmpty();
        await monitor.Page.Locator("summary", new() { HasText = "Answer" }).ClickAsync();
        await monitor.Page.GetByLabel("Your answer").FillAsync("The northern end, beside the bakery.");
        await monitor.Page.GetByRole(AriaRole.Button, new() { Name = "Finish the answer" }).ClickAsync();
        await monitor
            .Page.Locator(".item[data-state=received]", new() { HasText = "Answer: Air strike" })
            .First.WaitForAsync();

        await reviewer.GoAsync($"/review/{AppServer.Agreement}?show=back");
        await reviewer.SeesAsync("The northern end, beside the bakery.");
        (await Axe.FindingsAsync(reviewer.Page)).Should().BeEmpty();
        await monitor.GoAsync("/field/outbox");
        (await monitor.Page.GetByText(question).CountAsync()).Should().Be(0, "nothing is asked any more");
    }

    private Task<Visit> ReviewerAsync(string name, string path) => SignedInAsync(name, "reviewer", path);

    private async Task<Visit> SignedInAsync(string name, string role, string path)
    {
        var visit = await Visit.OpenAsync(server, $"/sign-in#{await server.InviteAsync(name, role)}", signedIn: false);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Come in", Exact = true }).ClickAsync();
        await visit.SeesAsync($"You are signed in as {name}.");
        await visit.GoAsync(path);
        return visit;
    }

    private async Task<string> LevelAsync() =>
        (await server.GetAsync($"/api/v1/reports/{Second}"))["level"]!.GetValue<string>();

    private async Task<long> PositionAsync() =>
        (await server.GetAsync($"/api/v1/agreements/{AppServer.Agreement}"))["position"]!.GetValue<long>();
}
