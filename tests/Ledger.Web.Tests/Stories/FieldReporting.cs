using System.Text.Json.Nodes;
using Monitor = Ledger.Web.Tests.World.Monitor;

namespace Ledger.Web.Tests.Stories;

/// <summary>A monitor says what happened, in their language and no more exactly than they know it.</summary>
public sealed class FieldReporting(AppServer server) : IClassFixture<AppServer>
{
    private const string Reports = $"/api/v1/agreements/{AppServer.Agreement}/reports";

    [Fact]
    public async Task A_report_in_Arabic_takes_Arabic_digits_and_spellings()
    {
        await using var visit = await Monitor.OnAPhoneAsync(server, "ar");
        var page = visit.Page;
        await Monitor.BeginAsync(page, "غارة جوية");
        await page.GetByLabel("بأي دقة").First.SelectOptionAsync("instant");
        await page.GetByLabel("اليوم", new() { Exact = false })
            .And(page.Locator("input[inputmode=numeric]"))
            .First.FillAsync("٢٨/١١/٢٠١٨");
        await page.GetByLabel("الوقت").FillAsync("١٤:٠٥");
        await page.GetByLabel("اسم المكان").FillAsync("جسر الشغور");
        await page.Locator(".offered button").First.ClickAsync();
        await page.Locator(".count-line input").First.FillAsync("٣");
        await page.GetByLabel("جملة واحدة للجميع").FillAsync("غارتان شمال المدينة.");
        await Monitor.FinishAsync(page);
        await Monitor.ReceivedAsync(page);
        var content = (await server.GetAsync($"/api/v1/reports/{Monitor.EntryOf(page)}"))["content"]!;
        content["occurred"]!["from"]!
            .GetValue<DateTimeOffset>()
            .Should()
            .Be(new DateTimeOffset(2018, 11, 28, 12, 5, 0, TimeSpan.Zero), "Damascus was two hours ahead that winter");
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
    public async Task What_one_person_and_one_source_said_is_sent_under_the_same_handles()
    {
        await using var visit = await Monitor.OnAPhoneAsync(server);
        var (first, second, third) = (
            await HandlesAsync("A. B."),
            await HandlesAsync("A. B."),
            await HandlesAsync("C. D.")
        );
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
            var sent = await visit.Page.RunAndWaitForRequestAsync(
                () => Monitor.FinishAsync(visit.Page),
                request => request.Method == "POST" && request.Url.EndsWith(Reports, StringComparison.Ordinal)
            );
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
        occurred["from"]!
            .GetValue<DateTimeOffset>()
            .Should()
            .Be(new DateTimeOffset(2018, 11, 28, 21, 30, 0, TimeSpan.Zero));
        occurred["until"]!
            .GetValue<DateTimeOffset>()
            .Should()
            .Be(new DateTimeOffset(2018, 11, 28, 23, 15, 0, TimeSpan.Zero));
        await visit.SeesAsync("28 Nov 2018, 23:30 – 29 Nov 2018, 01:15");
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
        (Time(report, "recordedAt") - Time(report, "saidAt"))
            .Should()
            .BeGreaterThanOrEqualTo(TimeSpan.Zero)
            .And.BeLessThan(TimeSpan.FromMinutes(2));

        static DateTimeOffset Time(JsonNode report, string name) => report[name]!.GetValue<DateTimeOffset>();
    }

    private static async Task PressOnAsync(IPage page, ILocator target, string key)
    {
        await TabToAsync(page, target);
        await page.Keyboard.PressAsync(key);
    }

    /// <summary>
    /// Goes on with the tabulator until the target has the focus, as somebody without a pointer does.
    /// </summary>
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
}
