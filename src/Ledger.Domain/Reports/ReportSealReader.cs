using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Ledger.Domain.Input;
using Ledger.Proof.Disclosures;
using Ledger.Proof.Json;
using Ledger.Proof.Texts;

namespace Ledger.Domain.Reports;

/// <summary>Reads <c>handles</c>, <c>salts</c> and <c>signature</c> of a report that is being filed.</summary>
internal static class ReportSealReader
{
    /// <summary>Names of the members read here.</summary>
    public static readonly string[] Members = ["handles", "salts", "signature"];

    /// <param name="data">The event's payload, which a signature covers.</param>
    /// <param name="report">What was read of its report.</param>
    public static ReportSeal Read(InputNode data, Report report)
    {
        var input = data["report"];
        if (!Members.Any(member => input[member].IsPresent))
            return ReportSeal.None;
        var handles = input["handles"];
        handles.Only("reporter", "source");
        var salts = ReadSalts(input["salts"]);
        return new ReportSeal
        {
            Reporter = handles["reporter"].Identifier(),
            Source = handles["source"].Identifier(),
            Salts = salts,
            Signature = input["signature"].IsPresent ? ReadSignature(input["signature"], data, report, salts) : null,
        };
    }

    private static ImmutableDictionary<string, ImmutableArray<byte>> ReadSalts(InputNode input)
    {
        input.Only(SealedNames.Narrative, SealedNames.Identity, SealedNames.ExactPlace);
        var salts = ImmutableDictionary<string, ImmutableArray<byte>>.Empty;
        foreach (var (name, value) in input.Members())
        {
            if (value.Text(100) is not { } text)
                continue;
            if (StrictBase64.DecodeUrl(text) is { Length: Disclosure.SaltLength } salt)
                salts = salts.Add(name, [.. salt]);
            else
                value.Wrong(
                    "signature/not-a-salt",
                    $"A salt is {Disclosure.SaltLength} random bytes in base64url without padding."
                );
        }

        return salts;
    }

    private static ReportSignature? ReadSignature(
        InputNode input,
        InputNode data,
        Report report,
        ImmutableDictionary<string, ImmutableArray<byte>> salts
    )
    {
        input.Only("alg", "key", "value");
        var (alg, key, value) = (
            input["alg"].Words($"one of {string.Join(", ", DeviceSignature.Algorithms)}", 20),
            input["key"].Words("the public key in base64url", 200),
            input["value"].Words("the signature in base64url", 200)
        );
        if (alg is not null && !DeviceSignature.Algorithms.Contains(alg, StringComparer.Ordinal))
            input["alg"]
                .Wrong(
                    "signature/unknown-algorithm",
                    $"'{alg}' is not one of {string.Join(", ", DeviceSignature.Algorithms)}."
                );
        foreach (var (name, _) in SealedNames.Of(report).Where(sealable => !salts.ContainsKey(sealable.Name)))
            data["report"]
                ["salts"]
                .Wrong(
                    "signature/salt-missing",
                    $"A signed report brings the salt of '{name}': the signature covers its digest."
                );
        if (alg is null || key is null || value is null || input.Problems.Any)
            return null;
        try
        {
            return new ReportSignature(alg, key, value, ContentOf(data, report, salts));
        }
        catch (CanonicalJsonException wrong)
        {
            input.Wrong(wrong.Code, $"What is signed has no canonical form: {wrong.Message}");
            return null;
        }
    }

    /// <summary>The payload as it was sent, without what seals it and with digests where the secrets were.</summary>
    private static string ContentOf(
        InputNode data,
        Report report,
        ImmutableDictionary<string, ImmutableArray<byte>> salts
    )
    {
        var signed = data.Node!.DeepClone().AsObject();
        var inside = signed["report"]!.AsObject();
        foreach (var member in Members)
            inside.Remove(member);
        inside.Remove("narrative");
        inside["source"]?.AsObject().Remove("identity");
        inside["place"]?.AsObject().Remove("exact");
        var digests = SealedNames
            .Of(report)
            .Select(sealable =>
                KeyValuePair.Create(
                    sealable.Name,
                    (JsonNode?)Disclosure.Seal(salts[sealable.Name].AsSpan(), sealable.Name, sealable.Value).Digest
                )
            )
            .ToList();
        if (digests.Count > 0)
            inside["sealed"] = new JsonObject(digests);
        return System.Text.Encoding.UTF8.GetString(CanonicalJson.Write(signed));
    }
}
