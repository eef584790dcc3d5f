using Ledger.Domain.Agreements;
using Ledger.Domain.Entries;
using Ledger.Domain.Places;
using Ledger.Domain.Reports;
using NodaTime;

namespace Ledger.Verdicts.Tests.Slow;

/// <summary>docs/verdicts.md, section 4: when a fact matches a pattern.</summary>
public sealed class SlowMatch(Agreement reading, IEnumerable<Entry> delimitations)
{
    private readonly List<ZoneDelimited> delimited = [.. delimitations.Select(e => (ZoneDelimited)e.Event)];

    /// <summary>"Certainly if every part certainly holds, possibly if none is ruled out."</summary>
    public Certainty Match(Pattern pattern, Report report)
    {
        var parts = new List<Certainty>();
        if (pattern.Kinds.Length > 0)
            parts.Add(pattern.Kinds.Contains(report.Kind) ? Certainty.Certain : Certainty.No);
        parts.AddRange(pattern.Actors.Select(a => Actor(a, report)));
        if (pattern.Zones.Length > 0)
            parts.Add(pattern.Zones.Max(z => InZone(z, report)));
        if (pattern.Subject is { } subject)
            parts.Add(
                report.Subject is null ? Certainty.Possible
                : report.Subject == subject ? Certainty.Certain
                : Certainty.No
            );
        foreach (var (name, values) in pattern.Attributes)
            parts.Add(
                report.Attributes.TryGetValue(name, out var value)
                    ? values.Contains(value)
                        ? Certainty.Certain
                        : Certainty.No
                    : Certainty.Possible
            );
        foreach (var (name, least) in pattern.AtLeast)
            parts.Add(
                report.Quantities.TryGetValue(name, out var q)
                    ? q.Low >= least
                        ? Certainty.Certain
                        : q.High < least
                            ? Certainty.No
                            : Certainty.Possible
                    : Certainty.Possible
            );
        foreach (var unless in pattern.Unless)
            parts.Add(
                Match(unless, report) switch
                {
                    Certainty.Certain => Certainty.No,
                    Certainty.Possible => Certainty.Possible,
                    _ => Certainty.Certain,
                }
            );
        return parts.Count == 0 ? Certainty.Certain : parts.Min();
    }

    public bool EverDelimited(string zone) =>
        reading.Zone(zone)?.Shape is not null || delimited.Exists(d => d.Zone == zone);

    private Certainty Actor(ActorPattern pattern, Report report)
    {
        var stated = report.Actors.Where(a => pattern.Role is null || a.Role == pattern.Role).ToList();
        if (stated.Count == 0)
            return Certainty.Possible;
        var parties = stated.ConvertAll(a => PartyNamed(a.Name));
        var day = report.Occurred.From.InZone(reading.TimeZone).Date;
        if (parties.Exists(p => p is not null && pattern.AnyOf.Any(whole => Everybody(whole, day).Contains(p))))
            return Certainty.Certain;
        return parties.Contains(null) ? Certainty.Possible : Certainty.No;
    }

    private string? PartyNamed(string name)
    {
        bool Is(string other) => string.Equals(other, name, StringComparison.OrdinalIgnoreCase);
        if (reading.Parties.FirstOrDefault(p => Is(p.Id)) is { } byId)
            return byId.Id;
        var named = reading.Parties.Where(p => p.Aliases.Any(Is) || p.Name.ByLanguage.Values.Any(Is)).ToList();
        return named.Count == 1 ? named[0].Id : null;
    }

    /// <summary>"A party stands for all its members", on that day.</summary>
    private HashSet<string> Everybody(string whole, LocalDate day)
    {
        var everybody = new HashSet<string> { whole };
        for (var size = 0; size < everybody.Count; )
        {
            size = everybody.Count;
            foreach (var m in everybody.ToList().SelectMany(id => reading.Party(id)?.Members ?? []))
            {
                if (!(m.From > day) && !(m.Until <= day))
                    everybody.Add(m.Party);
            }
        }

        return everybody;
    }

    private Certainty InZone(string id, Report report)
    {
        if (GeometryAt(id, report.Occurred.From) is not { } shape)
            return Certainty.Possible;
        var place = report.Place;
        var byPoint = place?.Point is null ? (Certainty?)null : shape.Contains(place);
        if (place?.Zone == id)
            return byPoint == Certainty.No ? Certainty.Possible : Certainty.Certain;
        return byPoint ?? Certainty.Possible;
    }

    /// <summary>"The zone geometry used is the one in force at the occurrence."</summary>
    private ZoneShape? GeometryAt(string id, Instant at)
    {
        var day = at.InZone(reading.TimeZone).Date;
        ZoneShape? best = null;
        LocalDate? since = null;
        if (reading.Zone(id) is { Shape: { } shape } zone && !(zone.From > day))
            (best, since) = (shape, zone.From);
        foreach (var d in delimited.Where(d => d.Zone == id && d.From <= day))
        {
            if (best is null || since is null || d.From >= since)
                (best, since) = (new ZoneShape(d.Inner, d.Outer), d.From);
        }

        return best;
    }
}
