using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.Testing;
using Monitor = Ledger.Web.Tests.World.Monitor;

namespace Ledger.Web.Tests.Stories;

/// <summary>Somebody who was invited comes in, makes a device theirs, and loses it.</summary>
public sealed class ComingIn(AppServer server) : IClassFixture<AppServer>
{
    [Fact]
    public async Task With_a_link_once_and_later_with_a_passkey()
    {
        var secret = await server.InviteAsync("Amal", "monitor");
        await using var visit = await StrangerAsync($"/sign-in#{secret}");
        await AuthenticatorAsync(visit);
        new Uri(visit.Page.Url).Fragment.Should().BeEmpty("the secret leaves the address bar before anything else");
        (await visit.Page.EvaluateAsync<int>("() => history.length")).Should().BeLessThanOrEqualTo(2);

        await ComeInAsync(visit.Page);
        await visit.SeesAsync("You are signed in as Amal.");
        await LookedAtAsync(visit.Page, "came-in");
        await visit.Page.GetByLabel("What you call this device").FillAsync("Amal's phone");
        await ButtonAsync(visit.Page, "Enrol this device");
        await visit.SeesAsync("This device is enrolled.");
        await ButtonAsync(visit.Page, "Make a passkey");
        await visit.SeesAsync("The passkey is made.");
        var device = (await MeAsync(visit))["device"]!.GetValue<string>();

        await visit.GoAsync("/account");
        await LookedAtAsync(visit.Page, "account-with-device");
        await visit.SeesAsync("Monitor · idlib-2018");
        await visit.Page.Locator("main").GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await visit.SeesAsync("Nobody is signed in here.");
        (await MeAsync(visit))["person"].Should().BeNull();

        await visit.GoAsync("/sign-in");
        await ButtonAsync(visit.Page, "Sign in with a passkey");
        await visit.SeesAsync("You are signed in as Amal.");
        var me = await MeAsync(visit);
        (me["how"]!.GetValue<string>(), me["device"]!.GetValue<string>())
            .Should()
            .Be(("passkey", device), "the device was recognised by its key");

        await visit.GoAsync("/account");
        var passkeys = visit.Page.Locator("ul.plain-list li").Filter(new() { HasText = "last used" });
        (await passkeys.TextContentAsync()).Should().Contain("Amal's phone").And.Contain("last used");
        await passkeys.GetByRole(AriaRole.Button).ClickAsync();
        await visit.SeesAsync("You have no passkey.");
    }

    [Fact]
    public async Task Is_told_plainly_why_a_link_does_not_work()
    {
        var used = await server.InviteAsync("Badr", "monitor");
        await server.PostAsync("/api/v1/sign-in", JsonSerializer.Serialize(new { secret = used }));
        var expired = await server.InviteAsync("Dina", "monitor");
        await TestDatabase.ExecuteAsync(
            server.Connection,
            "update ledger.invitation set expires_at = now() - interval '1 minute' where name = 'Dina'"
        );

        foreach (
            var (secret, words) in ((string, string)[])
                [
                    (used, "This link was used already"),
                    (expired, "This link has expired"),
                    (expired[..30], "This link is not known here"),
                ]
        )
        {
            await using var visit = await StrangerAsync($"/sign-in#{secret}");
            await ComeInAsync(visit.Page);
            (await visit.Page.GetByRole(AriaRole.Alert).TextContentAsync()).Should().Contain(words);
            await visit.SeesAsync("Ask an administrator of your agreement for a new link.");
            await LookedAtAsync(visit.Page, "refused");
            (await MeAsync(visit))["person"].Should().BeNull();
        }

        await using var russian = await StrangerAsync($"/sign-in#{expired}", "ru");
        await russian.Page.Locator("form.act button.main").ClickAsync();
        await russian.SeesAsync("Срок этой ссылки истёк.");
        await LookedAtAsync(russian.Page, "refused-ru");
    }

    [Fact]
    public async Task Opens_a_second_link_in_the_same_window()
    {
        await using var visit = await StrangerAsync("/sign-in");
        await visit.SeesAsync("No account yet?");
        var secret = await server.InviteAsync("Emre", "auditor");

        await visit.Page.EvaluateAsync("secret => { location.hash = secret }", secret);
        await ComeInAsync(visit.Page);

        await visit.SeesAsync("You are signed in as Emre.");
        new Uri(visit.Page.Url).Fragment.Should().BeEmpty();
    }

