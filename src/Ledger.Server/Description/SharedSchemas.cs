using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Ledger.Domain.Entries;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Ledger.Server.Description;

/// <summary>
/// The shapes of what is sent and answered: each type once, under its name, and a reference wherever it stands, so that
/// a generated client has one type for each as well.
/// </summary>
internal static class SharedSchemas
{
    private const string TypeKey = "ledger-type";

    /// <summary>Two enumerations are called roles; clients know them by these names.</summary>
    private static readonly Dictionary<Type, string> Names = new()
    {
        [typeof(Store.People.Role)] = "MemberRole",
        [typeof(Ledger.Verdicts.Answers.Role)] = "DecidingRole",
    };

    /// <summary>A reference to the schema, which is kept once under its type's name.</summary>
    public static async Task<IOpenApiSchema> ReferenceAsync(
        Type type,
        OpenApiOperationTransformerContext context,
        CancellationToken cancellationToken
    )
    {
        var (document, name) = (context.Document!, Names.GetValueOrDefault(type, type.Name));
        if (document.Components?.Schemas is { } schemas && schemas.TryGetValue(name, out var known))
        {
            var other = TypeOf(known);
            if (other == type)
                return new OpenApiSchemaReference(name, document);
            if (other is not null)
                throw new InvalidOperationException(
                    $"Two types would be called {name} in the API's description: {other} and {type}."
                );
            schemas.Remove(name);
        }

        var schema = await context.GetOrCreateSchemaAsync(type, null, cancellationToken);
        (schema.Metadata ??= new Dictionary<string, object>(StringComparer.Ordinal))[TypeKey] = type;
        // It is there before its members are looked at, because a type may hold itself.
        document.AddComponent(name, schema);
        schema.Enum = [.. (schema.Enum ?? []).Where(word => word is not null)];
        var json = LedgerJson.Options.GetTypeInfo(type);
        if (json.Kind is JsonTypeInfoKind.Object)
            await ShareMembersAsync(schema, json, context, cancellationToken);
        else
            schema.Type = JsonSchemaType.String;
        return new OpenApiSchemaReference(name, document);
    }

    /// <summary>Leaves out what the web server adds by itself: types that no operation names.</summary>
    public static void Tidy(OpenApiDocument document)
    {
        foreach (
            var name in (document.Components?.Schemas ?? new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal))
                .Where(known => TypeOf(known.Value) is null)
                .Select(known => known.Key)
                .ToArray()
        )
            document.Components!.Schemas!.Remove(name);
    }

    /// <summary>Null of what the web server added.</summary>
    private static Type? TypeOf(IOpenApiSchema schema) =>
        schema is OpenApiSchema { Metadata: { } metadata } && metadata.TryGetValue(TypeKey, out var type)
            ? (Type)type
            : null;

    private static async Task ShareMembersAsync(
        OpenApiSchema schema,
        JsonTypeInfo json,
        OpenApiOperationTransformerContext context,
        CancellationToken cancellationToken
    )
    {
        schema.Type = JsonSchemaType.Object;
        schema.Required = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var property in json.Properties)
        {
            if (schema.Properties?.TryGetValue(property.Name, out var member) != true)
                continue;
            schema.Properties[property.Name] = await ShareAsync(
                (OpenApiSchema)member!,
                property.PropertyType,
                IsWrittenAsNull(property),
                context,
                cancellationToken
            );
            if (IsAlwaysThere(property))
                schema.Required.Add(property.Name);
        }
    }

    private static async Task<IOpenApiSchema> ShareAsync(
        OpenApiSchema member,
        Type type,
        bool mayBeNull,
        OpenApiOperationTransformerContext context,
        CancellationToken cancellationToken
    )
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (Shapes.Describe(member, type))
            return Nulled(member, mayBeNull);
        var json = LedgerJson.Options.GetTypeInfo(type);
        switch (json.Kind)
        {
            case JsonTypeInfoKind.Object:
            case JsonTypeInfoKind.None when type.IsEnum:
                var reference = (OpenApiSchemaReference)await ReferenceAsync(type, context, cancellationToken);
                if (member.Description is { } words && words != reference.Target?.Description)
                    reference.Description = words;
                return mayBeNull
                    ? new OpenApiSchema
                    {
                        OneOf = [reference, new OpenApiSchema { Type = JsonSchemaType.Null }],
                        Description = member.Description,
                    }
                    : reference;
            case JsonTypeInfoKind.Enumerable:
                member.Items = await ShareAsync(
                    member.Items as OpenApiSchema ?? new OpenApiSchema(),
                    json.ElementType!,
                    mayBeNull: false,
                    context,
                    cancellationToken
                );
                member.Type = JsonSchemaType.Array;
                break;
            case JsonTypeInfoKind.Dictionary:
                member.AdditionalProperties = await ShareAsync(
                    member.AdditionalProperties as OpenApiSchema ?? new OpenApiSchema(),
                    json.ElementType!,
                    mayBeNull: false,
                    context,
                    cancellationToken
                );
                member.Type = JsonSchemaType.Object;
                break;
        }

        return Nulled(member, mayBeNull);
    }

    private static OpenApiSchema Nulled(OpenApiSchema member, bool mayBeNull)
    {
        member.Type = mayBeNull ? member.Type | JsonSchemaType.Null : member.Type & ~JsonSchemaType.Null;
        return member;
    }

    /// <summary>What is null is left out of an answer, unless its property says otherwise.</summary>
    private static bool IsWrittenAsNull(JsonPropertyInfo property) =>
        property.IsGetNullable
        && property
            .AttributeProvider?.GetCustomAttributes(typeof(JsonIgnoreAttribute), inherit: true)
            .OfType<JsonIgnoreAttribute>()
            .Any(said => said.Condition is JsonIgnoreCondition.Never) == true;

    /// <summary>
    /// Whoever sends must give it, and whoever reads an answer may rely on it: what is computed is in every answer.
    /// </summary>
    private static bool IsAlwaysThere(JsonPropertyInfo property) =>
        IsWrittenAsNull(property)
        || (
            !property.IsGetNullable
            && (
                property.IsRequired
                || property.AssociatedParameter is { HasDefaultValue: false }
                || (property.Set is null && property.AssociatedParameter is null)
            )
        );
}
