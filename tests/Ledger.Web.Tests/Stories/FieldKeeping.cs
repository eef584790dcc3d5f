using System.Security.Cryptography;
using System.Text;
using Ledger.Cli;
using Ledger.Cli.Terminals;
using Monitor = Ledger.Web.Tests.World.Monitor;

namespace Ledger.Web.Tests.Stories;

/// <summary>What a phone keeps, for whom, and until when.</summary>
public sealed class FieldKeeping(AppServer server) : IClassFixture<AppServer>
{
    [Fact]
    public async Task A_draft_survives_the_end_of_the_app()
    {
        await using var visit = await Monitor.OnAPhoneAsync(server);
        await Monitor.BeginAsync(visit.Page);
        await Monitor.FillAsync(visit.Page, "Half a sentence");
        await visit.Page.CloseAsync();
        var again = await visit.Profile.NewPageAsync();
        await again.GotoAsync("/field");
        await again.Locator("p.line a").ClickAsync();
        (await again.GetByLabel("One sentence for everybody").InputValueAsync()).Should().Be("Half a sentence");
        (await again.GetByLabel("Latitude").InputValueAsync()).Should().StartWith("35.3");
    }

    [Fact]
    public async Task A_map_that_could_not_be_kept_is_asked_for_again()
    {
        await using var visit = await Monitor.OnAPhoneAsync(server);
        await visit.Page.Locator("nav.tabs a").Last.ClickAsync();
        await visit.Page.EvaluateAsync("() => caches.delete('basemap')");
        await visit.Profile.SetOfflineAsync(true);
        await visit.Page.Locator("nav.tabs a").First.ClickAsync();
        await visit.SeesAsync("No connection.");
        (await visit.Page.Locator(".connection .faint").CountAsync()).Should().Be(0, "the map is missing");

        await visit.Profile.SetOfflineAsync(false);

        await Monitor.ReadyAsync(visit);
        (await visit.Page.EvaluateAsync<bool>("() => caches.has('basemap')")).Should().BeTrue();
    }

    [Fact]
    public async Task A_page_that_was_loaded_past_the_worker_is_taken_over_by_it()
    {
        await using var visit = await Monitor.OnAPhoneAsync(server);
        // As a page is that was under way while the worker began.
        var loaded = visit.Page.WaitForURLAsync("**/field", new() { WaitUntil = WaitUntilState.Load });
        await (await visit.Profile.NewCDPSessionAsync(visit.Page)).SendAsync(
            "Page.reload",
            new() { ["ignoreCache"] = true }
        );
        await loaded;

        await Monitor.ReadyAsync(visit);
        await visit.Page.WaitForFunctionAsync("() => navigator.serviceWorker.controller !== null");
    }

