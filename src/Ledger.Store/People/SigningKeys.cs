using System.Buffers.Text;
using System.Collections.Immutable;
using Ledger.Domain.Reports;
using Ledger.Proof.Disclosures;

namespace Ledger.Store.People;

/// <summary>
/// The keys that a person enrolled, as they stand when a request of theirs begins: a writer that asked for each would
/// lose the order of what it is handed.
/// </summary>
public sealed class SigningKeys(ImmutableDictionary<string, KeyStanding> byWebKey)
{
    /// <summary>What the key of a signature that holds is to the person.</summary>
    public KeyStanding Of(ReportSignature signature) =>
        byWebKey.GetValueOrDefault(WebKeyOf(signature), KeyStanding.Unknown);

    /// <summary>The key as <see cref="Device.PublicKey"/> has it.</summary>
    private static string WebKeyOf(ReportSignature signature)
    {
        const int Coordinate = 32;
        if (signature.Alg == DeviceSignature.Ed25519)
            return $$"""{"crv":"Ed25519","kty":"OKP","x":"{{signature.Key}}"}""";
        var point = Base64Url.DecodeFromChars(signature.Key).AsSpan(1);
        return $$"""{"crv":"P-256","kty":"EC","x":"{{Base64Url.EncodeToString(point[..Coordinate])}}","y":"{{Base64Url.EncodeToString(point[Coordinate..])}}"}""";
    }
}
