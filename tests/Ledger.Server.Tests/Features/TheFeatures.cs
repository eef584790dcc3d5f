using System.Globalization;
using System.Text.Json.Nodes;
using Ledger.Local.Machine;

namespace Ledger.Server.Tests.Features;

/// <summary>OGC API - Features as the abstract tests of Part 1 ask for it, and as GDAL reads it.</summary>
public sealed class TheFeatures(ServerWithDemonstration world) : IClassFixture<ServerWithDemonstration>
{
    private const string Start = $"{Idlib.Agreement}/features";
    private const string Incidents = $"{Start}/collections/incidents/items";

    public static TheoryData<string> Collections { get; } = ["reports", "incidents", "zones"];

    [Fact]
    public async Task Lead_from_one_address_to_everything()
    {
        var landing = await JsonAsync(Start);
        foreach (var rel in (string[])["self", "service-desc", "service-doc", "conformance", "data"])
        {
            using var answer = await world.Http.GetAsync(To(landing, rel));
            answer.StatusCode.Should().Be(HttpStatusCode.OK, rel);
        }

        (await JsonAsync(To(landing, "conformance")))["conformsTo"]!
            .AsArray()
            .Select(one => ((string)one!).Split('/')[^1])
            .Should()
            .Equal("core", "geojson");
        var collections = (await JsonAsync(To(landing, "data")))["collections"]!.AsArray();
        collections.Select(one => (string)one!["id"]!).Should().Equal("reports", "incidents", "zones");
        foreach (var collection in collections)
        {
            JsonNode
                .DeepEquals(await JsonAsync(To(collection!, "self")), collection)
                .Should()
                .BeTrue("the list and the page of a collection say the same");
            using var items = await world.Http.GetAsync(To(collection!, "items"));
            items.Content.Headers.ContentType!.MediaType.Should().Be("application/geo+json");
        }
    }

    [Theory]
    [MemberData(nameof(Collections))]
    public async Task Come_page_by_page_and_none_twice(string collection)
    {
        var whole = (await JsonAsync($"{Idlib.Agreement}/tables/{collection}.geojson"))["features"]!.AsArray();
        var limit = 1 + (whole.Count / 4);
        var (paged, next) = (new List<JsonNode>(), (string?)$"{Start}/collections/{collection}/items?limit={limit}");
        var positions = new HashSet<string>(StringComparer.Ordinal);
        while (next is not null)
        {
            var page = await JsonAsync(next);
            var features = page["features"]!.AsArray();
            ((int)page["numberMatched"]!, (int)page["numberReturned"]!).Should().Be((whole.Count, features.Count));
            features.Count.Should().BeInRange(1, limit);
            paged.AddRange(features.Select(feature => feature!.DeepClone()));
            positions.Add($"{page["about"]!["position"]} {page["about"]!["root"]}");
            next = page["links"]!.AsArray().Any(link => (string)link!["rel"]! == "next") ? To(page, "next") : null;
        }

        paged.Count.Should().BeGreaterThan(limit, "there is more than one page");
        paged.Select(Id).Should().Equal(whole.Select(feature => Id(feature!)));
        positions.Should().ContainSingle("every page shows the same position");
        foreach (var feature in paged.Take(2))
        {
            var one = await JsonAsync($"{Start}/collections/{collection}/items/{Uri.EscapeDataString(Id(feature))}");
            JsonNode.DeepEquals(one["geometry"], feature["geometry"]).Should().BeTrue();
            (Id(one), (string)one["type"]!).Should().Be((Id(feature), "Feature"));
        }
    }

    [Fact]
    public async Task Are_narrowed_to_a_box()
    {
        var all = (await JsonAsync(Incidents))["features"]!.AsArray().Select(feature => feature!).ToList();
        var placed = all.Where(feature => feature["geometry"] is not null).ToList();
        var (lon, lat) = At(placed[0]);
        var box = string.Create(CultureInfo.InvariantCulture, $"{lon - 0.05},{lat - 0.05},{lon + 0.05},{lat + 0.05}");

        var inside = (await JsonAsync($"{Incidents}?bbox={box}"))["features"]!.AsArray();

        inside
            .Select(feature => Id(feature!))
            .Should()
            .Equal(
                placed
                    .Where(feature =>
                        Math.Abs(At(feature).Lon - lon) <= 0.05 && Math.Abs(At(feature).Lat - lat) <= 0.05
                    )
                    .Select(Id)
            );
        inside.Count.Should().BeInRange(1, all.Count - 1);
        (await JsonAsync($"{Incidents}?bbox=-180,-90,180,90"))["features"]!
            .AsArray()
            .Should()
            .HaveCount(placed.Count, "what has no place is in no box");
        (await JsonAsync($"{Start}/collections/zones/items?bbox=0,0,1,1"))["features"]!.AsArray().Should().BeEmpty();
        (await JsonAsync($"{Start}/collections/zones/items?bbox={box}"))["features"]!.AsArray().Should().NotBeEmpty();
        (await world.Http.AskAsync($"{Incidents}?bbox=1,2,3")).Problems.Should().Equal("bbox query/not-a-box");
    }

