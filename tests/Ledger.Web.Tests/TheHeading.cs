namespace Ledger.Web.Tests;

/// <summary>Where somebody is who went to another view: for those who hear it, and for histories and tabs.</summary>
public sealed class TheHeading(AppServer server) : IClassFixture<AppServer>
{
    [Fact]
    public async Task Has_the_focus_after_each_step_and_back()
    {
        await using var visit = await Visit.OpenAsync(server, "/a/idlib-2018?asOf=2018-10-16");

        await visit.Page.Locator("nav.tabs a", new() { HasText = "Ledger" }).ClickAsync();
        await FocusedAsync(visit, "ledger");
        await visit.Page.Locator("main a[href*='/ledger/']").First.ClickAsync();
        await FocusedAsync(visit, "position");
        await visit.Page.GoBackAsync();
        await FocusedAsync(visit, "ledger");
    }

    [Fact]
    public async Task Leaves_the_focus_to_whoever_goes_on()
    {
        await using var visit = await Visit.OpenAsync(server, "/a/idlib-2018");
        await visit.Page.Locator("nav.tabs a", new() { HasText = "Ledger" }).ClickAsync();
        await FocusedAsync(visit, "ledger");
        var field = visit.Page.Locator("main input, main select").First;
        await field.FocusAsync();
        await visit.Page.Keyboard.PressAsync("Shift");

        await visit.Page.EvaluateAsync(
            """
            async () => {
                document.querySelector('main h1').append('!')
                await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))
            }
            """
        );

        await Assertions.Expect(field).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Is_in_the_title_with_the_day_and_the_agreement()
    {
        await using var visit = await Visit.OpenAsync(server, "/a/idlib-2018/p/p2?asOf=2018-11-26");
        var agreement = (await server.GetAsync("/api/v1/agreements/idlib-2018"))["title"]!["en"]!.GetValue<string>();
        var provision = (await server.GetAsync("/api/v1/agreements/idlib-2018/verdicts"))["verdicts"]!
            .AsArray()
            .Single(verdict => verdict!["provision"]!.GetValue<string>() == "p2")!["title"]!["en"]!.GetValue<string>();

        (await visit.Page.TitleAsync())
            .Should()
            .Contain(provision)
            .And.Contain("26 Nov 2018")
            .And.EndWith($"{agreement} · Ledger");

        await visit.GoAsync("/field");
        (await visit.Page.TitleAsync()).Should().Be("Ledger", "no list of pages tells what was reported from a phone");
    }

    private static Task FocusedAsync(Visit visit, string words) =>
        visit.Page.WaitForFunctionAsync(
            """
            words => {
                const heading = document.querySelector('main h1')
                return heading?.textContent.toLowerCase().includes(words) && document.activeElement === heading
            }
            """,
            words
        );
}
