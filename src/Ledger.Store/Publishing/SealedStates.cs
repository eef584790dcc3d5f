using System.Text.Json;
using Ledger.Domain.Entries;
using Ledger.Domain.Identities;
using Ledger.Proof.Entries;
using Ledger.Proof.Trees;
using Ledger.Store.Reading;
using Ledger.Store.Sealing;

namespace Ledger.Store.Publishing;

/// <summary>
/// Says of every digest in a bundle of entries what became of its value: shown, withheld from the asker, or erased by
/// whose authority. A value that is simply gone gets no line, and whoever verifies will ask why.
/// </summary>
public sealed class SealedStates(LedgerReader reader, Disclosures disclosures)
{
    /// <summary>
    /// One JSON object a line, in the order of positions and names; empty when the entries have no digests.
    /// </summary>
    /// <param name="access">Who asks to see the values; null does not.</param>
    public async Task<byte[]> LinesAsync(
        AgreementId agreement,
        EntryBundle bundle,
        DisclosureAccess? access,
        CancellationToken cancellationToken = default
    )
    {
        var first = (bundle.Index * TileId.FullWidth) + 1;
        var entries = await reader
            .EntriesAsync(agreement, first, first + bundle.Width - 1, cancellationToken: cancellationToken)
            .ToListAsync(cancellationToken);
        var digests = entries
            .SelectMany(stored =>
                DigestsOf(stored.Entry.Event)
                    .Select(sealedValue => (Stored: stored, sealedValue.Name, sealedValue.Digest))
            )
            .ToList();
        if (digests.Count == 0)
            return [];

        (Guid Entry, LedgerEvent Event)[] holding =
        [
            .. digests.Select(d => d.Stored).Distinct().Select(stored => (stored.EntryId, stored.Entry.Event)),
        ];
        var kept = await disclosures.NamesAsync(holding.Select(entry => entry.Entry), cancellationToken);
        var opened = access is null ? null : await disclosures.OpenAsync(holding, access, cancellationToken);
        var erasures = await ErasuresAsync(agreement, cancellationToken);
        using var lines = new MemoryStream();
        foreach (var (stored, name, _) in digests)
        {
            object? line = kept[stored.EntryId].Contains(name)
                ? opened is null
                    ? new
                    {
                        stored.Position,
                        Name = name,
                        State = "withheld",
                    }
                    : opened[stored.EntryId].FirstOrDefault(d => d.Name == name) is { } disclosure
                        ? new
                        {
                            stored.Position,
                            Name = name,
                            State = "opened",
                            Disclosure = disclosure.Encoded,
                        }
                        : null
                : erasures.TryGetValue((stored.Position, name), out var by)
                    ? new
                    {
                        stored.Position,
                        Name = name,
                        State = "erased",
                        By = by,
                    }
                    : null;
            if (line is null)
                continue;
            lines.Write(JsonSerializer.SerializeToUtf8Bytes(line, line.GetType(), LedgerJson.Options));
            lines.WriteByte((byte)'\n');
        }

        return lines.ToArray();
    }

    private static IEnumerable<(string Name, string Digest)> DigestsOf(LedgerEvent said) =>
        (
            said switch
            {
                ReportFiled filed => filed.Report,
                ReportCorrected corrected => corrected.Report,
                _ => null,
            }
        )?.Sealed.Select(pair => (pair.Key, pair.Value)) ?? [];

    /// <summary>The values that were erased, and the positions of the entries that confirm it.</summary>
    private async Task<Dictionary<(long Position, string Name), long>> ErasuresAsync(
        AgreementId agreement,
        CancellationToken cancellationToken
    )
    {
        var requests = new Dictionary<Guid, ErasureRequested>();
        await foreach (
            var stored in reader.EntriesAsync(
                agreement,
                type: "erasure_requested",
                cancellationToken: cancellationToken
            )
        )
            requests[stored.EntryId] = (ErasureRequested)stored.Entry.Event;
        var erased = new Dictionary<(long Position, string Name), long>();
        if (requests.Count == 0)
            return erased;
        await foreach (
            var stored in reader.EntriesAsync(
                agreement,
                type: "erasure_confirmed",
                cancellationToken: cancellationToken
            )
        )
        {
            var request = requests[((ErasureConfirmed)stored.Entry.Event).Target];
            foreach (
                var value in request.Positions.SelectMany(position => request.Names.Select(name => (position, name)))
            )
                erased[value] = stored.Position;
        }

        return erased;
    }
}
