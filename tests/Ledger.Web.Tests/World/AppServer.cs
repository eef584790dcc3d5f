using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Ledger.Domain.Agreements;
using Ledger.Domain.Input;
using Ledger.Server.Hosting;
using Ledger.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Ledger.Web.Tests.World;

/// <summary>
/// A server in this process with the built web app, a real database, and the demonstration's agreement and entries in
/// it.
/// </summary>
public sealed class AppServer : IAsyncLifetime
{
    public const string Agreement = "idlib-2018";

    private static readonly Func<JsonNode, int, JsonNode> AsItIs = (entry, _) => entry;

    /// <summary>The keys of the servers whose database is a copy of <see cref="Demonstrated"/>.</summary>
    private static readonly string KeysOfDemonstrated = Scratch.Folder("web-demonstrated");

    private static readonly TemplateDatabase Demonstrated = new(async connection =>
    {
        var server = new AppServer { Connection = connection, _keys = KeysOfDemonstrated };
        await server.StartAsync();
        await server.DemonstrateAsync();
        server.Http.Dispose();
        await server.StopAsync();
    });

    private string _keys = Scratch.Folder("web");
    private WebApplication? _server;
    private int _port;

    /// <summary>Settings of one test's own.</summary>
    public string[] Also { get; init; } = [];

    /// <summary>Services of one test's own.</summary>
    public Action<IServiceCollection>? Services { get; init; }

    /// <summary>The folder of the built web app.</summary>
    public string Web { get; init; } = Checkout.PathOf("src", "Ledger.Web", "dist");

    /// <summary>What is made of each entry of the demonstration before it is loaded, with its number.</summary>
    public Func<JsonNode, int, JsonNode> Rewrite { get; init; } = AsItIs;

    /// <summary>The folder of evidence files.</summary>
    public string Evidence => Path.Combine(_keys, "evidence");

    public string Connection { get; private set; } = "";

    public string Address => $"http://127.0.0.1:{_port}";

    /// <summary>The same by name, which passkeys need.</summary>
    public string Named => $"http://localhost:{_port}";

    public HttpClient Http { get; private set; } = null!;

    /// <summary>Where the operator's token lies.</summary>
    public string TokenFile => Path.Combine(_keys, "operator.token");

    public async ValueTask InitializeAsync()
    {
        if (Rewrite != AsItIs)
        {
            Connection = await TestDatabase.CreateAsync();
            await StartAsync();
            await DemonstrateAsync();
            return;
        }

        Connection = await Demonstrated.CopyAsync();
        // Every log that these servers sign begins as the one that was copied, so they sign with its key.
        foreach (var file in Directory.EnumerateFiles(KeysOfDemonstrated, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(_keys, Path.GetRelativePath(KeysOfDemonstrated, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        await StartAsync();
    }

    /// <summary>Starts it; after a stop, at the same address.</summary>
    public async Task StartAsync()
    {
        _server = LedgerServer.Build(
            [
                $"--LEDGER_CONNECTION={Connection}",
                $"--LEDGER_KEY={Path.Combine(_keys, "log.key")}",
                $"--LEDGER_URL=http://127.0.0.1:{_port}",
                $"--LEDGER_WEB={Web}",
                "--LEDGER_NODES=one",
                "--environment=Production",
                .. Also,
            ],
            Services
        );
        await _server.StartAsync();
        _port = new Uri(_server.Urls.Single()).Port;
        Http ??= new HttpClient(new SocketsHttpHandler { UseProxy = false })
        {
            BaseAddress = new Uri(Address),
            DefaultRequestHeaders =
            {
                Authorization = new AuthenticationHeaderValue("Bearer", await File.ReadAllTextAsync(TokenFile)),
            },
        };
    }

    public async Task StopAsync()
    {
        await _server!.StopAsync();
        await _server.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await StopAsync();
        Directory.Delete(_keys, recursive: true);
    }

    /// <summary>The secret of a link that signs a browser in once.</summary>
    public async Task<string> SecretAsync() =>
        new Uri(JsonNode.Parse(await PostAsync("/api/v1/people/me/links", "{}"))!["link"]!.GetValue<string>()).Fragment[
            1..
        ];

    /// <summary>The secret of an invitation.</summary>
    public async Task<string> InviteAsync(string name, string role, string? party = null) =>
        new Uri(
            JsonNode.Parse(
                await PostAsync(
                    "/api/v1/invitations",
                    new JsonObject
                    {
                        ["name"] = name,
                        ["memberships"] = new JsonArray(Membership(role, party)),
                    }.ToJsonString()
                )
            )!["link"]!.GetValue<string>()
        ).Fragment[1..];

    private static JsonObject Membership(string role, string? party)
    {
        var membership = new JsonObject { ["agreement"] = Agreement, ["role"] = role };
        if (party is not null)
            membership["party"] = party;
        return membership;
    }

    public async Task<JsonNode> GetAsync(string path) => JsonNode.Parse(await Http.GetStringAsync(path))!;

    /// <summary>A report with its sealed values.</summary>
    public async Task<JsonNode> OpenAsync(object? report, string reason = "audit") =>
        JsonNode.Parse(
            await PostAsync($"/api/v1/reports/{report}/openings", new JsonObject { ["reason"] = reason }.ToJsonString())
        )!;

    public async Task<string> PostAsync(string path, string body, string type = "application/json")
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body))
        {
            Headers = { ContentType = new MediaTypeHeaderValue(type) },
        };
        using var response = await Http.PostAsync(path, content);
        var text = await response.Content.ReadAsStringAsync();
        response.StatusCode.Should().BeOneOf([HttpStatusCode.OK, HttpStatusCode.Created], text);
        return text;
    }

    private async Task DemonstrateAsync()
    {
        (await PostAsync($"/api/v1/agreements/{Agreement}/entries/batch", Demonstration(), "application/jsonl"))
            .Should()
            .NotContain("\"error\"");
        await PostAsync($"/api/v1/agreements/{Agreement}/public-reading", """{"public": true}""");
    }

    /// <summary>The demonstration's entries as lines for a batch, each agreement file in its place.</summary>
    private string Demonstration() =>
        string.Join(
            '\n',
            File.ReadLines(Checkout.PathOf("agreements", Agreement, "entries.jsonl"))
                .Select(
                    (line, number) =>
                    {
                        var entry = JsonNode.Parse(line)!;
                        if (entry["data"]!["file"] is JsonValue name)
                        {
                            string Beside(string file) =>
                                File.ReadAllText(Checkout.PathOf("agreements", Agreement, file));
                            var file = AgreementFile.Parse(Beside(name.GetValue<string>()), Beside).Required();
                            entry["data"]!["file"] = file.Json.DeepClone();
                            entry["data"]!["sourceSha256"] = file.SourceSha256;
                        }

                        return Rewrite(entry, number).ToJsonString();
                    }
                )
        );
}
