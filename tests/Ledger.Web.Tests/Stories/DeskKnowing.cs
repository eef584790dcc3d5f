namespace Ledger.Web.Tests.Stories;

/// <summary>What was known on a day, and what was not yet known, in sentences.</summary>
public sealed class DeskKnowing(AppServer server) : IClassFixture<AppServer>
{
    [Fact]
    public async Task Says_what_was_not_yet_known_on_that_day()
    {
        await using var visit = await Visit.OpenAsync(server, "/a/idlib-2018/p/p2?asOf=2018-11-26", signedIn: false);
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "What was known on 26 Nov 2018?" }).ClickAsync();
        var knowledge = visit.Page.Locator(".knowledge");
        await Assertions.Expect(knowledge).ToContainTextAsync("On 26 Nov 2018 it was known:");
        new Uri(visit.Page.Url).Query.Should().Contain("saidBy=2018-11-26");

        await visit.GoAsync("/a/idlib-2018?asOf=2018-10-16&knownAt=14");
        await Assertions.Expect(knowledge).ToContainTextAsync("At position 14");
        await Assertions.Expect(knowledge).ToContainTextAsync("It was not yet known:");
        var now = await server.GetAsync("/api/v1/agreements/idlib-2018/verdicts?asOf=2018-10-16");
        var then = await server.GetAsync("/api/v1/agreements/idlib-2018/verdicts?asOf=2018-10-16&knownAt=14");
        var learnt = now["verdicts"]!
            .AsArray()
            .Zip(then["verdicts"]!.AsArray())
            .Where(pair => pair.First!["verdict"]!.ToString() != pair.Second!["verdict"]!.ToString())
            .Select(pair => pair.First!["title"]!["en"]!.ToString())
            .ToArray();
        learnt.Should().NotBeEmpty();
        foreach (var title in learnt)
            await Assertions.Expect(knowledge.Locator("p").Last).ToContainTextAsync(title);
    }

    [Theory]
    [InlineData("en-GB", "What do these mean?", "Counts only what had been reported")]
    [InlineData("ar", "ماذا تعني هذه؟", "لا يُحسب إلا ما أُبلغ عنه")]
    [InlineData("tr", "Bunlar ne demek?", "Yalnızca o günün sonuna dek")]
    [InlineData("ru", "Что это значит?", "Учитывается только то")]
    public async Task Says_what_the_parts_of_a_question_mean(string language, string asked, string said)
    {
        await using var visit = await Visit.OpenAsync(
            server,
            "/a/idlib-2018?asOf=2018-10-16",
            language: language,
            signedIn: false
        );
        var help = visit.Page.Locator("summary", new() { HasText = asked });
        await help.FocusAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(visit.Page.GetByText(said).First).ToBeVisibleAsync();
    }
}
