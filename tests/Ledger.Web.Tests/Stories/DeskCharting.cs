namespace Ledger.Web.Tests.Stories;

/// <summary>Charts count in whole numbers, and their days are read in the direction of the language.</summary>
public sealed class DeskCharting(AppServer server) : IClassFixture<AppServer>
{
    [Theory]
    [InlineData("en-GB", Screen.Desk)]
    [InlineData("ar", Screen.Desk)]
    [InlineData("ar", Screen.Phone)]
    public async Task Counts_are_whole_and_days_in_order(string language, Screen screen)
    {
        await using var visit = await Visit.OpenAsync(server, "/a/idlib-2018/charts?asOf=2019-03-08", screen, language);
        var page = visit.Page;
        await page.Locator(".chart .day").First.WaitForAsync();
        var counts = await page.EvaluateAsync<string[]>(
            "() => [...document.querySelectorAll('.chart text:not(.day)')].map(text => text.textContent)"
        );
        counts.Should().NotBeEmpty().And.NotContain(count => count.Contains('.') || count.Contains('٫'));
        // Where the first and the last character of a day stand, and where its text begins to the left.
        var days = await page.EvaluateAsync<double[][]>(
            """
            () => [...document.querySelector('.chart:has(.day)').querySelectorAll('.day')].map(day =>
                [day.getStartPositionOfChar(0).x, day.getStartPositionOfChar(day.getNumberOfChars() - 1).x, day.getBBox().x, Number(day.getAttribute('x'))])
            """
        );
        days.Should()
            .HaveCountGreaterThan(1)
            .And.OnlyContain(
                day => language == "ar" ? day[0] > day[1] : day[0] < day[1],
                "a day is read from its own side"
            );
        days.Should().OnlyContain(day => Math.Abs(day[2] - day[3]) < 3, "it begins under its bar");
        days.Select(day => day[2]).Should().BeInAscendingOrder("time runs to the right");
        await page.ScreenshotAsync(
            new()
            {
                Path = Path.Combine(
                    Directory.CreateDirectory(Checkout.PathOf(".ledger", "screens")).FullName,
                    $"charting-{language[..2]}-{screen}.png".ToLowerInvariant()
                ),
            }
        );
    }
}
