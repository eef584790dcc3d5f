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
        if (BoundingBox.Read(query) is { } box)
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
}
