using CsCheck;
using Ledger.Domain.Places;
using Ledger.Domain.Tests.Agreements;

namespace Ledger.Domain.Tests.Places;

public sealed class PlacesAndZones
{
    private static readonly ZoneShape Quay = Some.Agreement.Zone("quay")!.Shape!;

    [Theory]
    [InlineData(35.05, 36.05, 100, Certainty.Certain)]
    [InlineData(35.05, 36.05, 6_000, Certainty.Possible)] // The inner geometry's edge is 4.6 km away.
    [InlineData(35.15, 36.05, 100, Certainty.Possible)] // Between inner and outer.
    [InlineData(35.25, 36.05, 100, Certainty.No)]
    [InlineData(35.25, 36.05, 6_000, Certainty.Possible)] // The outer geometry's edge is 5.5 km away.
    public void A_place_is_inside_as_surely_as_its_circle_is(double lat, double lon, int radius, Certainty expected) =>
        Quay.Contains(At(lat, lon, radius)).Should().Be(expected);

    [Fact]
    public void A_place_that_nobody_located_may_be_inside() =>
        Quay.Contains(new Place { Name = "somewhere", Precision = PlacePrecision.Unknown })
            .Should()
            .Be(Certainty.Possible);

    [Fact]
    public void A_wider_circle_is_never_surer() =>
        Gen.Select(Gen.Double[34.8, 35.3], Gen.Double[35.8, 36.3], Gen.Int[1, 20_000], Gen.Int[1, 20_000])
            .Sample(
                (lat, lon, a, b) =>
                {
                    var (narrow, wide) = (
                        Quay.Contains(At(lat, lon, Math.Min(a, b))),
                        Quay.Contains(At(lat, lon, Math.Max(a, b)))
                    );
                    return narrow switch
                    {
                        Certainty.Certain => true,
                        Certainty.Possible => wide == Certainty.Possible,
                        _ => wide != Certainty.Certain,
                    };
                }
            );

    [Fact]
    public void Distance_is_right_to_one_percent()
    {
        // One degree of latitude at 35 degrees north is 110,941 m (WGS 84).
        Quay.MetresOutside(new GeoPoint(36.2m, 36.05m)).Should().BeApproximately(110_941, 1_109);
    }

    [Fact]
    public void Equal_points_have_equal_text() =>
        DecimalText.Of(new GeoPoint(35.10m, 36.0000m).Lat).Should().Be("35.1");

    private static Place At(double lat, double lon, int radius) =>
        new()
        {
            Point = new GeoPoint((decimal)lat, (decimal)lon),
            Precision = PlacePrecision.Exact,
            Radius = radius,
        };
}
