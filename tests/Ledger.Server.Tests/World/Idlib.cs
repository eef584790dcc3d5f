using System.Text.Json.Nodes;
using Ledger.Domain.Agreements;
using Ledger.Domain.Input;

namespace Ledger.Server.Tests.World;

/// <summary>The memorandum as signed, and entries about it.</summary>
public static class Idlib
{
    public const string Id = "idlib-2018";

    public const string Agreement = $"/api/v1/agreements/{Id}";

    private static readonly AgreementFile File = Read("signed.yaml");

    public static JsonObject Adoption() =>
        new()
        {
            ["entryId"] = NewId(),
            ["file"] = File.Json.DeepClone(),
            ["sourceSha256"] = File.SourceSha256,
        };

    public static async Task<RunningServer> AdoptedAsync(string? connection = null)
    {
        var server = await RunningServer.StartAsync(connection);
        (await server.Http.PostAsync("/api/v1/agreements", Adoption())).Status.Should().Be(HttpStatusCode.Created);
        return server;
    }

    public static JsonObject Report(string kind, string day, string? id = null) =>
        new()
        {
            ["entryId"] = id ?? NewId(),
            ["report"] = new JsonObject
            {
                ["kind"] = kind,
                ["occurred"] = day,
                ["source"] = new JsonObject { ["class"] = "media", ["name"] = "A newspaper" },
            },
        };

    /// <summary>The demonstration's entries as lines for a batch.</summary>
    public static string Demonstration() =>
        string.Join(
            '\n',
            System
                .IO.File.ReadLines(PathOf("entries.jsonl"))
                .Select(line =>
                {
                    var entry = JsonNode.Parse(line)!;
                    if (entry["data"]!["file"] is JsonValue name)
                    {
                        var file = Read(name.GetValue<string>());
                        entry["data"]!["file"] = file.Json.DeepClone();
                        entry["data"]!["sourceSha256"] = file.SourceSha256;
                    }

                    return entry.ToJsonString();
                })
        );

    private static AgreementFile Read(string name) =>
        AgreementFile
            .Parse(System.IO.File.ReadAllText(PathOf(name)), beside => System.IO.File.ReadAllText(PathOf(beside)))
            .Required();

    private static string PathOf(string name) => Repository.PathOf("agreements", Id, name);

    public static string NewId() => Guid.CreateVersion7().ToString();
}
