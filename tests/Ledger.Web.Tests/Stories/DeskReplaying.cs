using System.Text.RegularExpressions;

namespace Ledger.Web.Tests.Stories;

/// <summary>An auditor replays the autumn of 2018 under one slider.</summary>
public sealed class DeskReplaying(AppServer server) : IClassFixture<AppServer>
{
    private static readonly Regex Eighth = new(@"(?:^|\D)8 Oct 2018", RegexOptions.None, TimeSpan.FromSeconds(1));

    private const string Replay = $"/a/{AppServer.Agreement}/replay";
    private const string Operations = "No military operations or attacks on Idlib";

    [Fact]
    public async Task Is_told_by_ear_how_many_incidents_and_which_verdicts_changed()
    {
        await using var visit = await Visit.OpenAsync(server, "/a/idlib-2018/replay?asOf=2018-10-14");
        var told = visit.Page.Locator("main .replay p[role=status].visually-hidden");
        await visit.Page.Locator(".strip-row").First.WaitForAsync();
        await Assertions.Expect(told).ToHaveTextAsync("");
        await visit.Page.GetByLabel("Day", new() { Exact = true }).FillAsync("2018-10-16");

        await Assertions.Expect(told).ToContainTextAsync("16 Oct 2018: ", new() { Timeout = Chromium.Patience });
        await Assertions.Expect(told).ToContainTextAsync("up to then");
        await Assertions.Expect(told).ToContainTextAsync(": breached");
    }

    [Fact]
    public async Task Goes_from_the_signature_to_the_joint_patrol_without_asking_the_server_again()
    {
        await using var visit = await Visit.OpenAsync(server, Replay);
        var slider = visit.Page.GetByLabel("Day of the replay");
        await slider.WaitForAsync();
        await visit.SettledAsync();
        await DayIsAsync(visit, "17 Sept 2018");

        var asked = new List<string>();
        visit.Page.Request += (_, request) =>
        {
            if (request.Url.Contains("/api/", StringComparison.Ordinal))
                asked.Add(request.Url);
        };
        await slider.FocusAsync();
        for (var day = 0; day < 52; day++)
            await visit.Page.Keyboard.PressAsync("ArrowRight");
        await DayIsAsync(visit, "8 Nov 2018");
        (await StripAsync(visit, Operations)).Should().Contain("breached");
        await visit.Page.Keyboard.PressAsync("ArrowLeft");
        (await StripAsync(visit, Operations)).Should().Contain("holding");

        await visit.Page.GetByLabel("Day", new() { Exact = true }).FillAsync("2019-03-08");
        await DayIsAsync(visit, "8 Mar 2019");
        (await StripAsync(visit, "Coordinated patrols")).Should().Contain("holding");
        await visit.Page.WaitForFunctionAsync("() => location.search.includes('asOf=2019-03-08')");
        asked.Should().BeEmpty("the slider works on what was loaded once");
    }

    [Fact]
    public async Task Steps_from_change_to_change()
    {
        await using var visit = await Visit.OpenAsync(server, $"{Replay}?asOf=2018-09-17");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Next change" }).ClickAsync();
        await DayIsAsync(visit, "8 Oct 2018");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Next change" }).ClickAsync();
        await Assertions.Expect(visit.Page.Locator("output.day")).Not.ToContainTextAsync(Eighth);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Previous change" }).ClickAsync();
        await DayIsAsync(visit, "8 Oct 2018");
    }

    [Fact]
    public async Task Plays_and_stops_when_somebody_takes_the_slider()
    {
        await using var visit = await Visit.OpenAsync(server, $"{Replay}?asOf=2018-10-01");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Play" }).ClickAsync();
        // Any later day: a busy browser may paint only some of those that pass.
        await visit
            .Page.Locator("output.day")
            .Filter(
                new()
                {
                    HasNotTextRegex = new System.Text.RegularExpressions.Regex(
                        "^1 Oct 2018",
                        System.Text.RegularExpressions.RegexOptions.None,
                        TimeSpan.FromSeconds(1)
                    ),
                }
            )
            .WaitForAsync();
        await visit.Page.GetByLabel("Day of the replay").PressAsync("Home");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Play" }).WaitForAsync();
        await DayIsAsync(visit, "17 Sept 2018");
    }

    [Fact]
    public async Task Marks_what_was_not_known_at_the_time()
    {
        // What happened on the 8th was said on the 9th.
        await using var visit = await Visit.OpenAsync(server, $"{Replay}?asOf=2018-11-08&known=said");
        await visit.SeesAsync("known now: ✗ breached");
        (await StripAsync(visit, Operations)).Should().Contain("holding");

        await visit.Page.GetByLabel("what is known now").CheckAsync();
        await visit.SeesAsync("known then: ● holding");
        await visit.SeesAsync("not known then");
        (await StripAsync(visit, Operations)).Should().Contain("breached");
    }

    [Fact]
    public async Task Filters_by_kind_and_keeps_the_filter_in_the_address()
    {
        await using var visit = await Visit.OpenAsync(server, $"{Replay}?asOf=2018-12-01");
        await visit.Page.GetByLabel("Kind").SelectOptionAsync("bombing");
        await visit.Page.WaitForFunctionAsync("() => location.search.includes('kind=bombing')");
        await visit.Page.Locator(".events li").First.WaitForAsync();
        (await visit.Page.Locator(".events li a").AllTextContentsAsync())
            .Should()
            .OnlyContain(text => text.Contains("Air strike", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Is_the_same_for_a_colleague_who_opens_the_link()
    {
        await using var visit = await Visit.OpenAsync(
            server,
            $"{Replay}?asOf=2018-11-08&known=said&kind=ground-attack"
        );
        await visit.SeesAsync("known now: ✗ breached");
        var pinned = (
            await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Permanent link" }).GetAttributeAsync("href")
        )!;
        pinned
            .Should()
            .Contain("knownAt=")
            .And.Contain("known=said")
            .And.Contain("kind=ground-attack")
            .And.Contain("asOf=2018-11-08");
        var seen = await visit.Page.Locator(".strips").InnerTextAsync();

        await using var colleague = await Visit.OpenAsync(server, pinned);
        await colleague.SeesAsync("known now: ✗ breached");
        (await colleague.Page.Locator(".strips").InnerTextAsync()).Should().Be(seen);
    }

    private static Task DayIsAsync(Visit visit, string day) =>
        visit.Page.Locator("output.day", new() { HasTextString = day }).WaitForAsync();

    private static async Task<string> StripAsync(Visit visit, string provision) =>
        await visit
            .Page.Locator(".strip-row", new() { HasTextString = provision })
            .First.Locator(".spread")
            .InnerTextAsync();
}
