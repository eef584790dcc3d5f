using System.Net.Sockets;
using System.Text;
using Ledger.Server.Answers;
using Ledger.Store.People;
using Microsoft.Extensions.Time.Testing;

namespace Ledger.Server.Tests.People;

/// <summary>
/// What takes long is not let in once and for all: whoever may no longer do it is stopped in the middle.
/// </summary>
public sealed class RequestsThatGoOn : IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);
    private RunningServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await RunningServer.StartAsync(clock: _clock);
        (await _server.Http.PostAsync("/api/v1/agreements", Idlib.Adoption()))
            .Status.Should()
            .Be(HttpStatusCode.Created);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Following_ends_for_whoever_was_revoked_though_nothing_happens()
    {
        var (id, http) = await _server.PersonAsync(Role.Auditor.In(Idlib.Id));
        using var listener = await Listener.OpenAsync(http, $"{Idlib.Agreement}/changes");

        (await _server.Http.PostAsync($"/api/v1/people/{id}/revocation", "{}")).Status.Should().Be(HttpStatusCode.OK);

        await EndsAsync(listener);
    }

    [Fact]
    public async Task Following_ends_with_the_session()
    {
        using var browser = await SignedInAsync();
        using var listener = await Listener.OpenAsync(browser.Http, $"{Idlib.Agreement}/changes");

        (await browser.Http.PostAsync("/api/v1/sign-out", "{}")).Status.Should().Be(HttpStatusCode.OK);

        await EndsAsync(listener);
    }

    [Fact]
    public async Task Following_ends_when_the_session_was_used_for_nothing_else_for_a_week()
    {
        using var browser = await SignedInAsync();
        using var listener = await Listener.OpenAsync(browser.Http, $"{Idlib.Agreement}/changes");

        _clock.Advance(TimeSpan.FromDays(8));

        await EndsAsync(listener);
    }

    [Fact]
    public async Task Following_ends_for_a_token_whose_role_was_taken_away_though_its_owner_has_another()
    {
        var (id, signedIn) = await _server.SignedInAsync(Role.Auditor.In(Idlib.Id), Role.Monitor.In(Idlib.Id));
        using var http = signedIn.Http;
        var token = (
            await http.PostAsync(
                "/api/v1/tokens",
                $$"""{"name": "robot", "memberships": [{"agreement": "{{Idlib.Id}}", "role": "auditor"}]}"""
            )
        ).Json["secret"]!.GetValue<string>();
        using var robot = _server.Stranger().With(token);
        using var listener = await Listener.OpenAsync(robot, $"{Idlib.Agreement}/changes");

        (
            await _server.Http.PostAsync(
                $"/api/v1/people/{id}/memberships/withdrawals",
                $$"""{"agreement": "{{Idlib.Id}}", "role": "auditor"}"""
            )
        )
            .Status.Should()
            .Be(HttpStatusCode.OK);
        (await http.AskAsync(Idlib.Agreement)).Status.Should().Be(HttpStatusCode.OK, "of their own they still may");

        await EndsAsync(listener);
    }

    [Fact]
    public async Task Following_goes_on_for_whoever_may()
    {
        var (_, http) = await _server.PersonAsync(Role.Auditor.In(Idlib.Id));
        using var listener = await Listener.OpenAsync(http, $"{Idlib.Agreement}/changes");

        (await BeatAsync(listener)).Should().Be(": still here");
    }

    [Fact]
    public async Task A_batch_ends_at_the_line_that_comes_after_its_sender_was_revoked()
    {
        var (id, http) = await _server.PersonAsync(Role.Monitor.In(Idlib.Id));
        using var batch = await SlowBatch.OpenAsync(http);
        (await batch.SendAsync()).Should().Contain("\"status\":201");
        var size = await SizeAsync();

        (await _server.Http.PostAsync($"/api/v1/people/{id}/revocation", "{}")).Status.Should().Be(HttpStatusCode.OK);
        _clock.Advance(TimeSpan.FromSeconds(2));

        (await batch.SendAsync()).Should().Contain("\"status\":401").And.Contain("permission/token-refused");
        (await SizeAsync()).Should().Be(size);
    }

    [Fact]
    public async Task A_batch_goes_by_the_roles_that_its_sender_has_at_each_line()
    {
        var (id, http) = await _server.PersonAsync(Role.Monitor.In(Idlib.Id), Role.Auditor.In(Idlib.Id));
        using var batch = await SlowBatch.OpenAsync(http);
        (await batch.SendAsync()).Should().Contain("\"status\":201");

        (
            await _server.Http.PostAsync(
                $"/api/v1/people/{id}/memberships/withdrawals",
                $$"""{"agreement": "{{Idlib.Id}}", "role": "monitor"}"""
            )
        )
            .Status.Should()
            .Be(HttpStatusCode.OK);
        _clock.Advance(TimeSpan.FromSeconds(2));
        (await batch.SendAsync()).Should().Contain("\"status\":403").And.Contain("permission/denied");

        (
            await _server.Http.PostAsync(
                $"/api/v1/people/{id}/memberships",
                $$"""{"agreement": "{{Idlib.Id}}", "role": "monitor"}"""
            )
        )
            .Status.Should()
            .Be(HttpStatusCode.OK);
        _clock.Advance(TimeSpan.FromSeconds(2));
        (await batch.SendAsync()).Should().Contain("\"status\":201");
    }

    /// <summary>Soon, and not because the session or the token expired meanwhile.</summary>
    private async Task EndsAsync(Listener listener)
    {
        var before = _clock.GetUtcNow();
        await FluentActions.Awaiting(() => BeatAsync(listener)).Should().ThrowAsync<EndOfStreamException>();
        (_clock.GetUtcNow() - before).Should().BeLessThan(TimeSpan.FromHours(1));
    }

    /// <summary>
    /// The next comment. The server may not have set its timer yet, so the time goes on until there is one.
    /// </summary>
    private async Task<string> BeatAsync(Listener listener)
    {
        var comment = listener.CommentAsync();
        await Eventually.Async(() =>
        {
            _clock.Advance(EventStream.Heartbeat);
            return Task.FromResult(comment.IsCompleted);
        });
        return await comment;
    }

    private async Task<Browser> SignedInAsync()
    {
        var browser = new Browser(_server);
        var invited = await _server.Http.PostAsync(
            "/api/v1/invitations",
            $$"""{"name": "Amal", "memberships": [{"agreement": "{{Idlib.Id}}", "role": "auditor"}]}"""
        );
        (await browser.OpenAsync(Browser.SecretOf(invited))).Status.Should().Be(HttpStatusCode.OK);
        return browser;
    }

    private async Task<long> SizeAsync() =>
        (await _server.Http.AskAsync($"{Idlib.Agreement}/entries?limit=1")).Json["size"]!.GetValue<long>();

    /// <summary>A batch of which a line is sent when it pleases its sender.</summary>
    private sealed class SlowBatch(TcpClient line, StreamReader answers) : IDisposable
    {
        public static async Task<SlowBatch> OpenAsync(HttpClient http)
        {
            var line = new TcpClient();
            await line.ConnectAsync(http.BaseAddress!.Host, http.BaseAddress.Port);
            await line.GetStream()
                .WriteAsync(
                    Encoding.ASCII.GetBytes(
                        $"POST {Idlib.Agreement}/reports/batch HTTP/1.1\r\nHost: {http.BaseAddress.Authority}\r\nAuthorization: {http.DefaultRequestHeaders.Authorization}\r\nContent-Type: application/jsonl\r\nTransfer-Encoding: chunked\r\n\r\n"
                    )
                );
            return new SlowBatch(line, new StreamReader(line.GetStream()));
        }

        /// <returns>What is answered to the line.</returns>
        public async Task<string> SendAsync()
        {
            var report = Idlib.Report("patrol", "2018-12-01").ToJsonString() + "\n";
            await line.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"{report.Length:x}\r\n{report}\r\n"));
            while (true)
            {
                if (await answers.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30)) is not { } said)
                    throw new EndOfStreamException("The answer ended.");
                if (said.StartsWith("{\"line\"", StringComparison.Ordinal))
                    return said;
            }
        }

        public void Dispose()
        {
            answers.Dispose();
            line.Dispose();
        }
    }
}
