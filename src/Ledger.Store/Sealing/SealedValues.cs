using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using Ledger.Domain.Entries;
using Ledger.Domain.Places;
using Ledger.Domain.Reports;
using Ledger.Proof.Disclosures;
using Ledger.Proof.Json;

namespace Ledger.Store.Sealing;

/// <summary>The values of a report that must not enter the log: digests stand for them.</summary>
internal static class SealedValues
{
    public static SealedEvent Seal(LedgerEvent proposed)
    {
        if (ReportOf(proposed) is not { } report)
            return new SealedEvent(proposed, [], []);
        var (reporter, source) = (
            new Lazy<Guid>(() => report.Seal.Reporter ?? Guid.NewGuid()),
            new Lazy<Guid>(() => report.Seal.Source ?? Guid.NewGuid())
        );
        ImmutableArray<SealedValue> values =
        [
            .. SealedNames
                .Of(report)
                .Concat(SignatureOf(report))
                .Select(sealable => new SealedValue(
                    Disclosure.Seal(
                        report.Seal.Salts.GetValueOrDefault(sealable.Name) is { IsDefault: false } salt
                            ? salt.AsSpan()
                            : RandomNumberGenerator.GetBytes(Disclosure.SaltLength),
                        sealable.Name,
                        sealable.Value
                    ),
                    SealedNames.BelongsToSource(sealable.Name) ? source.Value : reporter.Value
                )),
        ];
        ImmutableArray<Guid> named = [.. new[] { report.Seal.Reporter, report.Seal.Source }.OfType<Guid>()];
        if (values.IsEmpty)
            return new SealedEvent(proposed, [], named);
        var withDigests = SealedNames.Without(report) with
        {
            Seal = ReportSeal.None,
            Sealed = values.ToImmutableSortedDictionary(
                value => value.Disclosure.Name,
                value => value.Disclosure.Digest,
                StringComparer.Ordinal
            ),
        };
        return new SealedEvent(With(proposed, withDigests), values, named);
    }

    /// <summary>
    /// The report with the values that <paramref name="disclosures"/> open in place of their digests.
    /// </summary>
    public static LedgerEvent Open(LedgerEvent recorded, IEnumerable<Disclosure> disclosures)
    {
        var values = disclosures.ToDictionary(d => d.Digest, d => d.Value, StringComparer.Ordinal);
        if (ReportOf(recorded) is not { } report || values.Count == 0)
            return recorded;
        JsonElement? Value(string name) =>
            report.Sealed.TryGetValue(name, out var digest) && values.TryGetValue(digest, out var value) ? value : null;
        string? Opened(string name) => Value(name)?.GetString();
        return With(
            recorded,
            report with
            {
                Narrative = Opened(SealedNames.Narrative) ?? report.Narrative,
                Source = report.Source with { Identity = Opened(SealedNames.Identity) ?? report.Source.Identity },
                Place =
                    report.Place is { } place && Value(SealedNames.ExactPlace) is { } exact
                        ? place with
                        {
                            Exact = exact.Deserialize<GeoPoint>(LedgerJson.Options),
                        }
                        : report.Place,
                // A signature is opened for who checks it, and is no part of what the report says.
                Sealed = report.Sealed.RemoveRange(
                    report
                        .Sealed.Where(d => d.Key != SealedNames.Signature && values.ContainsKey(d.Value))
                        .Select(d => d.Key)
                ),
            }
        );
    }

    /// <summary>
    /// Whether a recorded event says what is proposed. Salts differ between two sendings, so the recorded digests are
    /// opened; a value whose disclosure was destroyed can be compared no more and is left out on both sides.
    /// </summary>
    public static bool Same(LedgerEvent proposed, LedgerEvent recorded, IEnumerable<Disclosure> disclosures)
    {
        var opened = Open(recorded, disclosures);
        if (ReportOf(opened) is { Sealed.IsEmpty: false } erased && ReportOf(proposed) is { } report)
        {
            proposed = With(
                proposed,
                SealedNames.Without(report, erased.Sealed.ContainsKey) with
                {
                    Sealed = erased.Sealed,
                }
            );
        }

        return CanonicalJson
            .Write(LedgerJson.DataOf(proposed))
            .AsSpan()
            .SequenceEqual(CanonicalJson.Write(LedgerJson.DataOf(opened)));
    }

    /// <summary>
    /// Whether the salts and values of a proposal give the digests of what was recorded. The signature is no secret of
    /// its author's and has a salt of the server's.
    /// </summary>
    public static bool AreOf(LedgerEvent proposed, LedgerEvent recorded) =>
        ReportOf(proposed) is { } report
        && SealedNames
            .Of(report)
            .All(sealable =>
                report.Seal.Salts.GetValueOrDefault(sealable.Name) is { IsDefault: false } salt
                && Disclosure.Seal(salt.AsSpan(), sealable.Name, sealable.Value).Digest
                    == DigestOf(recorded, sealable.Name)
            );

    public static bool ClaimsToBeSealed(LedgerEvent proposed) => IsSealed(proposed);

    public static bool IsSealed(LedgerEvent recorded) => ReportOf(recorded) is { Sealed.IsEmpty: false };

    public static string? DigestOf(LedgerEvent recorded, string name) =>
        ReportOf(recorded)?.Sealed.GetValueOrDefault(name);

    public static ReportSignature? SignatureIn(LedgerEvent proposed) => ReportOf(proposed)?.Seal.Signature;

    /// <summary>The same with what the key that signed it is to whoever sends it.</summary>
    public static LedgerEvent WithStanding(LedgerEvent proposed, KeyStanding standing) =>
        ReportOf(proposed) is { Seal.Signature: { } signature } report
            ? With(
                proposed,
                report with
                {
                    Seal = report.Seal with { Signature = signature with { Standing = standing } },
                }
            )
            : proposed;

    private static IEnumerable<(string Name, JsonElement Value)> SignatureOf(Report report) =>
        report.Seal.Signature is { } signature
            ? [(SealedNames.Signature, JsonSerializer.SerializeToElement(signature, LedgerJson.Options))]
            : [];

    private static Report? ReportOf(LedgerEvent @event) =>
        @event switch
        {
            ReportFiled filed => filed.Report,
            ReportCorrected corrected => corrected.Report,
            _ => null,
        };

    private static LedgerEvent With(LedgerEvent @event, Report report) =>
        @event switch
        {
            ReportFiled filed => filed with { Report = report },
            ReportCorrected corrected => corrected with { Report = report },
            _ => @event,
        };
}
