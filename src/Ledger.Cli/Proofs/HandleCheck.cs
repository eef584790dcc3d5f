using Ledger.Domain.Entries;
using Ledger.Domain.Reports;
using Ledger.Proof.Sealing;

namespace Ledger.Cli.Proofs;

/// <summary>A row of <c>ledger_handle</c>.</summary>
public sealed record HandleRow(Guid Handle, string State, Guid Segment, long Place);

/// <summary>A row of <c>ledger_sealed</c>.</summary>
public sealed record SealedRow(long Position, string Name, Guid EntryId, Guid Handle, byte[] Bytes);

/// <summary>
/// Holds sealed values in a database against the handles that seal them. With the keys every value is opened; without
/// them it is only seen that it is there.
/// </summary>
internal sealed class HandleCheck(IEnumerable<HandleRow> rows, string agreement, KeyFolder? keys)
{
    private const string Erased = "erased";

    private readonly Dictionary<Guid, HandleRow> _handles = rows.ToDictionary(row => row.Handle);

    /// <summary>
    /// What an auditor is told of each digest. Whether an absent one was erased is seen when all entries are read.
    /// </summary>
    public IEnumerable<StatedValue> Account(WalkedEntry walked, IReadOnlyCollection<SealedRow> kept)
    {
        var digests =
            (walked.Event as ReportFiled)?.Report.Sealed
            ?? (walked.Event as ReportCorrected)?.Report.Sealed
            ?? System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty;
        foreach (var row in kept)
            yield return digests.TryGetValue(row.Name, out var digest)
                ? Account(walked, row, digest)
                : new StatedValue(row.Position, row.Name, "withheld");
        foreach (var name in digests.Keys.Where(name => kept.All(row => row.Name != name)))
            yield return new StatedValue(walked.Position, name, Erased);
    }

    /// <param name="erased">Handles whose erasure an entry confirms.</param>
    public void End(IReadOnlyDictionary<Guid, long> erased)
    {
        foreach (var (handle, by) in erased)
        {
            if (!_handles.TryGetValue(handle, out var row))
                throw new TamperedException(
                    by,
                    "disclosure/no-handle",
                    $"the handle {handle}, whose erasure is confirmed, is missing: it could be given a new key."
                );
            if (row.State != Erased)
                throw new TamperedException(
                    by,
                    "disclosure/resurrected",
                    $"the handle {handle} has the state '{row.State}', although its erasure is confirmed."
                );
            if (keys?.Find(row) is not null)
                throw new TamperedException(
                    by,
                    "disclosure/not-destroyed",
                    $"the key of the handle {handle} is still in the folder, although its erasure is "
                        + "confirmed. Starting a server destroys it."
                );
        }

        foreach (var row in _handles.Values.Where(row => row.State == Erased && !erased.ContainsKey(row.Handle)))
            throw new TamperedException(
                null,
                "disclosure/erased-without-authority",
                $"the handle {row.Handle} is marked as erased, but no entry confirms the erasure."
            );
    }

    private StatedValue Account(WalkedEntry walked, SealedRow row, string digest)
    {
        if (row.EntryId != walked.Entry.Id)
            throw new TamperedException(
                row.Position,
                "disclosure/other-entry",
                $"the value '{row.Name}' stored for this position belongs to entry {row.EntryId}."
            );
        if (!_handles.TryGetValue(row.Handle, out var handle))
            throw new TamperedException(
                row.Position,
                "disclosure/no-handle",
                $"the value '{row.Name}' is sealed under the handle {row.Handle}, which does not exist."
            );
        if (handle.State == Erased)
            throw new TamperedException(
                row.Position,
                "disclosure/resurrected",
                $"the value '{row.Name}' is still stored under the handle {row.Handle}, which is erased."
            );
        if (keys is null)
            return new StatedValue(row.Position, row.Name, "withheld");
        var key =
            keys.Find(handle)
            ?? throw new TamperedException(
                row.Position,
                "disclosure/key-missing",
                $"the key of '{row.Name}' (handle {row.Handle}) is missing, but no entry authorises its erasure."
            );
        return SealedBytes.Open(key, agreement, digest, row.Bytes) is { } disclosure
            ? new StatedValue(row.Position, row.Name, "opened", disclosure.Encoded)
            : throw new TamperedException(
                row.Position,
                "disclosure/not-authentic",
                $"the value stored as '{row.Name}' cannot be opened with its key: "
                    + "it was altered, or it belongs elsewhere."
            );
    }
}
