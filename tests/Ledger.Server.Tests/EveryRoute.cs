using System.Text.Json.Nodes;
using Ledger.Domain.Entries;
using Ledger.Server.Description;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;

namespace Ledger.Server.Tests;

public sealed class EveryRoute(ServerWithIdlib world) : IClassFixture<ServerWithIdlib>
{
    private static readonly string[] Junk =
    [
        "",
        "null",
        "7",
        "\"x\"",
        "[]",
        "{}",
        "{\"entryId\": 5}",
        "\u0000",
        "{\"type\": 5, \"data\": []}",
        "{\"file\": {\"id\": []}}",
    ];

    private IEnumerable<(string Method, string Path)> Routes =>
        world
            .Server.Get<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .Where(route => route.Metadata.GetMetadata<Wolverine.Http.HttpChain>() is not null)
            .Select(route =>
                (
                    route.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Single(),
                    "/" + route.RoutePattern.RawText!.TrimStart('/')
                )
            );

    [Fact]
    public void Is_walked_here() => Routes.Should().HaveCountGreaterThan(40);

    [Fact]
    public async Task Answers_for_what_is_not_there_in_the_one_shape()
    {
        foreach (var (method, path) in Routes.Where(route => route.Path.Contains('{')))
        {
            foreach (
                var value in (string[])
                    [
                        "atlantis",
                        "01922b7e-4a00-7c3e-9f10-2b6d1c7a9e55",
                        "%01",
                        "%2E%2E%2F",
                        "a'; drop table ledger_entry;--",
                        "😀",
                    ]
            )
                await FailsAsync(method, Fill(path, value), "{}", because: $"{method} {Fill(path, value)}");
        }
    }

    [Fact]
    public async Task Answers_for_an_unknown_parameter_in_the_one_shape()
    {
        foreach (var (_, path) in Routes.Where(route => route.Method == "GET"))
            (await FailsAsync("GET", Fill(path, Idlib.Id) + "?nonsense=1", "", because: path))
                .Code.Should()
                .Be("query/unknown-parameter");
    }

    [Fact]
    public async Task Takes_no_junk_for_a_body()
    {
        foreach (var (method, path) in Routes.Where(route => route.Method != "GET"))
        {
            // A what-if may suppose nothing.
            foreach (
                var body in Junk.Where(body => body != "{}" || !path.EndsWith("/what-if", StringComparison.Ordinal))
            )
                await FailsAsync(method, Fill(path, Idlib.Id), body, because: $"{method} {path} {body}");
        }

        (await world.Http.AskAsync($"{Idlib.Agreement}/entries")).Json["size"]!.GetValue<long>().Should().Be(1);
    }

    [Fact]
    public async Task Takes_no_other_method()
    {
        foreach (var path in Routes.Select(route => Fill(route.Path, Idlib.Id)).Distinct(StringComparer.Ordinal))
            (await FailsAsync("PATCH", path, "{}", because: path)).Code.Should().Be("route/method-not-allowed");
    }

    [Fact]
    public async Task Of_the_api_is_described_with_every_parameter()
    {
        var paths = (await world.Http.AskAsync("/openapi/v1.json")).Json["paths"]!.AsObject();

        paths
            .SelectMany(path =>
                path.Value!.AsObject().Select(operation => $"{operation.Key.ToUpperInvariant()} {path.Key}")
            )
            .Should()
            .BeEquivalentTo(
                Routes
                    .Where(route => route.Path.StartsWith("/api/", StringComparison.Ordinal))
                    .Select(route => $"{route.Method} {route.Path}")
            );
        foreach (
            var operation in paths.SelectMany(path => path.Value!.AsObject()).Select(operation => operation.Value!)
        )
        {
            operation["summary"]!.GetValue<string>().Should().NotBeEmpty();
            foreach (var parameter in operation["parameters"]?.AsArray() ?? [])
                parameter!["description"]!.GetValue<string>().Should().NotBeEmpty();
            operation["responses"]!.AsObject().Should().ContainKey("503");
        }
    }

