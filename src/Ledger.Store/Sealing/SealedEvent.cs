using System.Collections.Immutable;
using Ledger.Domain.Entries;
using Ledger.Proof.Disclosures;

namespace Ledger.Store.Sealing;

/// <summary>A value that stays out of the entry, and under whose key it is kept.</summary>
public sealed record SealedValue(Disclosure Disclosure, Guid Handle);

/// <summary>An event on its way into the log, without what must not enter it.</summary>
/// <param name="Event">As it will be recorded: digests stand for sealed values.</param>
/// <param name="Values">What the digests stand for.</param>
/// <param name="NamedHandles">Handles of the client's making: they may be in use already.</param>
internal sealed record SealedEvent(
    LedgerEvent Event,
    ImmutableArray<SealedValue> Values,
    ImmutableArray<Guid> NamedHandles
);
