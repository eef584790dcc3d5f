using System.Net.Mime;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Ledger.Domain.Entries;
using Ledger.Server.Answers;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Ledger.Server.Description;

/// <summary>
/// Describes every operation from what stands beside its endpoint, so that a newcomer can copy a request that works.
/// </summary>
public static class ApiDescription
{
    public static void AddDescription(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(json =>
            LedgerJson.Configure(json.SerializerOptions).NumberHandling = JsonNumberHandling.Strict
        );
        services.AddOpenApi(
            "v1",
            options =>
            {
                options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
                options.AddSchemaTransformer(Shapes.DescribeAsync);
                options.AddOperationTransformer(DescribeAsync);
                options.AddDocumentTransformer(FrameAsync);
            }
        );
    }

    private static Task FrameAsync(
        OpenApiDocument document,
        OpenApiDocumentTransformerContext context,
        CancellationToken cancellationToken
    )
    {
        document.Info = new OpenApiInfo
        {
            Title = "Ledger",
            Version = "v1",
            Description = """
                The ledger of what parties to an agreement are reported to have done, and the verdicts that follow from it.

                Every write carries an `entryId` of your making (a UUIDv7): sending the same again is safe and gets the same receipt. Every error is a
                problem (RFC 9457) with a stable `code`; what is wrong with a body or a query is listed under `errors`, each with its `pointer`.
                """,
        };
        // Whoever reads this reached the server already; an address of ours might not be reachable from there.
        document.Servers = [];
        foreach (
            var page in document.Paths.Keys.Where(path => !path.StartsWith("/api/", StringComparison.Ordinal)).ToArray()
        )
            document.Paths.Remove(page);
        document.Components?.Schemas?.Remove(nameof(IResult));
        MemberDescriptions.Describe(document);
        document.Tags = new HashSet<OpenApiTag>(
            document
                .Paths.Values.SelectMany(path => path.Operations!.Values)
                .SelectMany(operation => operation.Tags!)
                .Select(tag => tag.Name!)
                .Distinct(StringComparer.Ordinal)
                .Select(name => new OpenApiTag { Name = name })
        );
        return Task.CompletedTask;
    }

