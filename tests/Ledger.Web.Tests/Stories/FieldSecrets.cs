using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Monitor = Ledger.Web.Tests.World.Monitor;

namespace Ledger.Web.Tests.Stories;

/// <summary>
/// Marked secrets are planted on a phone, everything is done with them that a monitor does, and then they are looked
/// for in all that the phone keeps and all that it sent.
/// </summary>
public sealed class FieldSecrets : IAsyncLifetime
{
    /// <summary>Longer than most, so that no digest holds it by chance.</summary>
    private const string Pin = "9081726354453627";
    private const string Other = "1726354453627081";
    private const string Narrative = "CANARY-narrative of the baker";

    private readonly Arrivals _arrivals = new();
    private readonly AppServer _server;

    public FieldSecrets() => _server = new() { Services = _arrivals.Listen };

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task The_PIN_leaves_the_phone_never_and_stands_on_it_nowhere()
    {
        await using var visit = await EnrolledAsync();
        var page = visit.Page;
        await LockAsync(visit, Pin);
        await ReportAsync(visit);
        Spares(await KeptAsync(page), Narrative);
        await visit.GoAsync("/field/safety");
        await UnlockAsync(page, Other);
        await visit.SeesAsync("That is not the PIN.");
        await UnlockAsync(page, Pin);
        await page.GetByText("A PIN is set").WaitForAsync(new() { Timeout = Chromium.Patience });

        Spares(await KeptAsync(page), Pin, Other, Narrative);
        Spares(await page.ContentAsync(), Pin, Other);
        Spares(_arrivals.Text, Pin, Other);
        _arrivals.Text.Should().Contain(Narrative, "so that what is missing was looked for where it would be");
    }

    [Fact]
    public async Task The_key_of_the_device_can_be_had_by_no_script_and_was_sent_nowhere()
    {
        await using var visit = await EnrolledAsync();
        await ReportAsync(visit);

        var had = await visit.Page.EvaluateAsync<string[]>(
            """
            async () => {
                const db = await new Promise((done, failed) => { const open = indexedDB.open('ledger-device'); open.onsuccess = () => done(open.result); open.onerror = failed })
                const { privateKey } = await new Promise(done => { const read = db.transaction('keys').objectStore('keys').get('signing'); read.onsuccess = () => done(read.result) })
                db.close()
                const tries = ['jwk', 'pkcs8', 'raw'].map(form => crypto.subtle.exportKey(form, privateKey).then(() => form, () => ''))
                return [privateKey.type, `${privateKey.extractable}`, ...await Promise.all(tries), JSON.stringify(privateKey)]
            }
            """
        );

        had.Should().Equal("private", "false", "", "", "", "{}");
        _arrivals.Text.Should().Contain("\"kty\":\"EC\"").And.NotContain("\"d\":");
    }

    [Fact]
    public async Task The_secret_of_the_session_and_of_the_link_can_be_had_by_no_script()
    {
        var link = await _server.InviteAsync("Amal", "monitor");
        await using var visit = await EnrolledAsync(link);
        await ReportAsync(visit);
        var session = (await visit.Profile.CookiesAsync()).Single(cookie =>
            cookie.Name.StartsWith("ledger", StringComparison.Ordinal)
        );

        Spares(await KeptAsync(visit.Page), session.Value, link);
        Spares(await visit.Page.ContentAsync(), session.Value, link);
        (session.HttpOnly, session.SameSite).Should().Be((true, SameSiteAttribute.Strict));
        _arrivals
            .Text.Split('\n')
            .Where(line => line.Contains(link, StringComparison.Ordinal))
            .Should()
            .OnlyContain(line => line.StartsWith('{'), "it is sent once, in a body, and in no address or header");
    }

    [Fact]
    public async Task What_the_server_said_to_somebody_is_forgotten_when_they_sign_out()
    {
        await using var visit = await EnrolledAsync();
        // The worker keeps an answer after the page has it.
        await Visit.PromisedAsync(
            visit.Page,
            "path => caches.match(path).then(kept => kept !== undefined)",
            "/api/v1/me"
        );
        (await KeptAsync(visit.Page))
            .Should()
            .Contain("\"name\":\"Amal\"")
            .And.Contain($"/agreements/{AppServer.Agreement}");
        // An answer that never changes, which the browser has no need to ask for again.
        const string Entry = $"/api/v1/agreements/{AppServer.Agreement}/entries/2";
        await visit.Page.EvaluateAsync("path => fetch(path).then(answer => answer.text())", Entry);
        (await IsCachedAsync()).Should().BeFalse("a browser keeps nothing that was said to somebody");

        await visit.GoAsync("/account");
        await visit.Page.Locator("main").GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await visit.SeesAsync("Nobody is signed in here.");

        (await KeptAsync(visit.Page)).Should().NotContain("Amal").And.NotContain("/agreements");
        (await IsCachedAsync()).Should().BeFalse();

        Task<bool> IsCachedAsync() =>
            visit.Page.EvaluateAsync<bool>(
                "path => fetch(path, { cache: 'only-if-cached', mode: 'same-origin' }).then(answer => answer.ok, () => false)",
                Entry
            );
    }

