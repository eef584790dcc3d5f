using Ledger.Domain.Agreements;
using Ledger.Domain.Places;
using Ledger.Domain.Reports;
using NodaTime;

namespace Ledger.Verdicts.Matching;

/// <summary>The parts of a pattern that a report can fail.</summary>
internal enum Part
{
    Kind,
    Actor,
    Zone,
    Subject,
    Attribute,
    Quantity,
    Exclusion,
}

/// <summary>How surely one part of a pattern holds for a report.</summary>
/// <param name="Part">Which part.</param>
/// <param name="Name">The role, zone, attribute, quantity or subject it asks for.</param>
/// <param name="Holds">Whether it does.</param>
internal readonly record struct PartMatch(Part Part, string? Name, Certainty Holds);

/// <summary>
/// Decides how surely a report matches a pattern (docs/verdicts.md, section 4): certainly if every part does, possibly if
/// none is ruled out.
/// </summary>
internal sealed class Matcher(Agreement reading, ZonesInForce zones)
{
    private readonly Parties _parties = new(reading);

    public Certainty Match(Pattern pattern, Report report)
    {
        var surely = Kind(pattern, report);
        foreach (var actor in pattern.Actors)
            surely = Least(
                surely,
                surely == Certainty.No ? surely : _parties.Match(actor, report.Actors, report.Occurred.From)
            );
        if (surely != Certainty.No && pattern.Subject is not null)
            surely = Least(surely, Subject(pattern.Subject, report));
        foreach (var (name, values) in pattern.Attributes)
            surely = Least(surely, Attribute(name, values, report));
        foreach (var (name, least) in pattern.AtLeast)
            surely = Least(surely, Quantity(name, least, report));
        // Geometry is dearest, so it is asked last.
        if (surely != Certainty.No && pattern.Zones.Length > 0)
            surely = Least(surely, AnyZone(pattern.Zones, report));
        foreach (var exclusion in pattern.Unless)
            surely = Least(surely, surely == Certainty.No ? surely : Not(Match(exclusion, report)));
        return surely;
    }

    /// <summary>Every part on its own, for explanations.</summary>
    public IEnumerable<PartMatch> Parts(Pattern pattern, Report report)
    {
        yield return new PartMatch(Part.Kind, report.Kind, Kind(pattern, report));
        foreach (var actor in pattern.Actors)
            yield return new PartMatch(
                Part.Actor,
                string.Join(", ", actor.AnyOf),
                _parties.Match(actor, report.Actors, report.Occurred.From)
            );
        if (pattern.Zones.Length > 0)
            yield return new PartMatch(Part.Zone, string.Join(", ", pattern.Zones), AnyZone(pattern.Zones, report));
        if (pattern.Subject is not null)
            yield return new PartMatch(Part.Subject, pattern.Subject, Subject(pattern.Subject, report));
        foreach (var (name, values) in pattern.Attributes)
            yield return new PartMatch(Part.Attribute, name, Attribute(name, values, report));
        foreach (var (name, least) in pattern.AtLeast)
            yield return new PartMatch(Part.Quantity, name, Quantity(name, least, report));
        foreach (var exclusion in pattern.Unless)
            yield return new PartMatch(
                Part.Exclusion,
                string.Join(", ", exclusion.Kinds),
                Not(Match(exclusion, report))
            );
    }

    /// <summary>The party meant by an id or a name, or null when it could be anybody.</summary>
    public string? Party(string name) => _parties.Resolve(name);

    public static Certainty Least(Certainty one, Certainty other) => one < other ? one : other;

    private static Certainty Not(Certainty excluded) =>
        excluded switch
        {
            Certainty.Certain => Certainty.No,
            Certainty.Possible => Certainty.Possible,
            _ => Certainty.Certain,
        };

    private static Certainty Kind(Pattern pattern, Report report) =>
        pattern.Kinds.Length == 0 || pattern.Kinds.Contains(report.Kind) ? Certainty.Certain : Certainty.No;

    private static Certainty Subject(string wanted, Report report) =>
        report.Subject is null ? Certainty.Possible
        : report.Subject == wanted ? Certainty.Certain
        : Certainty.No;

    private static Certainty Attribute(string name, IEnumerable<string> values, Report report) =>
        !report.Attributes.TryGetValue(name, out var stated) ? Certainty.Possible
        : values.Contains(stated) ? Certainty.Certain
        : Certainty.No;

    private static Certainty Quantity(string name, long least, Report report)
    {
        if (!report.Quantities.TryGetValue(name, out var stated))
            return Certainty.Possible;
        return stated.Low >= least ? Certainty.Certain
            : stated.High < least ? Certainty.No
            : Certainty.Possible;
    }

    private Certainty AnyZone(IEnumerable<string> wanted, Report report)
    {
        var surely = Certainty.No;
        foreach (var zone in wanted)
        {
            var here = Zone(zone, report.Place, report.Occurred.From);
            if (here > surely)
                surely = here;
        }

        return surely;
    }

    /// <summary>Whether something happened in a zone; possible where its line was not known then.</summary>
    public Certainty Zone(string zone, Place? place, Instant occurred)
    {
        if (zones.At(zone, occurred) is not { } shape)
            return Certainty.Possible;
        var lies = shape.Contains(place);
        if (place?.Zone != zone)
            return lies;
        // The source names the zone. Coordinates that contradict it leave both possible.
        return lies == Certainty.No ? Certainty.Possible : Certainty.Certain;
    }
}