    private static async Task DescribeAsync(
        OpenApiOperation operation,
        OpenApiOperationTransformerContext context,
        CancellationToken cancellationToken
    )
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<DescribeAttribute>().FirstOrDefault() is not { } described)
            return;

        operation.OperationId = described.Id;
        operation.Summary = described.Summary;
        operation.Description = described.Detail;
        operation.Tags = new HashSet<OpenApiTagReference>
        {
            new(context.Description.ActionDescriptor.RouteValues["controller"]!.Split('.')[^2], context.Document),
        };
        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
            Describe(parameter, Parameters.Of(described.Id, parameter.Name!));
        foreach (var name in metadata.OfType<TakesAttribute>().FirstOrDefault()?.Names ?? [])
            (operation.Parameters ??= []).Add(
                Describe(
                    new OpenApiParameter { Name = name, In = ParameterLocation.Query },
                    Parameters.Of(described.Id, name)
                )
            );

        if (
            described.Takes.Length > 0
            || described.Form is BodyForm.Question or BodyForm.Plain or BodyForm.File or BodyForm.Webhook
        )
            operation.RequestBody = await BodyAsync(described, context, cancellationToken);
        operation.Responses = await ResponsesAsync(described, context, cancellationToken);
    }

    private static OpenApiParameter Describe(OpenApiParameter parameter, Parameter words)
    {
        parameter.Description = words.Meaning;
        parameter.Example = JsonValue.Create(words.Example);
        parameter.Schema = words.Repeats
            ? new OpenApiSchema
            {
                Type = JsonSchemaType.Array,
                Items = new OpenApiSchema { Type = JsonSchemaType.String },
            }
            : new OpenApiSchema { Type = JsonSchemaType.String };
        return parameter;
    }

    private static async Task<OpenApiRequestBody> BodyAsync(
        DescribeAttribute described,
        OpenApiOperationTransformerContext context,
        CancellationToken cancellationToken
    )
    {
        if (described.Form is BodyForm.Question)
            return Plain("what_if");
        if (described.Form is BodyForm.Plain)
            return Plain(described.Example!);
        if (described.Form is BodyForm.File)
            return File();
        if (described.Form is BodyForm.Webhook)
            return Webhook();
        var lines = described.Form is BodyForm.PayloadLines or BodyForm.TypedLines;
        var typed = described.Form is BodyForm.Typed or BodyForm.TypedLines;
        var examples = new Dictionary<string, IOpenApiExample>(StringComparer.Ordinal);
        var schemas = new List<IOpenApiSchema>();
        foreach (var type in described.Takes)
        {
            var payload = await SchemaAsync(EventTypes.ByName[type], context, cancellationToken);
            var example = Examples.Of(type);
            schemas.Add(typed ? Typed(type, payload) : payload);
            examples[type] = new OpenApiExample
            {
                Value = typed ? new JsonObject { ["type"] = type, ["data"] = example } : example,
            };
        }

        var content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
        {
            [lines ? JsonLines.MediaType : MediaTypeNames.Application.Json] = new()
            {
                Schema = schemas is [var only] ? only : new OpenApiSchema { OneOf = schemas },
                Examples = examples,
            },
        };
        if (described.Form == BodyForm.PayloadOrYaml)
            content["application/yaml"] = new OpenApiMediaType
            {
                Schema = new OpenApiSchema
                {
                    Type = JsonSchemaType.String,
                    Description = "The agreement file. What else the entry says is in the query.",
                },
            };
        return new OpenApiRequestBody { Required = true, Content = content };
    }

    private static OpenApiRequestBody Plain(string example) =>
        new()
        {
            Required = true,
            Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
            {
                [MediaTypeNames.Application.Json] = new()
                {
                    Schema = new OpenApiSchema { Type = JsonSchemaType.Object },
                    Example = Examples.Of(example),
                },
            },
        };

    private static OpenApiRequestBody Webhook() =>
        new()
        {
            Required = true,
            Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
            {
                [MediaTypeNames.Application.Json] = new()
                {
                    Schema = new OpenApiSchema { Type = JsonSchemaType.Object },
                    Example = new JsonObject
                    {
                        ["url"] = "https://example.org/hooks/ledger",
                        ["events"] = new JsonArray("report_filed", Ledger.Store.Webhooks.Webhook.VerdictChanged),
                    },
                },
            },
        };

    private static OpenApiRequestBody File() =>
        new()
        {
            Required = true,
            Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
            {
                ["*/*"] = new()
                {
                    Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" },
                },
            },
        };

    private static OpenApiSchema Typed(string type, IOpenApiSchema payload) =>
        new()
        {
            Type = JsonSchemaType.Object,
            Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
            {
                ["type"] = new OpenApiSchema { Type = JsonSchemaType.String, Const = type },
                ["data"] = payload,
            },
            Required = new HashSet<string>(StringComparer.Ordinal) { "type", "data" },
        };

    private static async Task<OpenApiResponses> ResponsesAsync(
        DescribeAttribute described,
        OpenApiOperationTransformerContext context,
        CancellationToken cancellationToken
    )
    {
        var good = new OpenApiMediaType
        {
            Schema = described.Gives is null ? null : await SchemaAsync(described.Gives, context, cancellationToken),
        };
        var content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal) { [described.Media] = good };
        var responses = new OpenApiResponses
        {
            ["200"] = new OpenApiResponse
            {
                Description =
                    described.Gives == typeof(ReceiptBody)
                        ? "It had been recorded before; this is the original receipt."
                        : "The answer.",
                Content = content,
            },
        };
        if (described.Gives == typeof(ReceiptBody))
            responses["201"] = new OpenApiResponse { Description = "It is recorded.", Content = content };
        var errors = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
        {
            [ErrorAnswer.MediaType] = new()
            {
                Schema = await SchemaAsync(typeof(ErrorBody), context, cancellationToken),
            },
        };
        foreach (var status in StatusesOf(described))
            responses[status.ToString(System.Globalization.CultureInfo.InvariantCulture)] = new OpenApiResponse
            {
                Description = ErrorCodes.TitleOf(status) + ".",
                Content = errors,
            };
        return responses;
    }

    private static int[] StatusesOf(DescribeAttribute described) =>
        described switch
        {
            { Id: "adoptAgreement" } => [400, 401, 403, 409, 413, 415, 422, 503],
            { Takes.Length: > 0 }
            or { Form: BodyForm.Question or BodyForm.Plain or BodyForm.File or BodyForm.Webhook } =>
            [
                400,
                401,
                403,
                404,
                413,
                415,
                422,
                503,
            ],
            _ => [400, 401, 403, 404, 503],
        };

    /// <summary>A reference to the schema, which is kept once under its type's name.</summary>
    private static async Task<IOpenApiSchema> SchemaAsync(
        Type type,
        OpenApiOperationTransformerContext context,
        CancellationToken cancellationToken
    )
    {
        context.Document!.AddComponent(type.Name, await context.GetOrCreateSchemaAsync(type, null, cancellationToken));
        return new OpenApiSchemaReference(type.Name, context.Document);
    }
}