    [Fact]
    public async Task A_locked_phone_does_not_tell_whose_it_is()
    {
        await using var visit = await EnrolledAsync();
        await LockAsync(visit, Pin);

        foreach (var path in (string[])["/account", "/review", "/field", "/"])
        {
            await visit.GoAsync(path);
            await visit.SettledAsync();
            (await visit.Page.ContentAsync()).Should().NotContain("Amal", path);
        }

        await visit.GoAsync("/account");
        await UnlockAsync(visit.Page, Pin);
        await visit.Page.GetByText("You are signed in as Amal").WaitForAsync(new() { Timeout = Chromium.Patience });
    }

    /// <summary>Comes in by a link, and makes the phone a device of theirs.</summary>
    private async Task<Visit> EnrolledAsync(string? link = null)
    {
        var visit = await Visit.OpenAsync(
            _server,
            $"/sign-in#{link ?? await _server.InviteAsync("Amal", "monitor")}",
            Screen.Phone,
            signedIn: false
        );
        foreach (var name in (string[])["Come in", "Enrol this device"])
            await visit
                .Page.Locator("main")
                .GetByRole(AriaRole.Button, new() { Name = name, Exact = true })
                .ClickAsync();
        await visit.SeesAsync("This device is enrolled.");
        await visit.GoAsync("/field");
        await Monitor.ReadyAsync(visit);
        return visit;
    }

    private static async Task LockAsync(Visit visit, string pin)
    {
        await visit.GoAsync("/field/safety");
        await visit.Page.GetByLabel("New PIN").FillAsync(pin);
        await visit.Page.GetByLabel("Once more").FillAsync(pin);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Set the PIN" }).ClickAsync();
        await visit.Page.GetByText("A PIN is set").WaitForAsync(new() { Timeout = Chromium.Patience });
        await visit.Page.Locator("nav.tabs a").First.ClickAsync();
    }

    private static async Task UnlockAsync(IPage page, string pin)
    {
        await page.Locator("input[type=password]").FillAsync(pin);
        await page.GetByRole(AriaRole.Button, new() { Name = "Unlock" }).ClickAsync();
    }

    private static async Task ReportAsync(Visit visit)
    {
        var page = visit.Page;
        await Monitor.BeginAsync(page);
        await Monitor.FillAsync(page);
        await page.GetByLabel("What you saw or heard").FillAsync(Narrative);
        await Monitor.KeptAsync(page);
        await Monitor.FinishAsync(page);
        await Monitor.ReceivedAsync(page);
    }

    /// <summary>
    /// As it is, as a browser may store letters, and as somebody keeps a secret who does not know better.
    /// </summary>
    private static void Spares(string text, params string[] secrets)
    {
        foreach (var secret in secrets)
        {
            var (plain, wide, digest) = (
                Encoding.UTF8.GetBytes(secret),
                Encoding.Unicode.GetBytes(secret),
                SHA256.HashData(Encoding.UTF8.GetBytes(secret))
            );
            foreach (
                var form in (string[])
                    [
                        secret,
                        Encoding.Latin1.GetString(wide),
                        Convert.ToHexStringLower(plain),
                        Convert.ToBase64String(plain).TrimEnd('='),
                        Encoding.Latin1.GetString(digest),
                        Convert.ToHexStringLower(digest),
                        Convert.ToBase64String(digest).TrimEnd('='),
                        Base64Url.EncodeToString(digest),
                    ]
            )
                text.Contains(form, StringComparison.OrdinalIgnoreCase)
                    .Should()
                    .BeFalse($"{secret[..6]} stands there as {form}");
        }
    }

    /// <summary>
    /// All that a script of this app could read on the phone: every database, both storages, what the worker keeps of
    /// answers, the cookies.
    /// </summary>
    private static async Task<string> KeptAsync(IPage page)
    {
        var kept = await page.EvaluateAsync<string>(
            """
            async () => {
                const latin = bytes => new TextDecoder('latin1').decode(bytes)
                const words = value => value instanceof ArrayBuffer || ArrayBuffer.isView(value) ? latin(value)
                    : value instanceof CryptoKey ? `key ${value.type} ${value.extractable}`
                    : Array.isArray(value) ? value.map(words).join(' ')
                    : value instanceof Object ? Object.entries(value).map(([name, member]) => `${name}=${words(member)}`).join(' ')
                    : String(value)
                const wait = request => new Promise((done, failed) => { request.onsuccess = () => done(request.result); request.onerror = failed })
                const parts = [document.cookie, location.href, ...[localStorage, sessionStorage].flatMap(storage => Object.entries(storage).flat())]
                for (const { name } of await indexedDB.databases()) {
                    const db = await wait(indexedDB.open(name))
                    for (const shelf of db.objectStoreNames) {
                        const store = db.transaction(shelf).objectStore(shelf)
                        parts.push(`shelf ${name}/${shelf}`, ...(await wait(store.getAllKeys())).map(words))
                        parts.push(...(await wait(db.transaction(shelf).objectStore(shelf).getAll())).map(words))
                    }
                    db.close()
                }
                for (const name of await caches.keys()) {
                    const cache = await caches.open(name)
                    for (const request of await cache.keys()) if (new URL(request.url).pathname.startsWith('/api/')) parts.push(request.url, await (await cache.match(request)).text())
                }
                return parts.join('\n')
            }
            """
        );
        kept.Should()
            .Contain("shelf ledger-field/outbox")
            .And.Contain("shelf ledger-device/keys", "there is something to look through");
        return kept;
    }
}
