using System.Text.Json.Nodes;
using Monitor = Ledger.Web.Tests.World.Monitor;

namespace Ledger.Web.Tests.Stories;

/// <summary>A monitor reports over bad networks, and knows what became of it.</summary>
public sealed class FieldReporting(AppServer server) : IClassFixture<AppServer>
{
    private const string Reports = $"/api/v1/agreements/{AppServer.Agreement}/reports";

    [Fact]
    public async Task A_bombing_filed_offline_is_recorded_once_though_the_answer_is_lost()
    {
        var before = await PositionAsync();
        await using var visit = await Monitor.OnAPhoneAsync(server);
        await visit.Profile.SetOfflineAsync(true);
        await Monitor.BeginAsync(visit.Page);
        await Monitor.FillAsync(visit.Page);
        await visit.Page.ReloadAsync();
        await Monitor.FinishAsync(visit.Page);
        await visit.Page.ReloadAsync();
        await visit.SeesAsync("On this phone");
        var entry = Monitor.EntryOf(visit.Page);

        var sent = new List<string?>();
        await visit.Profile.RouteAsync($"**{Reports}", async route =>
        {
            if (route.Request.Method != "POST")
            {
                await route.ContinueAsync();
                return;
            }

            sent.Add(route.Request.PostData);
            // The server has stored it when the connection breaks.
            if (sent.Count == 1)
            {
                await route.FetchAsync();
                await route.AbortAsync();
            }
            else
                await route.ContinueAsync();
        });
        await visit.Profile.SetOfflineAsync(false);
        await Monitor.ReceivedAsync(visit.Page);
        sent.Should().HaveCountGreaterThan(1);
        sent.Distinct().Should().ContainSingle("what was finished is frozen");

        (await PositionAsync()).Should().Be(before + 1);
        var report = await server.GetAsync($"/api/v1/reports/{entry}");
        report["position"]!.GetValue<long>().Should().Be(before + 1);
        report["content"]!["kind"]!.GetValue<string>().Should().Be("bombing");
        await visit.SeesAsync("Fingerprint");
        await visit.SeesAsync("Proof");

        // The receipt stays, without a network too.
        await visit.Profile.SetOfflineAsync(true);
        await visit.Page.ReloadAsync();
        await Monitor.ReceivedAsync(visit.Page);
    }

    [Fact]
    public async Task A_report_in_Arabic_takes_Arabic_digits_and_spellings()
    {
        await using var visit = await Monitor.OnAPhoneAsync(server, "ar");
        var page = visit.Page;
        await Monitor.BeginAsync(page, "غارة جوية");
        await page.GetByLabel("بأي دقة").First.SelectOptionAsync("instant");
        await page.GetByLabel("اليوم", new() { Exact = false }).And(page.Locator("input[inputmode=numeric]")).First.FillAsync("٢٨/١١/٢٠١٨");
        await page.GetByLabel("الوقت").FillAsync("١٤:٠٥");
        await page.GetByLabel("اسم المكان").FillAsync("جسر الشغور");
        await page.Locator(".offered button").First.ClickAsync();
        await page.Locator(".count-line input").First.FillAsync("٣");
        await page.GetByLabel("جملة واحدة للجميع").FillAsync("غارتان شمال المدينة.");
        await Monitor.FinishAsync(page);
        await Monitor.ReceivedAsync(page);
        var content = (await server.GetAsync($"/api/v1/reports/{Monitor.EntryOf(page)}"))["content"]!;
        content["occurred"]!["from"]!.GetValue<DateTimeOffset>().Should().Be(new DateTimeOffset(2018, 11, 28, 12, 5, 0, TimeSpan.Zero), "Damascus was two hours ahead that winter");
        content["place"]!["point"]!["lat"]!.GetValue<string>().Should().StartWith("35.8");
        content["summary"]!.GetValue<string>().Should().Be("غارتان شمال المدينة.");
        content["quantities"]!.AsObject().Single().Value!["low"]!.GetValue<int>().Should().Be(3);
    }

    [Fact]
    public async Task Everything_works_by_keyboard()
    {
        await using var visit = await Monitor.OnAPhoneAsync(server);
        var page = visit.Page;
        await PressOnAsync(page, page.Locator("button.kind", new() { HasText = Monitor.Kind }), "Enter");
        await page.Locator("form.report").WaitForAsync();
        await PressOnAsync(page, page.GetByRole(AriaRole.Button, new() { Name = "Yesterday" }), "Space");
        await TabToAsync(page, page.GetByLabel("Name of the place"));
        await page.Keyboard.TypeAsync("Murak");
        await page.Locator(".offered button").First.WaitForAsync();
        await PressOnAsync(page, page.Locator(".offered button").First, "Enter");
        await PressOnAsync(page, page.GetByRole(AriaRole.Button, new() { Name = "Check and finish" }), "Enter");
        await page.Locator("dl.said").WaitForAsync();
        await PressOnAsync(page, page.GetByRole(AriaRole.Button, new() { Name = "Finish", Exact = true }), "Enter");
        await Monitor.ReceivedAsync(page);
    }

