using System.Net.Mime;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Ledger.Domain.Entries;
using Ledger.Server.Answers;
using Ledger.Server.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Ledger.Server.Description;

/// <summary>
/// Describes every operation from what stands beside its endpoint, so that a newcomer can copy a request that works.
/// </summary>
public static class ApiDescription
{
    private const string Token = "token";
    private const string Session = "session";

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
        document.Servers = [new OpenApiServer { Url = "/", Description = "The server that gives this document." }];
        Secure(document);
        foreach (
            var page in document.Paths.Keys.Where(path => !path.StartsWith("/api/", StringComparison.Ordinal)).ToArray()
        )
            document.Paths.Remove(page);
        SharedSchemas.Tidy(document);
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

    /// <summary>A program shows a token, a browser its session; what is open to everybody says so itself.</summary>
    private static void Secure(OpenApiDocument document)
    {
        (document.Components ??= new OpenApiComponents()).SecuritySchemes = new Dictionary<
            string,
            IOpenApiSecurityScheme
        >(StringComparer.Ordinal)
        {
            [Token] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "An API token, which begins with `ledger_t_`.",
            },
            [Session] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey,
                In = ParameterLocation.Cookie,
                Name = "__Host-ledger",
                Description =
                    $"The session of a browser that is signed in. What changes something carries the header `{CrossSite.Header}: 1` as well. Without TLS, on one machine, the cookie is called `ledger-` and the port.",
            },
        };
        document.Security = Credentials(document);
    }

    private static List<OpenApiSecurityRequirement> Credentials(OpenApiDocument document) =>
        [
            new() { [new OpenApiSecuritySchemeReference(Token, document)] = [] },
            new() { [new OpenApiSecuritySchemeReference(Session, document)] = [] },
        ];

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
        if (metadata.OfType<PermitAttribute>().Single().Any.Contains(Permission.Everyone))
            operation.Security = [new OpenApiSecurityRequirement(), .. Credentials(context.Document!)];
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

        if (TakesBody(described))
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
            var payload = await SharedSchemas.ReferenceAsync(EventTypes.ByName[type], context, cancellationToken);
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
                    Description = "The agreement file. The other parts of the entry are in the query.",
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
        var schema = described.Gives is { } gives
            ? await SharedSchemas.ReferenceAsync(gives, context, cancellationToken)
            : Text(described.Media);
        var content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
        {
            [described.Media] = new() { Schema = described.Pins ? Pinned(schema) : schema },
        };
        for (var i = 0; i < described.Also.Length; i++)
            content[described.Also[i]] = new OpenApiMediaType
            {
                Schema =
                    i < described.AlsoGives.Length
                        ? await SharedSchemas.ReferenceAsync(described.AlsoGives[i], context, cancellationToken)
                        : Text(described.Also[i]),
            };
        var responses = new OpenApiResponses();
        foreach (var status in described.Succeeds)
            responses[Text(status)] = new OpenApiResponse
            {
                Description = status switch
                {
                    StatusCodes.Status200OK when described.Gives == typeof(ReceiptBody) =>
                        "It was already recorded; this is the original receipt.",
                    StatusCodes.Status201Created when described.Gives == typeof(ReceiptBody) => "It is recorded.",
                    StatusCodes.Status201Created => "It is made.",
                    StatusCodes.Status202Accepted => "It will be done.",
                    StatusCodes.Status204NoContent => "It is done.",
                    StatusCodes.Status206PartialContent => "The part that was asked for.",
                    _ => "The answer.",
                },
                Content = status is StatusCodes.Status204NoContent ? null : content,
            };
        var errors = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
        {
            [ErrorAnswer.MediaType] = new()
            {
                Schema = await SharedSchemas.ReferenceAsync(typeof(ErrorBody), context, cancellationToken),
            },
        };
        foreach (var status in StatusesOf(described))
            responses[Text(status)] = new OpenApiResponse
            {
                Description = ErrorCodes.TitleOf(status) + ".",
                Content = errors,
            };
        responses["default"] = new OpenApiResponse
        {
            Description = "Any other failure has the same shape.",
            Content = errors,
        };
        return responses;
    }

    private static string Text(int status) => status.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static OpenApiSchema Pinned(IOpenApiSchema answer) =>
        new()
        {
            AllOf =
            [
                answer,
                new OpenApiSchema
                {
                    Type = JsonSchemaType.Object,
                    Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
                    {
                        ["pinned"] = new OpenApiSchema
                        {
                            Type = JsonSchemaType.String,
                            Description = "Path and query of the same for ever: with absolute times and positions.",
                        },
                    },
                    Required = new HashSet<string>(StringComparer.Ordinal) { "pinned" },
                },
            ],
        };

    /// <summary>What is no JSON: a table, a stream, a file.</summary>
    private static OpenApiSchema Text(string media) =>
        new()
        {
            Type = JsonSchemaType.String,
            Format = media.StartsWith("text/", StringComparison.Ordinal) ? null : "binary",
        };

    private static IEnumerable<int> StatusesOf(DescribeAttribute described) =>
        ((int[])[400, 401, 403, 404, 503])
            .Concat(TakesBody(described) ? [413, 415, 422] : [])
            .Concat(described.Refuses)
            .Order();

    private static bool TakesBody(DescribeAttribute described) =>
        described.Takes.Length > 0
        || described.Form is BodyForm.Question or BodyForm.Plain or BodyForm.File or BodyForm.Webhook;
}
