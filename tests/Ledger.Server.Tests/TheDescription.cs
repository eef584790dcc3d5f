using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ledger.Server.Tests;

/// <summary>
/// The API's description as it is kept in the documentation, from which clients are generated. When it differs, and
/// should: UPDATE_SNAPSHOTS=1.
/// </summary>
public sealed class TheDescription(ServerWithIdlib world) : IClassFixture<ServerWithIdlib>
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly string[] Types = ["type", "$ref", "oneOf", "anyOf", "allOf", "const"];

    [Fact]
    public async Task Is_kept_as_the_server_gives_it()
    {
        var text = (await DocumentAsync()).ToJsonString(Readable).ReplaceLineEndings("\n") + "\n";
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
            await File.WriteAllTextAsync(Conforming.PathOfDocument, text);
        (await File.ReadAllTextAsync(Conforming.PathOfDocument))
            .Split('\n')
            .Should()
            .Equal(text.Split('\n'), "docs/openapi.json is what the server describes");
    }

    [Fact]
    public async Task Types_every_member()
    {
        var (document, members, without) = (await DocumentAsync(), 0, new List<string>());
        foreach (var (name, schema) in document["components"]!["schemas"]!.AsObject())
            Walk(schema!, name);
        members.Should().BeGreaterThan(300);
        without.Should().BeEmpty();

        void Walk(JsonNode schema, string path)
        {
            foreach (var (name, member) in schema["properties"]?.AsObject() ?? [])
            {
                members++;
                if (!Array.Exists(Types, word => member![word] is not null))
                    without.Add($"{path}.{name}");
                Walk(member!, $"{path}.{name}");
            }

            if (schema["items"] is { } items)
                Walk(items, $"{path}[]");
        }
    }

    [Fact]
    public async Task Gives_every_good_answer_a_schema()
    {
        foreach (var (name, operation) in Operations(await DocumentAsync()))
        {
            foreach (
                var (status, response) in operation["responses"]!
                    .AsObject()
                    .Where(response => response.Key.StartsWith('2') && response.Key != "204")
            )
                response!["content"]!
                    .AsObject()
                    .Should()
                    .NotBeEmpty(name)
                    .And.OnlyContain(media => media.Value!["schema"] != null, $"{name} {status}");
        }
    }

    /// <summary>What stands in one place is referred to from the others; inlined it was 877 KB.</summary>
    [Fact]
    public async Task Says_each_thing_once()
    {
        var document = await DocumentAsync();

        document.ToJsonString().Length.Should().BeLessThan(400_000);
        document["servers"]!.AsArray().Should().ContainSingle();
        document["components"]!["securitySchemes"]!.AsObject().Should().HaveCount(2);
        Operations(document)
            .Where(operation => operation.Value["security"] is not null)
            .Select(operation => operation.Key)
            .Should()
            .Contain("GET /api/v1/me")
            .And.NotContain("GET /api/v1/agreements/{id}", "only its people may read it, unless reading is public");
    }

    [Theory]
    [InlineData("""{"agreement":"a","public":true}""", "")]
    [InlineData("""{"agreement":"a"}""", "required")]
    [InlineData("""{"agreement":"a","public":1}""", "type")]
    [InlineData("""{"agreement":"a","public":true,"private":false}""", "additionalProperties")]
    public void Can_find_an_answer_wrong(string answer, string word)
    {
        var faults = Conforming.Faults("POST /api/v1/agreements/{id}/public-reading", 200, "application/json", answer);
        if (word.Length == 0)
            faults.Should().BeEmpty();
        else
            string.Join(' ', faults).Should().ContainAny(word, "false schema");
    }

    private async Task<JsonNode> DocumentAsync() => (await world.Http.AskAsync("/openapi/v1.json")).Json;

    private static IEnumerable<KeyValuePair<string, JsonNode>> Operations(JsonNode document) =>
        document["paths"]!
            .AsObject()
            .SelectMany(path =>
                path.Value!.AsObject()
                    .Select(operation =>
                        KeyValuePair.Create($"{operation.Key.ToUpperInvariant()} {path.Key}", operation.Value!)
                    )
            );
}
