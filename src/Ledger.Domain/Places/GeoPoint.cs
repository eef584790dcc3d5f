using System.Globalization;
using Ledger.Domain.Input;

namespace Ledger.Domain.Places;

/// <summary>
/// WGS 84 degrees. Kept as decimals because what is hashed holds no floating point; seven places are one centimetre.
/// </summary>
public sealed record GeoPoint(decimal Lat, decimal Lon)
{
    /// <summary>Reads <c>{"lat": "35.81418", "lon": "36.31983"}</c>; numbers are taken too.</summary>
    public static GeoPoint? Read(InputNode input)
    {
        if (!input.IsPresent)
            return null;
        input.Only("lat", "lon");
        var (lat, lon) = (Degrees(input["lat"], 90), Degrees(input["lon"], 180));
        return lat is null || lon is null ? null : new GeoPoint(lat.Value, lon.Value);
    }

    /// <summary>Decimal degrees as text or number, within plus or minus <paramref name="most"/>.</summary>
    public static decimal? Degrees(InputNode input, int most)
    {
        if (!input.Required("decimal degrees such as \"35.81418\""))
            return null;
        var text = input.IsText ? input.Text(40) : input.Node!.ToJsonString();
        if (
            !decimal.TryParse(
                text,
                NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture,
                out var degrees
            )
        )
        {
            input.Wrong("place/not-degrees", $"'{text}' is not decimal degrees: write them as \"35.81418\".");
            return null;
        }

        if (Math.Abs(degrees) <= most)
            return Trim(decimal.Round(degrees, 7));
        input.Wrong(
            "place/out-of-range",
            $"{degrees} degrees cannot be: it must be from -{most} to {most}. Were latitude and longitude swapped?"
        );
        return null;
    }

    /// <summary>Along the surface of a sphere of the Earth's mean radius; half a percent off at most.</summary>
    public double MetresTo(GeoPoint other)
    {
        const double EarthRadius = 6_371_009;
        var (lat, otherLat, across) = (Radians(Lat), Radians(other.Lat), Radians(other.Lon - Lon));
        var (sinLat, sinLon) = (Math.Sin((otherLat - lat) / 2), Math.Sin(across / 2));
        return 2
            * EarthRadius
            * Math.Asin(
                Math.Min(1, Math.Sqrt((sinLat * sinLat) + (Math.Cos(lat) * Math.Cos(otherLat) * sinLon * sinLon)))
            );

        static double Radians(decimal degrees) => (double)degrees * Math.PI / 180;
    }

    /// <summary>Without trailing zeros, so that equal points have equal text.</summary>
    private static decimal Trim(decimal value) => value / 1.0000000000000000000000000000m;
}
