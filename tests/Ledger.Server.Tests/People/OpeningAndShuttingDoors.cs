using System.Text.RegularExpressions;
using Ledger.Server.Authorization;
using Ledger.Server.People;
using Ledger.Store.People;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Time.Testing;
using NodaTime;

namespace Ledger.Server.Tests.People;

/// <summary>
/// Tokens, sessions, passkeys, devices and links are the ways in. Whoever holds a program's token, or finds a browser
/// that was left open, must not be able to make one, or to shut the owner's.
/// </summary>
public sealed partial class OpeningAndShuttingDoors : IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);
    private RunningServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await RunningServer.StartAsync(clock: _clock);

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    private async Task<IReadOnlyList<(string Method, string Path)>> DescribedAsync() =>
        [
            .. (await _server.Http.AskAsync("/openapi/v1.json")).Json["paths"]!
                .AsObject()
                .SelectMany(path =>
                    path.Value!.AsObject().Select(operation => (operation.Key.ToUpperInvariant(), path.Key))
                )
                .Where(operation => operation.Item1 is not "GET" && IsDoor(operation.Key)),
        ];

    /// <summary>By its address: whoever adds a way in names it so, and cannot forget to say that it is one.</summary>
    private static bool IsDoor(string path) =>
        path.StartsWith("/api/v1/tokens", StringComparison.Ordinal)
        || path.StartsWith("/api/v1/passkeys", StringComparison.Ordinal)
        || path.StartsWith("/api/v1/devices", StringComparison.Ordinal)
        || path.StartsWith("/api/v1/invitations", StringComparison.Ordinal)
        || (
            path.StartsWith("/api/v1/people/", StringComparison.Ordinal)
            && !path.Contains("/memberships", StringComparison.Ordinal)
        );

    [Fact]
    public async Task Is_stated_by_every_endpoint_that_does_it()
    {
        var doors = await DescribedAsync();
        doors.Should().HaveCount(12);

        _server
            .Get<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .Where(route => route.Metadata.GetMetadata<PermitAttribute>() is { Door: true })
            .Select(StatedPermissions.NameOf)
            .Should()
            .BeEquivalentTo(doors.Select(door => $"{door.Method} {door.Path}"));
    }

    [Fact]
    public async Task Takes_more_than_a_token_whatever_its_roles()
    {
        var every = Enum.GetValues<Role>().Select(role => role.In(Membership.Every) with { OpensSealed = true });
        using var keeper = await _server.ActorAsync([.. every]);
        using var monitor = await _server.ActorAsync();

        foreach (var (method, path) in await DescribedAsync())
        {
            var answer = await SendAsync(keeper, method, path);
            (answer.Status, answer.Code).Should().Be((HttpStatusCode.Forbidden, "permission/no-session"), path);
            (await SendAsync(monitor, method, path)).Status.Should().Be(HttpStatusCode.Forbidden, path);
        }
    }

    [Fact]
    public async Task Takes_more_than_a_session_that_began_a_while_ago()
    {
        var (_, keeper) = await _server.SignedInAsync(new Membership(Membership.Every, Role.Administrator));
        using var browser = keeper;
        foreach (var (method, path) in await DescribedAsync())
            (await SendAsync(browser.Http, method, path)).Text.Should().NotContain("stale-proof", path);

        _clock.Advance(TimeSpan.FromMinutes(16));

        foreach (var (method, path) in await DescribedAsync())
        {
            var answer = await SendAsync(browser.Http, method, path);
            (answer.Status, answer.Code).Should().Be((HttpStatusCode.Forbidden, "permission/stale-proof"), path);
        }

        (await browser.Http.AskAsync("/api/v1/tokens")).Status.Should().Be(HttpStatusCode.OK, "looking opens nothing");
        (await browser.Http.PostAsync("/api/v1/sign-out", "{}")).Status.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task By_the_operators_token_makes_nothing_that_outlives_it()
    {
        var (link, token) = (
            Browser.SecretOf(await _server.Http.PostAsync("/api/v1/people/me/links", "{}")),
            (await _server.Http.PostAsync("/api/v1/tokens", """{"name": "robot"}""")).Json["secret"]!.GetValue<string>()
        );
        using var robot = _server.Stranger().With(token);
        using var operating = new Browser(_server);
        await operating.OpenAsync(Browser.SecretOf(await _server.Http.PostAsync("/api/v1/people/me/links", "{}")));
        (await robot.AskAsync("/api/v1/people")).Status.Should().Be(HttpStatusCode.OK);
        (await robot.PostAsync("/api/v1/tokens", """{"name": "another"}""")).Code.Should().Be("permission/no-session");
        var own = (await _server.Http.AskAsync("/api/v1/tokens")).Json["tokens"]!
            .AsArray()
            .Single(t => t!["name"]!.GetValue<string>() == "operator.token")!["id"];

        (await _server.Http.PostAsync($"/api/v1/tokens/{own}/revocation", "{}")).Status.Should().Be(HttpStatusCode.OK);

        (await _server.Http.AskAsync("/api/v1/tokens")).Code.Should().Be("permission/token-refused");
        (await robot.AskAsync("/api/v1/people")).Code.Should().Be("permission/token-refused");
        (await operating.MeAsync())["person"].Should().BeNull();
        using var late = new Browser(_server);
        (await late.OpenAsync(link)).Code.Should().Be("permission/link-withdrawn");
    }

    [Fact]
    public async Task By_a_token_gives_no_more_time_than_it_has()
    {
        var shortly =
            $"{(await File.ReadAllTextAsync(RunningServer.OperatorFileOf(_server.Connection))).Trim()[..^4]}AAAA";
        var kept = await _server
            .Get<SignIns>()
            .KeepOperatorsAsync(shortly, Operator.Id, "for a day", Duration.FromDays(1));
        using var http = _server.Stranger().With(shortly);

        var made = (await http.PostAsync("/api/v1/tokens", """{"name": "robot", "days": 365}""")).Json;

        NodaTime
            .Text.InstantPattern.ExtendedIso.Parse(made["expiresAt"]!.GetValue<string>())
            .Value.Should()
            .BeLessThanOrEqualTo(kept.ExpiresAt);
    }

    [Fact]
    public async Task Of_tokens_that_tokens_made_before_happens_with_the_token_that_may_have_made_them()
    {
        var (id, signedIn) = await _server.SignedInAsync(Role.Monitor.In(Idlib.Id));
        using var browser = signedIn;
        async Task<(HttpClient Http, Guid Token)> IssuedAsync(Guid? madeBy)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            var (secret, token) = await _server
                .Get<SignIns>()
                .IssueAsync(id, "robot", null, Duration.FromDays(1), null, madeBy, null);
            return (_server.Stranger().With(secret), token.Id);
        }

        var older = await IssuedAsync(null);
        var parent = await IssuedAsync(null);
        var child = await IssuedAsync(null);
        var bySession = await IssuedAsync(Guid.CreateVersion7());

        (await browser.Http.PostAsync($"/api/v1/tokens/{parent.Token}/revocation", "{}"))
            .Status.Should()
            .Be(HttpStatusCode.OK);

        foreach (
            var (http, works) in new[]
            {
                (older.Http, true),
                (parent.Http, false),
                (child.Http, false),
                (bySession.Http, true),
            }
        )
        {
            (await http.AskAsync("/api/v1/tokens"))
                .Status.Should()
                .Be(works ? HttpStatusCode.OK : HttpStatusCode.Unauthorized);
            http.Dispose();
        }
    }

    private static async Task<Answer> SendAsync(HttpClient http, string method, string path)
    {
        using var request = new HttpRequestMessage(
            new HttpMethod(method),
            Parameter().Replace(path, "01922b7e-4a00-7c3e-9f10-2b6d1c7a9e55")
        )
        {
            Content = Client.Body("{}"),
        };
        return await http.SendAsync(request).ReadAsync();
    }

    [GeneratedRegex(@"\{[^}]+\}", RegexOptions.None, 1000)]
    private static partial Regex Parameter();
}
