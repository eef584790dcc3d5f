using Ledger.Testing;

namespace Ledger.Web.Tests.Stories;

/// <summary>An auditor who trusts nobody checks the record in their own browser.</summary>
public sealed class DeskVerifying(AppServer server) : IClassFixture<AppServer>
{
    private const string Integrity = $"/a/{AppServer.Agreement}/integrity";

    [Fact]
    public async Task Finds_the_record_whole_then_names_the_entry_that_somebody_changed()
    {
        await using var visit = await Visit.OpenAsync(server, Integrity);
        await VerifyAsync(visit);
        await visit.SeesAsync("The record is what was signed.");
        await visit.SeesAsync("The signature is by the key of the log.");

        await VerifyAsync(visit);
        await visit.SeesAsync("The log continues the 108 entries that this browser saw before.");

        await TamperAsync(
            "update ledger.ledger_entry set bytes = convert_to(replace(convert_from(bytes, 'UTF8'), 'bombing', 'shelling'), 'UTF8') where position = 5"
        );
        await VerifyAsync(visit);
        await visit.SeesAsync("The record is not what was signed.");
        await visit.Page.ScreenshotAsync(
            new() { Path = Checkout.PathOf(".ledger", "screens", "tampered-en-desk.png"), FullPage = true }
        );
        (await visit.Page.Locator("#verify").InnerTextAsync())
            .Should()
            .Contain("Position 5")
            .And.Contain("its bytes do not have the hash that was signed");

        await visit.GoAsync($"/a/{AppServer.Agreement}/ledger/5");
        await visit.SeesAsync("These bytes do not lead to the signed root");

        // Whoever also changes the hash has a tree that was never signed.
        await TamperAsync(
            "update ledger.ledger_entry set leaf_hash = sha256('\\x00'::bytea || bytes) where position = 5"
        );
        await visit.GoAsync(Integrity);
        await VerifyAsync(visit);
        await visit.SeesAsync("The record is not what was signed.");
        await visit.SeesAsync("The root of these entries is not the signed one.");
    }

    private static async Task VerifyAsync(Visit visit)
    {
        var button = visit.Page.GetByRole(AriaRole.Button, new() { Name = "Verify now in this browser" });
        await button.ClickAsync();
        await visit.Page.Locator("#verify .checks").WaitForAsync();
    }

    private Task TamperAsync(string sql) =>
        TestDatabase.ExecuteAsync(server.Connection, $"set session_replication_role = replica; {sql}");
}