    [Fact]
    public async Task Is_offered_the_way_through_a_provider_where_one_is_set()
    {
        // Nobody has to answer there before somebody goes that way.
        await using var provided = new AppServer
        {
            Also = ["--LEDGER_OPENID_AUTHORITY=http://127.0.0.1:9", "--LEDGER_OPENID_CLIENT=ledger"],
        };
        await provided.InitializeAsync();
        await using var visit = await Visit.OpenAsync(provided, "/sign-in", signedIn: false);
        await using var without = await Visit.OpenAsync(server, "/sign-in", signedIn: false);

        var way = new PageGetByRoleOptions { Name = "Sign in with your organisation" };
        (await visit.Page.GetByRole(AriaRole.Link, way).GetAttributeAsync("href")).Should().Be("/sign-in-elsewhere");
        (await without.Page.GetByRole(AriaRole.Link, way).CountAsync()).Should().Be(0);
    }

    [Fact]
    public async Task Says_that_a_number_is_no_name_for_a_passkey()
    {
        await using var visit = await Visit.OpenAsync(server, "/sign-in", Screen.Phone, signedIn: false);

        (await visit.Page.GetByRole(AriaRole.Link, new() { Name = "http://localhost:" }).GetAttributeAsync("href"))
            .Should()
            .Be(server.Named);
    }

    [Fact]
    public async Task Revokes_a_lost_phone_and_starts_anew_on_one_that_was_found_again()
    {
        var secret = await server.InviteAsync("Fidan", "monitor");
        await using var phone = await StrangerAsync($"/sign-in#{secret}");
        await ComeInAsync(phone.Page);
        await ButtonAsync(phone.Page, "Enrol this device");
        await phone.SeesAsync("This device is enrolled.");
        var person = (await MeAsync(phone))["person"]!["id"]!.GetValue<string>();

        async Task<string> LinkAsync() =>
            new Uri(
                JsonNode.Parse(await server.PostAsync($"/api/v1/people/{person}/links", "{}"))![
                    "link"
                ]!.GetValue<string>()
            ).Fragment[1..];
        await using var desk = await StrangerAsync($"/sign-in#{await LinkAsync()}");
        await ComeInAsync(desk.Page);
        await desk.SeesAsync("You are signed in as Fidan.");
        await desk.GoAsync("/account");
        await ButtonAsync(desk.Page, "Lost it? Revoke it");
        await desk.SeesAsync("It is signed out at once");
        await ButtonAsync(desk.Page, "Yes, revoke it");
        await desk.SeesAsync("revoked on");

        (await MeAsync(phone))["person"].Should().BeNull();
        await phone.GoAsync($"/sign-in?again#{await LinkAsync()}");
        await ComeInAsync(phone.Page);
        await ButtonAsync(phone.Page, "Enrol this device");
        await phone.SeesAsync("The key of this device was revoked.");
        await ButtonAsync(phone.Page, "Make a new key and enrol it");
        await phone.SeesAsync("This device is enrolled.");
    }

