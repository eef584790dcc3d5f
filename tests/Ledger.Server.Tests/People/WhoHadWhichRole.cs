using System.Text.Json.Nodes;
using Ledger.Store.People;
using Ledger.Testing;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace Ledger.Server.Tests.People;

/// <summary>A role that was taken away was had.</summary>
public sealed class WhoHadWhichRole : IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);
    private RunningServer _server = null!;
    private Guid _person;

    public async ValueTask InitializeAsync()
    {
        _server = await RunningServer.StartAsync(clock: _clock);
        (await _server.Http.PostAsync("/api/v1/agreements", Idlib.Adoption()))
            .Status.Should()
            .Be(HttpStatusCode.Created);
        (_person, _) = await _server.PersonAsync(Role.Monitor.In(Idlib.Id));
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Is_told_with_its_time_and_who_gave_and_took_it()
    {
        await ChangeAsync("memberships", "reviewer", opensSealed: false);
        await ChangeAsync("memberships", "reviewer", opensSealed: false);
        await ChangeAsync("memberships", "reviewer", opensSealed: true);
        await ChangeAsync("memberships/withdrawals", "reviewer", opensSealed: true);
        await ChangeAsync("memberships", "auditor", opensSealed: false);
        await _server.Http.PostAsync($"/api/v1/people/{_person}/revocation", "{}");

        var held = await HistoryAsync(_server.Http);

        held.Should()
            .Equal(
                "auditor, by Operator, until the person was revoked",
                "reviewer and seals, by Operator, taken by Operator",
                "reviewer, by Operator, taken by Operator",
                "monitor, by the server, until the person was revoked"
            );
        var times = (await _server.Http.AskAsync($"{Idlib.Agreement}/roles")).Json["roles"]!
            .AsArray()
            .Where(role => Is(role!))
            .Select(role => (From: role!["from"]!.GetValue<string>(), Until: role["until"]!.GetValue<string>()))
            .ToList();
        times[2].Until.Should().Be(times[1].From, "the one ended as the other began");
        times.Should().OnlyContain(time => string.CompareOrdinal(time.From, time.Until) < 0);
    }

    [Fact]
    public async Task Is_for_auditors_and_administrators_of_that_agreement()
    {
        foreach (
            var (role, may) in ((Role, bool)[])
                [
                    (Role.Auditor, true),
                    (Role.Administrator, true),
                    (Role.Reviewer, false),
                    (Role.Monitor, false),
                    (Role.Party, false),
                ]
        )
        {
            var http = await _server.ActorAsync(role.In(Idlib.Id));
            (await http.AskAsync($"{Idlib.Agreement}/roles"))
                .Status.Should()
                .Be(may ? HttpStatusCode.OK : HttpStatusCode.Forbidden, role.ToString());
        }

        (await (await _server.ActorAsync(Role.Auditor.In("another"))).AskAsync($"{Idlib.Agreement}/roles"))
            .Code.Should()
            .Be("agreement/not-found");
    }

    [Fact]
    public async Task Is_not_rewritten_by_a_slip()
    {
        await ChangeAsync("memberships/withdrawals", "monitor", opensSealed: false);

        foreach (
            var slip in (string[])
                [
                    "delete from ledger.past_membership",
                    "update ledger.past_membership set withdrawn_at = granted_at",
                    "truncate ledger.past_membership",
                ]
        )
            await FluentActions
                .Awaiting(() => TestDatabase.ExecuteAsync(_server.Connection, slip))
                .Should()
                .ThrowAsync<PostgresException>()
                .WithMessage("*only grows*");
    }

    private async Task ChangeAsync(string path, string role, bool opensSealed)
    {
        _clock.Advance(TimeSpan.FromMinutes(1));
        var answer = await _server.Http.PostAsync(
            $"/api/v1/people/{_person}/{path}",
            new JsonObject
            {
                ["agreement"] = Idlib.Id,
                ["role"] = role,
                ["opensSealed"] = opensSealed,
            }
        );
        answer.Status.Should().Be(HttpStatusCode.OK, answer.ToString());
        _clock.Advance(TimeSpan.FromMinutes(1));
    }

    private async Task<List<string>> HistoryAsync(HttpClient http) =>
        [
            .. (await http.AskAsync($"{Idlib.Agreement}/roles")).Json["roles"]!
                .AsArray()
                .Where(role => Is(role!))
                .Select(role =>
                    $"{role!["role"]}{(role["opensSealed"]!.GetValue<bool>() ? " and seals" : "")}, by {role["givenBy"]?.ToString() ?? "the server"}, {(role["until"] is null ? "has it" : role["takenBy"] is { } by ? $"taken by {by}" : "until the person was revoked")}"
                ),
        ];

    private bool Is(JsonNode role) => role["person"]!.GetValue<string>() == _person.ToString();
}
