using System.Text.Json.Nodes;
using Ledger.Domain.Agreements;
using Ledger.Domain.Input;

namespace Ledger.Server.Tests.World;

/// <summary>The memorandum as signed, and entries about it.</summary>
public static class Idlib
{
    public const string Id = "idlib-2018";

    public const string Agreement = $"/api/v1/agreements/{Id}";

    private static readonly AgreementFile File = AgreementFile.Parse(
        System.IO.File.ReadAllText(Repository.PathOf("agreements", Id, "signed.yaml")),
        name => System.IO.File.ReadAllText(Repository.PathOf("agreements", Id, name))).Required();

    public static JsonObject Adoption() => new() { ["entryId"] = NewId(), ["file"] = File.Json.DeepClone(), ["sourceSha256"] = File.SourceSha256 };

    public static async Task<RunningServer> AdoptedAsync(string? connection = null)
    {
        var server = await RunningServer.StartAsync(connection);
        (await server.Http.PostAsync("/api/v1/agreements", Adoption())).Status.Should().Be(HttpStatusCode.Created);
        return server;
    }

    public static JsonObject Report(string kind, string day, string? id = null) => new()
    {
        ["entryId"] = id ?? NewId(),
        ["report"] = new JsonObject
        {
            ["kind"] = kind,
            ["occurred"] = day,
            ["source"] = new JsonObject { ["class"] = "media", ["name"] = "A newspaper" },
        },
    };

    public static string NewId() => Guid.CreateVersion7().ToString();
}
