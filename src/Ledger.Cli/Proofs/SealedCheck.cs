using System.Text;
using System.Text.Json;
using Ledger.Domain.Entries;
using Ledger.Domain.Reports;
using Ledger.Proof.Disclosures;
using Ledger.Proof.Json;
using Ledger.Proof.Texts;

namespace Ledger.Cli.Proofs;

/// <summary>What became of one sealed value, by the word of whoever keeps it.</summary>
/// <param name="State"><c>opened</c>, <c>withheld</c> or <c>erased</c>.</param>
/// <param name="Disclosure">What opens the digest, if it is opened.</param>
/// <param name="By">Position of the entry that confirms the erasure, if it is erased.</param>
public sealed record StatedValue(long Position, string Name, string State, string? Disclosure = null, long? By = null);

/// <summary>
/// Accounts for every digest: opened and matching, withheld from the asker, erased by somebody's authority; whatever is
/// none of these is missing, and a finding.
/// </summary>
public sealed class SealedCheck
{
    private readonly SignatureCheck _signatures = new();
    private readonly Dictionary<Guid, ErasureRequested> _requests = [];
    private readonly Dictionary<long, ErasureRequested> _confirmed = [];
    private readonly List<StatedValue> _erased = [];

    public int Opened { get; private set; }

    public int Withheld { get; private set; }

    public int Erased => _erased.Count;

    /// <summary>Signatures of devices that were opened and hold.</summary>
    public int Signed => _signatures.Held;

    /// <summary>Of those, by keys that were enrolled to the reporter.</summary>
    public int SignedEnrolled => _signatures.Enrolled;

    /// <summary>Handles whose erasure an entry confirms, with its position.</summary>
    public IReadOnlyDictionary<Guid, long> ErasedHandles =>
        _confirmed
            .GroupBy(pair => pair.Value.Handle)
            .ToDictionary(group => group.Key, group => group.Min(pair => pair.Key));

    public static List<StatedValue> Parse(byte[] lines, long firstPosition)
    {
        try
        {
            return
            [
                .. Encoding
                    .UTF8.GetString(lines)
                    .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                    .Select(line => JsonSerializer.Deserialize<StatedValue>(line, LedgerJson.Options)!),
            ];
        }
        catch (JsonException wrong)
        {
            throw new TamperedException(
                firstPosition,
                "disclosure/malformed",
                $"the disclosures from here on cannot be read: {wrong.Message}"
            );
        }
    }

    public void Take(WalkedEntry walked, IReadOnlyCollection<StatedValue> stated)
    {
        _signatures.Follow(walked.Event);
        if (walked.Event is ErasureRequested request)
            _requests[request.EntryId] = request;
        if (walked.Event is ErasureConfirmed confirmed)
            _confirmed[walked.Position] = _requests[confirmed.Target];

        var digests = walked.Event switch
        {
            ReportFiled filed => filed.Report.Sealed,
            ReportCorrected corrected => corrected.Report.Sealed,
            _ => System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty,
        };
        foreach (var stranger in stated.Where(value => !digests.ContainsKey(value.Name)))
            throw new TamperedException(
                walked.Position,
                "disclosure/no-digest",
                $"a value '{stranger.Name}' is disclosed for it, but the entry has no digest of that name."
            );
        foreach (var (name, digest) in digests)
            Check(walked, name, digest, stated.FirstOrDefault(value => value.Name == name));
    }

    /// <summary>An erasure is confirmed after what it erases, so it is looked for when all is read.</summary>
    public void End()
    {
        // Who keeps the values may name the entry that erased one; whoever only finds it gone looks for one that covers
        // it.
        foreach (
            var value in _erased.Where(value =>
                value.By is { } by
                    ? !_confirmed.TryGetValue(by, out var request) || !Covers(request, value)
                    : !_confirmed.Values.Any(request => Covers(request, value))
            )
        )
        {
            throw value.By is null
                ? new TamperedException(
                    value.Position,
                    "disclosure/missing",
                    $"the disclosure of '{value.Name}' is missing, but no entry authorises its erasure."
                )
                : new TamperedException(
                    value.Position,
                    "disclosure/erased-without-authority",
                    $"'{value.Name}' is said to be erased, but no entry confirms the erasure."
                );
        }
    }

    private static bool Covers(ErasureRequested request, StatedValue value) =>
        request.Positions.Contains(value.Position) && request.Names.Contains(value.Name);

    private void Check(WalkedEntry walked, string name, string digest, StatedValue? stated)
    {
        var position = walked.Position;
        switch (stated)
        {
            case null:
                throw new TamperedException(
                    position,
                    "disclosure/missing",
                    $"the disclosure of '{name}' is missing, but no entry authorises its erasure."
                );
            case { State: "opened", Disclosure: { } text }:
                if (Disclosure.DigestOf(text) != digest || Read(text) is not { } disclosure || disclosure.Name != name)
                    throw new TamperedException(
                        position,
                        "disclosure/other-value",
                        $"the disclosed value of '{name}' is not the recorded one: "
                            + $"its digest is {Disclosure.DigestOf(text)}, but the entry has {digest}."
                    );
                if (name == SealedNames.Signature)
                    _signatures.Check(walked, disclosure);
                Opened++;
                break;
            case { State: "withheld" }:
                Withheld++;
                break;
            case { State: "erased" }:
                _erased.Add(stated);
                break;
            default:
                throw new TamperedException(
                    position,
                    "disclosure/malformed",
                    $"the state '{stated.State}' of '{name}' is not known."
                );
        }
    }

    private static Disclosure? Read(string disclosure)
    {
        try
        {
            return Disclosure.Parse(disclosure);
        }
        catch (Exception wrong) when (wrong is MalformedException or CanonicalJsonException)
        {
            return null;
        }
    }
}
