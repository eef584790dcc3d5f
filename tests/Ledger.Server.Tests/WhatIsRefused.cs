using System.Text;

namespace Ledger.Server.Tests;

public sealed class WhatIsRefused(ServerWithIdlib world) : IClassFixture<ServerWithIdlib>
{
    public static TheoryData<string> Titles => [.. Contract.Read("refusals.txt").Select(contract => contract.Title)];

    [Theory, MemberData(nameof(Titles))]
    public async Task Is_told_with_a_code_and_each_bad_field_and_nothing_is_recorded(string title)
    {
        var contract = Contract.Read("refusals.txt").Single(contract => contract.Title == title);

        var answer = await contract.SendAsync(world.Http);

        contract.Actual(answer).Should().Be(contract.Expected, answer.ToString());
        answer.Should().BeAProblem();
        (await world.Http.AskAsync($"{Idlib.Agreement}/entries")).Json["size"]!.GetValue<long>().Should().Be(1);
    }

    [Fact]
    public async Task Invalid_utf_8_is_refused_in_a_body()
    {
        var answer = await world
            .Http.PostAsync(
                "/api/v1/agreements?entryId=0192b7e4-a007-7c3e-9f10-2b6d1c7a9e55",
                Client.Body([0x69, 0x64, 0x3a, 0xff], "application/yaml")
            )
            .ReadAsync();

        (answer.Status, answer.Code).Should().Be((HttpStatusCode.UnprocessableEntity, "input/not-utf8"));
        answer.Should().BeAProblem();
    }

    [Fact]
    public async Task A_compressed_body_is_refused()
    {
        using var body = Client.Body("{}");
        body.Headers.ContentEncoding.Add("gzip");

        var answer = await world.Http.PostAsync($"{Idlib.Agreement}/reports", body).ReadAsync();

        (answer.Status, answer.Code).Should().Be((HttpStatusCode.UnsupportedMediaType, "body/unsupported-type"));
    }

    [Fact]
    public async Task Another_host_is_not_answered_for()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Idlib.Agreement}/verdicts")
        {
            Headers = { Host = "rebound.example:5080" },
        };

        var answer = await world.Http.SendAsync(request).ReadAsync();

        ((int)answer.Status, answer.Code).Should().Be((421, "request/foreign-host"));
        answer.Should().BeAProblem();
    }

    [Fact]
    public async Task A_body_that_grows_past_the_limit_as_it_comes_is_refused()
    {
        using var body = new StreamContent(new MemoryStream(Encoding.UTF8.GetBytes($"\"{new string('x', 2 << 20)}\"")));
        body.Headers.ContentType = new("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Idlib.Agreement}/reports")
        {
            Content = body,
            Headers = { TransferEncodingChunked = true },
        };

        var answer = await world.Http.SendAsync(request).ReadAsync();

        (answer.Status, answer.Code).Should().Be((HttpStatusCode.RequestEntityTooLarge, "body/too-large"));
    }
}
