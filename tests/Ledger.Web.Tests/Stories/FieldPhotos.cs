using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Monitor = Ledger.Web.Tests.World.Monitor;

namespace Ledger.Web.Tests.Stories;

/// <summary>
/// Photos follow their report over bad networks, and what a camera hides in them goes nowhere unless somebody wants it.
/// </summary>
public sealed class FieldPhotos(AppServer server) : IClassFixture<AppServer>
{
    [Fact]
    public async Task The_copy_follows_the_report_of_a_monitor_and_the_original_stays()
    {
        await using var visit = await Visit.OpenAsync(server, "/field", Screen.Phone, signedIn: false);
        await SignInAsMonitorAsync(visit);
        var page = visit.Page;
        var photo = await ReportAsync(visit);
        await Monitor.FinishAsync(page);
        await ArrivedAsync(page, 1);

        var report = Monitor.EntryOf(page);
        var attached = (await EvidenceOfAsync(report)).Should().ContainSingle().Subject;
        attached["mediaType"]!.GetValue<string>().Should().Be("image/jpeg");
        var copy = await server.Http.GetByteArrayAsync($"/api/v1/reports/{report}/evidence/{attached["sha256"]}");
        copy.Should().HaveCount(attached["size"]!.GetValue<int>());
        Hash(copy).Should().Be(attached["sha256"]!.GetValue<string>());
        Encoding.Latin1.GetString(copy).Should().NotContain(Photograph.Secret).And.NotContain("Exif");

        using var original = await server.Http.GetAsync($"/api/v1/reports/{report}/evidence/{Hash(photo)}");
        (await original.Content.ReadAsStringAsync())
            .Should()
            .Contain("evidence/not-found", "the report names it, and it stays on the phone");
        await visit.SeesAsync("it is on this phone only");
    }