    [Fact]
    public async Task Takes_and_answers_members_that_are_described_each()
    {
        var schemas = (await world.Http.AskAsync("/openapi/v1.json")).Json["components"]!["schemas"]!.AsObject();
        var (members, wordless) = (0, new List<string>());
        foreach (var (name, schema) in schemas)
            Walk(schema, name);

        members.Should().BeGreaterThan(300, "each type stands there once");
        wordless.Should().BeEmpty();

        void Walk(JsonNode? schema, string path)
        {
            foreach (var (name, member) in schema?["properties"]?.AsObject() ?? [])
            {
                members++;
                if (string.IsNullOrWhiteSpace(member!["description"]?.GetValue<string>()) && member["$ref"] is null)
                    wordless.Add($"{path}.{name}");
                Walk(member, $"{path}.{name}");
            }

            foreach (var inside in (JsonNode?[])[schema?["items"], schema?["additionalProperties"] as JsonObject])
            {
                if (inside is JsonObject)
                    Walk(inside, $"{path}[]");
            }

            foreach (
                var part in ((string[])["oneOf", "anyOf", "allOf"]).SelectMany(several =>
                    schema?[several]?.AsArray() ?? []
                )
            )
                Walk(part, path);
        }
    }

    [Fact]
    public void Has_a_name_of_its_own() =>
        world
            .Server.Get<EndpointDataSource>()
            .Endpoints.Select(route => route.Metadata.GetMetadata<DescribeAttribute>()?.Id)
            .OfType<string>()
            .Should()
            .OnlyHaveUniqueItems();

    private async Task<Answer> FailsAsync(string method, string path, string body, string because)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (method != "GET")
            request.Content = Client.Body(body);
        var answer = await world.Http.SendAsync(request).ReadAsync();
        ((int)answer.Status).Should().BeInRange(400, 499, $"{because}: {answer}");
        answer.Should().BeAProblem();
        return answer;
    }

    private static string Fill(string path, string value) =>
        System.Text.RegularExpressions.Regex.Replace(
            path,
            @"\{\w+\}",
            value,
            System.Text.RegularExpressions.RegexOptions.None,
            TimeSpan.FromSeconds(1)
        );
}

/// <summary>The examples in the API's description are there to be copied, so they must work.</summary>
public sealed class TheExamples
{
    private static readonly string[] First =
    [
        "agreement_adopted",
        "agreement_revised",
        "zone_delimited",
        "report_filed",
    ];

    [Fact]
    public async Task Are_accepted_one_after_the_other()
    {
        await using var server = await RunningServer.StartAsync();
        const string Truce = "/api/v1/agreements/example-truce";
        (await server.Http.PostAsync("/api/v1/agreements", Examples.Of("agreement_adopted")))
            .Status.Should()
            .Be(HttpStatusCode.Created);
        var other = Examples.Of("report_filed");
        other["entryId"] = Examples.Of("reports_linked")["reports"]![1]!.GetValue<string>();
        (await server.Http.PostAsync($"{Truce}/reports", other)).Status.Should().Be(HttpStatusCode.Created);

        foreach (
            var type in First
                .Skip(1)
                .Concat(
                    EventTypes
                        .ByName.Keys.Except(First)
                        .Except(["log_resumed", "key_rotated", "clock_corrected"])
                        .OrderBy(type => type is "erasure_confirmed" or "entry_retracted" or "question_answered")
                        .ThenBy(type => type, StringComparer.Ordinal)
                )
        )
        {
            var answer = await server.Http.PostAsync(
                $"{Truce}/entries",
                new JsonObject { ["type"] = type, ["data"] = Examples.Of(type) }
            );
            answer.Status.Should().Be(HttpStatusCode.Created, $"{type}: {answer}");
        }
    }
}
