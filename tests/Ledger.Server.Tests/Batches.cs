using System.Text;
using System.Text.Json.Nodes;

namespace Ledger.Server.Tests;

public sealed class Batches(ServerWithIdlib world) : IClassFixture<ServerWithIdlib>
{
    private const string Lines = "application/jsonl";

    [Fact]
    public async Task Each_line_gets_its_answer_in_order_and_a_bad_one_stands_alone()
    {
        var results = await SendAsync(
            "reports/batch",
            [Report("bombing"), "{nonsense", "", Report("bombardment"), Report("patrol")]
        );

        results
            .Select(result => $"{result["line"]} {result["status"]} {result["error"]?["code"]}")
            .Should()
            .Equal("1 201 ", "2 400 input/not-json", "4 422 agreement/unknown-kind", "5 201 ");
        results[2]["error"]!["errors"]![0]!["pointer"]!.GetValue<string>().Should().Be("/report/kind");
    }

    [Fact]
    public async Task A_batch_sent_again_gets_the_same_receipts_and_adds_nothing()
    {
        string[] lines = [.. Enumerable.Range(0, 1200).Select(_ => Report("patrol"))];

        var first = await SendAsync("reports/batch", lines);
        var size = await SizeAsync();
        var again = await SendAsync("reports/batch", lines);

        first.Should().OnlyContain(result => result["status"]!.GetValue<int>() == 201);
        again.Should().OnlyContain(result => result["status"]!.GetValue<int>() == 200);
        again
            .Select(result => result["receipt"]!.ToJsonString())
            .Should()
            .Equal(first.Select(result => result["receipt"]!.ToJsonString()));
        first.Select(result => result["receipt"]!["position"]!.GetValue<long>()).Should().BeInAscendingOrder();
        (await SizeAsync()).Should().Be(size);
    }

    [Fact]
    public async Task A_line_may_speak_of_the_line_before_it()
    {
        var report = Idlib.NewId();
        string[] lines =
        [
            Entry("report_filed", Idlib.Report("bombing", "2018-10-14", report)),
            Entry(
                "report_assessed",
                new JsonObject
                {
                    ["entryId"] = Idlib.NewId(),
                    ["target"] = report,
                    ["level"] = "confirmed",
                    ["grounds"] = "Seen.",
                }
            ),
        ];

        (await SendAsync("entries/batch", lines))
            .Should()
            .OnlyContain(result => result["status"]!.GetValue<int>() == 201);
    }

    [Fact]
    public async Task A_whole_ledger_can_be_brought_into_an_empty_server()
    {
        await using var server = await RunningServer.StartAsync();
        var lines = Idlib.Demonstration();

        var answer = await server.Http.PostAsync($"{Idlib.Agreement}/entries/batch", lines, Lines);
        var again = await server.Http.PostAsync($"{Idlib.Agreement}/entries/batch", lines, Lines);

        answer
            .Text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Should()
            .HaveCount(lines.Split('\n').Length)
            .And.OnlyContain(line => line.Contains("\"status\":201", StringComparison.Ordinal));
        again
            .Text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Should()
            .OnlyContain(line => line.Contains("\"status\":200", StringComparison.Ordinal));
        (await server.Http.AskAsync("/api/v1/agreements")).Json["agreements"]![0]!["id"]!
            .GetValue<string>()
            .Should()
            .Be(Idlib.Id);
    }

    [Fact]
    public async Task Lines_for_an_agreement_that_is_not_here_are_told_so()
    {
        var answer = await world.Http.PostAsync(
            "/api/v1/agreements/atlantis-1/entries/batch",
            Entry("report_filed", Idlib.Report("bombing", "2018-10-14")),
            Lines
        );

        JsonNode.Parse(answer.Text)!["error"]!["code"]!.GetValue<string>().Should().Be("agreement/not-found");
    }

    [Fact]
    public async Task A_line_longer_than_a_megabyte_ends_the_batch_after_what_came_before_it()
    {
        var results = await SendAsync("reports/batch", [Report("patrol"), new string('x', 2 << 20), Report("patrol")]);

        results.Select(result => $"{result["line"]} {result["status"]}").Should().Equal("1 201", "2 413");
    }

    [Fact]
    public async Task A_batch_larger_than_is_taken_is_refused_before_it_is_read()
    {
        using var body = new ByteArrayContent(new byte[65 << 20]);
        body.Headers.ContentType = new(Lines);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Idlib.Agreement}/reports/batch")
        {
            Content = body,
            Headers = { ExpectContinue = true },
        };

        var answer = await world.Http.SendAsync(request).ReadAsync();

        (answer.Status, answer.Code).Should().Be((HttpStatusCode.RequestEntityTooLarge, "body/too-large"));
    }

    private static string Report(string kind) => Idlib.Report(kind, "2018-10-14").ToJsonString();

    private static string Entry(string type, JsonNode data) =>
        new JsonObject { ["type"] = type, ["data"] = data }.ToJsonString();

    private async Task<long> SizeAsync() =>
        (await world.Http.AskAsync($"{Idlib.Agreement}/entries?limit=1")).Json["size"]!.GetValue<long>();

    private async Task<List<JsonNode>> SendAsync(string path, IEnumerable<string> lines)
    {
        var answer = await world
            .Http.PostAsync(
                $"{Idlib.Agreement}/{path}",
                Client.Body(Encoding.UTF8.GetBytes(string.Join('\n', lines)), Lines)
            )
            .ReadAsync();
        answer.Status.Should().Be(HttpStatusCode.OK, answer.ToString());
        return
        [
            .. answer.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!),
        ];
    }
}
