using System.Text.RegularExpressions;

namespace Ledger.Web.Tests.World;

/// <summary>Somebody who reports from a phone.</summary>
public static class Monitor
{
    public const string Kind = "Air strike";

    /// <summary>Opens the reporting area and waits until the phone keeps all it needs without a network.</summary>
    public static async Task<Visit> OnAPhoneAsync(AppServer server, string language = "en-GB")
    {
        var visit = await Visit.OpenAsync(server, "/field", Screen.Phone, language);
        await ReadyAsync(visit);
        return visit;
    }

    public static Task ReadyAsync(Visit visit) =>
        visit.Page.Locator(".connection .faint").WaitForAsync(new() { Timeout = Chromium.Patience });

    public static async Task BeginAsync(IPage page, string kind = Kind)
    {
        await page.Locator("button.kind", new() { HasText = kind }).ClickAsync();
        await page.Locator("form.report").WaitForAsync();
    }

    /// <summary>A bombing of yesterday at a place that is found by one of its spellings.</summary>
    public static async Task FillAsync(IPage page, string summary = "Two strikes beside the road.")
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Yesterday" }).ClickAsync();
        await page.GetByLabel("Name of the place").FillAsync("Murak");
        await page.Locator(".offered button").First.ClickAsync();
        await page.GetByLabel("One sentence for everybody").FillAsync(summary);
        await KeptAsync(page);
    }

    /// <summary>Waits until the draft is kept as it stands.</summary>
    public static Task KeptAsync(IPage page) => page.GetByText("Saved on this phone").WaitForAsync();

    public static async Task FinishAsync(IPage page)
    {
        await page.Locator(".bar button.main").ClickAsync();
        await page.Locator("dl.said").WaitForAsync();
        await page.Locator(".bar button.main").ClickAsync();
        try
        {
            await OnReceiptAsync(page);
        }
        catch (PlaywrightException slow)
        {
            // What the page says instead is the first thing to know.
            throw new InvalidOperationException(
                $"{page.Url} says: {await page.Locator("body").InnerTextAsync()}",
                slow
            );
        }
    }

    /// <summary>
    /// Waits for the page of a report. It is asked again and again where it stands: a wait for the way there misses it,
    /// under load, when the page is there between the first look and the beginning of the wait.
    /// </summary>
    public static Task OnReceiptAsync(IPage page) =>
        Assertions
            .Expect(page)
            .ToHaveURLAsync(
                new Regex("/field/outbox/[^/]+$", RegexOptions.None, TimeSpan.FromSeconds(1)),
                new() { Timeout = Chromium.Patience }
            );

    public static Task ReceivedAsync(IPage page) =>
        page.Locator(".receipt").WaitForAsync(new() { Timeout = Chromium.Patience });

    public static string EntryOf(IPage page) => new Uri(page.Url).Segments[^1];
}
