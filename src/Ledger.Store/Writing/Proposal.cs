using System.Diagnostics;
using System.Text.Json;
using Ledger.Domain.Entries;
using Ledger.Proof.Json;
using Ledger.Store.People;
using Ledger.Store.Reading;
using Ledger.Store.Sealing;

namespace Ledger.Store.Writing;

/// <summary>
/// One event on its way into the ledger, prepared by whoever sends it, so that the writer's turn with the lock is
/// short.
/// </summary>
internal sealed class Proposal
{
    private readonly LedgerEvent _original;
    private readonly TaskCompletionSource<WriteOutcome> _outcome = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );
    private readonly long _arrived = Stopwatch.GetTimestamp();

    private Proposal(LedgerEvent original, SealedEvent sealedEvent, Filer? by)
    {
        _original = original;
        By = by;
        Sealed = sealedEvent;
        Data = CanonicalJson.Parse(CanonicalJson.Write(LedgerJson.DataOf(Event)));
    }

    public Guid EntryId => Event.EntryId;

    /// <summary>Who sends it, where that is known; no part of the entry.</summary>
    public Filer? By { get; }

    public string Type => EventTypes.NameOf(Event);

    /// <summary>The event as it will be recorded: sealed values are digests.</summary>
    public LedgerEvent Event => Sealed.Event;

    /// <summary>The same with what its digests stand for.</summary>
    public SealedEvent Sealed { get; }

    /// <summary>The event's payload; it has a canonical form.</summary>
    public JsonElement Data { get; }

    public Task<WriteOutcome> Outcome => _outcome.Task;

    public TimeSpan Age => Stopwatch.GetElapsedTime(_arrived);

    /// <summary>Seals what must not be in an entry.</summary>
    /// <exception cref="CanonicalJsonException">The event has no canonical form.</exception>
    public static Proposal Of(LedgerEvent proposed, Filer? by = null) => new(proposed, SealedValues.Seal(proposed), by);

    public void Complete(WriteOutcome outcome) => _outcome.TrySetResult(outcome);

    public void Fail(Exception exception) => _outcome.TrySetException(exception);

    /// <summary>Whether a recorded entry says what was proposed here.</summary>
    public bool SaysTheSameAs(StoredEntry recorded) =>
        EventTypes.NameOf(_original) == recorded.Type
        && SealedValues.Same(_original, recorded.Entry.Event, recorded.Disclosures);

    /// <summary>Whether both say the same; ids are known to be equal.</summary>
    public bool SaysTheSameAs(Proposal other) =>
        other.Type == Type
        && CanonicalJson
            .Write(LedgerJson.DataOf(_original))
            .AsSpan()
            .SequenceEqual(CanonicalJson.Write(LedgerJson.DataOf(other._original)));
}
