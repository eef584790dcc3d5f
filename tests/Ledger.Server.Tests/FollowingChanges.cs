using System.Text.Json.Nodes;
using Ledger.Server.Answers;
using Microsoft.Extensions.Time.Testing;

namespace Ledger.Server.Tests;

public sealed class FollowingChanges(ServerWithIdlib world) : IClassFixture<ServerWithIdlib>
{
    [Fact]
    public async Task A_listener_hears_each_entry_once_and_in_order()
    {
        var from = await SizeAsync();
        using var listener = await Listener.OpenAsync(world.Http, $"{Idlib.Agreement}/changes");

        await FileAsync(5);

        (await listener.TakeAsync(5))
            .Select(heard => heard.Id)
            .Should()
            .Equal(Enumerable.Range((int)from + 1, 5).Select(id => (long)id));
    }

    [Fact]
    public async Task Each_event_is_the_entry_as_it_was_hashed()
    {
        using var listener = await Listener.OpenAsync(world.Http, $"{Idlib.Agreement}/changes");
        await FileAsync(1);

        var heard = (await listener.TakeAsync(1)).Single();

        heard.Type.Should().Be("entry");
        heard.Data.Should().Be((await world.Http.AskAsync($"{Idlib.Agreement}/entries/{heard.Id}")).Text);
    }

    [Fact]
    public async Task A_listener_that_was_cut_off_goes_on_after_the_last_it_heard()
    {
        await FileAsync(3);
        var last = await SizeAsync() - 2;
        using var again = await Listener.OpenAsync(
            world.Http,
            $"{Idlib.Agreement}/changes",
            lastEventId: last.ToString()
        );

        (await again.TakeAsync(2)).Select(heard => heard.Id).Should().Equal(last + 1, last + 2);
        await FileAsync(1);
        (await again.TakeAsync(1)).Single().Id.Should().Be(last + 3);
    }

    [Fact]
    public async Task The_whole_ledger_can_be_heard_from_its_beginning()
    {
        using var listener = await Listener.OpenAsync(world.Http, $"{Idlib.Agreement}/changes?after=0");

        JsonNode.Parse((await listener.TakeAsync(1)).Single().Data)!["type"]!
            .GetValue<string>()
            .Should()
            .Be("agreement_adopted");
    }

    [Fact]
    public async Task Nothing_happening_is_told_from_nobody_being_there()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var server = await RunningServer.StartAsync(clock: clock);
        await server.Http.PostAsync("/api/v1/agreements", Idlib.Adoption());
        using var listener = await Listener.OpenAsync(server.Http, $"{Idlib.Agreement}/changes");

        var comment = listener.CommentAsync();
        while (!comment.IsCompleted)
        {
            // The server may not have set its timer yet.
            clock.Advance(EventStream.Heartbeat);
            await Task.Yield();
        }

        (await comment).Should().Be(": still here");
    }

    [Fact]
    public async Task A_server_that_stops_does_not_wait_for_its_listeners()
    {
        var server = await Idlib.AdoptedAsync();
        using var listener = await Listener.OpenAsync(server.Http, $"{Idlib.Agreement}/changes");

        var watch = System.Diagnostics.Stopwatch.StartNew();
        await server.DisposeAsync();

        watch.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_position_that_does_not_exist_cannot_be_resumed_from()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Idlib.Agreement}/changes")
        {
            Headers = { { "Last-Event-ID", "99999" } },
        };

        var answer = await world.Http.SendAsync(request).ReadAsync();

        (answer.Status, answer.Code).Should().Be((HttpStatusCode.BadRequest, "query/position-ahead"));
    }

    private async Task<long> SizeAsync() =>
        (await world.Http.AskAsync($"{Idlib.Agreement}/entries?limit=1")).Json["size"]!.GetValue<long>();

    private async Task FileAsync(int reports)
    {
        for (var i = 0; i < reports; i++)
            (await world.Http.PostAsync($"{Idlib.Agreement}/reports", Idlib.Report("patrol", "2018-10-14")))
                .Status.Should()
                .Be(HttpStatusCode.Created);
    }
}