    [Theory]
    [InlineData("2018-10-01/2018-10-31", "2018-10-01", "2018-10-31")]
    [InlineData("2018-09-01", "2018-09-01", "2018-09-01")]
    [InlineData("../2018-09-30", "0001-01-01", "2018-09-30")]
    [InlineData("2018-11-01/", "2018-11-01", "9999-12-31")]
    public async Task Are_narrowed_to_a_time(string datetime, string first, string last)
    {
        var all = (await JsonAsync(Incidents))["features"]!.AsArray();

        var then = (await JsonAsync($"{Incidents}?datetime={Uri.EscapeDataString(datetime)}"))["features"]!.AsArray();

        then.Select(feature => Id(feature!))
            .Should()
            .Equal(
                all.Where(feature =>
                        string.CompareOrdinal((string)feature!["properties"]!["first_day"]!, last) <= 0
                        && string.CompareOrdinal((string)feature["properties"]!["last_day"]!, first) >= 0
                    )
                    .Select(feature => Id(feature!))
            );
        then.Count.Should().BeInRange(1, all.Count - 1);
    }

    [Fact]
    public async Task Are_narrowed_by_kind_and_refuse_what_they_do_not_have()
    {
        (await JsonAsync($"{Incidents}?kind=bombing"))["features"]!
            .AsArray()
            .Should()
            .NotBeEmpty()
            .And.OnlyContain(feature => (string)feature!["properties"]!["kind"]! == "bombing");
        foreach (
            var (query, problem) in new[]
            {
                ("collections/zones/items?kind=bombing", "kind query/unknown-parameter"),
                ("collections/incidents/items?limit=0", "limit query/not-a-number"),
                ("collections/incidents/items?datetime=yesterday", "datetime query/not-a-time"),
                ("collections/incidents/items?nonsense=1", "nonsense query/unknown-parameter"),
            }
        )
            (await world.Http.AskAsync($"{Start}/{query}")).Problems.Should().Equal([problem], query);
        (await world.Http.AskAsync($"{Start}/collections/atlantis")).Code.Should().Be("collection/not-found");
        (await world.Http.AskAsync($"{Incidents}/atlantis")).Code.Should().Be("feature/not-found");
        using var stranger = world.Server.Stranger();
        (await stranger.AskAsync(Start)).Status.Should().Be(HttpStatusCode.Unauthorized);
    }

    /// <summary>The program behind QGIS. <c>./ledger test</c> installs it, as Debian's gdal-bin.</summary>
    [Theory]
    [MemberData(nameof(Collections))]
    public async Task Are_read_by_GDAL(string collection)
    {
        var folder = Directory.CreateTempSubdirectory("ledger-gdal-");
        try
        {
            var headers = Path.Combine(folder.FullName, "headers");
            await File.WriteAllTextAsync(headers, $"Authorization: {world.Http.DefaultRequestHeaders.Authorization}");
            var said = await ProcessRunner.RunAsync(
                "ogr2ogr",
                [
                    "--config",
                    "GDAL_HTTP_HEADER_FILE",
                    headers,
                    "-oo",
                    "PAGE_SIZE=7",
                    "-f",
                    "GeoJSON",
                    Path.Combine(folder.FullName, "features.json"),
                    $"OAPIF:{world.Server.Address}{Start}",
                    collection,
                ],
                cancellationToken: TestContext.Current.CancellationToken
            );

            said.Succeeded.Should().BeTrue(said.Output);
            var read = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder.FullName, "features.json")))![
                "features"
            ]!.AsArray();
            var told = (await JsonAsync($"{Start}/collections/{collection}/items"))["features"]!.AsArray();
            read.Select(feature =>
                    $"{feature!["geometry"]?["type"]} {feature["properties"]!.AsObject().First(member => member.Key is "report" or "incident" or "feature").Value}"
                )
                .Should()
                .Equal(told.Select(feature => $"{feature!["geometry"]?["type"]} {Id(feature)}"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task<JsonNode> JsonAsync(string path)
    {
        var answer = await world.Http.AskAsync(path);
        answer.Status.Should().Be(HttpStatusCode.OK, answer.Text);
        return answer.Json;
    }

    private static string To(JsonNode page, string rel) =>
        (string)page["links"]!.AsArray().Single(link => (string)link!["rel"]! == rel)!["href"]!;

    private static string Id(JsonNode feature) => (string)feature["id"]!;

    private static (double Lon, double Lat) At(JsonNode feature) =>
        ((double)feature["geometry"]!["coordinates"]![0]!, (double)feature["geometry"]!["coordinates"]![1]!);
}
