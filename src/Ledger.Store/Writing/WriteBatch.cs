using System.Collections.Immutable;
using Ledger.Domain.Agreements;
using Ledger.Domain.Decisions;
using Ledger.Domain.Entries;
using Ledger.Domain.Identities;
using Ledger.Proof.Texts;
using Ledger.Store.Log;
using Ledger.Store.People;
using Ledger.Store.Reading;
using Ledger.Store.Sealing;
using Ledger.Store.Signing;
using NodaTime;

namespace Ledger.Store.Writing;

/// <summary>
/// What one transaction will write. Every proposal is decided on the state that its predecessors in the batch leave
/// behind; a refusal stands alone.
/// </summary>
internal sealed class WriteBatch
{
    private readonly AgreementId _agreement;
    private readonly long _size;
    private readonly Instant _recordedAt;
    private readonly Dictionary<Guid, StoredEntry> _recorded;
    private readonly HandleBook _handles;
    private readonly Dictionary<Guid, (Proposal Proposal, Receipt Receipt, Entry Entry)> _accepted = [];
    private LedgerState _state;

    /// <param name="agreement">The stream.</param>
    /// <param name="size">Entries in it.</param>
    /// <param name="recordedAt">One instant for the whole batch.</param>
    /// <param name="readings">Every version of the agreement file so far.</param>
    /// <param name="recorded">The entries that the proposals repeat or refer to, of whatever agreement.</param>
    /// <param name="handles">Under which values are sealed.</param>
    /// <param name="retractions">How many retractions hang below those of them that retract something.</param>
    public WriteBatch(
        AgreementId agreement,
        long size,
        Instant recordedAt,
        ImmutableArray<Agreement> readings,
        IEnumerable<StoredEntry> recorded,
        HandleBook handles,
        IReadOnlyDictionary<Guid, int> retractions
    )
    {
        (_agreement, _size, _recordedAt, _handles) = (agreement, size, recordedAt, handles);
        _recorded = recorded.ToDictionary(entry => entry.EntryId);
        _state = new LedgerState
        {
            Readings = readings,
            RecordedAt = recordedAt,
            Find = Find,
            RetractionsBelow = id =>
                _accepted.TryGetValue(id, out var earlier)
                    ? earlier.Entry.Event is EntryRetracted { Target: var target }
                        ? 1 + _state!.RetractionsBelow(target)
                        : 0
                    : retractions.GetValueOrDefault(id),
        };
    }

    /// <summary>What stands in the way of signing; only a decision to go on is recorded then.</summary>
    public Rollback? Rollback { get; init; }

    /// <summary>That the log's last entries are dated later than now, where this batch may correct that.</summary>
    public ClockAhead? ClockAhead { get; init; }

    /// <summary>Why the log's key cannot be changed as proposed; absent where nothing is signed.</summary>
    public Func<KeyRotated, Decision.Refused?>? KeyObjection { get; init; }

    public List<(Entry Entry, LogEntry Log)> Accepted { get; } = [];

    /// <summary>The payloads of what was accepted, in the same order, as JSON.</summary>
    public IEnumerable<string> Data =>
        Accepted.Select(accepted => _accepted[accepted.Entry.Id].Proposal.Data.GetRawText());

    /// <summary>What is sealed in what was accepted, and at which position.</summary>
    public IReadOnlyList<(Guid EntryId, long Position, SealedValue Value)> Sealed =>
        [
            .. Accepted.SelectMany(accepted =>
                _accepted[accepted.Entry.Id]
                    .Proposal.Sealed.Values.Select(value => (accepted.Entry.Id, accepted.Entry.Position, value))
            ),
        ];

    /// <summary>Who sent what was accepted.</summary>
    public IEnumerable<(Guid Entry, Filer By)> Filed =>
        _accepted.Values.Where(a => a.Proposal.By is not null).Select(a => (a.Entry.Id, a.Proposal.By!));

    public ImmutableArray<Agreement> Readings => _state.Readings;

