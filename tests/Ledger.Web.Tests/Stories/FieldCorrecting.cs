using System.Text.Json.Nodes;
using Monitor = Ledger.Web.Tests.World.Monitor;

namespace Ledger.Web.Tests.Stories;

/// <summary>
/// A monitor sets right, answers for and takes back what they reported: with or without a network, and each once.
/// </summary>
public sealed class FieldCorrecting : IAsyncLifetime
{
    /// <summary>Each has its own: a question that another left open would stand above the reports as well.</summary>
    private readonly AppServer _server = new();

    private const string Agreement = $"/api/v1/agreements/{AppServer.Agreement}";
    private const string Question = "Which end of the street was it?";

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_report_that_was_sent_back_is_corrected_offline_and_received_once()
    {
        await using var visit = await Monitor.OnAPhoneAsync(_server);
        var page = visit.Page;
        var report = await FiledAsync(visit, "The narrative stays sealed.");
        var question = await SendBackAsync(report);
        await visit.GoAsync("/field");
        await visit.SeesAsync(Question);

        await visit.Profile.SetOfflineAsync(true);
        await page.ReloadAsync();
        await visit.SeesAsync(Question);
        await page.GetByRole(AriaRole.Button, new() { Name = "Correct it" }).ClickAsync();
        await visit.SeesAsync("both versions stay in the record");
        await page.GetByLabel("One sentence for everybody").FillAsync("Two strikes at the northern end.");
        await page.Locator(".bar button.main").ClickAsync();
        await page.Locator("#part-reason .problem").WaitForAsync();
        await page.GetByLabel("Why").FillAsync("The end of the street is known now.");
        await Monitor.KeptAsync(page);
        await page.ReloadAsync();
        (await page.GetByLabel("Why").InputValueAsync())
            .Should()
            .Be("The end of the street is known now.", "a draft is kept as it is typed");
        await page.Locator(".bar button.main").ClickAsync();
        await page.Locator("dl.said dt.differs").WaitForAsync();
        (await page.Locator("dl.said dt.differs").AllInnerTextsAsync())
            .Should()
            .ContainSingle()
            .Which.Should()
            .StartWith("One sentence for everybody");
        await page.Locator("dl.said del", new() { HasText = "Two strikes beside the road." }).WaitForAsync();
        await page.Locator(".bar button.main").ClickAsync();
        await Monitor.OnReceiptAsync(page);
        await visit.GoAsync("/field");
        await page.Locator(".notice .item", new() { HasText = "Correction: Air strike" }).WaitForAsync();

        var before = await PositionAsync();
        var sent = await page.RunAndWaitForRequestAsync(
            () => visit.Profile.SetOfflineAsync(false),
            request =>
                request.Method == "POST"
                && request.Url.EndsWith($"/reports/{report}/corrections", StringComparison.Ordinal),
            new() { Timeout = Chromium.Patience }
        );
        await page.Locator(".item[data-state=received]", new() { HasText = "Correction: Air strike" })
            .First.WaitForAsync(new() { Timeout = Chromium.Patience });
        (await PositionAsync()).Should().Be(before + 1);

        var body = JsonNode.Parse(sent.PostData!)!["report"]!;
        body["narrative"]!
            .GetValue<string>()
            .Should()
            .Be("The narrative stays sealed.", "this phone still knows what was sealed");
        var whole = await _server.OpenAsync(report);
        whole["content"]!["summary"]!.GetValue<string>().Should().Be("Two strikes at the northern end.");
        whole["corrections"]![0]!["signature"]!["key"]!
            .GetValue<string>()
            .Should()
            .Be(whole["filing"]!["signature"]!["key"]!.GetValue<string>(), "the phone signed both");
        (await QuestionAsync(question))["answer"]!["type"]!.GetValue<string>().Should().Be("report_corrected");
        await page.Locator(".notice.trouble").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        (await Axe.FindingsAsync(page)).Should().BeEmpty();
    }

