using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Json.Schema;

namespace Ledger.Server.Tests.World;

/// <summary>
/// Between every client of these tests and the server: holds each answer of the API against the description that is
/// kept in the documentation, so that a member too many, too few or of another type fails whichever test meets it.
/// </summary>
public sealed partial class Conforming(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private static readonly Lazy<Described> Document = new(() => new Described());

    public static string PathOfDocument { get; } = Repository.PathOf("docs", "openapi.json");

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        // A test that writes the description anew cannot hold answers against the old one.
        var response = await base.SendAsync(request, cancellationToken);
        if (
            Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1"
            || Document.Value.Find(request) is not { } operation
        )
            return response;
        var type = response.Content.Headers.ContentType?.MediaType;
        var text = "";
        // Whoever names what they have is told by HTTP's own rules, of every answer, that it is still that.
        if (response.StatusCode == HttpStatusCode.NotModified && request.Headers.IfNoneMatch.Count > 0)
            return response;
        // A table, a file or a stream has no shape to compare, and a stream has no end.
        if (type == "application/json" || type?.EndsWith("+json", StringComparison.Ordinal) == true)
        {
            await response.Content.LoadIntoBufferAsync(cancellationToken);
            text = await response.Content.ReadAsStringAsync(cancellationToken);
        }

        Document
            .Value.Faults(operation, (int)response.StatusCode, type, text)
            .Should()
            .BeEmpty(
                $"docs/openapi.json describes {operation.Name} {(int)response.StatusCode}: {text[..Math.Min(500, text.Length)]}"
            );
        return response;
    }

    /// <summary>What is wrong with an answer; empty where it is as described.</summary>
    public static IReadOnlyList<string> Faults(string operation, int status, string type, string text) =>
        Document.Value.Faults(Document.Value.Named(operation), status, type, text);

    private sealed record Operation(string Name, Regex Path, JsonObject Responses);

    private sealed class Described
    {
        /// <summary>No HTTP, too slow, too large a body, too long an address, too long headers.</summary>
        private static readonly int[] OfTheWebServer = [400, 408, 413, 414, 431];

        private const string Shared = "https://ledger.example/schemas";

        private readonly JsonObject _schemas;
        private readonly List<Operation> _operations = [];
        private readonly ConcurrentDictionary<string, JsonSchema> _built = new(StringComparer.Ordinal);

        public Described()
        {
            var document = JsonNode.Parse(File.ReadAllText(PathOfDocument))!;
            _schemas = document["components"]!["schemas"]!.AsObject();
            foreach (var (path, item) in document["paths"]!.AsObject())
            {
                var pattern = new Regex(
                    $"^{Parameter().Replace(path, "[^/]+")}$",
                    RegexOptions.None,
                    TimeSpan.FromSeconds(1)
                );
                foreach (var (method, operation) in item!.AsObject())
                    _operations.Add(
                        new($"{method.ToUpperInvariant()} {path}", pattern, operation!["responses"]!.AsObject())
                    );
            }

            // What the answers share is read once.
            var shared = new JsonObject { ["$id"] = Shared, ["$defs"] = _schemas.DeepClone() };
            Close(shared);
            SchemaRegistry.Global.Register(Read(shared));

            // An address that is spelled out comes before one with a parameter in the same place.
            _operations.Sort((a, b) => a.Name.Count('{').CompareTo(b.Name.Count('{')));
        }

        public Operation? Find(HttpRequestMessage request) =>
            request.RequestUri?.AbsolutePath is { } path
                ? _operations.Find(operation =>
                    operation.Name.StartsWith($"{request.Method} ", StringComparison.Ordinal)
                    && operation.Path.IsMatch(path)
                )
                : null;

        public Operation Named(string name) => _operations.Single(operation => operation.Name == name);

        public IReadOnlyList<string> Faults(Operation operation, int status, string? type, string text)
        {
            if (
                (operation.Responses[$"{status}"] ?? (status >= 400 ? operation.Responses["default"] : null))
                is not { } said
            )
                return [$"the status {status} is not described"];
            if (type is null)
                // What is no HTTP the web server refuses by itself, without a body.
                return said["content"] is null || OfTheWebServer.Contains(status) ? [] : ["the answer has no type"];
            if ((said["content"]?[type] ?? said["content"]?["*/*"])?["schema"] is not { } schema)
                return [$"the type {type} is not described"];
            if (text.Length == 0)
                return [];
            var (built, answer) = (_built.GetOrAdd(schema.ToJsonString(), _ => Schema(schema)), JsonNode.Parse(text));
            // Of several shapes one fits, and the others that do not are no faults.
            if (built.Evaluate(answer, new EvaluationOptions { OutputFormat = OutputFormat.Flag }).IsValid)
                return [];
            return
            [
                .. built
                    .Evaluate(answer, new EvaluationOptions { OutputFormat = OutputFormat.List })
                    .Details.Where(detail => detail.HasErrors)
                    .SelectMany(detail =>
                        detail.Errors!.Select(error => $"{detail.InstanceLocation}: {error.Key} {error.Value}")
                    ),
            ];
        }

        private JsonSchema Schema(JsonNode schema)
        {
            var root = schema.DeepClone().AsObject();
            // What is pinned is an answer and one member more, which a closed schema has to hold itself.
            if (root["allOf"] is JsonArray parts)
            {
                var merged = _schemas[parts[0]!["$ref"]!.GetValue<string>().Split('/')[^1]]!.DeepClone().AsObject();
                foreach (var (name, member) in parts[1]!["properties"]!.AsObject())
                    merged["properties"]![name] = member!.DeepClone();
                merged["required"]!.AsArray().Add("pinned");
                root = merged;
            }

            Close(root);
            return Read(root);
        }

        private static JsonSchema Read(JsonObject schema)
        {
            schema["$schema"] = "https://json-schema.org/draft/2020-12/schema";
            return JsonSchema.FromText(
                schema.ToJsonString().Replace("#/components/schemas/", $"{Shared}#/$defs/", StringComparison.Ordinal)
            );
        }

        /// <summary>Closed: a description may leave out nothing, though a client should take more than it knows.</summary>
        private static void Close(JsonNode? node)
        {
            if (node is JsonArray list)
            {
                foreach (var item in list)
                    Close(item);
            }
            else if (node is JsonObject schema)
            {
                foreach (var (_, part) in schema.ToArray())
                    Close(part);
                if (
                    schema["properties"] is JsonObject
                    && schema["additionalProperties"] is null
                    && schema["type"] is JsonValue
                )
                    schema["additionalProperties"] = false;
            }
        }
    }

    [GeneratedRegex(@"\{[^}]+\}", RegexOptions.None, 1000)]
    private static partial Regex Parameter();
}
