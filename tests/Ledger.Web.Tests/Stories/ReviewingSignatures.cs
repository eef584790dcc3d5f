using Monitor = Ledger.Web.Tests.World.Monitor;

namespace Ledger.Web.Tests.Stories;

/// <summary>A reviewer asks whose device signed a report.</summary>
public sealed class ReviewingSignatures(AppServer server) : IClassFixture<AppServer>
{
    private const string Unsigned = "01674304-1400-7d16-9497-d3e608843727";

    [Fact]
    public async Task Who_gives_a_reason_sees_whether_the_phone_that_signed_was_known()
    {
        await using var phone = await Monitor.OnAPhoneAsync(server);
        await Monitor.BeginAsync(phone.Page);
        await Monitor.FillAsync(phone.Page);
        await Monitor.FinishAsync(phone.Page);
        await Monitor.ReceivedAsync(phone.Page);
        var id = Monitor.EntryOf(phone.Page);

        await using var review = await Visit.OpenAsync(server, $"/review/{AppServer.Agreement}/{id}");
        await review.Page.Locator("summary", new() { HasText = "Signed on a device" }).ClickAsync();
        await review.Page.Locator("details[open]").GetByLabel("Reason").FillAsync("Was it a phone of ours?");
        (await Axe.FindingsAsync(review.Page)).Should().BeEmpty();
        await review.Page.GetByRole(AriaRole.Button, new() { Name = "Open the signature" }).ClickAsync();
        await review.Page.Locator(".signed").WaitForAsync();
        var standing = (await server.OpenAsync(id))["filing"]!["signature"]!["standing"]!.GetValue<string>();
        standing.Should().Be("unknown", "this phone was never enrolled");
        (await review.Page.Locator($".signed.{standing}").InnerTextAsync()).Should().Contain("was not known");
        await review.Page.ScreenshotAsync(
            new()
            {
                FullPage = true,
                Path = Path.Combine(
                    Directory.CreateDirectory(Checkout.PathOf(".ledger", "screens")).FullName,
                    "review-signed.png"
                ),
            }
        );
    }

    [Fact]
    public async Task What_nobody_signed_says_nothing_of_a_signature()
    {
        await using var review = await Visit.OpenAsync(server, $"/review/{AppServer.Agreement}/{Unsigned}");
        await review.SeesAsync("What was recorded about it");
        (await review.Page.GetByText("Signed on a device").CountAsync()).Should().Be(0);
    }
}