    [Fact]
    public async Task Two_tabs_send_a_report_once()
    {
        var before = await PositionAsync();
        await using var visit = await Monitor.OnAPhoneAsync(server);
        var other = await visit.Profile.NewPageAsync();
        await other.GotoAsync("/field/outbox");
        await other.Locator("h1").WaitForAsync();
        var posts = 0;
        await visit.Profile.RouteAsync($"**{Reports}", async route =>
        {
            if (route.Request.Method == "POST")
                Interlocked.Increment(ref posts);
            await route.ContinueAsync();
        });
        await visit.Profile.SetOfflineAsync(true);
        await Monitor.BeginAsync(visit.Page);
        await Monitor.FillAsync(visit.Page);
        await Monitor.FinishAsync(visit.Page);
        await other.GetByText("On this phone").First.WaitForAsync();
        await visit.Profile.SetOfflineAsync(false);
        await Monitor.ReceivedAsync(visit.Page);
        await other.GetByRole(AriaRole.Heading, new() { Name = "Received" }).WaitForAsync();
        posts.Should().Be(1);
        (await PositionAsync()).Should().Be(before + 1);
    }

    [Fact]
    public async Task A_tab_that_is_closed_while_it_sends_leaves_the_rest_to_another()
    {
        var before = await PositionAsync();
        await using var visit = await Monitor.OnAPhoneAsync(server);
        var other = await visit.Profile.NewPageAsync();
        await other.GotoAsync("/field/outbox");
        await other.Locator("h1").WaitForAsync();
        var asked = new TaskCompletionSource<IPage>(TaskCreationOptions.RunContinuationsAsynchronously);
        await visit.Profile.RouteAsync($"**{Reports}", async route =>
        {
            // Whichever tab sends first never hears an answer.
            if (route.Request.Method != "POST" || !asked.TrySetResult(route.Request.Frame.Page))
                await route.ContinueAsync();
        });
        await Monitor.BeginAsync(visit.Page);
        await Monitor.FillAsync(visit.Page);
        await Monitor.FinishAsync(visit.Page);
        var sender = await asked.Task.WaitAsync(TimeSpan.FromMinutes(1));
        await sender.CloseAsync();
        await (sender == other ? visit.Page : other).GetByText("Received").First.WaitForAsync();
        (await PositionAsync()).Should().Be(before + 1);
    }

    [Fact]
    public async Task What_one_person_and_one_source_said_is_sent_under_the_same_handles()
    {
        await using var visit = await Monitor.OnAPhoneAsync(server);
        var (first, second, third) = (await HandlesAsync("A. B."), await HandlesAsync("A. B."), await HandlesAsync("C. D."));
        second.ToJsonString().Should().Be(first.ToJsonString());
        third["reporter"]!.GetValue<string>().Should().Be(first["reporter"]!.GetValue<string>());
        third["source"]!.GetValue<string>().Should().NotBe(first["source"]!.GetValue<string>());

        async Task<JsonNode> HandlesAsync(string source)
        {
            await visit.GoAsync("/field");
            await Monitor.BeginAsync(visit.Page);
            await Monitor.FillAsync(visit.Page);
            await visit.Page.Locator("#part-source select").First.SelectOptionAsync("witness");
            await visit.Page.GetByLabel("Name of the source").FillAsync(source);
            var sent = await visit.Page.RunAndWaitForRequestAsync(() => Monitor.FinishAsync(visit.Page), request => request.Method == "POST" && request.Url.EndsWith(Reports, StringComparison.Ordinal));
            await Monitor.ReceivedAsync(visit.Page);
            return JsonNode.Parse(sent.PostData!)!["report"]!["handles"]!;
        }
    }

    [Fact]
    public async Task A_time_that_is_not_known_exactly_is_filed_as_it_is_known()
    {
        await using var visit = await Monitor.OnAPhoneAsync(server);
        var page = visit.Page;
        await Monitor.BeginAsync(page);
        await Monitor.FillAsync(page);
        await page.Locator("#part-when select").SelectOptionAsync("between");
        await page.Locator("#part-when input[inputmode=numeric]").First.FillAsync("28.11.2018");
        await page.GetByLabel("Earliest").FillAsync("23:30");
        await page.GetByLabel("Latest").FillAsync("1:15");
        await visit.SeesAsync("28 Nov 2018, 23:30 – 29 Nov 2018, 01:15");
        await Monitor.FinishAsync(page);
        await Monitor.ReceivedAsync(page);
        var occurred = (await server.GetAsync($"/api/v1/reports/{Monitor.EntryOf(page)}"))["content"]!["occurred"]!;
        occurred["from"]!.GetValue<DateTimeOffset>().Should().Be(new DateTimeOffset(2018, 11, 28, 21, 30, 0, TimeSpan.Zero));
        occurred["until"]!.GetValue<DateTimeOffset>().Should().Be(new DateTimeOffset(2018, 11, 28, 23, 15, 0, TimeSpan.Zero));
        await visit.SeesAsync("28 Nov 2018, 23:30 – 29 Nov 2018, 01:15");
    }

