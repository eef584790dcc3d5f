using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.Domain.Agreements;
using Ledger.Domain.Entries;
using Ledger.Domain.Input;
using Ledger.Domain.Reports;
using Ledger.Proof.Disclosures;
using Ledger.Proof.Json;
using NodaTime;

namespace Ledger.Cli.Proofs;

/// <summary>
/// Checks the signatures of reporters' devices that were opened: that each holds over what it says was signed, and that
/// this, read as the server reads a report, is what was recorded.
/// </summary>
internal sealed class SignatureCheck
{
    private DateTimeZone _zone = DateTimeZone.Utc;

    public int Held { get; private set; }

    /// <summary>
    /// Of those that hold, the ones whose key was enrolled to the reporter, by the word of the server that recorded
    /// them.
    /// </summary>
    public int Enrolled { get; private set; }

    /// <summary>Days in a report are days of the agreement's zone at that time.</summary>
    public void Follow(LedgerEvent recorded)
    {
        var file = (recorded as AgreementAdopted)?.File ?? (recorded as AgreementRevised)?.File;
        if (file is not null && AgreementFile.Read(file) is Parsed<Agreement>.Good { Value: var agreement })
            _zone = agreement.TimeZone;
    }

    public void Check(WalkedEntry walked, Disclosure disclosure)
    {
        if (
            Read(disclosure.Value) is not { } signature
            || !DeviceSignature.Verify(
                signature.Alg,
                signature.Key,
                signature.Value,
                DeviceSignature.Message(walked.Entry.Agreement, walked.Entry.Type, signature.Content)
            )
        )
            throw new TamperedException(
                walked.Position,
                "signature/does-not-hold",
                "the signature of the reporter's device is invalid: the key that it names did not sign this."
            );
        if (
            EventReader.Read(walked.Entry.Type, Content(walked.Position, signature.Content), _zone, recorded: true)
                is not Parsed<LedgerEvent>.Good { Value: var signed }
            || !CanonicalJson
                .Write(LedgerJson.DataOf(signed))
                .AsSpan()
                .SequenceEqual(CanonicalJson.Write(LedgerJson.DataOf(WithoutSignature(walked.Event))))
        )
            throw new TamperedException(
                walked.Position,
                "signature/other-report",
                "the reporter's device signed something other than what was recorded."
            );
        Held++;
        if (signature.Standing == KeyStanding.Enrolled)
            Enrolled++;
    }

    private static ReportSignature? Read(JsonElement value)
    {
        try
        {
            return
                value.Deserialize<ReportSignature>(LedgerJson.Options)
                    is { Alg: not null, Key: not null, Value: not null, Content: not null } signature
                ? signature
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonNode Content(long position, string content)
    {
        try
        {
            return JsonNode.Parse(content) ?? new JsonObject();
        }
        catch (JsonException wrong)
        {
            throw new TamperedException(
                position,
                "signature/other-report",
                $"what the reporter's device signed is not JSON: {wrong.Message}"
            );
        }
    }

    private static LedgerEvent WithoutSignature(LedgerEvent recorded) =>
        recorded switch
        {
            ReportFiled filed => filed with
            {
                Report = filed.Report with { Sealed = filed.Report.Sealed.Remove(SealedNames.Signature) },
            },
            ReportCorrected corrected => corrected with
            {
                Report = corrected.Report with { Sealed = corrected.Report.Sealed.Remove(SealedNames.Signature) },
            },
            var other => other,
        };
}
