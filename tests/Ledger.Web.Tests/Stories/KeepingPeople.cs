using System.Text.Json;

namespace Ledger.Web.Tests.Stories;

/// <summary>An administrator gives roles and takes them away, and an auditor sees that it was so.</summary>
public sealed class KeepingPeople(AppServer server) : IClassFixture<AppServer>
{
    [Fact]
    public async Task Leaves_a_trace_that_an_auditor_reads()
    {
        await server.PostAsync(
            "/api/v1/sign-in",
            JsonSerializer.Serialize(new { secret = await server.InviteAsync("Hana", "monitor") })
        );
        await using var visit = await Visit.OpenAsync(server, "/admin/people");
        var hana = visit.Page.Locator("section.card", new() { HasText = "Hana" });
        (
            await visit
                .Page.Locator("section.card", new() { HasText = "Operator" })
                .GetByRole(AriaRole.Button)
                .CountAsync()
        )
            .Should()
            .Be(0, "whoever runs the machine cannot be revoked, and nobody is offered it");

        await hana.GetByText("Give a role").First.ClickAsync();
        await hana.GetByLabel("Role").SelectOptionAsync("reviewer");
        await hana.GetByRole(AriaRole.Button, new() { Name = "Give a role" }).ClickAsync();
        await hana.Locator(".held", new() { HasText = "Reviewer" }).WaitForAsync();
        await hana.Locator(".held", new() { HasText = "Monitor" })
            .GetByRole(AriaRole.Button, new() { Name = "Take away" })
            .ClickAsync();
        await hana.Locator(".held", new() { HasText = "Monitor" })
            .WaitForAsync(new() { State = WaitForSelectorState.Detached });

        await using var auditor = await Visit.OpenAsync(
            server,
            $"/sign-in#{await server.InviteAsync("Ivan", "auditor")}",
            signedIn: false
        );
        await auditor.Page.GetByRole(AriaRole.Button, new() { Name = "Come in" }).ClickAsync();
        await auditor.SeesAsync("You are signed in as Ivan.");
        await auditor.GoAsync("/admin/people");
        var rows = auditor.Page.Locator("tbody tr", new() { HasText = "Hana" });
        await rows.First.WaitForAsync();
        (await rows.AllTextContentsAsync())
            .Should()
            .HaveCount(2)
            .And.Contain(row => row.Contains("Reviewer") && row.Contains("current"))
            .And.Contain(row => row.Contains("Monitor") && row.EndsWith("Operator", StringComparison.Ordinal));
        (await auditor.Page.GetByText("Invite somebody").CountAsync()).Should().Be(0);
    }
}