    [Fact]
    public async Task A_server_that_restarts_gets_the_report_when_it_is_back()
    {
        await using var visit = await Monitor.OnAPhoneAsync(server);
        await Monitor.BeginAsync(visit.Page);
        await Monitor.FillAsync(visit.Page);
        await server.StopAsync();
        try
        {
            await Monitor.FinishAsync(visit.Page);
            await visit.SeesAsync("On this phone");
        }
        finally
        {
            // The other stories of this class need it too.
            await server.StartAsync();
        }

        await Monitor.ReceivedAsync(visit.Page);
        (await server.GetAsync($"/api/v1/reports/{Monitor.EntryOf(visit.Page)}"))["state"]!.GetValue<string>().Should().Be("live");
    }

    [Fact]
    public async Task A_server_that_is_restarted_before_it_answers_gives_the_first_receipt()
    {
        var before = await PositionAsync();
        await using var visit = await Monitor.OnAPhoneAsync(server);
        var first = "";
        await visit.Profile.RouteAsync($"**{Reports}", async route =>
        {
            if (route.Request.Method != "POST" || first.Length > 0)
            {
                await route.ContinueAsync();
                return;
            }

            first = await (await route.FetchAsync()).TextAsync();
            await server.StopAsync();
            await server.StartAsync();
            await route.AbortAsync();
        });
        await Monitor.BeginAsync(visit.Page);
        await Monitor.FillAsync(visit.Page);
        await Monitor.FinishAsync(visit.Page);
        await Monitor.ReceivedAsync(visit.Page);
        await visit.SeesAsync(JsonNode.Parse(first)!["hash"]!.GetValue<string>());
        (await PositionAsync()).Should().Be(before + 1);
    }

    [Fact]
    public async Task A_wrong_clock_is_named_and_set_right_in_what_is_filed()
    {
        await using var visit = await Monitor.OnAPhoneAsync(server);
        await visit.Profile.Clock.SetSystemTimeAsync(DateTime.UtcNow.AddHours(3));
        await visit.GoAsync("/field");
        await visit.SeesAsync("minutes fast");
        await Monitor.BeginAsync(visit.Page);
        await Monitor.FillAsync(visit.Page);
        await Monitor.FinishAsync(visit.Page);
        await Monitor.ReceivedAsync(visit.Page);
        await visit.SeesAsync("was off by");
        var report = await server.GetAsync($"/api/v1/reports/{Monitor.EntryOf(visit.Page)}");
        (Time(report, "recordedAt") - Time(report, "saidAt")).Should().BeGreaterThanOrEqualTo(TimeSpan.Zero).And.BeLessThan(TimeSpan.FromMinutes(2));

        static DateTimeOffset Time(JsonNode report, string name) => report[name]!.GetValue<DateTimeOffset>();
    }

    [Fact]
    public async Task A_refused_report_says_why_and_becomes_a_draft_again()
    {
        await using var visit = await Monitor.OnAPhoneAsync(server);
        await Monitor.BeginAsync(visit.Page);
        await Monitor.FillAsync(visit.Page, "Refused at first.");
        await visit.Profile.RouteAsync($"**{Reports}", route => route.Request.Method == "POST"
            ? route.FulfillAsync(new() { Status = 422, ContentType = "application/problem+json", Body = """{"status":422,"code":"report/occurs-in-the-future","title":"Refused","detail":"It cannot have happened then."}""" })
            : route.ContinueAsync());
        await Monitor.FinishAsync(visit.Page);
        await visit.SeesAsync("Needs attention");
        await visit.SeesAsync("Check the day and the year");
        await visit.Profile.UnrouteAsync($"**{Reports}");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Edit as a new draft" }).ClickAsync();
        (await visit.Page.GetByLabel("One sentence for everybody").InputValueAsync()).Should().Be("Refused at first.");
        await Monitor.FinishAsync(visit.Page);
        await Monitor.ReceivedAsync(visit.Page);
    }

    private static async Task PressOnAsync(IPage page, ILocator target, string key)
    {
        await TabToAsync(page, target);
        await page.Keyboard.PressAsync(key);
    }

    /// <summary>Goes on with the tabulator until the target has the focus, as somebody without a pointer does.</summary>
    private static async Task TabToAsync(IPage page, ILocator target)
    {
        await target.WaitForAsync();
        for (var presses = 0; presses < 120; presses++)
        {
            if (await target.EvaluateAsync<bool>("element => element === document.activeElement"))
                return;
            await page.Keyboard.PressAsync("Tab");
        }

        throw new InvalidOperationException($"{target} cannot be reached by keyboard.");
    }

    private async Task<long> PositionAsync() => (await server.GetAsync($"/api/v1/agreements/{AppServer.Agreement}"))["position"]!.GetValue<long>();
}
