using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Ledger.Domain.Entries;
using Ledger.Domain.Input;
using Ledger.Domain.Places;
using Ledger.Domain.Reports;
using Ledger.Domain.Time;

namespace Ledger.Domain.Tests.Places;

/// <summary>A point that is sealed, beside the coarser place that is not.</summary>
public sealed class AnExactPlace
{
    [Fact]
    public void Is_read_beside_a_coarser_one()
    {
        var (place, codes) = Read(
            """{"name":"Jisr al-Shughur","precision":"district","point":{"lat":"35.81","lon":"36.32"},"exact":{"lat":35.81277,"lon":"36.317400"}}"""
        );

        codes.Should().BeEmpty();
        place!.Exact.Should().Be(new GeoPoint(35.81277m, 36.3174m));
        JsonSerializer.Serialize(place.Exact, LedgerJson.Options).Should().Be("""{"lat":"35.81277","lon":"36.3174"}""");
        place.UncertaintyMetres.Should().Be(25_000, "what is sealed makes nothing more exact");
    }

    [Theory]
    [InlineData("""{"name":"Jisr","exact":{"lat":"35","lon":"36"}}""", "/precision place/not-coarser")]
    [InlineData(
        """{"name":"Jisr","precision":"exact","exact":{"lat":"35","lon":"36"}}""",
        "/precision place/not-coarser"
    )]
    [InlineData("""{"precision":"district","exact":{"lat":"35","lon":"36"}}""", " place/no-coarser-place")]
    [InlineData(
        """{"precision":"district","point":{"lat":"35.0","lon":36},"exact":{"lat":"35","lon":"36"}}""",
        "/point place/exact-in-the-clear"
    )]
    [InlineData(
        """{"precision":"near","point":{"lat":"35.1","lon":"36"},"exact":{"lat":"35","lon":"36"}}""",
        "/exact place/exact-is-elsewhere"
    )]
    [InlineData(
        """{"precision":"near","radius":12000,"point":{"lat":"35.1","lon":"36"},"exact":{"lat":"35","lon":"36"}}""",
        ""
    )]
    [InlineData("""{"precision":"unknown","code":"SY0705","exact":{"lat":"35","lon":"36"}}""", "")]
    [InlineData(
        """{"precision":"district","name":"Jisr","exact":{"lat":"135","lon":"36"}}""",
        "/exact/lat place/out-of-range"
    )]
    [InlineData("""{"precision":"district","name":"Jisr","exact":{"lat":"35"}}""", "/exact/lon input/missing")]
    [InlineData(
        """{"precision":"district","name":"Jisr","exact":{"lat":"35","lon":"36","name":"A house"}}""",
        "/exact/name input/unknown-member"
    )]
    public void Must_be_no_news_to_who_reads_the_coarser_one(string place, string problem) =>
        string.Join(", ", Read(place).Codes).Should().Be(problem);

    [Fact]
    public void Is_sealed_under_its_own_name_and_left_out_of_what_is_recorded() =>
        Gen.Select(Gen.Int[-89_000_000, 89_000_000], Gen.Int[-179_000_000, 179_000_000])
            .Sample(
                (lat, lon) =>
                {
                    var exact = new GeoPoint(lat / 1_000_000m, lon / 1_000_000m);
                    var report = new Report
                    {
                        Kind = "shelling",
                        Occurred = Occurrence.At(Instants.Earliest),
                        Source = new Source { Class = SourceClass.Witness },
                        Place = new Place
                        {
                            Name = "Jisr",
                            Precision = PlacePrecision.District,
                            Exact = exact,
                        },
                    };

                    var (name, value) = SealedNames.Of(report).Single();

                    name.Should().Be(SealedNames.ExactPlace);
                    value.Deserialize<GeoPoint>(LedgerJson.Options).Should().Be(exact);
                    SealedNames
                        .Without(report)
                        .Should()
                        .BeEquivalentTo(report with { Place = report.Place with { Exact = null } });
                    SealedNames
                        .Without(report, other => other == SealedNames.Narrative)
                        .Place!.Exact.Should()
                        .Be(exact);
                }
            );

    private static (Place? Place, IEnumerable<string> Codes) Read(string json)
    {
        var problems = new Problems();
        var place = Place.Read(new InputNode(JsonNode.Parse(json), "", problems));
        return (place, problems.ToImmutable().Select(problem => $"{problem.Pointer} {problem.Code}"));
    }
}
