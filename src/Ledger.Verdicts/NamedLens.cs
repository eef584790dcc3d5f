using System.Collections.Immutable;
using Ledger.Domain.Agreements;
using Ledger.Domain.Places;
using Ledger.Domain.Reports;

namespace Ledger.Verdicts;

/// <summary>
/// The lenses one can ask for by name: those of the agreement file, and where it does not define them <c>house</c>,
/// <c>strict</c>, <c>alleged</c> and the id of each party, which hears only the sources that speak for it.
/// </summary>
public static class NamedLens
{
    public static ImmutableSortedDictionary<string, Lens> Of(Agreement agreement)
    {
        var lenses = ImmutableSortedDictionary.CreateBuilder<string, Lens>(StringComparer.Ordinal);
        foreach (var party in agreement.Parties)
            lenses[party.Id] = new Lens
            {
                Sources = new SourceFilter { Only = true, Parties = [party.Id] },
            };
        lenses["house"] = Lens.House;
        lenses["strict"] = new Lens { Threshold = Level.Confirmed, Match = Certainty.Certain };
        lenses["alleged"] = new Lens { Threshold = Level.Alleged, Match = Certainty.Possible };
        foreach (var (name, lens) in agreement.Lenses)
            lenses[name] = lens;
        return lenses.ToImmutable();
    }
}
