using System.Text.RegularExpressions;
using Ledger.Testing;
using Monitor = Ledger.Web.Tests.World.Monitor;

namespace Ledger.Web.Tests.Stories;

/// <summary>
/// The app changes under a monitor who is writing, or is not open at all; nothing written is lost by it.
/// </summary>
public sealed partial class FieldUpdating
{
    [Fact]
    public async Task A_new_version_waits_until_somebody_wants_it_and_keeps_every_draft()
    {
        var folder = CopyOfTheApp();
        var server = new AppServer { Web = folder };
        await server.InitializeAsync();
        await using var closing = server;
        await using var visit = await Monitor.OnAPhoneAsync(server);
        var page = visit.Page;
        await Monitor.BeginAsync(page);
        await Monitor.FillAsync(page, "Written under the earlier version.");
        var writing = await visit.Profile.NewPageAsync();
        await writing.GotoAsync(new Uri(new Uri(page.Url), "/field").ToString());
        await writing.Locator("button.kind").First.WaitForAsync();

        BuildAnother(folder);
        await page.EvaluateAsync("async () => (await navigator.serviceWorker.getRegistration()).update()");
        await Visit.PromisedAsync(
            page,
            "async () => (await navigator.serviceWorker.getRegistration()).waiting !== null"
        );
        (await page.GetByText("A new version is ready").CountAsync())
            .Should()
            .Be(0, "nobody is disturbed while writing");
        await page.Locator("form.report a", new() { HasText = "Today" }).First.ClickAsync();
        (await page.Locator("meta[name=build]").CountAsync()).Should().Be(0);
        await page.GetByRole(AriaRole.Button, new() { Name = "Use it now" }).ClickAsync();
        await page.Locator("meta[name=build]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await page.Locator("p.line a").ClickAsync();
        (await page.GetByLabel("One sentence for everybody").InputValueAsync())
            .Should()
            .Be("Written under the earlier version.");

        // The other tab still runs the earlier version, and gets parts of it that it had not needed yet.
        (await writing.Locator("meta[name=build]").CountAsync())
            .Should()
            .Be(0);
        await (await visit.Profile.NewCDPSessionAsync(writing)).SendAsync("Network.clearBrowserCache");
        await Monitor.BeginAsync(writing);
        await writing.GetByText("Set a pin on the map").ClickAsync();
        await writing.Locator(".map canvas").First.WaitForAsync();
        await Monitor.FinishAsync(page);
        await Monitor.ReceivedAsync(page);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task What_waits_is_sent_by_the_browser_after_the_app_was_closed()
    {
        var server = new AppServer();
        await server.InitializeAsync();
        await using var closing = server;
        await using var visit = await Monitor.OnAPhoneAsync(server);
        await visit.Profile.SetOfflineAsync(true);
        await Monitor.BeginAsync(visit.Page);
        await Monitor.FillAsync(visit.Page);
        await Monitor.FinishAsync(visit.Page);
        await visit.SeesAsync("On this phone");
        var report = Monitor.EntryOf(visit.Page);

        // Any page of the browser can speak with it about its workers.
        var other = await visit.Profile.NewPageAsync();
        await visit.Page.CloseAsync();
        var browser = await visit.Profile.NewCDPSessionAsync(other);
        var registered = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        browser.Event("ServiceWorker.workerRegistrationUpdated").OnEvent += (_, told) =>
        {
            foreach (var registration in told!.Value.GetProperty("registrations").EnumerateArray())
            {
                if (registration.GetProperty("scopeURL").GetString() == server.Address + "/")
                    registered.TrySetResult(registration.GetProperty("registrationId").GetString()!);
            }
        };
        await browser.SendAsync("ServiceWorker.enable");
        var id = await registered.Task.WaitAsync(TimeSpan.FromMilliseconds(Chromium.Patience));
        await visit.Profile.SetOfflineAsync(false);
        // A browser repeats an event that came to nothing, as while the network comes back; its tools do not.
        using var patience = new CancellationTokenSource(Chromium.Patience);
        using var often = new PeriodicTimer(TimeSpan.FromSeconds(1));
        while (!(await server.Http.GetAsync($"/api/v1/reports/{report}", patience.Token)).IsSuccessStatusCode)
        {
            await browser.SendAsync(
                "ServiceWorker.dispatchSyncEvent",
                new()
                {
                    ["origin"] = server.Address,
                    ["registrationId"] = id,
                    ["tag"] = "outbox",
                    ["lastChance"] = false,
                }
            );
            await often.WaitForNextTickAsync(patience.Token);
        }

        // And the receipt is on the phone before the app is opened again.
        await visit.Profile.SetOfflineAsync(true);
        await other.GotoAsync($"{server.Address}/field/outbox/{report}");
        await Monitor.ReceivedAsync(other);
    }

    private static string CopyOfTheApp()
    {
        var (from, to) = (Checkout.PathOf("src", "Ledger.Web", "dist"), Scratch.Folder("app"));
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        return to;
    }

    /// <summary>
    /// What a build of changed sources does: other names of files, a page that names those, and a worker that knows
    /// them.
    /// </summary>
    private static void BuildAnother(string folder)
    {
        string[] Texts() =>
            [
                Path.Combine(folder, "index.html"),
                Path.Combine(folder, "worker.js"),
                .. Directory.EnumerateFiles(Path.Combine(folder, "assets"), "*.js"),
                .. Directory.EnumerateFiles(Path.Combine(folder, "assets"), "*.css"),
            ];
        var renamed = Directory
            .EnumerateFiles(Path.Combine(folder, "assets"))
            .Select(Path.GetFileName)
            .ToDictionary(name => name!, name => $"{Path.GetFileNameWithoutExtension(name)}2{Path.GetExtension(name)}");
        foreach (var file in Texts())
            File.WriteAllText(
                file,
                renamed.Aggregate(
                    File.ReadAllText(file),
                    (text, name) => text.Replace(name.Key, name.Value, StringComparison.Ordinal)
                )
            );
        foreach (var (before, after) in renamed)
            File.Move(Path.Combine(folder, "assets", before), Path.Combine(folder, "assets", after));
        var page = Path.Combine(folder, "index.html");
        File.WriteAllText(
            page,
            File.ReadAllText(page)
                .Replace("<head>", "<head><meta name=\"build\" content=\"another\">", StringComparison.Ordinal)
        );
        var worker = Path.Combine(folder, "worker.js");
        File.WriteAllText(worker, Shell().Replace(File.ReadAllText(worker), "shell-another"));
    }

    [GeneratedRegex("shell-[0-9a-f]{12}", RegexOptions.None, 10_000)]
    private static partial Regex Shell();
}
