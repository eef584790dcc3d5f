namespace Ledger.Web.Tests.Stories;

/// <summary>Entries arrive while an auditor reads.</summary>
public sealed class DeskWatching(AppServer server) : IClassFixture<AppServer>
{
    private const string Replay = $"/a/{AppServer.Agreement}/replay?asOf=2018-11-30";

    [Fact]
    public async Task Nothing_moves_until_they_ask_for_what_is_new()
    {
        await using var visit = await Visit.OpenAsync(server, Replay);
        await visit.Page.Locator(".events li").First.WaitForAsync();
        await visit.SettledAsync();
        var before = await visit.Page.Locator(".replay").InnerTextAsync();
        var place = (await visit.Page.Locator(".replay").BoundingBoxAsync())!.Y;

        await FileAsync();
        await FileAsync();
        await visit.SeesAsync("2 new entries");
        (await visit.Page.Locator(".replay").InnerTextAsync()).Should().Be(before);
        (await visit.Page.Locator(".replay").BoundingBoxAsync())!
            .Y.Should()
            .Be(place, "what is read is not pushed aside either");
        await visit.Page.GetByLabel("Kind").SelectOptionAsync("calm");
        await visit.Page.GetByLabel("Kind").SelectOptionAsync("");
        (await visit.Page.Locator(".replay").InnerTextAsync()).Should().Be(before);

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Show them" }).ClickAsync();
        await visit.Page.Locator(".events", new() { HasTextString = "Qalat al-Test" }).WaitForAsync();
    }

    private Task<string> FileAsync() =>
        server.PostAsync(
            $"/api/v1/agreements/{AppServer.Agreement}/reports",
            $$"""
            {"entryId": "{{Guid.CreateVersion7()}}", "report": {"kind": "shelling", "occurred": "2018-11-29", "place": {"name": "Qalat al-Test"}, "source": {"class": "own-observation"}, "summary": "Two shells"} }
            """
        );
}
