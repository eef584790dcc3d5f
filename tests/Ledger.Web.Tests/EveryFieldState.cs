using System.Text.Json.Nodes;
using Monitor = Ledger.Web.Tests.World.Monitor;

namespace Ledger.Web.Tests;

/// <summary>
/// What a monitor sees from the first tap to the receipt, and where something goes wrong: readable, reachable and
/// within the screen.
/// </summary>
public sealed class EveryFieldState(AppServer server) : IClassFixture<AppServer>
{
    private static readonly string Folder = Directory.CreateDirectory(Checkout.PathOf(".ledger", "screens")).FullName;

    public static TheoryData<string, Screen> Views =>
        new()
        {
            { "en-GB", Screen.Phone },
            { "en-GB", Screen.Desk },
            { "ar", Screen.Phone },
            { "ar", Screen.Desk },
        };

    [Theory]
    [MemberData(nameof(Views))]
    public async Task Fits_and_has_no_serious_finding_in_light_and_dark(string language, Screen screen)
    {
        await using var visit = await Visit.OpenAsync(server, "/field", screen, language);
        await Monitor.ReadyAsync(visit);
        var page = visit.Page;
        await SeenAsync("today-empty");
        await page.Locator("button.kind").First.ClickAsync();
        await page.Locator("form.report").WaitForAsync();
        await SeenAsync("kind");
        await page.Locator(".bar button.main").ClickAsync();
        await page.Locator("form.report .notice.trouble").WaitForAsync();
        await SeenAsync("unfinished");

        await page.Locator("#part-when button").Nth(2).ClickAsync();
        foreach (var precision in (string[])["between", "days", "week", "month", "year", "hour", "day"])
        {
            await page.Locator("#part-when select").SelectOptionAsync(precision);
            await PartAsync("when", $"when-{precision}");
        }

        await page.Locator("#part-where input").First.FillAsync("Murak");
        await page.Locator(".offered button").First.WaitForAsync();
        await PartAsync("where", "where-offered");
        await page.Locator(".offered button").First.ClickAsync();
        await PartAsync("where", "where");
        await page.Locator("#part-where summary").ClickAsync();
        await page.Locator("#part-where .map canvas").First.WaitForAsync();
        await PartAsync("where", "where-pin");
        await page.Locator("#part-where summary").ClickAsync();

        await page.Locator("#part-who p.row button").First.ClickAsync();
        await page.Locator("#part-who select").Nth(1).SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await page.Locator("#part-who p.row button").Nth(1).ClickAsync();
        await PartAsync("who", "who");
        await page.Locator("#part-who fieldset").Nth(1).Locator("button").ClickAsync();
        await page.Locator("#part-what .count-line input").First.FillAsync("2");
        await PartAsync("what", "what");
        await page.Locator("#part-what button.plain").ClickAsync();
        await PartAsync("what", "what-all");
        await page.Locator("#part-source select").First.SelectOptionAsync("witness");
        await page.Locator("#part-source input").First.FillAsync("A. B.");
        await PartAsync("source", "source");
        await page.Locator("#part-words textarea")
            .First.FillAsync(language == "ar" ? "غارتان شمال المدينة." : "Two strikes beside the road.");
        await page.Locator("#part-words textarea")
            .Nth(1)
            .FillAsync(language == "ar" ? "سمعت طائرتين." : "I heard two planes.");
        await PartAsync("words", "words");
        await page.Locator("#part-photos input[type=file]")
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = "street.jpg",
                    MimeType = "image/jpeg",
                    Buffer = await Photograph.TakeAsync(page, 400),
                }
            );
        await page.Locator(".photos img").WaitForAsync();
        await PartAsync("photos", "photos");
        await page.Locator(".bar button.plain").ClickAsync();
        await PartAsync("photos", "discard");
        await page.Locator(".bar button").Last.ClickAsync();

        await page.Locator(".bar button.main").ClickAsync();
        await page.Locator("dl.said").WaitForAsync();
        await SeenAsync("check");
        await visit.Profile.SetOfflineAsync(true);
        await page.Locator(".bar button.main").ClickAsync();
        await Monitor.OnReceiptAsync(page);
        await page.Locator("article.photo").WaitForAsync();
        await SeenAsync("finished");
        await visit.Profile.SetOfflineAsync(false);
        await page.Locator(".sent[data-state=received]").WaitForAsync();
        await SeenAsync("received");
        await page.Locator("article.photo").ScrollIntoViewIfNeededAsync();
        await SeenAsync("received-photo");
        await page.Locator("nav.tabs a").Nth(1).ClickAsync();
        await page.Locator("article.item").WaitForAsync();
        await SeenAsync("outbox-received");

        await visit.Profile.RouteAsync(
            "**/reports",
            route =>
                route.Request.Method == "POST"
                    ? route.FulfillAsync(
                        new()
                        {
                            Status = 422,
                            ContentType = "application/problem+json",
                            Body =
                                """{"status":422,"code":"report/occurs-in-the-future","title":"Refused","detail":"It cannot have happened then."}""",
                        }
                    )
                    : route.ContinueAsync()
        );
        await page.Locator("nav.tabs a").First.ClickAsync();
        await page.Locator("button.kind").First.ClickAsync();
        await page.Locator("#part-when button").Nth(2).ClickAsync();
        await Monitor.FinishAsync(page);
        await page.Locator("[role=alert] button.main").WaitForAsync();
        await SeenAsync("attention");
        await page.Locator("[role=alert] button.main").ClickAsync();
        await page.Locator("form.report").WaitForAsync();
        await page.Locator("p.small a").First.ClickAsync();
        await page.Locator("p.line").WaitForAsync();
        await SeenAsync("today-draft");

        async Task PartAsync(string part, string name)
        {
            await page.Locator($"#part-{part}")
                .EvaluateAsync(
                    "part => { document.activeElement.blur(); part.scrollIntoView({ block: 'start', behavior: 'instant' }) }"
                );
            await SeenAsync(name);
        }

        Task SeenAsync(string name) => EveryFieldState.SeenAsync(page, name, language, screen);
    }

    [Theory]
    [MemberData(nameof(Views))]
    public async Task What_comes_after_a_report_does_too(string language, Screen screen)
    {
        await using var visit = await Visit.OpenAsync(server, "/field", screen, language);
        await Monitor.ReadyAsync(visit);
        var page = visit.Page;
        await page.Locator("button.kind").First.ClickAsync();
        await page.Locator("#part-when button").Nth(2).ClickAsync();
        await page.Locator("#part-where input").First.FillAsync("Murak");
        await page.Locator(".offered button").First.ClickAsync();
        await page.Locator("#part-words textarea")
            .First.FillAsync(language == "ar" ? "غارتان شمال المدينة." : "Two strikes beside the road.");
        await Monitor.FinishAsync(page);
        await Monitor.ReceivedAsync(page);
        var report = Monitor.EntryOf(page);
        await page.Locator(".replies summary").ClickAsync();
        await page.Locator(".replies textarea").ScrollIntoViewIfNeededAsync();
        await SeenAsync("withdraw");
        await server.PostAsync(
            $"/api/v1/reports/{report}/questions",
            new JsonObject
            {
                ["entryId"] = Guid.CreateVersion7().ToString(),
                ["question"] = language == "ar" ? "أيّ طرف من الشارع؟" : "Which end of the street was it?",
                ["fields"] = new JsonArray("place", "summary"),
            }.ToJsonString()
        );

        await visit.GoAsync("/field");
        var asked = page.Locator($".notice article:has(a[href$='{report}'])");
        await asked.Locator("summary").ClickAsync();
        await SeenAsync("sent-back");
        await asked.Locator(".replies > button").ClickAsync();
        await page.Locator("#part-reason").WaitForAsync();
        await SeenAsync("correction");
        await page.Locator("#part-words textarea")
            .First.FillAsync(language == "ar" ? "غارتان عند الطرف الشمالي." : "Two strikes at the northern end.");
        await page.Locator("#part-reason textarea")
            .FillAsync(language == "ar" ? "صار الطرف معروفًا." : "The end is known now.");
        await page.Locator("#part-reason")
            .EvaluateAsync(
                "part => { document.activeElement.blur(); part.scrollIntoView({ block: 'start', behavior: 'instant' }) }"
            );
        await SeenAsync("correction-reason");
        await page.Locator(".bar button.main").ClickAsync();
        await page.Locator("dl.said dt.differs").WaitForAsync();
        await SeenAsync("correction-check");
        await visit.Profile.SetOfflineAsync(true);
        await page.Locator(".bar button.main").ClickAsync();
        await Monitor.OnReceiptAsync(page);
        await visit.GoAsync("/field");
        await asked.Locator(".item").WaitForAsync();
        await SeenAsync("correction-waits");
        await visit.Profile.SetOfflineAsync(false);
        await asked.WaitForAsync(new() { State = WaitForSelectorState.Detached, Timeout = Chromium.Patience });
        await visit.GoAsync($"/field/outbox/{report}");
        await page.Locator("main .item[data-state=received]").WaitForAsync();
        await page.Locator("main .item").ScrollIntoViewIfNeededAsync();
        await SeenAsync("corrected");

        Task SeenAsync(string name) => EveryFieldState.SeenAsync(page, name, language, screen);
    }

    private static async Task SeenAsync(IPage page, string name, string language, Screen screen)
    {
        foreach (var scheme in (ColorScheme[])[ColorScheme.Dark, ColorScheme.Light])
        {
            await page.EmulateMediaAsync(new() { ColorScheme = scheme });
            (await Axe.FindingsAsync(page)).Should().BeEmpty($"{name} in {language}, {screen}, {scheme}");
        }

        await page.ScreenshotAsync(
            new() { Path = Path.Combine(Folder, $"report-{name}-{language[..2]}-{screen}.png".ToLowerInvariant()) }
        );
        (
            await page.EvaluateAsync<int>(
                "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
        )
            .Should()
            .BeLessThanOrEqualTo(0, $"{name} does not scroll sideways on a {screen} in {language}");
        if (screen == Screen.Phone)
            (await page.EvaluateAsync<string[]>(TooSmall))
                .Should()
                .BeEmpty($"a thumb hits every button of {name} in {language}");
    }

    /// <summary>Buttons and fields lower than 44 pixels, those apart that nobody sees.</summary>
    private const string TooSmall = """
        () => [...document.querySelectorAll('main button, main select, main input:not([type=checkbox]), main a.button, main label.button, main summary')]
            .filter(part => part.checkVisibility({ visibilityProperty: true }) && !part.classList.contains('visually-hidden') && !part.classList.contains('picker') && part.getBoundingClientRect().height < 44)
            .map(part => `${part.outerHTML.slice(0, 120)}: ${part.getBoundingClientRect().height}`)
        """;
}
