using System.Text.Json.Nodes;
using Monitor = Ledger.Web.Tests.World.Monitor;

namespace Ledger.Web.Tests.Stories;

/// <summary>A monitor reports over bad networks, and knows what became of it.</summary>
public sealed class FieldSending(AppServer server) : IClassFixture<AppServer>
{
    private const string Reports = $"/api/v1/agreements/{AppServer.Agreement}/reports";

    [Fact]
    public async Task A_bombing_filed_offline_is_recorded_once_though_the_answer_is_lost()
    {
        var before = await PositionAsync();
        await using var visit = await Monitor.OnAPhoneAsync(server);
        await visit.Profile.SetOfflineAsync(true);
        await Monitor.BeginAsync(visit.Page);
        await Monitor.FillAsync(visit.Page);
        await visit.Page.ReloadAsync();
        await Monitor.FinishAsync(visit.Page);
        await visit.Page.ReloadAsync();
        await visit.SeesAsync("On this phone");
        var entry = Monitor.EntryOf(visit.Page);

        var sent = new List<string?>();
        await visit.Profile.RouteAsync(
            $"**{Reports}",
            async route =>
            {
                if (route.Request.Method != "POST")
                {
                    await route.ContinueAsync();
                    return;
                }

                sent.Add(route.Request.PostData);
                // The server has stored it when the connection breaks.
                if (sent.Count == 1)
                {
                    await route.FetchAsync();
                    await route.AbortAsync();
                }
                else
                    await route.ContinueAsync();
            }
        );
        await visit.Profile.SetOfflineAsync(false);
        await Monitor.ReceivedAsync(visit.Page);
        sent.Should().HaveCountGreaterThan(1);
        sent.Distinct().Should().ContainSingle("what was finished is frozen");

        (await PositionAsync()).Should().Be(before + 1);
        var report = await server.GetAsync($"/api/v1/reports/{entry}");
        report["position"]!.GetValue<long>().Should().Be(before + 1);
        report["content"]!["kind"]!.GetValue<string>().Should().Be("bombing");
        await visit.SeesAsync("Fingerprint");
        await visit.SeesAsync("Proof");

        // The receipt stays, without a network too.
        await visit.Profile.SetOfflineAsync(true);
        await visit.Page.ReloadAsync();
        await Monitor.ReceivedAsync(visit.Page);
    }

    [Fact]
    public async Task Two_tabs_send_a_report_once()
    {
        var before = await PositionAsync();
        await using var visit = await Monitor.OnAPhoneAsync(server);
        var other = await visit.Profile.NewPageAsync();
        await other.GotoAsync("/field/outbox");
        await other.Locator("h1").WaitForAsync();
        var posts = 0;
        await visit.Profile.RouteAsync(
            $"**{Reports}",
            async route =>
            {
                if (route.Request.Method == "POST")
                    Interlocked.Increment(ref posts);
                await route.ContinueAsync();
            }
        );
        await visit.Profile.SetOfflineAsync(true);
        await Monitor.BeginAsync(visit.Page);
        await Monitor.FillAsync(visit.Page);
        await Monitor.FinishAsync(visit.Page);
        await other.GetByText("On this phone").First.WaitForAsync();
        await visit.Profile.SetOfflineAsync(false);
        await Monitor.ReceivedAsync(visit.Page);
        await other.GetByRole(AriaRole.Heading, new() { Name = "Received" }).WaitForAsync();
        posts.Should().Be(1);
        (await PositionAsync()).Should().Be(before + 1);
    }

    [Fact]
    public async Task A_tab_that_is_closed_while_it_sends_leaves_the_rest_to_another()
    {
        var before = await PositionAsync();
        await using var visit = await Monitor.OnAPhoneAsync(server);
        var other = await visit.Profile.NewPageAsync();
        await other.GotoAsync("/field/outbox");
        await other.Locator("h1").WaitForAsync();
        var asked = new TaskCompletionSource<IPage>(TaskCreationOptions.RunContinuationsAsynchronously);
        await visit.Profile.RouteAsync(
            $"**{Reports}",
            async route =>
            {
                // Whichever tab sends first never hears an answer.
                if (route.Request.Method != "POST" || !asked.TrySetResult(route.Request.Frame.Page))
                    await route.ContinueAsync();
            }
        );
        await Monitor.BeginAsync(visit.Page);
        await Monitor.FillAsync(visit.Page);
        await Monitor.FinishAsync(visit.Page);
        var sender = await asked.Task.WaitAsync(TimeSpan.FromMilliseconds(Chromium.Patience));
        await sender.CloseAsync();
        await (sender == other ? visit.Page : other).GetByText("Received").First.WaitForAsync();
        (await PositionAsync()).Should().Be(before + 1);
    }

    [Fact]
    public async Task A_server_that_restarts_gets_the_report_when_it_is_back()
    {
        await using var visit = await Monitor.OnAPhoneAsync(server);
        await Monitor.BeginAsync(visit.Page);
        await Monitor.FillAsync(visit.Page);
        await server.StopAsync();
        try
        {
            await Monitor.FinishAsync(visit.Page);
            await visit.SeesAsync("On this phone");
        }
        finally
        {
            // The other stories of this class need it too.
            await server.StartAsync();
        }

        await Monitor.ReceivedAsync(visit.Page);
        (await server.GetAsync($"/api/v1/reports/{Monitor.EntryOf(visit.Page)}"))["state"]!
            .GetValue<string>()
            .Should()
            .Be("live");
    }

    [Fact]
    public async Task A_server_that_is_restarted_before_it_answers_gives_the_first_receipt()
    {
        var before = await PositionAsync();
        await using var visit = await Monitor.OnAPhoneAsync(server);
        var first = "";
        await visit.Profile.RouteAsync(
            $"**{Reports}",
            async route =>
            {
                if (route.Request.Method != "POST" || first.Length > 0)
                {
                    await route.ContinueAsync();
                    return;
                }

                first = await (await route.FetchAsync()).TextAsync();
                await server.StopAsync();
                await server.StartAsync();
                await route.AbortAsync();
            }
        );
        await Monitor.BeginAsync(visit.Page);
        await Monitor.FillAsync(visit.Page);
        await Monitor.FinishAsync(visit.Page);
        await Monitor.ReceivedAsync(visit.Page);
        await visit.SeesAsync(JsonNode.Parse(first)!["hash"]!.GetValue<string>());
        (await PositionAsync()).Should().Be(before + 1);
    }

    [Fact]
    public async Task A_refused_report_says_why_and_becomes_a_draft_again()
    {
        await using var visit = await Monitor.OnAPhoneAsync(server);
        await Monitor.BeginAsync(visit.Page);
        await Monitor.FillAsync(visit.Page, "Refused at first.");
        await visit.Profile.RouteAsync(
            $"**{Reports}",
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
        await Monitor.FinishAsync(visit.Page);
        await visit.SeesAsync("Needs attention");
        await visit.SeesAsync("Check the day and the year");
        await visit.Profile.UnrouteAsync($"**{Reports}");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Edit as a new draft" }).ClickAsync();
        (await visit.Page.GetByLabel("One sentence for everybody").InputValueAsync()).Should().Be("Refused at first.");
        await Monitor.FinishAsync(visit.Page);
        await Monitor.ReceivedAsync(visit.Page);
    }

    private async Task<long> PositionAsync() =>
        (await server.GetAsync($"/api/v1/agreements/{AppServer.Agreement}"))["position"]!.GetValue<long>();
}