    [Fact]
    public async Task A_full_phone_says_so_and_loses_nothing_that_is_typed()
    {
        await using var visit = await Monitor.OnAPhoneAsync(server);
        await Monitor.BeginAsync(visit.Page);
        await Monitor.FillAsync(visit.Page, "Before it was full.");
        // What the browser answers when there is no room; it looks at the room that is left only now and then.
        await visit.Page.EvaluateAsync(
            "() => { window.roomy = IDBObjectStore.prototype.put; IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError') } }"
        );
        await visit.Page.GetByLabel("What you saw or heard").FillAsync(new string('x', 19_000));
        await visit.SeesAsync("storage is full");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Alert)).ToBeInViewportAsync();
        await Assertions.Expect(visit.Page.Locator(".saved")).ToHaveTextAsync("The last change is not saved.");
        (await visit.Page.GetByLabel("One sentence for everybody").InputValueAsync())
            .Should()
            .Be("Before it was full.");
        // Within the app nothing is lost by going away.
        await visit.Page.GoBackAsync();
        await visit.Page.Locator("p.line a").ClickAsync();
        (await visit.Page.GetByLabel("What you saw or heard").InputValueAsync()).Should().HaveLength(19_000);
        await visit.Page.GetByLabel("What you saw or heard").FillAsync(new string('y', 19_000));
        await visit.SeesAsync("storage is full");
        var file = await visit.Page.RunAndWaitForDownloadAsync(() =>
            visit.Page.GetByRole(AriaRole.Button, new() { Name = "Save what you typed to a file" }).ClickAsync()
        );
        (await File.ReadAllTextAsync((await file.PathAsync())!)).Should().Contain(new string('y', 19_000));

        await visit.Page.EvaluateAsync("() => { IDBObjectStore.prototype.put = window.roomy }");
        await visit.Page.GetByLabel("What you saw or heard").FillAsync("Short.");
        await Monitor.KeptAsync(visit.Page);
        await Monitor.FinishAsync(visit.Page);
        await Monitor.ReceivedAsync(visit.Page);
    }

    [Fact]
    public async Task A_receipt_for_which_there_was_no_room_comes_again_once_there_is()
    {
        await using var visit = await Monitor.OnAPhoneAsync(server);
        await Monitor.BeginAsync(visit.Page);
        await Monitor.FillAsync(visit.Page);
        await visit.Page.EvaluateAsync(
            """
            () => {
                const put = IDBObjectStore.prototype.put
                IDBObjectStore.prototype.put = function (value, ...more) {
                    if (value?.about?.state === 'received' && !window.roomy) throw new DOMException('full', 'QuotaExceededError')
                    return put.call(this, value, ...more)
                }
            }
            """
        );
        var answer = await visit.Page.RunAndWaitForResponseAsync(
            () => Monitor.FinishAsync(visit.Page),
            response => response.Request.Method == "POST" && response.Url.EndsWith("/reports", StringComparison.Ordinal)
        );
        answer.Status.Should().Be(201);
        var position = await PositionAsync();
        await visit.Page.Locator("p[aria-live] .state", new() { HasText = "Sending" }).WaitForAsync();
        await visit.Page.EvaluateAsync("() => { window.roomy = true }");
        await Monitor.ReceivedAsync(visit.Page);
        (await PositionAsync()).Should().Be(position);
    }

    [Fact]
    public async Task A_quick_erase_leaves_nothing_to_another_tab()
    {
        await using var visit = await Monitor.OnAPhoneAsync(server);
        await Monitor.BeginAsync(visit.Page);
        await Monitor.FillAsync(visit.Page, "Whoever finds this");
        var other = await visit.Profile.NewPageAsync();
        await other.GotoAsync("/field/safety");
        await other.GetByRole(AriaRole.Button, new() { Name = "Erase everything here" }).ClickAsync();
        await other.GetByRole(AriaRole.Button, new() { Name = "Yes, erase now" }).ClickAsync();
        await Assertions.Expect(visit.Page).ToHaveURLAsync("about:blank", new() { Timeout = Chromium.Patience });
        await Assertions.Expect(other).ToHaveURLAsync("about:blank", new() { Timeout = Chromium.Patience });
        await other.GotoAsync("/health/live");
        (
            await other.EvaluateAsync<string[]>(
                "async () => (await indexedDB.databases()).map(database => database.name)"
            )
        )
            .Should()
            .NotContain("ledger-field");
    }

    [Fact]
    public async Task A_photo_for_which_there_is_no_room_is_refused_in_plain_words()
    {
        await using var visit = await Monitor.OnAPhoneAsync(server);
        // Room for a report, and not for the photo.
        var used = await visit.Page.EvaluateAsync<long>("async () => (await navigator.storage.estimate()).usage");
        var browser = await visit.Profile.NewCDPSessionAsync(visit.Page);
        await browser.SendAsync(
            "Storage.overrideQuotaForOrigin",
            new() { ["origin"] = server.Address, ["quotaSize"] = used + 10_000_000 }
        );
        await Monitor.BeginAsync(visit.Page);
        await Monitor.FillAsync(visit.Page);
        await visit
            .Page.Locator("#part-photos input[type=file]")
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = "large.jpg",
                    MimeType = "image/jpeg",
                    Buffer = RandomNumberGenerator.GetBytes(30_000_000),
                }
            );
        await visit.SeesAsync("storage is full");
        await Monitor.FinishAsync(visit.Page);
        await Monitor.ReceivedAsync(visit.Page);
    }

    [Fact]
    public async Task A_PIN_hides_what_is_kept_until_it_is_given()
    {
        await using var visit = await Monitor.OnAPhoneAsync(server);
        var page = visit.Page;
        await Monitor.BeginAsync(page);
        await Monitor.FillAsync(page, "Whoever finds this");
        await visit.GoAsync("/field/safety");
        await page.GetByLabel("New PIN").FillAsync("٤٧١١٤٧");
        await page.GetByLabel("Once more").FillAsync("471147");
        await page.GetByRole(AriaRole.Button, new() { Name = "Set the PIN" }).ClickAsync();
        await page.GetByText("A PIN is set").WaitForAsync(new() { Timeout = Chromium.Patience });
        (await KeptAsync(page)).Should().NotContain("Whoever finds this");

        await visit.GoAsync("/field");
        await page.GetByLabel("PIN").FillAsync("000000");
        await page.GetByRole(AriaRole.Button, new() { Name = "Unlock" }).ClickAsync();
        await page.GetByText("That is not the PIN").WaitForAsync(new() { Timeout = Chromium.Patience });
        await page.GetByLabel("PIN").FillAsync("471147");
        await page.GetByRole(AriaRole.Button, new() { Name = "Unlock" }).ClickAsync();
        await page.Locator("p.line a").ClickAsync(new() { Timeout = Chromium.Patience });
        (await page.GetByLabel("One sentence for everybody").InputValueAsync()).Should().Be("Whoever finds this");
    }

    [Fact]
    public async Task Quick_erase_leaves_nothing()
    {
        await using var visit = await Monitor.OnAPhoneAsync(server);
        var page = visit.Page;
        await Monitor.BeginAsync(page);
        await Monitor.FillAsync(page);
        await visit.GoAsync("/field/safety");
        await page.GetByRole(AriaRole.Button, new() { Name = "Erase everything here" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Yes, erase now" }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync("about:blank", new() { Timeout = Chromium.Patience });

        (await visit.Profile.CookiesAsync()).Should().BeEmpty("nobody is signed in here any more");
        await page.GotoAsync("/health/live");
        (
            await page.EvaluateAsync<string[]>(
                """
                async () => [
                    ...(await indexedDB.databases()).map(database => database.name),
                    ...Object.keys(localStorage),
                    ...Object.keys(sessionStorage),
                    ...await caches.keys(),
                    ...(await navigator.serviceWorker.getRegistrations()).map(worker => worker.scope),
                ]
                """
            )
        ).Should().BeEmpty();
        await page.GoBackAsync();
        await page.GoBackAsync();
        page.Url.Should().Be(server.Address + "/", "Back leads to no report");
    }

    [Fact]
    public async Task A_phone_that_was_erased_without_a_network_is_signed_out_when_it_has_one()
    {
        await using var visit = await Monitor.OnAPhoneAsync(server);
        var page = visit.Page;
        await visit.GoAsync("/field/safety");
        await visit.Profile.SetOfflineAsync(true);
        await page.GetByRole(AriaRole.Button, new() { Name = "Erase everything here" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Yes, erase now" }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync("about:blank", new() { Timeout = Chromium.Patience });
        (await visit.Profile.CookiesAsync()).Should().NotBeEmpty("no page can take it away");

        await visit.Profile.SetOfflineAsync(false);
        await visit.GoAsync("/");

        (await visit.Profile.CookiesAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task One_tab_at_a_time_writes_a_report()
    {
        await using var visit = await Monitor.OnAPhoneAsync(server);
        var first = visit.Page;
        await Monitor.BeginAsync(first);
        await Monitor.FillAsync(first, "From the first tab.");
        var second = await visit.Profile.NewPageAsync();
        await second.GotoAsync(first.Url);
        await second.GetByText("open in another tab").WaitForAsync();
        (await second.GetByLabel("One sentence for everybody").CountAsync()).Should().Be(0);

        await second.GetByRole(AriaRole.Button, new() { Name = "Go on writing here" }).ClickAsync();
        (await second.GetByLabel("One sentence for everybody").InputValueAsync()).Should().Be("From the first tab.");
        await first.GetByText("You went on in another tab.").WaitForAsync();
        await second.GetByLabel("One sentence for everybody").FillAsync("From the second tab.");
        await Monitor.KeptAsync(second);
        await Monitor.FinishAsync(second);
        await Monitor.ReceivedAsync(second);

        await first.GetByRole(AriaRole.Button, new() { Name = "Go on writing here" }).ClickAsync();
        await first.GetByText("This draft is not on this phone any more").WaitForAsync();
        (await KeptAsync(first)).Should().Be("[]", "what was finished is not written again");
    }

    [Fact]
    public async Task A_report_that_somebody_else_brought_in_from_a_file_is_still_the_phones_own()
    {
        await using var visit = await Visit.OpenAsync(
            server,
            $"/sign-in#{await server.InviteAsync("Amal", "monitor")}",
            Screen.Phone,
            signedIn: false
        );
        var page = visit.Page;
        foreach (var name in (string[])["Come in", "Enrol this device"])
            await page.Locator("main").GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).ClickAsync();
        await visit.SeesAsync("This device is enrolled.");
        await visit.GoAsync("/field");
        await Monitor.ReadyAsync(visit);
        await visit.Profile.SetOfflineAsync(true);
        await Monitor.BeginAsync(page);
        await Monitor.FillAsync(page);
        await page.GetByLabel("What you saw or heard").FillAsync("A baker told me.");
        await Monitor.KeptAsync(page);
        await Monitor.FinishAsync(page);
        await page.Locator("nav.tabs a", new() { HasText = "Outbox" }).ClickAsync();
        var saved = await page.RunAndWaitForDownloadAsync(() =>
            page.GetByRole(AriaRole.Button, new() { Name = "Save 1 unsent report" }).ClickAsync()
        );

        (await ImportAsync((await saved.PathAsync())!)).Should().Contain("Recorded 1 of 1 entry.");
        var position = await PositionAsync();
        await visit.Profile.SetOfflineAsync(false);

        await page.GetByRole(AriaRole.Heading, new() { Name = "Received" })
            .WaitForAsync(new() { Timeout = Chromium.Patience });
        (await PositionAsync()).Should().Be(position);
    }

    [Fact]
    public async Task An_outbox_saved_to_a_file_is_brought_in_by_the_command_line_and_counted_once()
    {
        await using var visit = await Monitor.OnAPhoneAsync(server);
        await visit.Profile.SetOfflineAsync(true);
        await Monitor.BeginAsync(visit.Page);
        await Monitor.FillAsync(visit.Page);
        await Monitor.FinishAsync(visit.Page);
        var entry = Monitor.EntryOf(visit.Page);
        await visit.Page.Locator("nav.tabs a", new() { HasText = "Outbox" }).ClickAsync();
        var saved = await visit.Page.RunAndWaitForDownloadAsync(() =>
            visit.Page.GetByRole(AriaRole.Button, new() { Name = "Save 1 unsent report" }).ClickAsync()
        );
        saved.SuggestedFilename.Should().StartWith($"outbox.{AppServer.Agreement}.");

        (await ImportAsync((await saved.PathAsync())!)).Should().Contain("Recorded 1 of 1 entry.");
        (await server.GetAsync($"/api/v1/reports/{entry}"))["state"]!.GetValue<string>().Should().Be("live");
        (await ImportAsync((await saved.PathAsync())!)).Should().Contain("1 already recorded");
        var position = await PositionAsync();
        await visit.Profile.SetOfflineAsync(false);
        await visit
            .Page.GetByRole(AriaRole.Heading, new() { Name = "Received" })
            .WaitForAsync(new() { Timeout = Chromium.Patience });
        (await PositionAsync()).Should().Be(position);
    }

    [Fact]
    public async Task A_correction_that_waits_is_brought_in_from_a_file_with_what_it_seals()
    {
        await using var visit = await Monitor.OnAPhoneAsync(server);
        var page = visit.Page;
        await Monitor.BeginAsync(page);
        await Monitor.FillAsync(page);
        await Monitor.FinishAsync(page);
        await Monitor.ReceivedAsync(page);
        var report = Monitor.EntryOf(page);
        await visit.Profile.SetOfflineAsync(true);
        await page.GetByRole(AriaRole.Button, new() { Name = "Correct it" }).ClickAsync();
        await page.GetByLabel("What you saw or heard").FillAsync("A baker told me.");
        await page.GetByLabel("Why").FillAsync("A witness was found.");
        await Monitor.KeptAsync(page);
        await Monitor.FinishAsync(page);
        await page.Locator("nav.tabs a", new() { HasText = "Outbox" }).ClickAsync();
        var saved = await page.RunAndWaitForDownloadAsync(() =>
            page.GetByRole(AriaRole.Button, new() { Name = "Save 1 unsent report" }).ClickAsync()
        );

        (await ImportAsync((await saved.PathAsync())!)).Should().Contain("Recorded 1 of 1 entry.");
        var whole = await server.OpenAsync(report);
        whole["corrections"]![0]!["data"]!["report"]!["narrative"]!.GetValue<string>().Should().Be("A baker told me.");
        (await server.GetAsync($"/api/v1/reports/{report}"))["corrections"]!
            .ToJsonString()
            .Should()
            .NotContain("baker");
        var position = await PositionAsync();
        await visit.Profile.SetOfflineAsync(false);
        await page.Locator(".item[data-state=received]", new() { HasText = "Correction" })
            .WaitForAsync(new() { Timeout = Chromium.Patience });
        (await PositionAsync()).Should().Be(position);
    }

    [Fact]
    public async Task An_outbox_saved_on_one_phone_is_taken_in_by_another_and_sent_once()
    {
        await using var visit = await Monitor.OnAPhoneAsync(server);
        await visit.Profile.SetOfflineAsync(true);
        await Monitor.BeginAsync(visit.Page);
        await Monitor.FillAsync(visit.Page);
        await Monitor.FinishAsync(visit.Page);
        var entry = Monitor.EntryOf(visit.Page);
        await visit.Page.Locator("nav.tabs a", new() { HasText = "Outbox" }).ClickAsync();
        var saved = await visit.Page.RunAndWaitForDownloadAsync(() =>
            visit.Page.GetByRole(AriaRole.Button, new() { Name = "Save 1 unsent report" }).ClickAsync()
        );
        var file = new FilePayload
        {
            Name = saved.SuggestedFilename,
            MimeType = "application/jsonl",
            Buffer = await File.ReadAllBytesAsync((await saved.PathAsync())!),
        };

        await using var other = await Monitor.OnAPhoneAsync(server);
        await other.GoAsync("/field/outbox");
        await other.Page.Locator("input[type=file]").SetInputFilesAsync(file);
        await other.SeesAsync("1 report taken in");
        await other.Page.GetByRole(AriaRole.Heading, new() { Name = "Received" }).WaitForAsync();
        await other.Page.Locator("input[type=file]").SetInputFilesAsync(file);
        await other.SeesAsync("1 was here already");
        (await server.GetAsync($"/api/v1/reports/{entry}"))["state"]!.GetValue<string>().Should().Be("live");
        var position = await PositionAsync();
        await visit.Profile.SetOfflineAsync(false);
        await visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Received" }).WaitForAsync();
        (await PositionAsync()).Should().Be(position);
    }

    [Fact]
    public async Task The_browser_finds_nothing_that_keeps_the_app_from_being_installed()
    {
        await using var visit = await Monitor.OnAPhoneAsync(server);
        var browser = await visit.Profile.NewCDPSessionAsync(visit.Page);
        var found = (await browser.SendAsync("Page.getInstallabilityErrors"))!
            .Value.GetProperty("installabilityErrors")
            .EnumerateArray()
            .Select(error => error.GetProperty("errorId").GetString());
        // Profiles of tests are private ones, which install nothing.
        found.Should().BeSubsetOf(["in-incognito"]);
    }

    [Fact]
    public async Task A_photo_keeps_its_fingerprint_and_its_copy_loses_what_the_camera_wrote()
    {
        await using var visit = await Monitor.OnAPhoneAsync(server);
        var page = visit.Page;
        var photo = await Photograph.TakeAsync(page);
        await Monitor.BeginAsync(page);
        await Monitor.FillAsync(page);
        await page.Locator("#part-photos input[type=file]")
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = "street.jpg",
                    MimeType = "image/jpeg",
                    Buffer = photo,
                }
            );
        await page.Locator(".photos img").WaitForAsync();
        await Monitor.FinishAsync(page);
        await Monitor.ReceivedAsync(page);

        var original = await SavedAsync("Save the original");
        var copy = await SavedAsync("Save the copy without metadata");
        original.Should().Equal(photo);
        Encoding.Latin1.GetString(copy).Should().NotContain(Photograph.Secret).And.NotContain("Exif");
        copy.Take(3).Should().Equal([0xFF, 0xD8, 0xFF], "it is a picture");
        var evidence = (await server.GetAsync($"/api/v1/reports/{Monitor.EntryOf(page)}"))["content"]!["evidence"]!
            .AsArray()
            .Select(hash => hash!.GetValue<string>());
        evidence
            .Should()
            .BeEquivalentTo(
                Convert.ToHexStringLower(SHA256.HashData(original)),
                Convert.ToHexStringLower(SHA256.HashData(copy))
            );

        async Task<byte[]> SavedAsync(string button)
        {
            var file = await page.RunAndWaitForDownloadAsync(() =>
                page.GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync()
            );
            return await File.ReadAllBytesAsync((await file.PathAsync())!);
        }
    }

    private async Task<string> ImportAsync(string file)
    {
        using var output = new StringWriter();
        var terminal = new Terminal
        {
            In = TextReader.Null,
            Out = output,
            Error = output,
            OutIsTerminal = false,
            Width = Terminal.WidthOfFiles,
            Variable = _ => null,
            Folder = AppContext.BaseDirectory,
        };
        (
            await LedgerCommand.RunAsync(
                [
                    "entries",
                    "import",
                    AppServer.Agreement,
                    file,
                    "--server",
                    server.Address,
                    "--token-file",
                    server.TokenFile,
                ],
                terminal
            )
        )
            .Should()
            .Be(0, output.ToString());
        return output.ToString();
    }

    /// <summary>Everything in the phone's database, as somebody with the phone in a laboratory reads it.</summary>
    private static Task<string> KeptAsync(IPage page) =>
        page.EvaluateAsync<string>(
            """
            () => new Promise((done, failed) => {
                const open = indexedDB.open('ledger-field')
                open.onerror = failed
                open.onsuccess = () => {
                    const all = open.result.transaction('drafts').objectStore('drafts').getAll()
                    all.onsuccess = () => { open.result.close(); done(JSON.stringify(all.result)) }
                }
            })
            """
        );

    private async Task<long> PositionAsync() =>
        (await server.GetAsync($"/api/v1/agreements/{AppServer.Agreement}"))["position"]!.GetValue<long>();
}
