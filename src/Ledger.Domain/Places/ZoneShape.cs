using NetTopologySuite.Geometries;

namespace Ledger.Domain.Places;

/// <summary>Whether something certainly, possibly or certainly not holds.</summary>
public enum Certainty
{
    No,
    Possible,
    Certain,
}

/// <summary>
/// The two geometries of a zone whose edge is not known exactly: surely inside <see cref="Inner"/>, surely outside
/// beyond <see cref="Outer"/>.
/// </summary>
public sealed record ZoneShape(GeoShape Inner, GeoShape Outer)
{
    /// <summary>
    /// Whether <paramref name="place"/> lies in the zone: certainly if its circle of uncertainty lies inside the inner
    /// geometry, possibly if it meets the outer one. A place without a point is possible, as nothing rules it out.
    /// </summary>
    public Certainty Contains(Place? place)
    {
        if (place?.Point is not { } point)
            return Certainty.Possible;
        if (place.UncertaintyMetres is not { } radius)
            return Certainty.Possible;
        if (Within(Inner, point, radius))
            return Certainty.Certain;
        return MetresOutside(Outer, point) <= radius ? Certainty.Possible : Certainty.No;
    }

    /// <summary>Metres from <paramref name="point"/> to the outer geometry; zero inside.</summary>
    public double MetresOutside(GeoPoint point) => MetresOutside(Outer, point);

    private static bool Within(GeoShape shape, GeoPoint point, int radius)
    {
        var local = LocalMetres.Around(point, shape.Geometry);
        return local.Contains(LocalMetres.Origin) && local.Boundary.Distance(LocalMetres.Origin) >= radius;
    }

    private static double MetresOutside(GeoShape shape, GeoPoint point) =>
        LocalMetres.Around(point, shape.Geometry).Distance(LocalMetres.Origin);

    /// <summary>
    /// Projects degrees to metres around a point (equirectangular, WGS 84 radii of curvature at the point's latitude).
    /// Within 100 km it is off by less than one part in a hundred, which is far below any stated uncertainty.
    /// </summary>
    private static class LocalMetres
    {
        private static readonly GeometryFactory Factory = new();

        private const double SemiMajorAxis = 6_378_137.0;

        private const double EccentricitySquared = 6.69437999014e-3;

        public static Point Origin { get; } = Factory.CreatePoint(new Coordinate(0, 0));

        public static Geometry Around(GeoPoint centre, Geometry degrees)
        {
            var latitude = (double)centre.Lat * Math.PI / 180;
            var w = 1 - (EccentricitySquared * Math.Sin(latitude) * Math.Sin(latitude));
            var metresPerLat = SemiMajorAxis * (1 - EccentricitySquared) / Math.Pow(w, 1.5) * Math.PI / 180;
            var metresPerLon = SemiMajorAxis / Math.Sqrt(w) * Math.Cos(latitude) * Math.PI / 180;
            var local = degrees.Copy();
            local.Apply(new Scale((double)centre.Lon, (double)centre.Lat, metresPerLon, metresPerLat));
            local.GeometryChanged();
            return local;
        }

        private sealed class Scale(double lon, double lat, double x, double y) : ICoordinateSequenceFilter
        {
            public bool Done => false;

            public bool GeometryChanged => true;

            public void Filter(CoordinateSequence sequence, int i)
            {
                sequence.SetX(i, (sequence.GetX(i) - lon) * x);
                sequence.SetY(i, (sequence.GetY(i) - lat) * y);
            }
        }
    }
}