    [Fact]
    public async Task Signs_out_a_browser_and_a_program_that_they_do_not_know()
    {
        await using var desk = await StrangerAsync($"/sign-in#{await server.InviteAsync("Hevi", "monitor")}");
        await ComeInAsync(desk.Page);
        await ButtonAsync(desk.Page, "Enrol this device");
        await desk.SeesAsync("This device is enrolled.");
        var person = (await MeAsync(desk))["person"]!["id"]!.GetValue<string>();
        var link = new Uri(
            JsonNode.Parse(await server.PostAsync($"/api/v1/people/{person}/links", "{}"))!["link"]!.GetValue<string>()
        ).Fragment[1..];
        await using var stranger = await StrangerAsync($"/sign-in#{link}");
        await ComeInAsync(stranger.Page);
        await stranger.SeesAsync("You are signed in as Hevi.");
        (
            await stranger.Page.EvaluateAsync<int>(
                "() => fetch('/api/v1/tokens', { method: 'POST', headers: { 'Content-Type': 'application/json', 'Ledger-Request': '1' }, body: JSON.stringify({ name: 'a program' }) }).then(answer => answer.status)"
            )
        )
            .Should()
            .Be(201);

        await desk.GoAsync("/account");
        var unknown = desk
            .Page.Locator("li.card")
            .Filter(new() { HasText = "A browser that is not one of your devices" });
        await Assertions
            .Expect(desk.Page.Locator("li.card").Filter(new() { HasText = "this browser" }).GetByRole(AriaRole.Button))
            .ToHaveCountAsync(0);
        await LookedAtAsync(desk.Page, "account-with-a-stranger");
        await unknown.GetByRole(AriaRole.Button, new() { Name = "Sign it out" }).ClickAsync();
        await Assertions.Expect(unknown).ToHaveCountAsync(0);
        (await MeAsync(stranger))["person"].Should().BeNull();

        await desk
            .Page.Locator("li.card")
            .Filter(new() { HasText = "a program" })
            .GetByRole(AriaRole.Button, new() { Name = "Revoke it" })
            .ClickAsync();
        await Assertions.Expect(desk.Page.GetByText("My API tokens")).ToHaveCountAsync(0);
        (await MeAsync(desk))["person"].Should().NotBeNull();
    }

    [Fact]
    public async Task Signs_reports_with_the_key_that_was_enrolled()
    {
        var secret = await server.InviteAsync("Gul", "monitor");
        await using var phone = await StrangerAsync($"/sign-in#{secret}", screen: Screen.Phone);
        await ComeInAsync(phone.Page);
        await ButtonAsync(phone.Page, "Enrol this device");
        await phone.SeesAsync("This device is enrolled.");

        await phone.GoAsync("/account");
        var fingerprint = await phone.Page.Locator(".card code").TextContentAsync();
        await phone.GoAsync("/field/safety");
        await phone.SeesAsync(fingerprint!);
        await phone.GoAsync("/field");
        await Monitor.BeginAsync(phone.Page);
        await Monitor.FillAsync(phone.Page);
        await Monitor.FinishAsync(phone.Page);
        await Monitor.ReceivedAsync(phone.Page);

        var report = await server.OpenAsync(Monitor.EntryOf(phone.Page));
        report["filing"]!["signature"]!["standing"]!.GetValue<string>().Should().Be("enrolled");
        report["filing"]!["data"]!.ToJsonString().Should().NotContain("standing");
    }

    private Task<Visit> StrangerAsync(string path, string language = "en-GB", Screen screen = Screen.Desk) =>
        Visit.OpenAsync(server, path, screen, language, signedIn: false, address: server.Named);

    /// <summary>A view that no address leads to is photographed and judged where it stands.</summary>
    private static async Task LookedAtAsync(IPage page, string name)
    {
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await page.ScreenshotAsync(
            new()
            {
                Path = Path.Combine(
                    Directory.CreateDirectory(Checkout.PathOf(".ledger", "screens")).FullName,
                    $"{name}.png"
                ),
            }
        );
        (await Axe.FindingsAsync(page)).Should().BeEmpty(name);
    }

    private static Task ComeInAsync(IPage page) => ButtonAsync(page, "Come in");

    private static Task ButtonAsync(IPage page, string name) =>
        page.Locator("main").GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).ClickAsync();

    private static async Task<JsonNode> MeAsync(Visit visit) =>
        JsonNode.Parse(await (await visit.Profile.APIRequest.GetAsync("/api/v1/me")).TextAsync())!;

    /// <summary>Chromium's own virtual authenticator, with a finger that is always recognised.</summary>
    private static async Task AuthenticatorAsync(Visit visit)
    {
        var browser = await visit.Profile.NewCDPSessionAsync(visit.Page);
        await browser.SendAsync("WebAuthn.enable");
        await browser.SendAsync(
            "WebAuthn.addVirtualAuthenticator",
            new()
            {
                ["options"] = new Dictionary<string, object>
                {
                    ["protocol"] = "ctap2",
                    ["transport"] = "internal",
                    ["hasResidentKey"] = true,
                    ["hasUserVerification"] = true,
                    ["isUserVerified"] = true,
                    ["automaticPresenceSimulation"] = true,
                },
            }
        );
    }
}
