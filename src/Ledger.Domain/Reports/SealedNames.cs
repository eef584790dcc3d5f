using System.Text.Json;

namespace Ledger.Domain.Reports;

/// <summary>The values of a report that never enter an entry, and whose they are.</summary>
public static class SealedNames
{
    /// <summary>The reporter's own words.</summary>
    public const string Narrative = "narrative";

    /// <summary>Who the source is. It belongs to the source.</summary>
    public const string Identity = "source.identity";

    /// <summary>The signature of the reporter's device.</summary>
    public const string Signature = "signature";

    public static bool BelongsToSource(string name) => name == Identity;

    /// <summary>What its author wrote and must be sealed; the signature comes to it afterwards.</summary>
    public static IEnumerable<(string Name, JsonElement Value)> Of(Report report) =>
        new[] { (Name: Narrative, Value: report.Narrative), (Name: Identity, Value: report.Source.Identity) }
            .Where(sealable => sealable.Value is not null)
            .Select(sealable => (sealable.Name, JsonSerializer.SerializeToElement(sealable.Value)));
}
