using System.Security.Cryptography;
using Ledger.Domain.Evidence;

namespace Ledger.Cli.Proofs;

/// <summary>
/// Holds the files beside a ledger, or in a bundle, against its entries. A file that an entry attaches must be there;
/// one that a report only names by its digest may never have been sent. Whatever is there must hash to its name.
/// </summary>
/// <param name="open">The bytes of a file by its digest, null when it is not there; null where nobody looks.</param>
public sealed class EvidenceCheck(Func<string, Task<Stream?>>? open)
{
    private const int MostNamed = 20;
    private const int Chunk = 128 * 1024;

    private readonly SortedDictionary<string, (long Position, long? Size)> _expected = new(StringComparer.Ordinal);

    /// <summary>Files that are as they were.</summary>
    public int Intact { get; private set; }

    /// <summary>Digests in reports of which no file was sent.</summary>
    public int OnlyNamed { get; private set; }

    public bool Looks => open is not null;

    /// <summary>Files that entries attach and that nobody looked for.</summary>
    public int Unseen { get; private set; }

    /// <summary>Counts the files that entries attach, for who does not say where they are.</summary>
    public static EvidenceCheck Blind() => new(open: null);

    public void Take(WalkedEntry walked)
    {
        foreach (var (digest, size) in EvidenceName.NamedIn(walked.Event))
            Expect(digest, walked.Position, size);
    }

    /// <exception cref="TamperedException">Files are missing or altered; it names them.</exception>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        if (open is null)
        {
            Unseen = _expected.Values.Count(expected => expected.Size is not null);
            return;
        }

        var faults = new List<(long Position, string Code, string Sentence)>();
        foreach (var (digest, (position, size)) in _expected)
        {
            await using var content = await open(digest);
            if (content is null)
            {
                if (size is null)
                    OnlyNamed++;
                else
                    faults.Add(
                        (position, "evidence/missing", $"{digest}, attached at position {position}, is missing")
                    );
                continue;
            }

            var (found, length) = await HashAsync(content, cancellationToken);
            if (found != digest)
                faults.Add(
                    (
                        position,
                        "evidence/altered",
                        $"{digest}, attached at position {position}, was altered: it hashes to {found}"
                    )
                );
            else if (size is { } stated && stated != length)
                faults.Add(
                    (
                        position,
                        "evidence/other-size",
                        $"{digest} has {length} bytes, but position {position} says {stated}"
                    )
                );
            else
                Intact++;
        }

        if (faults is [var first, ..])
            throw new TamperedException(
                faults.Min(fault => fault.Position),
                first.Code,
                $"{faults.Count} of {_expected.Count} files do not match the ledger. "
                    + $"{string.Join("; ", faults.Take(MostNamed).Select(fault => fault.Sentence))}"
                    + $"{(faults.Count > MostNamed ? "; and more" : "")}."
            );
    }

    /// <summary>
    /// A chunk at a time: a file may be large, and one in an archive need not be as long as the archive says.
    /// </summary>
    private static async Task<(string Sha256, long Length)> HashAsync(
        Stream content,
        CancellationToken cancellationToken
    )
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (chunk, length) = (new byte[Chunk], 0L);
        while (await content.ReadAsync(chunk, cancellationToken) is > 0 and var read)
        {
            hash.AppendData(chunk, 0, read);
            length += read;
        }

        return (Convert.ToHexStringLower(hash.GetHashAndReset()), length);
    }

    /// <summary>An entry that attaches the file weighs more than a report that names it.</summary>
    private void Expect(string digest, long position, long? size)
    {
        if (!_expected.TryGetValue(digest, out var known) || (known.Size is null && size is not null))
            _expected[digest] = (position, size);
    }
}
