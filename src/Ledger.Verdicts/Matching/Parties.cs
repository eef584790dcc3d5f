using Ledger.Domain.Agreements;
using Ledger.Domain.Places;
using Ledger.Domain.Reports;
using Ledger.Domain.Time;
using NodaTime;

namespace Ledger.Verdicts.Matching;

/// <summary>The parties of a reading: by which names reports speak of them, and who belongs to whom on a day.</summary>
internal sealed class Parties
{
    private readonly Agreement _reading;
    private readonly Dictionary<string, string?> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly LocalDate[] _turns;

    public Parties(Agreement reading)
    {
        _reading = reading;
        foreach (var party in reading.Parties)
        {
            foreach (
                var name in party
                    .Aliases.Concat(party.Name.ByLanguage.Values)
                    .Append(party.Id)
                    .Distinct(StringComparer.OrdinalIgnoreCase)
            )
                _byName[name] = _byName.ContainsKey(name) ? null : party.Id;
        }

        // An id is unambiguous, whatever aliases others claim.
        foreach (var party in reading.Parties)
            _byName[party.Id] = party.Id;
        _turns =
        [
            .. _reading
                .Parties.SelectMany(party => party.Members)
                .SelectMany(member => (LocalDate?[])[member.From, member.Until])
                .OfType<LocalDate>()
                .Distinct()
                .Order(),
        ];
    }

    /// <summary>The party meant by an id or a name, or null when it could be anybody.</summary>
    public string? Resolve(string name) => _byName.GetValueOrDefault(name.Trim());

    /// <summary>
    /// Certain when on every day of the occurrence a stated actor is one of the parties asked for or belongs to one;
    /// impossible when on all of them only other known parties are stated in the role.
    /// </summary>
    public Certainty Match(ActorPattern pattern, IReadOnlyCollection<Actor> actors, Occurrence occurred)
    {
        var first = _reading.TimeZone.DayOf(occurred.From);
        var surely = Match(pattern, actors, first);
        if (_turns.Length == 0)
            return surely;
        var last = _reading.TimeZone.DayOf(occurred.Until - Instants.Microsecond);
        foreach (var day in _turns)
        {
            // Between two of these days nobody's membership changes.
            if (day > first && day <= last && Match(pattern, actors, day) != surely)
                return Certainty.Possible;
        }

        return surely;
    }

    private Certainty Match(ActorPattern pattern, IEnumerable<Actor> actors, LocalDate day)
    {
        var (stated, unknown) = (false, false);
        foreach (var actor in actors)
        {
            if (pattern.Role is { } role && actor.Role != role)
                continue;
            stated = true;
            if (Resolve(actor.Name) is not { } party)
                unknown = true;
            else if (pattern.AnyOf.Any(wanted => Includes(wanted, party, day)))
                return Certainty.Certain;
        }

        return stated && !unknown ? Certainty.No : Certainty.Possible;
    }

    private bool Includes(string whole, string party, LocalDate day) =>
        whole == party || Includes(whole, party, day, []);

    private bool Includes(string whole, string party, LocalDate day, HashSet<string> seen)
    {
        if (!seen.Add(whole) || _reading.Party(whole) is not { } group)
            return false;
        foreach (var member in group.Members)
        {
            if ((member.From is { } from && day < from) || (member.Until is { } until && day >= until))
                continue;
            if (member.Party == party || Includes(member.Party, party, day, seen))
                return true;
        }

        return false;
    }
}
