using System.Text.Json;
using Ledger.Domain.Entries;

namespace Ledger.Domain.Reports;

/// <summary>The values of a report that never enter an entry, and whose they are.</summary>
public static class SealedNames
{
    /// <summary>The reporter's own words.</summary>
    public const string Narrative = "narrative";

    /// <summary>Who the source is. It belongs to the source.</summary>
    public const string Identity = "source.identity";

    /// <summary>Where exactly it happened. It can give the source away and belongs to the source.</summary>
    public const string ExactPlace = "place.exact";

    /// <summary>The signature of the reporter's device.</summary>
    public const string Signature = "signature";

    public static bool BelongsToSource(string name) => name is Identity or ExactPlace;

    /// <summary>What its author wrote and must be sealed; the signature comes to it afterwards.</summary>
    public static IEnumerable<(string Name, JsonElement Value)> Of(Report report) =>
        new (string Name, object? Value)[]
        {
            (Narrative, report.Narrative),
            (Identity, report.Source.Identity),
            (ExactPlace, report.Place?.Exact),
        }
            .Where(sealable => sealable.Value is not null)
            .Select(sealable => (sealable.Name, JsonSerializer.SerializeToElement(sealable.Value, LedgerJson.Options)));

    /// <summary>
    /// The report without what is sealed of it; with <paramref name="only"/>, without what is sealed under these names.
    /// </summary>
    public static Report Without(Report report, Func<string, bool>? only = null)
    {
        bool Goes(string name) => only is null || only(name);
        return report with
        {
            Narrative = Goes(Narrative) ? null : report.Narrative,
            Source = Goes(Identity) ? report.Source with { Identity = null } : report.Source,
            Place = Goes(ExactPlace) && report.Place is { } place ? place with { Exact = null } : report.Place,
        };
    }
}
