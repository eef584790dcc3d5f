using System.Collections.Immutable;
using System.Globalization;
using Ledger.Domain.Time;
using Ledger.Server.Answers;
using Ledger.Server.Authorization;
using Ledger.Server.Description;
using Ledger.Server.Limits;
using Ledger.Server.Requests;
using Ledger.Server.Tables;
using Ledger.Server.Tables.Formats;
using Ledger.Store.Publishing;
using Wolverine.Http;

namespace Ledger.Server.Features;

/// <summary>
/// OGC API - Features - Part 1 (OGC 17-069r4), core and GeoJSON, for QGIS, GDAL and whatever else reads it. The
/// collections are the tables that show places.
/// </summary>
public sealed class ShowFeatures(CurrentBooks books, QuestionEndpoint questions, PublishedLog log)
{
    private const long UsualPage = 1000;
    private const long LargestPage = 10_000;
    private const string Json = "application/json";
    private const string Crs84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84";

    private static readonly ImmutableArray<Table> Collections =
    [
        .. TableList.All.Where(table => table.Geometry is not null),
    ];

    [WolverineGet("/api/v1/agreements/{id}/features")]
    [Permit(Permission.Read)]
    [Describe(
        "showFeatures",
        "Where a map program begins: OGC API - Features",
        Detail = "QGIS and GDAL are given this address.",
        Gives = typeof(LandingPage)
    )]
    public async Task<IResult> Get(string id, HttpRequest request)
    {
        return await books.OpenAsync(id, request) is { } open
            ? new JsonAnswer(
                new LandingPage(
                    open.Read(book => book.Agreement!.Title.In("en")),
                    "Reports, incidents and zones for maps.",
                    [
                        new(To(request, id, ""), "self", Json, "This page"),
                        new(
                            $"{request.Scheme}://{request.Host}/openapi/v1.json",
                            "service-desc",
                            "application/vnd.oai.openapi+json;version=3.1",
                            "The description of the interface"
                        ),
                        new(
                            $"{request.Scheme}://{request.Host}/docs",
                            "service-doc",
                            "text/html",
                            "The same for readers"
                        ),
                        new(To(request, id, "/conformance"), "conformance", Json, "What a client may rely on"),
                        new(To(request, id, "/collections"), "data", Json, "The collections"),
                    ]
                )
            )
            : ErrorAnswer.NoAgreement(id);
    }

    [WolverineGet("/api/v1/agreements/{id}/features/conformance")]
    [Permit(Permission.Read)]
    [Describe("showConformance", "What a map program may rely on", Gives = typeof(Conformance))]
    public async Task<IResult> GetConformance(string id, HttpRequest request)
    {
        return await books.OpenAsync(id, request) is not null
            ? new JsonAnswer(
                new Conformance([
                    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
                    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
                ])
            )
            : ErrorAnswer.NoAgreement(id);
    }

    [WolverineGet("/api/v1/agreements/{id}/features/collections")]
    [Permit(Permission.Read)]
    [Describe("listCollections", "The collections of features", Gives = typeof(FeatureCollections))]
    public async Task<IResult> GetCollections(string id, HttpRequest request)
    {
        var found = new List<Collection>();
        foreach (var table in Collections)
        {
            if (await CollectionAsync(id, table, request) is not { } collection)
                return ErrorAnswer.NoAgreement(id);
            found.Add(collection);
        }

        return new JsonAnswer(
            new FeatureCollections([new(To(request, id, "/collections"), "self", Json, "This list")], [.. found])
        );
    }

    [WolverineGet("/api/v1/agreements/{id}/features/collections/{collection}")]
    [Permit(Permission.Read)]
    [Describe("showCollection", "One collection of features", Gives = typeof(Collection))]
    public async Task<IResult> GetCollection(string id, string collection, HttpRequest request)
    {
        if (TableOf(collection) is not { } table)
            return NoCollection(collection);
        return await CollectionAsync(id, table, request) is { } found
            ? new JsonAnswer(found)
            : ErrorAnswer.NoAgreement(id);
    }

