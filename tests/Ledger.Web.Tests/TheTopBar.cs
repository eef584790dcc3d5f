namespace Ledger.Web.Tests;

/// <summary>The bar above every view on a phone, for somebody who may do everything.</summary>
public sealed class TheTopBar(AppServer server) : IClassFixture<AppServer>
{
    /// <summary>Pixels that a finger hits.</summary>
    private const int Finger = 44;

    private const string TooSmall = """
        () => [...document.querySelectorAll('header.top a:not(.skip), header.top button, header.top select, nav.tabs a')].filter(one => one.checkVisibility())
            .map(one => [one, one.getBoundingClientRect()])
            // Tabs are scrolled sideways where they do not fit; the bar is not.
            .filter(([one, box]) => box.width < 43.9 || box.height < 43.9 || (one.closest('header') && (box.left < 0 || box.right > innerWidth + 0.5)))
            .map(([one, box]) => `${one.textContent.trim().slice(0, 20)} ${box.width} x ${box.height}`)
        """;

    public static TheoryData<string, int> Phones =>
        new([
            .. from language in (string[])["en-GB", "ar", "tr", "ru"]
            from width in (int[])[360, 412]
            select (language, width),
        ]);

    [Theory]
    [MemberData(nameof(Phones))]
    public async Task Is_one_row_and_the_rest_a_menu(string language, int width)
    {
        await using var visit = await Visit.OpenAsync(server, "/field", Screen.Phone, language);
        var page = visit.Page;
        await page.SetViewportSizeAsync(width, 800);
        foreach (var path in (string[])["/field", "/admin"])
        {
            await visit.GoAsync(path);
            if (path == "/field")
                await page.Locator("header.top .outbox-mark").WaitForAsync();
            (await page.EvaluateAsync<double>("() => document.querySelector('header.top').offsetHeight"))
                .Should()
                .BeInRange(Finger, 56, "it is one row");
            (await page.EvaluateAsync<string[]>(TooSmall)).Should().BeEmpty();
        }

        var menu = page.Locator("header.top .menu");
        await menu.ClickAsync();
        await page.Locator("header.top .who").WaitForAsync();
        (await page.Locator("header.top .places a").CountAsync()).Should().Be(5);
        (await page.EvaluateAsync<string[]>(TooSmall)).Should().BeEmpty();
        (await Axe.FindingsAsync(page)).Should().BeEmpty();
        await page.ScreenshotAsync(
            new()
            {
                Path = Path.Combine(
                    Directory.CreateDirectory(Checkout.PathOf(".ledger", "screens")).FullName,
                    $"menu-{language[..2]}-{width}.png"
                ),
            }
        );

        await page.Keyboard.PressAsync("Escape");
        await page.Locator("header.top .places").WaitForAsync(new() { State = WaitForSelectorState.Hidden });
        (await menu.EvaluateAsync<bool>("button => button === document.activeElement")).Should().BeTrue();
        await menu.ClickAsync();
        await page.Locator("header.top .places a").First.ClickAsync();
        await page.Locator("button.kind").First.WaitForAsync();
        (await page.Locator("header.top .places").IsVisibleAsync()).Should().BeFalse();
    }
}
