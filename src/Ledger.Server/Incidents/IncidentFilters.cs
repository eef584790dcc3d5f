using System.Globalization;
using Ledger.Domain.Agreements;
using Ledger.Domain.Input;
using Ledger.Domain.Reports;
using Ledger.Server.Requests;
using Ledger.Verdicts.Answers;
using NodaTime;

namespace Ledger.Server.Incidents;

/// <summary>What a list of incidents is narrowed to.</summary>
public static class IncidentFilters
{
    public static readonly string[] Names = ["bbox", "kind", "actor", "zone", "level", "from", "until"];

    public static IEnumerable<Func<IncidentStanding, bool>> Read(QueryReader query, Agreement agreement)
    {
        if (Box(query) is { } box)
            yield return incident => incident is { Lat: { } lat, Lon: { } lon } && box.Holds(lat, lon);
        if (Known(query, "kind", agreement.Codebook.Kinds.Keys) is { Length: > 0 } kinds)
            yield return incident => kinds.Contains(incident.Kind, StringComparer.Ordinal);
        if (query.Texts("actor") is { Length: > 0 } actors)
            yield return incident =>
                incident.Actors.Any(actor =>
                    actors.Contains(actor.Party ?? actor.Name, StringComparer.OrdinalIgnoreCase)
                    || actors.Contains(actor.Name, StringComparer.OrdinalIgnoreCase)
                );
        if (Known(query, "zone", agreement.Zones.Select(zone => zone.Id)) is { Length: > 0 } zones)
            yield return incident =>
                incident.Zones.Concat(incident.PerhapsZones).Any(zone => zones.Contains(zone, StringComparer.Ordinal));
        if (Known(query, "level", Levels.All.Keys) is { Length: > 0 } levels)
            yield return incident => levels.Any(level => Levels.All[level] == incident.Level);
        if (query.Time("from", agreement.TimeZone) is { } from)
        {
            // The first day counts from its start, the last one to its end.
            var start =
                query.Text("from")!.Length == 10
                    ? agreement.TimeZone.AtStartOfDay(from.InZone(agreement.TimeZone).Date).ToInstant()
                    : from;
            yield return incident => incident.Until > start;
        }

        if (query.Time("until", agreement.TimeZone) is { } until)
            yield return incident => incident.From <= until;
    }

    private static string[] Known(QueryReader query, string name, IEnumerable<string> words)
    {
        string[] asked = [.. query.Texts(name)],
            known = [.. words];
        foreach (var word in asked.Except(known, StringComparer.Ordinal))
            query.Wrong(
                name,
                "query/unknown-word",
                $"There is no {name} '{word}'. Choose one of {string.Join(", ", known)}.{Nearest.Hint(word, known)}"
            );
        return asked;
    }

    private static BoundingBox? Box(QueryReader query)
    {
        if (query.Text("bbox") is not { } text)
            return null;
        var numbers = text.Split(',')
            .Select(part =>
                double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                && double.IsFinite(number)
                    ? number
                    : double.NaN
            )
            .ToArray();
        if (
            numbers is [>= -180 and <= 180, >= -90 and <= 90, >= -180 and <= 180, >= -90 and <= 90]
            && numbers[1] <= numbers[3]
        )
            return new BoundingBox(numbers[0], numbers[1], numbers[2], numbers[3]);
        query.Wrong(
            "bbox",
            "query/not-a-box",
            $"'{text}' is not a box: write bbox=west,south,east,north in degrees, such as 35,35,38,37."
        );
        return null;
    }

    /// <summary>A box that begins east of where it ends crosses the 180th meridian, as RFC 7946 has it.</summary>
    private sealed record BoundingBox(double West, double South, double East, double North)
    {
        public bool Holds(double lat, double lon) =>
            lat >= South && lat <= North && (West <= East ? lon >= West && lon <= East : lon >= West || lon <= East);
    }
}
