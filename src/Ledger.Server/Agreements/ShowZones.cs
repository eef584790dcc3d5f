using System.Globalization;
using System.Text.Json.Nodes;
using Ledger.Domain.Input;
using Ledger.Domain.Places;
using Ledger.Domain.Time;
using Ledger.Server.Answers;
using Ledger.Server.Authorization;
using Ledger.Server.Description;
using Ledger.Server.Requests;
using Ledger.Verdicts;
using Ledger.Verdicts.Answers;
using Wolverine.Http;

namespace Ledger.Server.Agreements;

/// <summary>
/// The zones as GeoJSON (RFC 7946): of each its inner and its outer geometry, and from when they are in force.
/// </summary>
public sealed class ShowZones(CurrentBooks books, QuestionEndpoint questions)
{
    [WolverineGet("/api/v1/agreements/{id}/zones"), TakesQuestion]
    [Permit(Permission.Read)]
    [Describe(
        "showZones",
        "The zones as GeoJSON",
        Detail = "Each zone with its inner geometry (what lies in it is certainly inside) and its outer geometry (what lies beyond it is certainly outside).",
        Media = FeatureCollection.MediaType,
        Gives = typeof(FeatureCollection)
    )]
    public async Task<IResult> Get(string id, HttpRequest request)
    {
        return await books.OpenAsync(id, request) is { } open
            ? open.Read(book => Answer(book, request))
            : ErrorAnswer.NoAgreement(id);
    }

    private IResult Answer(Book book, HttpRequest request) =>
        PinnedQuestion.Read(request, book, questions.Now) switch
        {
            Parsed<PinnedQuestion>.Good { Value: var asked } => new JsonAnswer(Collection(book, asked))
            {
                MediaType = FeatureCollection.MediaType,
                Immutable = asked.IsPinned,
            },
            Parsed<PinnedQuestion>.Bad bad => ErrorAnswer.OfQuery(bad.Problems),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private static JsonObject Collection(Book book, PinnedQuestion asked) =>
        new()
        {
            ["type"] = "FeatureCollection",
            ["features"] = new JsonArray([.. Features(book, asked.Question)]),
            ["pinned"] = asked.Pinned,
        };

    /// <summary>Two of each geometry: what is certainly inside, and what is not certainly outside.</summary>
    internal static IEnumerable<JsonNode> Features(Book book, Question question)
    {
        var names = book.Reading(question).Zones.ToDictionary(zone => zone.Id, StringComparer.Ordinal);
        return book.Zones(question)
            .SelectMany(zone =>
                new JsonNode[]
                {
                    Feature(zone, "inner", zone.Shape.Inner, names[zone.Zone]),
                    Feature(zone, "outer", zone.Shape.Outer, names[zone.Zone]),
                }
            );
    }

    private static JsonObject Feature(ZoneInForce zone, string part, GeoShape shape, Domain.Agreements.Zone named) =>
        new()
        {
            ["type"] = "Feature",
            ["id"] = $"{zone.Zone}/{part}{(zone.Entry is { } entry ? $"/{entry}" : "")}",
            ["properties"] = new JsonObject
            {
                ["zone"] = zone.Zone,
                ["name"] = new JsonObject(
                    named.Name.ByLanguage.Select(label => KeyValuePair.Create(label.Key, (JsonNode?)label.Value))
                ),
                ["part"] = part,
                ["from"] = zone.From?.ToText(),
                ["entry"] = zone.Entry?.ToString(),
                ["source"] = named.Source,
            },
            ["geometry"] = new JsonObject
            {
                ["type"] = shape.Json["type"]!.DeepClone(),
                ["coordinates"] = Numbers(shape.Json["coordinates"]!),
            },
        };

    /// <summary>What is hashed holds decimals as text; GeoJSON wants numbers.</summary>
    private static JsonNode Numbers(JsonNode coordinates) =>
        coordinates is JsonArray list ? new JsonArray([.. list.Select(item => Numbers(item!))]) : Number(coordinates);

    internal static JsonValue Number(JsonNode text) =>
        JsonValue.Create(decimal.Parse(text.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture));
}