    [WolverineGet("/api/v1/agreements/{id}/features/collections/{collection}/items"), TakesItems, TakesTime]
    [Permit(Permission.Read)]
    [Describe(
        "listFeatures",
        "Features of a collection, page by page",
        Detail = "The pages that follow show the same position and time as the first. A parameter on which a collection does not depend is refused.",
        Media = FeatureCollection.MediaType,
        Gives = typeof(FeaturePage)
    )]
    public async Task<IResult> GetItems(string id, string collection, HttpRequest request)
    {
        if (TableOf(collection) is not { } table)
            return NoCollection(collection);
        if (await books.OpenAsync(id, request) is not { } open)
            return ErrorAnswer.NoAgreement(id);

        var query = new QueryReader(request.Query);
        var (limit, offset) = (
            Math.Min(query.Number("limit", 1, int.MaxValue) ?? UsualPage, LargestPage),
            (int)(query.Number("offset", 0, int.MaxValue) ?? 0)
        );
        var columns = open.Read(book => new TableColumns(table.Columns(book.Agreement!), book.Agreement!.TimeZone));
        string[] narrowing = [.. FeatureFilter.Taken(columns)];
        var asked = open.Read(book =>
            AskedTable.Read(table, book, request, query, questions.Now, [.. narrowing, "limit", "offset"])
        );
        Func<TableRow, bool>[] filters = [.. FeatureFilter.Read(query, columns)];
        if (asked is null || query.IsWrong)
            return ErrorAnswer.OfQuery(query.Problems);

        TableRow[] matched = [.. asked.Rows.Where(row => Array.TrueForAll(filters, filter => filter(row)))];
        TableRow[] page = [.. matched.Skip(offset).Take((int)limit)];
        var host = $"{request.Scheme}://{request.Host}";
        var narrowed = string.Concat(
            request
                .Query.Where(given => narrowing.Contains(given.Key, StringComparer.Ordinal))
                .SelectMany(given => given.Value.Select(value => $"&{given.Key}={Uri.EscapeDataString(value ?? "")}"))
        );
        var links = ImmutableArray.Create(
            new Link($"{host}{request.Path}{request.QueryString}", "self", FeatureCollection.MediaType, "This page"),
            new Link(To(request, id, $"/collections/{table.Name}"), "collection", Json, "The collection")
        );
        if (offset + page.Length < matched.Length)
            links = links.Add(
                new Link(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{host}{asked.About.Pinned}{narrowed}&limit={limit}&offset={offset + page.Length}"
                    ),
                    "next",
                    FeatureCollection.MediaType,
                    "The next page"
                )
            );
        var about = asked.About with { Root = await RootAsync(id, asked, request) };
        return new JsonAnswer(
            FeaturePage.Write(
                about,
                columns with
                {
                    Names = asked.Columns.Names,
                },
                page,
                matched.Length,
                questions.Now.ToText(),
                links
            )
        )
        {
            MediaType = FeatureCollection.MediaType,
            Links = links.FirstOrDefault(link => link.Rel == "next") is { } next
                ? $"<{next.Href}>; rel=\"next\"; type=\"{next.Type}\""
                : null,
        };
    }

    [WolverineGet("/api/v1/agreements/{id}/features/collections/{collection}/items/{feature}"), TakesOneItem, TakesTime]
    [Permit(Permission.Read)]
    [Describe("showFeature", "One feature", Media = FeatureCollection.MediaType, Gives = typeof(LinkedFeature))]
    public async Task<IResult> GetItem(string id, string collection, string feature, HttpRequest request)
    {
        if (TableOf(collection) is not { } table)
            return NoCollection(collection);
        if (await books.OpenAsync(id, request) is not { } open)
            return ErrorAnswer.NoAgreement(id);

        var query = new QueryReader(request.Query);
        var asked = open.Read(book => AskedTable.Read(table, book, request, query, questions.Now, []));
        if (asked is null)
            return ErrorAnswer.OfQuery(query.Problems);
        // The id of a geometry holds slashes, which a path keeps escaped.
        var wanted = Uri.UnescapeDataString(feature);
        foreach (var row in asked.Rows.Where(row => TableColumns.Text(row.Values[0]) == wanted))
        {
            return new JsonAnswer(
                FeaturePage.WriteOne(
                    asked.Columns,
                    row,
                    [
                        new(
                            To(request, id, $"/collections/{table.Name}/items/{Uri.EscapeDataString(wanted)}"),
                            "self",
                            FeatureCollection.MediaType,
                            "This feature"
                        ),
                        new(To(request, id, $"/collections/{table.Name}"), "collection", Json, "The collection"),
                    ]
                )
            )
            {
                MediaType = FeatureCollection.MediaType,
            };
        }

        return new ErrorAnswer(
            StatusCodes.Status404NotFound,
            "feature/not-found",
            $"The collection {table.Name} has no feature '{wanted}'."
        );
    }

    private async Task<Collection?> CollectionAsync(string id, Table table, HttpRequest request)
    {
        if (await books.OpenAsync(id, request) is not { } open)
            return null;
        // Without parameters nothing can be wrong with them.
        var asked = open.Read(book =>
            AskedTable.Read(table, book, request, new QueryReader(request.Query), questions.Now, [])
        )!;
        var items = $"/collections/{table.Name}/items";
        return new Collection(
            table.Name,
            $"{asked.About.Agreement} {table.Name}",
            table.Row + ".",
            "feature",
            [Crs84],
            FeatureFilter.ExtentOf(asked.Columns, asked.Rows),
            [
                new(To(request, id, $"/collections/{table.Name}"), "self", Json, "This collection"),
                new(To(request, id, items), "items", FeatureCollection.MediaType, "The features"),
            ]
        );
    }

    private async Task<string> RootAsync(string id, AskedTable asked, HttpRequest request) =>
        (await log.RootAsync(id, asked.About.Position, request.HttpContext.RequestAborted)).ToString();

    private static Table? TableOf(string collection) => Collections.FirstOrDefault(table => table.Name == collection);

    private static ErrorAnswer NoCollection(string name) =>
        new(
            StatusCodes.Status404NotFound,
            "collection/not-found",
            $"There is no collection '{name}'. Choose one of {string.Join(", ", Collections.Select(table => table.Name))}."
        );

    /// <summary>Absolute, because not every client resolves links against the address it asked.</summary>
    private static string To(HttpRequest request, string id, string path) =>
        $"{request.Scheme}://{request.Host}/api/v1/agreements/{id}/features{path}";

    private sealed class TakesItemsAttribute()
        : TakesAttribute([
            "bbox",
            "datetime",
            "limit",
            "offset",
            .. FeatureFilter.Columns,
            "asOf",
            .. TakesQuestionAttribute.KnownAndLens,
            "labels",
        ]);

    private sealed class TakesOneItemAttribute()
        : TakesAttribute(["asOf", .. TakesQuestionAttribute.KnownAndLens, "labels"]);
}
