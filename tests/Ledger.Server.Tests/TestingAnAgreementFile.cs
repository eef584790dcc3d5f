using System.Text.Json.Nodes;
using Ledger.Server.Description;

namespace Ledger.Server.Tests;

public sealed class TestingAnAgreementFile(ServerWithIdlib world) : IClassFixture<ServerWithIdlib>
{
    private static readonly string Folder = Path.Combine(Repository.Root, "agreements", "idlib-2018");

    [Fact]
    public async Task Says_of_each_scenario_that_it_is_as_expected()
    {
        var answer = await world.Http.PostAsync("/api/v1/agreement-tests", Shipped());

        answer.Status.Should().Be(HttpStatusCode.OK, answer.ToString());
        answer.Json["failed"]!.GetValue<int>().Should().Be(0);
        answer.Json["passed"]!.GetValue<int>().Should().BeGreaterThan(10);
        answer.Json["scenarios"]!
            .AsArray()
            .Should()
            .OnlyContain(scenario =>
                scenario!["ok"]!.GetValue<bool>() && scenario["file"]!.GetValue<string>() == "signed.scenarios.yaml"
            );
    }

    [Fact]
    public async Task Says_what_differs_and_where_it_is_expected()
    {
        var body = Examples.Of("agreement_test").DeepClone().AsObject();
        body["scenarios"]!["example-truce.scenarios.yaml"] = body["scenarios"]!["example-truce.scenarios.yaml"]!
            .GetValue<string>()
            .Replace("due: 2018-10-10", "due: 2018-10-11", StringComparison.Ordinal);

        var answer = await world.Http.PostAsync("/api/v1/agreement-tests", body);

        answer.Json["failed"]!.GetValue<int>().Should().Be(1, answer.ToString());
        answer.Json["scenarios"]![0]!["asOf"]!.GetValue<string>().Should().Be("2018-09-21T20:59:59.999999Z");
        answer.Json["scenarios"]![0]!["differences"]!
            .ToJsonString()
            .Should()
            .Be("""[{"provision":"away","field":"due","expected":"2018-10-11","actual":"2018-10-10","line":6}]""");
    }

    [Fact]
    public async Task Reads_files_of_entries_that_stand_beside()
    {
        var body = Examples.Of("agreement_test").DeepClone().AsObject();
        body["beside"]!["before.jsonl"] =
            """{"type": "report_filed", "data": {"entryId": "01922b7e-4a00-7c3e-9f10-2b6d1c7a9e55", "report": {"kind": "bombing", "occurred": "2018-09-20", "source": {"class": "media"}}}}""";
        body["scenarios"] = new JsonObject
        {
            ["one.yaml"] =
                "scenarios: [{name: From a file, given: [{entries: before.jsonl}], when: {asOf: 2018-09-21}, then: {quiet: breached}}]",
        };

        (await world.Http.PostAsync("/api/v1/agreement-tests", body)).Json["passed"]!.GetValue<int>().Should().Be(1);

        body["scenarios"]!["one.yaml"] =
            "scenarios: [{name: From no file, given: [{entries: other.jsonl}], when: {asOf: 2018-09-21}, then: {quiet: breached}}]";
        var failed = (await world.Http.PostAsync("/api/v1/agreement-tests", body)).Json["scenarios"]![0]!;
        failed["ok"]!.GetValue<bool>().Should().BeFalse();
        failed["problems"]![0]!["code"]!.GetValue<string>().Should().Be("scenario/no-such-file");
        failed["problems"]![0]!["line"]!.GetValue<int>().Should().Be(1);
    }

    [Fact]
    public async Task Refuses_a_file_that_would_keep_the_server_busy()
    {
        var body = Examples.Of("agreement_test").DeepClone().AsObject();
        var report = "{report: {kind: bombing, occurred: 2018-09-20}}";
        body["scenarios"] = new JsonObject
        {
            ["many.yaml"] =
                $"given: [{string.Join(", ", Enumerable.Repeat(report, 300))}]\nscenarios:\n"
                + string.Concat(
                    Enumerable
                        .Range(0, 100)
                        .Select(i =>
                            $"  - {{name: Number {i}, when: {{asOf: 2018-09-21}}, then: {{quiet: breached}}}}\n"
                        )
                ),
        };

        var refused = await world.Http.PostAsync("/api/v1/agreement-tests", body);

        refused.Status.Should().Be(HttpStatusCode.UnprocessableEntity);
        refused.Json["errors"]!.AsArray().Should().ContainSingle().Which!["code"]!
            .GetValue<string>()
            .Should()
            .Be("scenario/too-many-entries");
    }

    [Theory]
    [InlineData("{}", "/source")]
    [InlineData("""{"source": "id: x"}""", "")]
    [InlineData("""{"source": 5, "scenarios": 7}""", "/source")]
    public async Task Names_what_is_wrong_with_the_body(string body, string pointer)
    {
        var refused = await world.Http.PostAsync("/api/v1/agreement-tests", body);

        ((int)refused.Status).Should().BeInRange(400, 422);
        refused.Json["errors"]!
            .AsArray()
            .Select(error => error!["pointer"]!.GetValue<string>())
            .Should()
            .Contain(found => found.StartsWith(pointer, StringComparison.Ordinal));
    }

    private static JsonObject Shipped() =>
        new()
        {
            ["source"] = File.ReadAllText(Path.Combine(Folder, "signed.yaml")),
            ["scenarios"] = new JsonObject
            {
                ["signed.scenarios.yaml"] = File.ReadAllText(Path.Combine(Folder, "signed.scenarios.yaml")),
            },
            ["beside"] = new JsonObject(
                Directory
                    .GetFiles(Folder, "*.geojson")
                    .Select(file => KeyValuePair.Create(Path.GetFileName(file), (JsonNode?)File.ReadAllText(file)))
            ),
        };
}
