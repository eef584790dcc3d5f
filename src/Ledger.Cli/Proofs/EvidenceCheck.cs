using System.Security.Cryptography;
using Ledger.Domain.Entries;
using Ledger.Domain.Evidence;

namespace Ledger.Cli.Proofs;

/// <summary>
/// Holds the files beside a ledger against its entries. A file that an entry attaches must be there; one that a report only names by its digest may never have
/// been sent. Whatever is there must hash to its name.
/// </summary>
public sealed class EvidenceCheck(string folder, string agreement)
{
    private const int MostNamed = 20;

    private readonly SortedDictionary<string, (long Position, long? Size)> _expected = new(StringComparer.Ordinal);

    /// <summary>Files that are as they were.</summary>
    public int Intact { get; private set; }

    /// <summary>Digests in reports of which no file was sent.</summary>
    public int OnlyNamed { get; private set; }

    public void Take(WalkedEntry walked)
    {
        if (walked.Event is EvidenceAttached attached)
            Expect(attached.Sha256, walked.Position, attached.Size);
        foreach (var digest in walked.Event switch { ReportFiled filed => filed.Report.Evidence, ReportCorrected corrected => corrected.Report.Evidence, _ => [] })
            Expect(digest, walked.Position, null);
    }

    /// <exception cref="TamperedException">Files are missing or altered; it names them.</exception>
    public async Task EndAsync(CancellationToken cancel)
    {
        if (!Directory.Exists(folder))
            throw CommandException.Refused($"There is no folder {folder}.");
        var faults = new List<(long Position, string Code, string Sentence)>();
        foreach (var (digest, (position, size)) in _expected)
        {
            var file = Path.Combine(folder, EvidenceName.Of(agreement, digest));
            if (!File.Exists(file))
            {
                if (size is null)
                    OnlyNamed++;
                else
                    faults.Add((position, "evidence/missing", $"{digest}, attached at position {position}, is missing"));
                continue;
            }

            await using var content = File.OpenRead(file);
            if (Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancel)) is var found && found != digest)
                faults.Add((position, "evidence/altered", $"{digest}, of position {position}, was altered: it hashes to {found}"));
            else if (size is { } stated && stated != content.Length)
                faults.Add((position, "evidence/other-size", $"{digest} has {content.Length} bytes, and position {position} says {stated}"));
            else
                Intact++;
        }

        if (faults is [var first, ..])
            throw new TamperedException(faults.Min(fault => fault.Position), first.Code, $"{faults.Count} of {_expected.Count} files are not as the ledger says. {string.Join("; ", faults.Take(MostNamed).Select(fault => fault.Sentence))}{(faults.Count > MostNamed ? "; and more" : "")}.");
    }

    /// <summary>An entry that attaches the file weighs more than a report that names it.</summary>
    private void Expect(string digest, long position, long? size)
    {
        if (!_expected.TryGetValue(digest, out var known) || (known.Size is null && size is not null))
            _expected[digest] = (position, size);
    }
}
