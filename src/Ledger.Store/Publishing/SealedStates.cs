using System.Text.Json;
using Ledger.Domain.Entries;
using Ledger.Proof.Entries;
using Ledger.Proof.Trees;
using Ledger.Store.Reading;

namespace Ledger.Store.Publishing;

/// <summary>
/// Says of every digest in a bundle of entries what became of its value: shown, withheld from the asker, or erased by whose authority. A value that is
/// simply gone gets no line, and whoever verifies will ask why.
/// </summary>
public sealed class SealedStates(LedgerReader reader)
{
    /// <summary>One JSON object a line, in the order of positions and names; empty when the entries have no digests.</summary>
    /// <param name="opened">Whether the asker may see the values.</param>
    public async Task<byte[]> LinesAsync(string agreement, EntryBundle bundle, bool opened, CancellationToken cancellation = default)
    {
        var first = (bundle.Index * TileId.FullWidth) + 1;
        var entries = await reader.EntriesAsync(agreement, first, first + bundle.Width - 1, cancellation: cancellation).ToListAsync(cancellation);
        var digests = entries.SelectMany(stored => DigestsOf(stored.Entry.Event).Select(sealedValue => (Stored: stored, sealedValue.Name, sealedValue.Digest))).ToList();
        if (digests.Count == 0)
            return [];

        var kept = await reader.DisclosuresAsync(digests.Select(d => d.Stored.EntryId).Distinct(), cancellation);
        var erasures = await ErasuresAsync(agreement, cancellation);
        using var lines = new MemoryStream();
        foreach (var (stored, name, _) in digests)
        {
            var disclosure = kept[stored.EntryId].FirstOrDefault(d => d.Name == name);
            object? line = disclosure is not null
                ? opened ? new { stored.Position, Name = name, State = "opened", Disclosure = disclosure.Encoded } : new { stored.Position, Name = name, State = "withheld" }
                : erasures.TryGetValue(stored.Position, out var by) ? new { stored.Position, Name = name, State = "erased", By = by } : null;
            if (line is null)
                continue;
            lines.Write(JsonSerializer.SerializeToUtf8Bytes(line, line.GetType(), LedgerJson.Options));
            lines.WriteByte((byte)'\n');
        }

        return lines.ToArray();
    }

    private static IEnumerable<(string Name, string Digest)> DigestsOf(LedgerEvent said) => (said switch
    {
        ReportFiled filed => filed.Report,
        ReportCorrected corrected => corrected.Report,
        _ => null,
    })?.Sealed.Select(pair => (pair.Key, pair.Value)) ?? [];

    /// <summary>Positions whose values were erased, and the positions of the entries that confirm it.</summary>
    private async Task<Dictionary<long, long>> ErasuresAsync(string agreement, CancellationToken cancellation)
    {
        var requests = new Dictionary<Guid, ErasureRequested>();
        await foreach (var stored in reader.EntriesAsync(agreement, type: "erasure_requested", cancellation: cancellation))
            requests[stored.EntryId] = (ErasureRequested)stored.Entry.Event;
        var erased = new Dictionary<long, long>();
        if (requests.Count == 0)
            return erased;
        await foreach (var stored in reader.EntriesAsync(agreement, type: "erasure_confirmed", cancellation: cancellation))
        {
            foreach (var position in requests[((ErasureConfirmed)stored.Entry.Event).Target].Positions)
                erased[position] = stored.Position;
        }

        return erased;
    }
}
