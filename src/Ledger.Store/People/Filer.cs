namespace Ledger.Store.People;

/// <summary>
/// Who sent an entry. It is kept beside the ledger, in the append's own transaction, because whoever filed a report may
/// correct it and nobody else.
/// </summary>
/// <param name="Keys">Needed where something is signed; null is none.</param>
public sealed record Filer(Guid Person, Guid? Device, SigningKeys? Keys = null);
