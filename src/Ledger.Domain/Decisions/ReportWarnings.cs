using System.Collections.Frozen;
using System.Globalization;
using Ledger.Domain.Agreements;
using Ledger.Domain.Entries;
using Ledger.Domain.Input;
using Ledger.Domain.Places;
using Ledger.Domain.Reports;
using Ledger.Domain.Time;
using NetTopologySuite.Geometries;
using NodaTime;

namespace Ledger.Domain.Decisions;

/// <summary>
/// What is odd about a report that may still be true. A warning refuses nothing: it is shown to whoever files the report,
/// before it stands in the record for ever.
/// </summary>
public static class ReportWarnings
{
    /// <summary>Forms and spreadsheets write a missing position as zero, some after rounding.</summary>
    private const decimal NearZero = 0.01m;

    /// <summary>Around an agreement on a village, too, people report what happened on the road to it.</summary>
    private const double LeastFarMetres = 50_000;

    /// <summary>A point that lies this near, and no nearer when its numbers are swapped, is believed.</summary>
    private const double NearMetres = 25_000;

    private const int YearsBefore = 1;

    /// <summary>Days that programs write where they know none: zero of Unix, of Excel and of .NET.</summary>
    private static readonly FrozenSet<LocalDate> Zeros = new[]
    {
        new LocalDate(1970, 1, 1),
        new LocalDate(1899, 12, 30),
        new LocalDate(1899, 12, 31),
        new LocalDate(1900, 1, 1),
        new LocalDate(1, 1, 1),
    }.ToFrozenSet();

    /// <summary>Of what an entry reports; nothing where it reports nothing.</summary>
    public static IEnumerable<Problem> Of(LedgerEvent entry, Agreement agreement) =>
        entry switch
        {
            ReportFiled { Report: var report } => Of(report, agreement),
            ReportCorrected { Report: var report } => Of(report, agreement),
            _ => [],
        };

    public static IEnumerable<Problem> Of(Report report, Agreement agreement)
    {
        for (var i = 0; i < report.Actors.Length; i++)
        {
            if (Slip(report.Actors[i].Name, i, agreement) is { } slip)
                yield return slip;
        }

        if (Day(report.Occurred.From, agreement) is { } day)
            yield return day;
        if (report.Place?.Point is { } point && Point(point, agreement) is { } place)
            yield return place;
        if (
            report.Place is { Zone: { } zone, Point: { } at } named
            && OutsideOf(zone, at, named, agreement) is { } outside
        )
            yield return outside;
    }

    /// <summary>
    /// What two reports have in common that may be one: kind, days and place; null where a report names no place. Two
    /// sources may speak of one incident, so nothing is refused.
    /// </summary>
    public static (string Kind, LocalDate First, LocalDate Last, string Place)? Likeness(
        Report report,
        Agreement agreement
    ) =>
        (
            report.Place?.Point is { } point
                ? string.Create(CultureInfo.InvariantCulture, $"{point.Lat:0.00} {point.Lon:0.00}")
            : report.Place?.Name is { Length: > 0 } name ? name.Trim().ToUpperInvariant()
            : null
        )
            is { } place
            ? (
                report.Kind,
                agreement.TimeZone.DayOf(report.Occurred.From),
                agreement.TimeZone.DayOf(report.Occurred.Until - Instants.Microsecond),
                place
            )
            : null;

    private static Problem? OutsideOf(string zone, GeoPoint point, Place place, Agreement agreement) =>
        agreement.Zones.FirstOrDefault(one => one.Id == zone)?.Shape is { } shape
        && shape.MetresOutside(point) is var metres
        && metres > (place.UncertaintyMetres ?? LeastFarMetres)
            ? new(
                "report/point-outside-the-named-zone",
                "/report/place/point",
                $"{point.Lat}, {point.Lon} lies {metres / 1000:0.#} km from '{zone}', which the report names as the place."
            )
            : null;

    /// <summary>Somebody who is no party may have done it; a slip of the pen is nobody, and counts as possible only.</summary>
    private static Problem? Slip(string name, int index, Agreement agreement)
    {
        var near = Nearest.Slip(
            name,
            agreement.Parties.SelectMany(party => party.Aliases.Concat(party.Name.ByLanguage.Values).Prepend(party.Id))
        );
        return near is null
            ? null
            : new(
                "report/name-near-a-party",
                $"/report/actors/{index}/name",
                $"'{name}' is no party of the agreement, but nearly '{near}'. If '{near}' is meant, correct the report: as it is, it is certain of nobody that they took part."
            );
    }

    private static Problem? Day(Instant from, Agreement agreement)
    {
        const string pointer = "/report/occurred";
        var day = from.InZone(agreement.TimeZone).Date;
        if (Zeros.Contains(day) || Zeros.Contains(from.InUtc().Date))
            return new("report/day-zero", pointer, $"{day:uuuu-MM-dd} is what programs write where a day is missing.");
        return day < agreement.Signed.PlusYears(-YearsBefore)
            ? new(
                "report/long-before-the-agreement",
                pointer,
                $"{day:uuuu-MM-dd} is more than a year before the agreement was signed ({agreement.Signed:uuuu-MM-dd})."
            )
            : null;
    }

    private static Problem? Point(GeoPoint point, Agreement agreement)
    {
        const string pointer = "/report/place/point";
        if (Math.Abs(point.Lat) < NearZero && Math.Abs(point.Lon) < NearZero)
            return new(
                "report/point-zero",
                pointer,
                $"{point.Lat}, {point.Lon} is what forms and spreadsheets write where a position is missing."
            );
        if (MetresFromZones(point, agreement) is not { } metres || metres <= NearMetres)
            return null;
        var far = FarMetres(agreement);
        var swapped = Math.Abs(point.Lon) <= 90 ? MetresFromZones(new(point.Lon, point.Lat), agreement) : null;
        if (swapped <= NearMetres || (metres > far && swapped <= far))
            return new(
                "report/swapped-point",
                pointer,
                $"{point.Lat}, {point.Lon} lies {metres / 1000:0} km from the agreement's zones, and "
                    + $"{point.Lon}, {point.Lat} would lie {swapped / 1000:0} km from them: "
                    + "latitude and longitude may be swapped."
            );
        return metres > far
            ? new(
                "report/far-from-the-zones",
                pointer,
                $"{point.Lat}, {point.Lon} lies {metres / 1000:0} km from the agreement's zones."
            )
            : null;
    }

    /// <summary>
    /// Further from the zones than they reach across, nothing that the agreement speaks of is likely to have happened.
    /// </summary>
    private static double FarMetres(Agreement agreement)
    {
        var all = new Envelope();
        foreach (var zone in agreement.Zones)
        {
            if (zone.Shape is { } shape)
                all.ExpandToInclude(shape.Outer.Geometry.EnvelopeInternal);
        }

        return all.IsNull
            ? LeastFarMetres
            : Math.Max(
                LeastFarMetres,
                new GeoPoint((decimal)all.MinY, (decimal)all.MinX).MetresTo(new((decimal)all.MaxY, (decimal)all.MaxX))
            );
    }

    /// <summary>To the nearest; null where the agreement draws none.</summary>
    private static double? MetresFromZones(GeoPoint point, Agreement agreement) =>
        agreement
            .Zones.Select(zone => zone.Shape)
            .OfType<ZoneShape>()
            .Min(shape => (double?)shape.MetresOutside(point));
}