    /// <summary>The last accepted position that changes the text of the agreement; null when none does.</summary>
    public long? TextPosition { get; private set; }

    public WriteOutcome Add(Proposal proposal)
    {
        if (_recorded.TryGetValue(proposal.EntryId, out var recorded))
            return recorded.Agreement == _agreement && proposal.SaysTheSameAs(recorded)
                ? new WriteOutcome.Recorded(recorded.Receipt())
                : Reused(proposal);
        if (_accepted.TryGetValue(proposal.EntryId, out var earlier))
            return proposal.SaysTheSameAs(earlier.Proposal)
                ? new WriteOutcome.Recorded(earlier.Receipt with { Repeated = true })
                : Reused(proposal);

        return EntryDecider.Decide(proposal.Event, _state) switch
        {
            Decision.Accepted when (_handles.Objection(proposal.Sealed) ?? Objection(proposal)) is { } objection =>
                WriteOutcome.Refused.Of(objection),
            Decision.Accepted => Accept(proposal),
            Decision.Refused refused => WriteOutcome.Refused.Of(refused),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private Decision.Refused? Objection(Proposal proposal) =>
        (proposal.Event, Rollback) switch
        {
            (LogResumed, null) => new(
                "log/not-rolled-back",
                "",
                "The log was not rolled back: all signed entries are there, and there is nothing to resume."
            ),
            (LogResumed resumed, { } rollback) when resumed.SignedSize != rollback.SignedSize => new(
                "log/other-size",
                "/signedSize",
                $"{rollback.SignedSize} entries were signed, not {resumed.SignedSize}."
            ),
            (ClockCorrected, _) when ClockAhead is null => new(
                "log/clock-not-ahead",
                "",
                "No entry at the end of the log is dated later than it is now, so there is nothing to correct."
            ),
            (ClockCorrected corrected, _) when corrected.Since != ClockAhead!.Since => new(
                "log/other-position",
                "/since",
                $"The first entry that is dated later than it is now is at position {ClockAhead.Since}, not {corrected.Since}."
            ),
            (KeyRotated rotated, _) => KeyObjection is null
                ? new("log/not-signed", "", "This server does not sign, so there is no key to change.")
                : KeyObjection(rotated),
            _ => null,
        };

    private WriteOutcome Accept(Proposal proposal)
    {
        var position = _size + Accepted.Count + 1;
        byte[] bytes;
        try
        {
            bytes = new Ledger.Proof.Entries.Entry(
                _agreement,
                proposal.EntryId,
                position,
                _recordedAt.ToDateTimeOffset(),
                proposal.Type,
                proposal.Data
            ).ToBytes();
        }
        catch (MalformedException wrong) when (wrong.Malformation == Malformation.EntryLength)
        {
            return new WriteOutcome.Refused("entry/too-large", "", $"{wrong.Message} Attach long content as evidence.");
        }

        var log = new LogEntry(proposal.EntryId, proposal.Type, bytes);
        var receipt = new Receipt(
            _agreement,
            position,
            proposal.EntryId,
            proposal.Type,
            _recordedAt,
            log.LeafHash,
            Repeated: false
        );
        var entry = new Entry(position, _recordedAt, proposal.Event);
        Accepted.Add((entry, log));
        _handles.Accept(proposal.Sealed, position);
        _accepted.Add(proposal.EntryId, (proposal, receipt, entry));
        _state = _state.After(proposal.Event);
        if (proposal.Event is AgreementAdopted or AgreementRevised)
            TextPosition = position;
        return new WriteOutcome.Recorded(receipt);
    }

    private Entry? Find(Guid id) =>
        _accepted.TryGetValue(id, out var earlier) ? earlier.Entry
        : _recorded.TryGetValue(id, out var recorded) && recorded.Agreement == _agreement ? recorded.Entry
        : null;

    private static WriteOutcome.Refused Reused(Proposal proposal) => WriteOutcome.Refused.Reused(proposal.EntryId);
}