    [Fact]
    public async Task An_upload_that_is_cut_in_its_middle_is_finished_after_a_reload()
    {
        await using var visit = await Monitor.OnAPhoneAsync(server);
        var page = visit.Page;
        await ReportAsync(visit, side: 1500);
        var asked = 0;
        var cut = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await visit.Profile.RouteAsync(
            "**/evidence/*",
            async route =>
            {
                if (Interlocked.Increment(ref asked) > 1)
                {
                    await route.ContinueAsync();
                    return;
                }

                await SendHalfAsync(route.Request);
                await visit.Profile.SetOfflineAsync(true);
                await route.AbortAsync("connectionreset");
                cut.SetResult();
            }
        );
        await Monitor.FinishAsync(page);
        await Monitor.ReceivedAsync(page);
        await cut.Task.WaitAsync(TimeSpan.FromMilliseconds(Chromium.Patience));
        await page.Locator(".sent[data-state=phone]").WaitForAsync();
        await page.ReloadAsync();
        await page.Locator(".sent[data-state=phone]").WaitForAsync();
        (await EvidenceOfAsync(Monitor.EntryOf(page))).Should().BeEmpty();

        await visit.Profile.SetOfflineAsync(false);
        await ArrivedAsync(page, 1);
        var attached = (await EvidenceOfAsync(Monitor.EntryOf(page))).Should().ContainSingle().Subject;
        Hash(
                await server.Http.GetByteArrayAsync(
                    $"/api/v1/reports/{Monitor.EntryOf(page)}/evidence/{attached["sha256"]}"
                )
            )
            .Should()
            .Be(attached["sha256"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("POST")]
    public async Task An_answer_that_is_lost_attaches_nothing_twice(string method)
    {
        await using var visit = await Monitor.OnAPhoneAsync(server);
        await ReportAsync(visit);
        var sent = 0;
        await visit.Profile.RouteAsync(
            "**/evidence**",
            async route =>
            {
                // The server has done it when the connection breaks.
                if (route.Request.Method == method && Interlocked.Increment(ref sent) == 1)
                {
                    await route.FetchAsync();
                    await route.AbortAsync();
                }
                else
                    await route.ContinueAsync();
            }
        );
        await Monitor.FinishAsync(visit.Page);
        await ArrivedAsync(visit.Page, 1);
        sent.Should().Be(2);
        (await EvidenceOfAsync(Monitor.EntryOf(visit.Page))).Should().ContainSingle();
    }

    [Fact]
    public async Task An_original_is_sent_where_the_monitor_wants_it()
    {
        await using var visit = await Monitor.OnAPhoneAsync(server);
        var photo = await ReportAsync(visit, originals: "send");
        await Monitor.FinishAsync(visit.Page);
        await ArrivedAsync(visit.Page, 2);
        var report = Monitor.EntryOf(visit.Page);
        (await EvidenceOfAsync(report)).Should().HaveCount(2);
        (await server.Http.GetByteArrayAsync($"/api/v1/reports/{report}/evidence/{Hash(photo)}")).Should().Equal(photo);
    }

    [Fact]
    public async Task An_original_that_is_not_to_be_kept_is_neither_here_nor_named()
    {
        await using var visit = await Monitor.OnAPhoneAsync(server);
        var photo = await ReportAsync(visit, originals: "drop");
        await Monitor.FinishAsync(visit.Page);
        await ArrivedAsync(visit.Page, 1);
        var content = (await server.GetAsync($"/api/v1/reports/{Monitor.EntryOf(visit.Page)}"))["content"]!;
        content["evidence"]!.AsArray().Should().ContainSingle().Which!.GetValue<string>().Should().NotBe(Hash(photo));
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Save the copy without metadata" }).WaitForAsync();
        (await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Save the original" }).CountAsync()).Should().Be(0);
    }

    [Fact]
    public async Task A_refused_photo_says_why_and_is_sent_again_on_request()
    {
        await using var visit = await Monitor.OnAPhoneAsync(server);
        await ReportAsync(visit);
        await visit.Profile.RouteAsync(
            "**/evidence/*",
            route =>
                route.FulfillAsync(
                    new()
                    {
                        Status = 413,
                        ContentType = "application/problem+json",
                        Body =
                            """{"status":413,"code":"body/too-large","title":"Too large","detail":"At most 5 bytes."}""",
                    }
                )
        );
        await Monitor.FinishAsync(visit.Page);
        await Monitor.ReceivedAsync(visit.Page);
        await visit.SeesAsync("larger than this server takes");
        await visit.GoAsync("/field/outbox");
        await visit.SeesAsync("1 photo needs attention");
        await visit.Page.Locator("article.item a").ClickAsync();
        await visit.Profile.UnrouteAsync("**/evidence/*");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Send again" }).ClickAsync();
        await ArrivedAsync(visit.Page, 1);
    }

    [Fact]
    public async Task Behind_a_PIN_photos_are_encrypted_and_sent_once_it_is_given()
    {
        await using var visit = await Monitor.OnAPhoneAsync(server);
        var page = visit.Page;
        await visit.GoAsync("/field/safety");
        await page.GetByLabel("New PIN").FillAsync("471147");
        await page.GetByLabel("Once more").FillAsync("471147");
        await page.GetByRole(AriaRole.Button, new() { Name = "Set the PIN" }).ClickAsync();
        await page.GetByText("A PIN is set").WaitForAsync(new() { Timeout = Chromium.Patience });
        await page.Locator("nav.tabs a").First.ClickAsync();
        await visit.Profile.SetOfflineAsync(true);
        var photo = await ReportAsync(visit);
        await Monitor.FinishAsync(page);
        await page.Locator(".sent[data-state=phone]").WaitForAsync();
        var kept = await page.EvaluateAsync<string>(
            """
            async () => {
                const text = value => value instanceof ArrayBuffer ? new TextDecoder('latin1').decode(value) : JSON.stringify(value)
                const photos = await new Promise(done => {
                    const open = indexedDB.open('ledger-field')
                    open.onsuccess = () => {
                        const all = open.result.transaction('photos').objectStore('photos').getAll()
                        all.onsuccess = () => { open.result.close(); done(all.result) }
                    }
                })
                return photos.map(photo => text(photo.about) + Object.values(photo.bytes).map(file => text(file.bytes ?? file)).join('')).join('')
            }
            """
        );
        kept.Should().NotContain(Photograph.Secret).And.NotContain("street.jpg");
        kept.Length.Should().BeGreaterThan(photo.Length, "the photo is there");

        await page.ReloadAsync();
        await page.GetByLabel("PIN").WaitForAsync();
        await visit.Profile.SetOfflineAsync(false);
        await page.GetByLabel("PIN").FillAsync("471147");
        await page.GetByRole(AriaRole.Button, new() { Name = "Unlock" }).ClickAsync();
        await ArrivedAsync(page, 1);
    }

    [Fact]
    public async Task A_photo_is_removed_from_the_phone_once_the_server_has_it()
    {
        await using var visit = await Monitor.OnAPhoneAsync(server);
        await ReportAsync(visit);
        await Monitor.FinishAsync(visit.Page);
        await ArrivedAsync(visit.Page, 1);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Remove from this phone" }).ClickAsync();
        await visit.SeesAsync("it is nowhere else");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Remove", Exact = true }).ClickAsync();
        await visit.Page.Locator("article.photo").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await visit.Page.Locator(".sent[data-state=received]").WaitForAsync();
    }

    /// <summary>A report with one photo, kept and not finished.</summary>
    private static async Task<byte[]> ReportAsync(Visit visit, int side = 64, string originals = "stay")
    {
        var page = visit.Page;
        var photo = await Photograph.TakeAsync(page, side);
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
        await page.Locator("#part-photos select").SelectOptionAsync(originals);
        await Monitor.KeptAsync(page);
        return photo;
    }

    private static Task ArrivedAsync(IPage page, int files) =>
        page.Locator(".sent[data-state=received]").Nth(files - 1).WaitForAsync(new() { Timeout = Chromium.Patience });

    /// <summary>
    /// Sends the request as the browser would, and breaks off once the server has half of its body on the disk.
    /// </summary>
    private async Task SendHalfAsync(IRequest request)
    {
        var (body, headers) = (request.PostDataBuffer!, await request.AllHeadersAsync());
        using var connection = new TcpClient();
        await connection.ConnectAsync(IPAddress.Loopback, new Uri(server.Address).Port);
        await using var stream = connection.GetStream();
        var sent = headers
            .Where(header =>
                !header.Key.StartsWith(':') && header.Key is not ("content-length" or "connection" or "host")
            )
            .Select(header => $"{header.Key}: {header.Value}\r\n");
        await stream.WriteAsync(
            Encoding.Latin1.GetBytes(
                $"{request.Method} {new Uri(request.Url).PathAndQuery} HTTP/1.1\r\nhost: {new Uri(server.Address).Authority}\r\ncontent-length: {body.Length}\r\n{string.Concat(sent)}\r\n"
            )
        );
        await stream.WriteAsync(body.AsMemory(0, body.Length / 2));
        var folder = Path.Combine(server.Evidence, ".unfinished");
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(Chromium.Patience));
        using var often = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (
            !Directory.Exists(folder) || !Directory.EnumerateFiles(folder).Any(file => new FileInfo(file).Length > 0)
        )
            await often.WaitForNextTickAsync(patience.Token);
    }

    private async Task<IReadOnlyList<JsonNode>> EvidenceOfAsync(string report) =>
        [
            .. (await server.GetAsync($"/api/v1/reports/{report}"))["evidence"]!
                .AsArray()
                .Select(entry => entry!["data"]!),
        ];

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private async Task SignInAsMonitorAsync(Visit visit)
    {
        var invitation = JsonNode.Parse(
            await server.PostAsync(
                "/api/v1/invitations",
                $$"""{"name": "A monitor", "memberships": [{"agreement": "{{AppServer.Agreement}}", "role": "monitor"}]}"""
            )
        )!;
        var secret = new Uri(invitation["link"]!.GetValue<string>()).Fragment[1..];
        var answer = await visit.Profile.APIRequest.PostAsync(
            "/api/v1/sign-in",
            new() { DataObject = new { secret, name = "A monitor" } }
        );
        answer.Status.Should().Be((int)HttpStatusCode.OK, await answer.TextAsync());
        await visit.GoAsync("/field");
        await Monitor.ReadyAsync(visit);
    }
}
