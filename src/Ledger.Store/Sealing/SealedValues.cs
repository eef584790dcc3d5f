using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using Ledger.Domain.Entries;
using Ledger.Domain.Reports;
using Ledger.Proof.Disclosures;
using Ledger.Proof.Json;

namespace Ledger.Store.Sealing;

/// <summary>The values of a report that must not enter the log: digests stand for them.</summary>
internal static class SealedValues
{
    private const string Narrative = "narrative";
    private const string Identity = "source.identity";

    public static (LedgerEvent Event, ImmutableArray<Disclosure> Disclosures) Seal(LedgerEvent proposed)
    {
        if (ReportOf(proposed) is not { } report)
            return (proposed, []);
        ImmutableArray<Disclosure> disclosures =
        [
            .. new[] { (Name: Narrative, Value: report.Narrative), (Name: Identity, Value: report.Source.Identity) }
                .Where(sealable => sealable.Value is not null)
                .Select(sealable => Disclosure.Seal(RandomNumberGenerator.GetBytes(Disclosure.SaltLength), sealable.Name, JsonSerializer.SerializeToElement(sealable.Value))),
        ];
        if (disclosures.IsEmpty)
            return (proposed, []);
        var withDigests = report with
        {
            Narrative = null,
            Source = report.Source with { Identity = null },
            Sealed = disclosures.ToImmutableSortedDictionary(d => d.Name, d => d.Digest, StringComparer.Ordinal),
        };
        return (With(proposed, withDigests), disclosures);
    }

    /// <summary>The report with the values that <paramref name="disclosures"/> open in place of their digests.</summary>
    public static LedgerEvent Open(LedgerEvent recorded, IEnumerable<Disclosure> disclosures)
    {
        var values = disclosures.ToDictionary(d => d.Digest, d => d.Value.GetString(), StringComparer.Ordinal);
        if (ReportOf(recorded) is not { } report || values.Count == 0)
            return recorded;
        string? Opened(string name) => report.Sealed.TryGetValue(name, out var digest) ? values.GetValueOrDefault(digest) : null;
        return With(recorded, report with
        {
            Narrative = Opened(Narrative) ?? report.Narrative,
            Source = report.Source with { Identity = Opened(Identity) ?? report.Source.Identity },
            Sealed = report.Sealed.RemoveRange(report.Sealed.Where(d => values.ContainsKey(d.Value)).Select(d => d.Key)),
        });
    }

    /// <summary>
    /// Whether a recorded event says what is proposed. Salts differ between two sendings, so the recorded digests are opened; a value whose disclosure was
    /// destroyed can be compared no more and is left out on both sides.
    /// </summary>
    public static bool Same(LedgerEvent proposed, LedgerEvent recorded, IEnumerable<Disclosure> disclosures)
    {
        var opened = Open(recorded, disclosures);
        if (ReportOf(opened) is { Sealed.IsEmpty: false } erased && ReportOf(proposed) is { } report)
        {
            proposed = With(proposed, report with
            {
                Narrative = erased.Sealed.ContainsKey(Narrative) ? null : report.Narrative,
                Source = erased.Sealed.ContainsKey(Identity) ? report.Source with { Identity = null } : report.Source,
                Sealed = erased.Sealed,
            });
        }

        return CanonicalJson.Write(LedgerJson.DataOf(proposed)).AsSpan().SequenceEqual(CanonicalJson.Write(LedgerJson.DataOf(opened)));
    }

    public static bool ClaimsToBeSealed(LedgerEvent proposed) => ReportOf(proposed) is { Sealed.IsEmpty: false };

    private static Report? ReportOf(LedgerEvent @event) => @event switch
    {
        ReportFiled filed => filed.Report,
        ReportCorrected corrected => corrected.Report,
        _ => null,
    };

    private static LedgerEvent With(LedgerEvent @event, Report report) => @event switch
    {
        ReportFiled filed => filed with { Report = report },
        ReportCorrected corrected => corrected with { Report = report },
        _ => @event,
    };
}
