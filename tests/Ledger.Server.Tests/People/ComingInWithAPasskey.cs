using System.Text.Json.Nodes;
using Ledger.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Ledger.Server.Tests.People;

public sealed class ComingInWithAPasskey : IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);
    private RunningServer _server = null!;
    private Browser _owner = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await RunningServer.StartAsync(clock: _clock);
        _owner = await SignedInAsync("Amal");
    }

    public async ValueTask DisposeAsync()
    {
        _owner.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Needs_no_name_and_lets_the_person_in_who_made_it()
    {
        using var phone = new Authenticator();
        var made = await MakeAsync(_owner, phone);
        made.Status.Should().Be(HttpStatusCode.Created, made.ToString());
        using var elsewhere = new Browser(_server, "localhost");

        var me = await EnterAsync(elsewhere, phone);

        me.Status.Should().Be(HttpStatusCode.OK, me.ToString());
        (me.Json["person"]!["name"]!.GetValue<string>(), me.Json["how"]!.GetValue<string>())
            .Should()
            .Be(("Amal", "passkey"));
        (await elsewhere.MeAsync())["person"]!["id"]!
            .GetValue<string>()
            .Should()
            .Be((await _owner.MeAsync())["person"]!["id"]!.GetValue<string>());
        var kept = (await _owner.Http.AskAsync("/api/v1/passkeys")).Json["passkeys"]!.AsArray().Single()!;
        kept["name"]!.GetValue<string>().Should().Be("Phone");
        kept["lastUsedAt"].Should().NotBeNull();
    }

    [Fact]
    public async Task In_a_session_is_a_fresh_proof_and_gives_it_another_secret()
    {
        using var phone = new Authenticator();
        await MakeAsync(_owner, phone);
        var before = await _owner.MeAsync();
        using var copy = new Browser(_server, "localhost");
        copy.Cookies.Add(_owner.Cookies.GetAllCookies());
        _clock.Advance(TimeSpan.FromMinutes(16));
        (await _owner.Http.PostAsync("/api/v1/tokens", """{"name": "robot"}"""))
            .Code.Should()
            .Be("permission/stale-proof");

        (await EnterAsync(_owner, phone)).Status.Should().Be(HttpStatusCode.OK);

        (await _owner.Http.PostAsync("/api/v1/tokens", """{"name": "robot"}"""))
            .Status.Should()
            .Be(HttpStatusCode.Created);
        (await _owner.MeAsync())["person"]!.ToJsonString().Should().Be(before["person"]!.ToJsonString());
        (await _owner.Http.AskAsync("/api/v1/people/me/sessions")).Json["sessions"]!
            .AsArray()
            .Should()
            .ContainSingle("the session goes on");
        (await copy.MeAsync())["person"].Should().BeNull("a copy of its cookie has no part in the proof");
    }

    [Fact]
    public async Task Asks_for_a_finger_or_a_PIN_and_for_a_key_that_names_its_owner()
    {
        var options = (await _owner.Http.PostAsync("/api/v1/passkeys/challenges", "{}")).Json["options"]!;

        options["rp"]!["id"]!.GetValue<string>().Should().Be("localhost");
        (
            options["authenticatorSelection"]!["residentKey"]!.GetValue<string>(),
            options["authenticatorSelection"]!["userVerification"]!.GetValue<string>()
        )
            .Should()
            .Be(("required", "required"));
        options["challenge"]!.GetValue<string>().Should().HaveLength(43);
        using var stranger = new Browser(_server, "localhost");
        var asked = await stranger.Http.PostAsync("/api/v1/sign-in/challenges", "{}");
        asked.Json["options"]!["userVerification"]!.GetValue<string>().Should().Be("required");
        asked
            .Response.Headers.GetValues("Set-Cookie")
            .Single()
            .Should()
            .Contain("httponly")
            .And.Contain("samesite=strict")
            .And.Contain("max-age=300");
    }

    [Fact]
    public async Task Is_over_once_it_was_removed()
    {
        using var phone = new Authenticator();
        var id = (await MakeAsync(_owner, phone)).Json["id"]!.GetValue<string>();
        using var another = await SignedInAsync("Badr");
        (await another.Http.PostAsync($"/api/v1/passkeys/{id}/removal", "{}"))
            .Code.Should()
            .Be("passkey/not-found", "it is not theirs");

        (await _owner.Http.PostAsync($"/api/v1/passkeys/{id}/removal", "{}")).Status.Should().Be(HttpStatusCode.OK);

        using var elsewhere = new Browser(_server, "localhost");
        await RefusedAsync(EnterAsync(elsewhere, phone));
    }

    [Fact]
    public async Task Is_over_with_the_person_and_with_the_device_it_was_made_on()
    {
        using var phone = new Authenticator();
        using var desk = new Authenticator();
        await MakeAsync(_owner, desk);
        (await _owner.Http.PostAsync("/api/v1/devices", Description.Examples.Of("device").ToJsonString()))
            .Status.Should()
            .Be(HttpStatusCode.OK);
        await MakeAsync(_owner, phone);
        var me = await _owner.MeAsync();

        await _owner.Http.PostAsync($"/api/v1/people/me/devices/{me["device"]}/revocation", "{}");

        (await _owner.MeAsync())["person"].Should().BeNull("the session was the device's");
        using var elsewhere = new Browser(_server, "localhost");
        await RefusedAsync(EnterAsync(elsewhere, phone));
        (await EnterAsync(elsewhere, desk)).Status.Should().Be(HttpStatusCode.OK);
        await _server.Http.PostAsync($"/api/v1/people/{me["person"]!["id"]}/revocation", "{}");
        desk.Counter++;
        await RefusedAsync(EnterAsync(elsewhere, desk));
    }

    [Fact]
    public async Task Is_refused_when_any_word_of_the_answer_is_wrong()
    {
        using var phone = new Authenticator { Counter = 5 };
        await MakeAsync(_owner, phone);
        using var other = new Authenticator { Credential = phone.Credential };
        using var browser = new Browser(_server, "localhost");
        var person = (await _owner.MeAsync())["person"]!["id"]!.GetValue<string>();
        var operators = "00000000-0000-7000-8000-000000000001";

        async Task<Answer> TryAsync(
            Action<Authenticator> spoil,
            Func<JsonObject, JsonObject>? then = null,
            string? user = null,
            Authenticator? by = null
        )
        {
            phone.Counter++;
            spoil(phone);
            var options = (await browser.Http.PostAsync("/api/v1/sign-in/challenges", "{}")).Json["options"]!;
            var credential = (by ?? phone).Get(options, browser.Address, user);
            var answer = await SendAsync(browser, then is null ? credential : then(credential));
            (phone.Origin, phone.Site, phone.Verifies, phone.CrossOrigin) = (null, "localhost", true, false);
            return answer;
        }

        await RefusedAsync(TryAsync(p => p.Origin = "https://evil.example"));
        await RefusedAsync(TryAsync(p => p.Origin = "http://localhost:1"));
        await RefusedAsync(TryAsync(p => p.Site = "evil.example"));
        await RefusedAsync(TryAsync(p => p.Verifies = false));
        await RefusedAsync(TryAsync(p => p.CrossOrigin = true));
        await RefusedAsync(TryAsync(p => p.Counter = 3));
        phone.Counter = 10;
        await RefusedAsync(TryAsync(_ => { }, user: operators));
        await RefusedAsync(TryAsync(_ => { }, user: "nobody"));
        other.Make(
            new JsonObject
            {
                ["user"] = new JsonObject { ["id"] = "" },
                ["challenge"] = "",
            },
            ""
        );
        await RefusedAsync(TryAsync(_ => { }, user: person, by: other));
        await RefusedAsync(
            TryAsync(
                _ => { },
                credential =>
                {
                    (credential["id"], credential["rawId"]) = ("AAAA", "AAAA");
                    return credential;
                }
            )
        );
        foreach (var member in (string[])["clientDataJSON", "authenticatorData", "signature", "userHandle"])
        {
            foreach (var junk in (JsonNode?[])["", "AAAA", "%%%", 7, null, new JsonArray(), new string('A', 100_000)])
            {
                await RefusedAsync(
                    TryAsync(
                        _ => { },
                        credential =>
                        {
                            credential["response"]![member] = junk?.DeepClone();
                            return credential;
                        }
                    )
                );
            }
        }

        (await TryAsync(_ => { })).Status.Should().Be(HttpStatusCode.OK, "what was spoilt was the reason");
    }

    [Fact]
    public async Task Is_not_made_of_a_wrong_answer()
    {
        foreach (
            var spoil in (Action<Authenticator>[])
                [
                    p => p.Origin = "https://evil.example",
                    p => p.Site = "evil.example",
                    p => p.Verifies = false,
                    p => p.CrossOrigin = true,
                ]
        )
        {
            using var phone = new Authenticator();
            spoil(phone);
            await RefusedAsync(MakeAsync(_owner, phone));
        }

        foreach (var member in (string[])["clientDataJSON", "attestationObject"])
        {
            foreach (var junk in (JsonNode?[])["", "AAAA", "%%%", 7, null, new string('o', 100_000)])
            {
                using var phone = new Authenticator();
                var options = (await _owner.Http.PostAsync("/api/v1/passkeys/challenges", "{}")).Json["options"]!;
                var credential = phone.Make(options, _owner.Address);
                credential["response"]![member] = junk?.DeepClone();
                await RefusedAsync(
                    _owner.Http.PostAsync(
                        "/api/v1/passkeys",
                        new JsonObject { ["name"] = "Phone", ["credential"] = credential }
                    )
                );
            }
        }

        (await _owner.Http.AskAsync("/api/v1/passkeys")).Json["passkeys"]!.AsArray().Should().BeEmpty();
    }

    [Fact]
    public async Task Answers_a_challenge_once_in_time_and_in_the_browser_that_asked()
    {
        using var phone = new Authenticator { Counter = 1 };
        await MakeAsync(_owner, phone);
        using var browser = new Browser(_server, "localhost");
        using var thief = new Browser(_server, "localhost");

        var options = (await browser.Http.PostAsync("/api/v1/sign-in/challenges", "{}")).Json["options"]!;
        phone.Counter++;
        var credential = phone.Get(options, browser.Address);
        await thief.Http.PostAsync("/api/v1/sign-in/challenges", "{}");
        await RefusedAsync(SendAsync(thief, credential));
        var cookie = browser.Cookies.GetCookies(new Uri(browser.Address)).Single();
        (await SendAsync(browser, credential)).Status.Should().Be(HttpStatusCode.OK);
        browser.Cookies.Add(new Cookie(cookie.Name, cookie.Value, "/", cookie.Domain));
        phone.Counter++;
        await RefusedAsync(SendAsync(browser, phone.Get(options, browser.Address)));

        var late = (await browser.Http.PostAsync("/api/v1/sign-in/challenges", "{}")).Json["options"]!;
        _clock.Advance(TimeSpan.FromMinutes(5));
        await RefusedAsync(SendAsync(browser, phone.Get(late, browser.Address)));
        await browser.Http.PostAsync("/api/v1/sign-in/challenges", "{}");
        (await TestDatabase.AskAsync<long>(_server.Connection, "select count(*) from ledger.challenge"))
            .Should()
            .Be(1, "what has expired is not kept");
    }

    [Fact]
    public async Task Is_made_in_the_session_that_asked_for_it_and_by_no_token()
    {
        using var phone = new Authenticator();
        using var another = await SignedInAsync("Badr");
        var options = (await _owner.Http.PostAsync("/api/v1/passkeys/challenges", "{}")).Json["options"]!;
        var asked = _owner
            .Cookies.GetCookies(new Uri(_owner.Address))
            .Single(cookie => cookie.Name.StartsWith("ledger-challenge", StringComparison.Ordinal));
        another.Cookies.Add(new Cookie(asked.Name, asked.Value, "/", asked.Domain));

        await RefusedAsync(
            another.Http.PostAsync(
                "/api/v1/passkeys",
                new JsonObject { ["name"] = "Phone", ["credential"] = phone.Make(options, _owner.Address) }
            )
        );
        (await _server.Http.PostAsync("/api/v1/passkeys/challenges", "{}")).Code.Should().Be("permission/no-session");
    }

    [Fact]
    public async Task Needs_a_name_of_the_server()
    {
        using var browser = new Browser(_server);

        var answer = await browser.Http.PostAsync("/api/v1/sign-in/challenges", "{}");

        (answer.Status, answer.Code).Should().Be((HttpStatusCode.UnprocessableEntity, "passkey/no-name"));
        answer.Text.Should().Contain("http://localhost:");
    }

    [Fact]
    public async Task Is_asked_for_so_many_times_a_minute()
    {
        await using var server = await RunningServer.StartAsync(
            also: ["--LEDGER_LIMIT=10", "--LEDGER_LIMIT_LOOPBACK=yes"]
        );
        using var browser = new Browser(server, "localhost");

        var answers = new List<Answer>();
        for (var i = 0; i < 10; i++)
            answers.Add(await browser.Http.PostAsync("/api/v1/sign-in/challenges", "{}"));

        answers.Should().Contain(answer => answer.Status == HttpStatusCode.OK);
        answers[^1].Code.Should().Be("request/too-many");
        answers[^1].Response.Headers.RetryAfter.Should().NotBeNull();
    }

    [Fact]
    public async Task Is_of_the_configured_name_behind_a_proxy_that_ends_TLS()
    {
        const string Name = "ledger.example.org";
        var keeper = await _server.Http.PostAsync(
            "/api/v1/invitations",
            """{"name": "Keeper", "memberships": [{"agreement": "*", "role": "administrator"}]}"""
        );
        (await _owner.OpenAsync(Browser.SecretOf(keeper))).Status.Should().Be(HttpStatusCode.OK);
        var link = Browser.SecretOf(await _server.Http.PostAsync("/api/v1/people/me/links", "{}"));
        await using var server = await RunningServer.StartAsync(
            _server.Connection,
            alone: false,
            clock: _clock,
            also: [$"--LEDGER_HOSTS={Name}", "--LEDGER_PROXIES=127.0.0.1"]
        );
        using var proxied = server.Stranger();
        foreach (
            var (header, value) in ((string, string)[])
                [
                    ("Host", Name),
                    ("X-Forwarded-Proto", "https"),
                    ("X-Forwarded-For", "203.0.113.9"),
                    ("Origin", $"https://{Name}"),
                    ("Ledger-Request", "1"),
                ]
        )
            proxied.DefaultRequestHeaders.Add(header, value);
        using var phone = new Authenticator { Site = Name };

        async Task<Answer> SendAsync(string path, JsonNode body)
        {
            var answer = await proxied.PostAsync(path, body);
            foreach (var cookie in answer.Response.Headers.TryGetValues("Set-Cookie", out var set) ? set : [])
            {
                cookie.Should().StartWith("__Host-").And.Contain("secure");
                proxied.DefaultRequestHeaders.Add("Cookie", cookie.Split(';')[0]);
            }

            return answer;
        }

        await SendAsync("/api/v1/sign-in", new JsonObject { ["secret"] = link });
        var options = (await SendAsync("/api/v1/passkeys/challenges", new JsonObject())).Json["options"]!;
        options["rp"]!["id"]!.GetValue<string>().Should().Be(Name);
        var made = await SendAsync(
            "/api/v1/passkeys",
            new JsonObject { ["name"] = "Phone", ["credential"] = phone.Make(options, $"https://{Name}") }
        );
        made.Status.Should().Be(HttpStatusCode.Created, made.ToString());

        // The same passkey under another name of the same server.
        using var local = new Browser(_server, "localhost");
        await RefusedAsync(EnterAsync(local, phone));
        proxied.DefaultRequestHeaders.Remove("Cookie");
        var asked = (await SendAsync("/api/v1/sign-in/challenges", new JsonObject())).Json["options"]!;
        await RefusedAsync(
            SendAsync("/api/v1/sign-in/passkey", new JsonObject { ["credential"] = phone.Get(asked, $"http://{Name}") })
        );
        proxied.DefaultRequestHeaders.Remove("Cookie");
        asked = (await SendAsync("/api/v1/sign-in/challenges", new JsonObject())).Json["options"]!;
        (
            await SendAsync(
                "/api/v1/sign-in/passkey",
                new JsonObject { ["credential"] = phone.Get(asked, $"https://{Name}") }
            )
        ).Json["how"]!
            .GetValue<string>()
            .Should()
            .Be("passkey");
    }

    private async Task<Browser> SignedInAsync(string name)
    {
        var browser = new Browser(_server, "localhost");
        await browser.OpenAsync(
            Browser.SecretOf(
                await _server.Http.PostAsync(
                    "/api/v1/invitations",
                    new JsonObject
                    {
                        ["name"] = name,
                        ["memberships"] = new JsonArray(new JsonObject { ["agreement"] = "*", ["role"] = "auditor" }),
                    }
                )
            )
        );
        return browser;
    }

    private static async Task<Answer> MakeAsync(Browser browser, Authenticator phone)
    {
        var options = (await browser.Http.PostAsync("/api/v1/passkeys/challenges", "{}")).Json["options"]!;
        return await browser.Http.PostAsync(
            "/api/v1/passkeys",
            new JsonObject { ["name"] = "Phone", ["credential"] = phone.Make(options, browser.Address) }
        );
    }

    private static async Task<Answer> EnterAsync(Browser browser, Authenticator phone) =>
        await SendAsync(
            browser,
            phone.Get(
                (await browser.Http.PostAsync("/api/v1/sign-in/challenges", "{}")).Json["options"]!,
                browser.Address
            )
        );

    private static Task<Answer> SendAsync(Browser browser, JsonObject credential) =>
        browser.Http.PostAsync("/api/v1/sign-in/passkey", new JsonObject { ["credential"] = credential.DeepClone() });

    private static async Task RefusedAsync(Task<Answer> asked)
    {
        var answer = await asked;
        (answer.Status, answer.Code)
            .Should()
            .Be((HttpStatusCode.Forbidden, "permission/passkey-refused"), answer.ToString());
        answer.Should().BeAProblem();
    }
}
