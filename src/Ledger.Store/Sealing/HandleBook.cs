using System.Security.Cryptography;
using Ledger.Domain.Decisions;
using Ledger.Domain.Entries;
using Ledger.Domain.Identities;
using Ledger.Proof.Sealing;

namespace Ledger.Store.Sealing;

/// <summary>
/// The handles that a batch touches, as its predecessors in the batch leave them. It is read under the lock of the
/// agreement's head, so nobody else changes them meanwhile.
/// </summary>
internal sealed class HandleBook(AgreementId agreement, PersonKeys? keys, IEnumerable<Handle> known)
{
    private readonly Dictionary<Guid, Handle> _handles = known.ToDictionary(handle => handle.Id);

    public IEnumerable<Handle> New => _handles.Values.Where(handle => handle is { IsTouched: true, Place: null });

    public IEnumerable<Handle> Touched => _handles.Values.Where(handle => handle.IsTouched);

    public byte[] KeyOf(Guid handle) => _handles[handle].Key!;

    /// <summary>Why a proposal cannot be recorded for what it does with handles; null when it can.</summary>
    public Decision.Refused? Objection(SealedEvent proposal) =>
        proposal.Event switch
        {
            ErasureRequested request => Objection(request),
            ErasureConfirmed confirmed => Of(confirmed.Handle, "/handle")
                ?? (
                    _handles[confirmed.Handle].State == HandleState.Requested
                        ? null
                        : new(
                            "erasure/already-confirmed",
                            "/handle",
                            $"The values of handle {confirmed.Handle} are already erased."
                        )
                ),
            _ when proposal.Values.IsEmpty => null,
            _ when keys is null => new(
                "report/cannot-seal",
                "/report",
                "This ledger has no folder for the keys of persons, so it cannot accept sealed values."
            ),
            _ => proposal
                .Values.Select(value => value.Handle)
                .Distinct()
                .Select(Objection)
                .FirstOrDefault(refused => refused is not null),
        };

    public void Accept(SealedEvent proposal, long position)
    {
        if (proposal.Event is ErasureRequested request)
            (_handles[request.Handle].State, _handles[request.Handle].RequestedAt, _handles[request.Handle].IsTouched) =
                (HandleState.Requested, position, true);
        if (proposal.Event is ErasureConfirmed confirmed)
            (
                _handles[confirmed.Handle].State,
                _handles[confirmed.Handle].ErasedAt,
                _handles[confirmed.Handle].IsTouched
            ) = (HandleState.Erased, position, true);
        foreach (var values in proposal.Values.GroupBy(value => value.Handle))
        {
            if (!_handles.TryGetValue(values.Key, out var handle))
                _handles.Add(
                    values.Key,
                    handle = new Handle
                    {
                        Id = values.Key,
                        Agreement = agreement,
                        Key = RandomNumberGenerator.GetBytes(PersonKey.Length),
                    }
                );
            handle.Entries++;
            handle.IsTouched = true;
            handle.Positions.Add(position);
            handle.Names.UnionWith(values.Select(value => value.Disclosure.Name));
        }
    }

    private Decision.Refused? Objection(Guid id)
    {
        if (!_handles.TryGetValue(id, out var handle))
            return null;
        const string Where = "/report/handles";
        return handle switch
        {
            _ when handle.Agreement != agreement => new(
                "report/handle-elsewhere",
                Where,
                $"The handle {id} belongs to another agreement. Create a handle for each agreement."
            ),
            { State: not HandleState.Open } => new(
                "report/handle-closed",
                Where,
                $"The values of handle {id} are erased or about to be erased, so no new value can be sealed under it. Create a new handle."
            ),
            { Entries: >= Handle.MostEntries } => new(
                "report/handle-full",
                Where,
                $"The handle {id} already seals {handle.Entries} entries, the maximum that one erasure can name. Create a new handle."
            ),
            { Key: null } => new(
                "report/handle-lost",
                Where,
                $"The key of the handle {id} cannot be found. Create a new handle."
            ),
            _ => null,
        };
    }

    private Decision.Refused? Objection(ErasureRequested request)
    {
        if (Of(request.Handle, "/handle") is { } unknown)
            return unknown;
        var handle = _handles[request.Handle];
        if (handle.State != HandleState.Open)
            return new(
                "erasure/already-requested",
                "/handle",
                $"The erasure of handle {request.Handle} is already requested."
            );
        if (!handle.Positions.SetEquals(request.Positions) || request.Positions.Length != handle.Positions.Count)
            return new(
                "erasure/other-positions",
                "/positions",
                $"The handle {request.Handle} seals values at {handle.Positions.Count} positions, {string.Join(", ", handle.Positions.Take(20))}{(handle.Positions.Count > 20 ? ", ..." : "")}: name exactly these."
            );
        return handle.Names.SetEquals(request.Names) && request.Names.Length == handle.Names.Count
            ? null
            : new(
                "erasure/other-names",
                "/names",
                $"The handle {request.Handle} seals {string.Join(", ", handle.Names)}: name exactly these."
            );
    }

    private Decision.Refused? Of(Guid id, string pointer) =>
        _handles.TryGetValue(id, out var handle) && handle.Agreement == agreement
            ? null
            : new("erasure/unknown-handle", pointer, $"There is no handle {id} with sealed values in '{agreement}'.");
}
