using System.Net.Http.Headers;
using System.Security.Cryptography;

namespace Ledger.Web.Tests.Stories;

/// <summary>Whoever decides about a report sees its photographs, and only those that the ledger names.</summary>
public sealed class DeskPictures(AppServer server) : IClassFixture<AppServer>
{
    private const string First = "01674304-1400-7d16-9497-d3e608843727";
    private const string Second = "01674304-1400-747f-8873-eec87b1b7c56";

    private static readonly string Folder = Directory.CreateDirectory(Checkout.PathOf(".ledger", "screens")).FullName;

    [Fact]
    public async Task Are_seen_beside_each_other_with_their_hashes_and_larger()
    {
        await using var visit = await Visit.OpenAsync(server, "/");
        var one = await AttachAsync(First, visit);
        var other = await AttachAsync(First, visit);
        var third = await AttachAsync(Second, visit);
        await visit.GoAsync($"/review/{AppServer.Agreement}/{First}?with={Second}");
        var rows = visit.Page.Locator(".pictures-of");
        await rows.Nth(0).GetByRole(AriaRole.Button, new() { Name = "Show the photographs (2)" }).ClickAsync();
        await rows.Nth(1).GetByRole(AriaRole.Button, new() { Name = "Show the photographs (1)" }).ClickAsync();
        await Assertions.Expect(visit.Page.Locator(".pictures figcaption")).ToHaveCountAsync(3);
        await visit.Page.WaitForFunctionAsync(
            "() => [...document.querySelectorAll('.pictures img')].every(image => image.complete && image.naturalWidth > 0)"
        );
        (await visit.Page.Locator(".pictures figcaption code").AllInnerTextsAsync())
            .Should()
            .Equal(one[..12], other[..12], third[..12]);
        await LookedAtAsync(visit, "pictures");

        await rows.Nth(0).Locator("button.picture").First.ClickAsync();
        var larger = visit.Page.Locator("dialog.zoomed");
        await Assertions.Expect(larger).ToContainTextAsync(one);
        await larger.GetByRole(AriaRole.Button, new() { Name = "Zoom in" }).ClickAsync();
        await Assertions.Expect(larger.Locator("img.zoom-2")).ToHaveCountAsync(1);
        await larger.GetByRole(AriaRole.Button, new() { Name = "Next" }).ClickAsync();
        await Assertions.Expect(larger).ToContainTextAsync(other);
        await Assertions.Expect(larger.Locator("img.zoom-1")).ToHaveCountAsync(1);
        await LookedAtAsync(visit, "picture-larger");
        await visit.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(larger).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_changed_one_is_not_shown()
    {
        const string report = "016719d1-3400-7734-b1f0-805709381e29";
        await using var visit = await Visit.OpenAsync(server, "/", Screen.Phone, "ar");
        var digest = await AttachAsync(report, visit);
        await File.WriteAllBytesAsync(
            Path.Combine(server.Evidence, AppServer.Agreement, digest[..2], digest[2..4], digest),
            await Photograph.TakeAsync(visit.Page)
        );
        await visit.GoAsync($"/a/{AppServer.Agreement}/incident/{report}");
        await visit.Page.Locator(".pictures-of button").ClickAsync();
        await Assertions.Expect(visit.Page.Locator(".pictures-of .broken")).ToContainTextAsync(digest);
        (await visit.Page.Locator(".pictures img").CountAsync()).Should().Be(0);
        await LookedAtAsync(visit, "picture-changed-ar-phone");
    }

    [Fact]
    public async Task Are_not_shown_to_strangers()
    {
        const string report = "01674304-1400-7a51-96f2-1d5c8ba008bf";
        await using var visit = await Visit.OpenAsync(server, "/", signedIn: false);
        await AttachAsync(report, visit);
        await visit.GoAsync($"/a/{AppServer.Agreement}/incident/{report}");
        await visit.Page.Locator(".pictures-of button").First.ClickAsync();
        await visit.SeesAsync("or you may not see it");
        (await visit.Page.Locator(".pictures img").CountAsync()).Should().Be(0);
    }

    private static async Task LookedAtAsync(Visit visit, string name)
    {
        // Pictures come from memory, of which the browser tells no end.
        await visit.Page.WaitForFunctionAsync("() => [...document.images].every(image => image.complete)");
        await visit.Page.ScreenshotAsync(new() { Path = Path.Combine(Folder, $"{name}.png") });
        (await Axe.FindingsAsync(visit.Page)).Should().BeEmpty(name);
    }

    /// <summary>Attaches a photograph that a browser draws, and gives its digest.</summary>
    private async Task<string> AttachAsync(string report, Visit visit)
    {
        var bytes = await Photograph.TakeAsync(visit.Page);
        var digest = Convert.ToHexStringLower(SHA256.HashData(bytes));
        using var content = new ByteArrayContent(bytes)
        {
            Headers = { ContentType = new MediaTypeHeaderValue("image/jpeg") },
        };
        (await server.Http.PutAsync($"/api/v1/reports/{report}/evidence/{digest}", content)).EnsureSuccessStatusCode();
        await server.PostAsync(
            $"/api/v1/reports/{report}/evidence",
            $$"""{"entryId": "{{Guid.CreateVersion7()}}", "sha256": "{{digest}}", "mediaType": "image/jpeg", "size": {{bytes.Length}}}"""
        );
        return digest;
    }
}