    [Fact]
    public async Task An_answer_that_is_typed_offline_outlives_a_reload_and_is_received_once()
    {
        await using var visit = await Monitor.OnAPhoneAsync(_server);
        var page = visit.Page;
        var question = await SendBackAsync(await FiledAsync(visit));
        await visit.GoAsync("/field");
        await visit.SeesAsync(Question);

        await visit.Profile.SetOfflineAsync(true);
        await OpenAnswerAsync(page);
        await page.GetByLabel("Your answer").FillAsync("The northern end.");
        await page.ReloadAsync();
        await OpenAnswerAsync(page);
        await Assertions.Expect(page.GetByLabel("Your answer")).ToHaveValueAsync("The northern end.");
        (await Axe.FindingsAsync(page)).Should().BeEmpty();
        await page.GetByRole(AriaRole.Button, new() { Name = "Finish the answer" }).ClickAsync();
        await page.Locator(".notice .item[data-state=phone]").WaitForAsync();

        var before = await PositionAsync();
        await visit.Profile.SetOfflineAsync(false);
        await page.Locator(".item[data-state=received]", new() { HasText = "Answer: Air strike" })
            .First.WaitForAsync(new() { Timeout = Chromium.Patience });
        (await PositionAsync()).Should().Be(before + 1);
        (await QuestionAsync(question))["answer"]!["words"]!.GetValue<string>().Should().Be("The northern end.");
    }

    [Fact]
    public async Task A_report_is_withdrawn_with_a_reason_and_stays_in_the_record()
    {
        await using var visit = await Monitor.OnAPhoneAsync(_server);
        var page = visit.Page;
        var report = await FiledAsync(visit);
        await page.Locator("summary", new() { HasText = "Withdraw it" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Withdraw the report" }).ClickAsync();
        await visit.SeesAsync("Give a reason.");
        await page.GetByLabel("Why").FillAsync("It was thunder.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Withdraw the report" }).ClickAsync();
        await page.Locator("h1", new() { HasText = "Retraction: Air strike" }).WaitForAsync();
        await Monitor.ReceivedAsync(page);
        (await _server.GetAsync($"/api/v1/reports/{report}"))["state"]!.GetValue<string>().Should().Be("retracted");

        await visit.GoAsync($"/field/outbox/{report}");
        await page.Locator(".tag", new() { HasText = "withdrawn" }).First.WaitForAsync();
        (await page.GetByText("Withdraw it").CountAsync()).Should().Be(0, "it is withdrawn already");
        (await Axe.FindingsAsync(page)).Should().BeEmpty();
    }

    [Fact]
    public async Task Another_phone_corrects_it_from_what_the_server_tells()
    {
        await using var first = await Monitor.OnAPhoneAsync(_server);
        var report = await FiledAsync(first, "Only the first phone knows this.");
        await SendBackAsync(report);

        await using var second = await Monitor.OnAPhoneAsync(_server);
        var page = second.Page;
        await page.Locator("article", new() { HasText = Question })
            .GetByRole(AriaRole.Button, new() { Name = "Correct it" })
            .First.ClickAsync();
        await second.SeesAsync("Its sealed parts are not shown here.");
        (await page.GetByLabel("One sentence for everybody").InputValueAsync())
            .Should()
            .Be("Two strikes beside the road.");
        (await page.GetByLabel("What you saw or heard").InputValueAsync()).Should().BeEmpty();
        await page.GetByLabel("Why").FillAsync("Nothing, really.");
        await page.Locator(".bar button.main").ClickAsync();
        await second.SeesAsync("Nothing has changed.");
        (await page.Locator(".bar button.main").IsDisabledAsync()).Should().BeTrue();
    }

    private static async Task OpenAnswerAsync(IPage page) =>
        await page.Locator(".notice summary", new() { HasText = "Answer" }).First.ClickAsync();

    private static async Task<string> FiledAsync(Visit visit, string? narrative = null)
    {
        await Monitor.BeginAsync(visit.Page);
        await Monitor.FillAsync(visit.Page);
        if (narrative is not null)
            await visit.Page.GetByLabel("What you saw or heard").FillAsync(narrative);
        await Monitor.FinishAsync(visit.Page);
        await Monitor.ReceivedAsync(visit.Page);
        return Monitor.EntryOf(visit.Page);
    }

    private async Task<string> SendBackAsync(string report)
    {
        var entry = Guid.CreateVersion7().ToString();
        await _server.PostAsync(
            $"/api/v1/reports/{report}/questions",
            new JsonObject
            {
                ["entryId"] = entry,
                ["question"] = Question,
                ["fields"] = new JsonArray("place"),
            }.ToJsonString()
        );
        return entry;
    }

    private async Task<JsonNode> QuestionAsync(string entry) =>
        (await _server.GetAsync($"{Agreement}/questions"))["questions"]!
            .AsArray()
            .Single(one => one!["entry"]!.GetValue<string>() == entry)!;

    private async Task<long> PositionAsync() => (await _server.GetAsync(Agreement))["position"]!.GetValue<long>();
}
