using System.Text.Json.Nodes;

namespace Ledger.Server.Tests;

public sealed class SendingTheSameAgain(ServerWithIdlib world) : IClassFixture<ServerWithIdlib>
{
    private const int Times = 50;

    [Fact]
    public async Task Fifty_times_at_once_records_it_once_and_answers_fifty_times_the_same()
    {
        var report = Idlib.Report("bombing", "2018-10-14");

        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, Times)
                .Select(_ => world.Http.PostAsync($"{Idlib.Agreement}/reports", report.DeepClone()))
        );

        answers.Select(answer => answer.Text).Distinct().Should().ContainSingle();
        answers.Count(answer => answer.Status == HttpStatusCode.Created).Should().Be(1);
        answers.Count(answer => answer.Status == HttpStatusCode.OK).Should().Be(Times - 1);
        (await EntriesWithAsync(report)).Should().Be(1);
    }

    [Fact]
    public async Task Under_its_own_address_gets_the_same_receipt()
    {
        var report = Idlib.Report("bombing", "2018-10-14");
        var id = report["entryId"]!.GetValue<string>();
        var first = await world.Http.PostAsync($"{Idlib.Agreement}/reports", report.DeepClone());

        report.Remove("entryId");
        var again = await world
            .Http.PutAsync($"{Idlib.Agreement}/reports/{id}", Client.Body(report.ToJsonString()))
            .ReadAsync();

        (again.Status, again.Text).Should().Be((HttpStatusCode.OK, first.Text));
    }

    [Fact]
    public async Task With_members_in_another_order_and_other_spaces_is_the_same()
    {
        var id = Idlib.NewId();
        var first = await world.Http.PostAsync(
            $"{Idlib.Agreement}/reports",
            """{"entryId":"ID","report":{"kind":"patrol","occurred":"2018-10-14","source":{"class":"media","name":"A"}}}""".Replace(
                "ID",
                id,
                StringComparison.Ordinal
            )
        );

        var again = await world.Http.PostAsync(
            $"{Idlib.Agreement}/reports",
            """{ "report": { "source": {"name":"A", "class":"media"}, "occurred": {"from":"2018-10-14","until":"2018-10-15","precision":"day"}, "kind":"patrol"}, "entryId":"ID" }""".Replace(
                "ID",
                id,
                StringComparison.Ordinal
            )
        );

        (again.Status, again.Text).Should().Be((HttpStatusCode.OK, first.Text));
    }

    [Fact]
    public async Task With_other_content_is_refused()
    {
        var id = Idlib.NewId();
        await world.Http.PostAsync($"{Idlib.Agreement}/reports", Idlib.Report("bombing", "2018-10-14", id));

        var other = await world.Http.PostAsync(
            $"{Idlib.Agreement}/reports",
            Idlib.Report("shelling", "2018-10-14", id)
        );

        (other.Status, other.Code).Should().Be((HttpStatusCode.UnprocessableEntity, "entry/id-reused"));
        other.Problems.Should().Equal("/entryId entry/id-reused");
        other.Should().BeAProblem();
    }

    [Fact]
    public async Task Says_with_the_receipt_where_the_entry_is()
    {
        var answer = await world.Http.PostAsync($"{Idlib.Agreement}/reports", Idlib.Report("bombing", "2018-10-14"));

        var entry = await world.Http.AskAsync(answer.Response.Headers.Location!.ToString());

        entry.Json["entry"]!.GetValue<string>().Should().Be(answer.Json["entryId"]!.GetValue<string>());
        entry.Json["position"]!.GetValue<long>().Should().Be(answer.Json["position"]!.GetValue<long>());
    }

    private async Task<int> EntriesWithAsync(JsonNode report) =>
        (await world.Http.AskAsync($"{Idlib.Agreement}/entries.jsonl"))
            .Text.Split('\n')
            .Count(line => line.Contains(report["entryId"]!.GetValue<string>(), StringComparison.Ordinal));
}
