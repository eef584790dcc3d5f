using System.Text.Json.Nodes;

namespace Ledger.Web.Tests.Stories;

/// <summary>Whoever has a role records what that role may, in the app; nobody is offered what would be refused.</summary>
public sealed class Recording(AppServer server) : IClassFixture<AppServer>
{
    private const string Convoy = "01659cba-9c00-7490-aa54-b9b8416b9a81";
    private const string Record = $"/a/{AppServer.Agreement}/record";

    private static readonly string Folder = Directory.CreateDirectory(Checkout.PathOf(".ledger", "screens")).FullName;

    [Fact]
    public async Task A_party_answers_a_report_that_names_it()
    {
        await using var visit = await SignedInAsync("Aylin", "party", Record, party: "turkey");
        await visit.SeesAsync("Reports that name you");
        await LookedAtAsync(visit, "record-party");
        await visit.Page.Locator($"a[href*='{Convoy}']").ClickAsync();
        var form = visit.Page.Locator("form.act", new() { HasText = "Your answer stands beside the report" });
        await form.GetByLabel("In its own words").FillAsync("The convoy had been announced to the centre in Ankara.");

        await form.GetByRole(AriaRole.Button, new() { Name = "Record the answer" }).ClickAsync();
        await Assertions.Expect(form.GetByRole(AriaRole.Alert)).ToHaveTextAsync("Fill in “What the party says”.");
        await Assertions.Expect(form.GetByLabel("admits")).ToBeFocusedAsync();
        await LookedAtAsync(visit, "respond-wrong");

        await form.GetByLabel("justifies").CheckAsync();
        await form.GetByRole(AriaRole.Button, new() { Name = "Record the answer" }).ClickAsync();
        await visit.SeesAsync("Recorded at position");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "See it as it stands now" }).ClickAsync();
        await visit
            .Page.Locator("ul.says li", new() { HasText = "The convoy had been announced to the centre in Ankara." })
            .First.WaitForAsync();

        var response = (await server.GetAsync($"/api/v1/reports/{Convoy}"))["responses"]!.AsArray().Single()!["data"]!;
        (response["party"]!.GetValue<string>(), response["stance"]!.GetValue<string>())
            .Should()
            .Be(("turkey", "justifies"));
        await visit.GoAsync(Record);
        await Assertions
            .Expect(visit.Page.Locator("ul.says li").Filter(new() { Has = visit.Page.Locator($"a[href*='{Convoy}']") }))
            .ToContainTextAsync("answered");
    }

    [Fact]
    public async Task A_party_answers_on_a_phone_in_Arabic_by_keyboard_alone()
    {
        const string report = "0165bba0-c400-7460-8487-c74ef2fb0aca";
        await using var visit = await SignedInAsync(
            "Badr",
            "party",
            $"/a/{AppServer.Agreement}/incident/{report}",
            Screen.Phone,
            "ar",
            "turkey"
        );
        var summary = visit.Page.Locator("summary#respond");
        await summary.FocusAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Page.Keyboard.PressAsync("Tab");
        await visit.Page.Keyboard.PressAsync("Space");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Radio).First).ToBeCheckedAsync();
        await visit.Page.Keyboard.PressAsync("ArrowDown");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Radio).Nth(1)).ToBeCheckedAsync();
        await visit.Page.Keyboard.PressAsync("Tab");
        await visit.Page.Keyboard.InsertTextAsync("لم تتحرك أي قافلة.");
        await LookedAtAsync(visit, "respond-ar-phone");
        await visit.Page.Keyboard.PressAsync("Tab");
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Page.Locator(".notice.good").WaitForAsync();

        var response = (await server.GetAsync($"/api/v1/reports/{report}"))["responses"]!.AsArray().Single()!["data"]!;
        (response["stance"]!.GetValue<string>(), response["words"]!.GetValue<string>())
            .Should()
            .Be(("denies", "لم تتحرك أي قافلة."));
    }

    [Theory]
    [InlineData("party", "turkey", 0)]
    [InlineData("monitor", null, 1)]
    [InlineData("reviewer", null, 2)]
    [InlineData("administrator", null, 4)]
    [InlineData("auditor", null, 0)]
    public async Task Offers_each_role_what_it_may_record(string role, string? party, int forms)
    {
        await using var visit = await SignedInAsync($"One {role}", role, Record, party: party);
        if (role == "auditor")
            await visit.SeesAsync("Your roles in this agreement do not let you record anything here.");
        else
            await visit.SeesAsync("stands in the ledger for ever");
        (await visit.Page.Locator("details.card").CountAsync()).Should().Be(forms);

        await visit.GoAsync($"/review/{AppServer.Agreement}/{Convoy}");
        await visit.SettledAsync();
        string[] offered = role switch
        {
            "reviewer" => ["Assess", "Send back", "Withdraw"],
            "party" => ["Answer for a party"],
            _ => [],
        };
        (await visit.Page.Locator(".actions summary").AllInnerTextsAsync()).Should().Equal(offered);
        if (offered.Length == 0)
            await visit.SeesAsync("Assessing is for reviewers of this agreement");
    }

    [Fact]
    public async Task An_administrator_extends_a_deadline_after_seeing_what_it_turns()
    {
        await using var visit = await Visit.OpenAsync(server, $"/a/{AppServer.Agreement}/p/p5?asOf=2018-10-16");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Suspend, resume, extend" }).ClickAsync();
        var form = visit.Page.Locator("details[open] form.act");
        (await form.Locator("[data-member=provision] select").InputValueAsync()).Should().Be("p5");
        await form.GetByLabel("What is done").SelectOptionAsync("deadline_extended");
        await form.GetByRole(AriaRole.Button, new() { Name = "Record it" }).ClickAsync();
        foreach (var missing in (string[])["New deadline", "With effect from", "Based on which document"])
            await Assertions
                .Expect(form.Locator(".problem", new() { HasText = $"Fill in “{missing}”." }))
                .ToHaveCountAsync(1);

        await form.GetByLabel("New deadline").FillAsync("2018-10-31");
        await form.GetByLabel("With effect from").FillAsync("2018-10-01");
        await form.GetByLabel("Based on which document").FillAsync("Protocol of 1 October 2018");
        await form.GetByLabel("On this day").FillAsync("2018-10-16");
        await form.GetByRole(AriaRole.Button, new() { Name = "Show what would change" }).ClickAsync();
        await form.Locator("table td", new() { HasText = "pending" }).First.WaitForAsync();
        await LookedAtAsync(visit, "record-power");
        await form.GetByRole(AriaRole.Button, new() { Name = "Record it" }).ClickAsync();
        await visit.SeesAsync("Recorded at position");

        var entry = await LatestAsync("deadline_extended");
        (entry["provision"]!.GetValue<string>(), entry["to"]!.GetValue<string>()).Should().Be(("p5", "2018-10-31"));
    }

    [Fact]
    public async Task A_reviewer_records_a_statement_and_who_was_watching()
    {
        await using var visit = await SignedInAsync("Ceren", "reviewer", $"{Record}?open=statement&provision=p2");
        var statement = visit.Page.Locator("details[open] form.act");
        await statement.GetByLabel("How they are kept").SelectOptionAsync("partly");
        await statement.GetByLabel("Said on").FillAsync("2018-11-01");
        await statement.GetByRole(AriaRole.Button, new() { Name = "Record the statement" }).ClickAsync();
        await Assertions.Expect(statement.GetByRole(AriaRole.Alert)).ToHaveTextAsync("Fill in “Who says so”.");
        await statement.GetByLabel("Who says so").FillAsync("The observatory");
        await LookedAtAsync(visit, "record-statement");
        await statement.GetByRole(AriaRole.Button, new() { Name = "Record the statement" }).ClickAsync();
        await visit.Page.Locator(".notice.good").WaitForAsync();
        (await LatestAsync("statement_recorded"))["provisions"]!
            .AsArray()
            .Select(one => one!.GetValue<string>())
            .Should()
            .Equal("p2");

        await visit.GoAsync($"{Record}?open=coverage");
        var coverage = visit.Page.Locator("details[open] form.act");
        await coverage.GetByLabel("Who was watching").FillAsync("A patrol of two");
        await coverage.GetByLabel("First day").FillAsync("2018-11-03");
        await coverage.GetByLabel("Last day").FillAsync("2018-11-02");
        await coverage.GetByRole(AriaRole.Button, new() { Name = "Record the coverage" }).ClickAsync();
        await Assertions.Expect(coverage.GetByRole(AriaRole.Alert)).ToHaveTextAsync("It has to end after it begins.");
        await coverage.GetByLabel("Last day").FillAsync("2018-11-03");
        await coverage.GetByRole(AriaRole.Button, new() { Name = "Record the coverage" }).ClickAsync();
        await visit.Page.Locator(".notice.good").WaitForAsync();
        var watched = await LatestAsync("coverage_recorded");
        (
            DateTimeOffset.Parse(watched["until"]!.GetValue<string>(), null)
            - DateTimeOffset.Parse(watched["from"]!.GetValue<string>(), null)
        )
            .Should()
            .Be(TimeSpan.FromDays(1), "the last day is watched until it ends");
    }

    [Fact]
    public async Task Administrators_erase_what_is_sealed_of_a_person()
    {
        var id = Guid.CreateVersion7();
        var receipt = JsonNode.Parse(
            await server.PostAsync(
                $"/api/v1/agreements/{AppServer.Agreement}/reports",
                $$$"""{"entryId": "{{{id}}}", "report": {"kind": "bombing", "occurred": "2018-11-05", "source": {"class": "witness"}, "narrative": "She saw it from the roof."}}"""
            )
        )!;
        var position = receipt["position"]!.ToString();
        await using (var first = await SignedInAsync("Deniz", "administrator", $"{Record}?open=erasure"))
        {
            await FindAsync(first, position);
            await first.SeesAsync("Sealed at");
            await first.Page.GetByLabel("On whose authority").FillAsync("Request of 6 November 2018");
            await first.Page.GetByRole(AriaRole.Button, new() { Name = "Request the erasure" }).ClickAsync();
            await first.Page.GetByRole(AriaRole.Button, new() { Name = "See it as it stands now" }).ClickAsync();
            await first.SeesAsync("erasure requested");
        }

        await using var second = await SignedInAsync("Elif", "administrator", $"{Record}?open=erasure");
        await FindAsync(second, position);
        await second.SeesAsync("This cannot be undone by anybody.");
        await LookedAtAsync(second, "record-erasure");
        await second.Page.GetByLabel("On whose authority").FillAsync("Decision of 7 November 2018");
        await second.Page.GetByRole(AriaRole.Button, new() { Name = "Erase it for ever" }).ClickAsync();
        await second.SeesAsync("Recorded at position");
        await second.Page.GetByRole(AriaRole.Button, new() { Name = "See it as it stands now" }).ClickAsync();
        await second.SeesAsync("Nothing is sealed at that position.");
        (await LatestAsync("erasure_confirmed"))["authority"]!.GetValue<string>().Should().Contain("7 November");
    }

    [Fact]
    public async Task A_stranger_is_led_to_sign_in_and_back()
    {
        await using var visit = await Visit.OpenAsync(server, $"{Record}?open=coverage", signedIn: false);
        await visit.SeesAsync("record here after they sign in");
        await LookedAtAsync(visit, "record-stranger");
        await visit.Page.Locator("main .notice a").ClickAsync();
        await visit.SeesAsync("No account yet?");
        visit.Page.Url.Should().Contain("to=");

        // Somebody else's link in the same window lets them in.
        var secret = await server.InviteAsync("Feride", "monitor");
        await visit.Page.EvaluateAsync("secret => { location.hash = secret }", secret);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Come in", Exact = true }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Go on" }).ClickAsync();
        await visit.Page.Locator("details[open] form.act").WaitForAsync();
        visit.Page.Url.Should().EndWith($"{Record}?open=coverage");
    }

    [Fact]
    public async Task Nobody_is_led_elsewhere_than_into_the_app()
    {
        foreach (
            var elsewhere in (string[])["https://example.org/a", "//example.org/a", "/\\example.org/a", "/sign-in"]
        )
        {
            await using var visit = await Visit.OpenAsync(
                server,
                $"/sign-in?to={Uri.EscapeDataString(elsewhere)}",
                signedIn: true
            );
            var next = visit.Page.GetByRole(AriaRole.Link, new() { Name = "Go on" });
            (await next.GetAttributeAsync("href")).Should().BeOneOf("/", "/review", "/field");
        }
    }

    [Fact]
    public async Task What_was_written_stays_when_the_session_ends()
    {
        await using var visit = await SignedInAsync("Gamze", "reviewer", $"{Record}?open=coverage");
        var form = visit.Page.Locator("details[open] form.act");
        await form.GetByLabel("Who was watching").FillAsync("A patrol of three");
        await form.GetByLabel("First day").FillAsync("2018-12-01");
        await form.GetByLabel("Last day").FillAsync("2018-12-02");
        await visit.Profile.ClearCookiesAsync();
        await form.GetByRole(AriaRole.Button, new() { Name = "Record the coverage" }).ClickAsync();
        await visit.SeesAsync("What you wrote stays here");
        (await form.GetByLabel("Who was watching").InputValueAsync()).Should().Be("A patrol of three");

        await SignInAsync(visit, await server.InviteAsync("Gamze", "reviewer"));
        await form.GetByRole(AriaRole.Button, new() { Name = "Record the coverage" }).ClickAsync();
        await visit.Page.Locator(".notice.good").WaitForAsync();
    }

    private static async Task FindAsync(Visit visit, string position)
    {
        await visit.Page.GetByLabel("Position of one of their entries").FillAsync(position);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Find what is sealed" }).ClickAsync();
    }

    private static async Task LookedAtAsync(Visit visit, string name)
    {
        await visit.SettledAsync();
        await visit.Page.ScreenshotAsync(new() { Path = Path.Combine(Folder, $"{name}.png"), FullPage = true });
        (await Axe.FindingsAsync(visit.Page)).Should().BeEmpty(name);
        (
            await visit.Page.EvaluateAsync<int>(
                "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
        )
            .Should()
            .BeLessThanOrEqualTo(0, name);
    }

    private async Task<JsonNode> LatestAsync(string type) =>
        (await server.GetAsync($"/api/v1/agreements/{AppServer.Agreement}/entries?type={type}&limit=1000"))["entries"]!
            .AsArray()
            .Last()!["data"]!;

    private async Task<Visit> SignedInAsync(
        string name,
        string role,
        string path,
        Screen screen = Screen.Desk,
        string language = "en-GB",
        string? party = null
    )
    {
        var visit = await Visit.OpenAsync(server, "/sign-in", screen, language, signedIn: false);
        await SignInAsync(visit, await server.InviteAsync(name, role, party));
        await visit.GoAsync(path);
        return visit;
    }

    /// <summary>As the page behind a link does it.</summary>
    private static async Task SignInAsync(Visit visit, string secret) =>
        (await visit.Profile.APIRequest.PostAsync("/api/v1/sign-in", new() { DataObject = new { secret } }))
            .Status.Should()
            .Be(200);
}
