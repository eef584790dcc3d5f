using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Ledger.Server.Tests.People;
using Ledger.Store.People;

namespace Ledger.Server.Tests.Limits;

public sealed class TooManyRequests
{
    [Fact]
    public async Task Are_refused_with_the_seconds_to_wait_and_each_caller_has_a_bucket_of_its_own()
    {
        await using var server = await RunningServer.StartAsync(
            also: ["--LEDGER_LIMIT=20", "--LEDGER_LIMIT_LOOPBACK=yes"]
        );

        var answers = new List<Answer>();
        for (var i = 0; i < 25; i++)
            answers.Add(await SendAsync(server, "one"));

        answers.Take(20).Should().OnlyContain(answer => answer.Status == HttpStatusCode.OK);
        var refused = answers.Where(answer => answer.Status == HttpStatusCode.TooManyRequests).ToArray();
        refused.Should().NotBeEmpty();
        refused[0].Code.Should().Be("request/too-many");
        refused[0].Should().BeAProblem();
        refused[0].Response.Headers.RetryAfter!.Delta.Should().BePositive();
        refused[0].Response.Headers.Contains("Content-Security-Policy").Should().BeTrue();
        (await SendAsync(server, "two"))
            .Status.Should()
            .Be(HttpStatusCode.OK, "another caller behind the same address has a bucket of its own");
        (await server.Http.AskAsync("/health/ready"))
            .Status.Should()
            .Be(HttpStatusCode.OK, "who watches is always told");
    }

    [Fact]
    public async Task Of_one_address_are_bounded_whatever_tokens_it_shows()
    {
        await using var server = await RunningServer.StartAsync(
            also: ["--LEDGER_LIMIT=20", "--LEDGER_LIMIT_LOOPBACK=yes"]
        );

        var answers = new List<Answer>();
        for (var i = 0; i < 130; i++)
            answers.Add(await SendAsync(server, $"guess {i}"));

        answers.Count(answer => answer.Status == HttpStatusCode.OK).Should().BeInRange(100, 120);
    }

    [Fact]
    public async Task Of_one_person_are_bounded_whatever_tokens_they_make_themselves()
    {
        await using var server = await RunningServer.StartAsync(
            also: ["--LEDGER_LIMIT=1000", "--LEDGER_LIMIT_PERSON=30", "--LEDGER_LIMIT_LOOPBACK=yes"]
        );
        var (person, first) = await server.PersonAsync(Role.Monitor.In(Idlib.Id));
        var tokens = new List<HttpClient> { first };
        for (var i = 0; i < 3; i++)
            tokens.Add(
                server
                    .Stranger()
                    .With(
                        (
                            await server
                                .Get<SignIns>()
                                .IssueAsync(person, $"token {i}", null, NodaTime.Duration.FromDays(1))
                        ).Secret
                    )
            );
        using var other = await server.ActorAsync(Role.Monitor.In(Idlib.Id));

        var answers = new List<Answer>();
        for (var i = 0; i < 60; i++)
            answers.Add(await tokens[i % tokens.Count].AskAsync("/api/v1/me"));

        answers.Count(answer => answer.Status == HttpStatusCode.OK).Should().BeInRange(30, 40);
        var refused = answers.First(answer => answer.Status == HttpStatusCode.TooManyRequests);
        refused.Code.Should().Be("request/too-many");
        refused.Should().BeAProblem();
        refused.Response.Headers.RetryAfter!.Delta.Should().BePositive();
        (await other.AskAsync("/api/v1/me"))
            .Status.Should()
            .Be(HttpStatusCode.OK, "another person has a bucket of their own");
        using var stranger = server.Stranger();
        (await stranger.AskAsync("/api/v1/me"))
            .Status.Should()
            .Be(HttpStatusCode.OK, "and nobody in particular has the address's");
        tokens.ForEach(token => token.Dispose());
    }

    [Fact]
    public async Task That_take_time_are_fewer()
    {
        await using var server = await RunningServer.StartAsync(
            also: ["--LEDGER_LIMIT=20", "--LEDGER_LIMIT_LOOPBACK=yes"]
        );

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 6).Select(_ => SendAsync(server, "one", "/log/nowhere/bundle.zip"))
        );

        answers.Count(answer => answer.Status == HttpStatusCode.Unauthorized).Should().BeInRange(2, 3);
        answers.Count(answer => answer.Status == HttpStatusCode.TooManyRequests).Should().BeInRange(3, 4);
    }

    [Fact]
    public async Task Of_this_machine_are_taken_in_any_number_unless_it_is_said_otherwise()
    {
        await using var server = await RunningServer.StartAsync(also: ["--LEDGER_LIMIT=5"]);

        for (var i = 0; i < 40; i++)
            (await SendAsync(server, "one")).Status.Should().Be(HttpStatusCode.OK);
    }

    private static async Task<Answer> SendAsync(RunningServer server, string who, string path = "/api/v1/agreements")
    {
        // A cookie of nobody: what a caller shows need not be good to be counted.
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Cookie", $"who={who}" } } };
        using var stranger = server.Stranger();
        return await stranger.SendAsync(request).ReadAsync();
    }
}

public sealed class SlowClients
{
    private static readonly TimeSpan Cut = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ")]
    [InlineData(
        "POST /api/v1/agreements/idlib-2018/reports HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n{"
    )]
    public async Task Are_cut_off_and_others_are_served_meanwhile(string beginning)
    {
        await using var server = await RunningServer.StartAsync(also: "--LEDGER_PATIENCE=1");
        (await server.Http.PostAsync("/api/v1/agreements", Idlib.Adoption()))
            .Status.Should()
            .Be(HttpStatusCode.Created);
        var lines = new List<TcpClient>();
        try
        {
            for (var i = 0; i < 200; i++)
            {
                var line = new TcpClient();
                await line.ConnectAsync(server.Http.BaseAddress!.Host, server.Http.BaseAddress.Port);
                await line.GetStream().WriteAsync(Encoding.ASCII.GetBytes(beginning));
                lines.Add(line);
            }

            (await server.Http.AskAsync("/api/v1/agreements")).Status.Should().Be(HttpStatusCode.OK);
            var watch = Stopwatch.StartNew();
            foreach (var line in lines)
                await HungUpAsync(line).WaitAsync(Cut);
            watch.Elapsed.Should().BeLessThan(Cut);
        }
        finally
        {
            lines.ForEach(line => line.Dispose());
        }
    }

    private static async Task HungUpAsync(TcpClient line)
    {
        var buffer = new byte[4096];
        try
        {
            while (await line.GetStream().ReadAsync(buffer) > 0) { }
        }
        catch (IOException)
        {
            // Cut off without a word, which will do.
        }
    }
}
