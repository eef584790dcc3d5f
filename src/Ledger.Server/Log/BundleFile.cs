using System.Globalization;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text;
using Ledger.Domain.Agreements;
using Ledger.Domain.Entries;
using Ledger.Domain.Evidence;
using Ledger.Domain.Identities;
using Ledger.Proof.Entries;
using Ledger.Proof.Notes;
using Ledger.Proof.Trees;
using Ledger.Server.Answers;
using Ledger.Store.Evidence;
using Ledger.Store.Following;
using Ledger.Store.Publishing;
using Ledger.Store.Sealing;
using Ledger.Verdicts;

namespace Ledger.Server.Log;

/// <summary>
/// A whole log as one zip file, written while it is read, so that its size does not matter. The same size and the same
/// asker get the same bytes: nothing is compressed, because compressors differ, and no file has a time.
/// </summary>
internal sealed class BundleFile(
    AgreementId agreement,
    SignedCheckpoint checkpoint,
    SignedCheckpoint? witnessed,
    string policy,
    DisclosureAccess? access,
    PublishedLog log,
    SealedStates states,
    FollowedBook book,
    EvidenceFiles? evidence
) : IResult
{
    private const int ReadableFile = 0x81A4 << 16;
    private const int Chunk = 128 * 1024;

    private static readonly DateTimeOffset NoTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (response, cancellationToken, size) = (
            httpContext.Response,
            httpContext.RequestAborted,
            checkpoint.Checkpoint.Size
        );
        response.ContentType = "application/zip";
        response.Headers.ContentDisposition = $"attachment; filename=\"{agreement}-{size}.zip\"";
        response.Headers.CacheControl = "no-store";
        var output = new Drain(response.Body);
        using (var zip = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8))
        {
            await foreach (var (path, bytes) in FilesAsync(size, cancellationToken))
            {
                Add(zip, path, bytes.Span);
                await output.DrainAsync(cancellationToken);
            }

            if (evidence is not null)
                await AddEvidenceAsync(zip, evidence, output, cancellationToken);
        }

        // The directory of the archive comes last.
        await output.DrainAsync(cancellationToken);
    }

    private async IAsyncEnumerable<(string Path, ReadOnlyMemory<byte> Bytes)> FilesAsync(
        long size,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        yield return ("README.txt", Encoding.UTF8.GetBytes(Readme()));
        yield return ("checkpoint", Encoding.UTF8.GetBytes(checkpoint.ToString()));
        if (witnessed is not null)
            yield return ("checkpoint.witnessed", Encoding.UTF8.GetBytes(witnessed.ToString()));
        yield return ("policy", Encoding.UTF8.GetBytes(policy));
        yield return ("verdicts.json", StatedVerdicts.At(book, size));
        await foreach (var file in log.FilesAsync(agreement, size, cancellationToken))
            yield return file;
        for (var index = 0L; index * TileId.FullWidth < size; index++)
        {
            var bundle = EntryBundle.InTree(index, size);
            if (await states.LinesAsync(agreement, bundle, access, cancellationToken) is { Length: > 0 } lines)
                yield return (LogEndpoints.SealedPath(bundle), lines);
            if (
                await LogEndpoints.CosignedAsync(agreement, bundle, size, log, cancellationToken) is
                { Length: > 0 } cosigned
            )
                yield return (LogEndpoints.CosignedPath(bundle), Encoding.UTF8.GetBytes(cosigned));
        }
    }

    /// <summary>
    /// The files that entries of this bundle name and that have arrived, in the order of their digests, and then the
    /// list of them.
    /// </summary>
    private async Task AddEvidenceAsync(
        ZipArchive zip,
        EvidenceFiles files,
        Drain output,
        CancellationToken cancellationToken
    )
    {
        var named = book.Read(held =>
            held.Entries.Take((int)checkpoint.Checkpoint.Size)
                .SelectMany(entry => EvidenceName.NamedIn(entry.Event))
                .Select(name => name.Sha256)
                .Distinct()
                .Order(StringComparer.Ordinal)
                .ToList()
        );
        var list = new StringBuilder();
        var chunk = new byte[Chunk];
        foreach (var sha256 in named)
        {
            if (files.Find(agreement, sha256) is not { } file)
                continue;
            await using var content = File.OpenRead(file.Path);
            await using var entry = await Entry(zip, EvidenceName.InBundle(sha256)).OpenAsync(cancellationToken);
            while (await content.ReadAsync(chunk, cancellationToken) is > 0 and var read)
            {
                entry.Write(chunk, 0, read);
                await output.DrainAsync(cancellationToken);
            }

            list.Append(
                CultureInfo.InvariantCulture,
                $"{sha256}  {EvidenceName.InBundle(sha256)[EvidenceName.BundleFolder.Length..]}\n"
            );
        }

        Add(zip, EvidenceName.BundleList, Encoding.UTF8.GetBytes(list.ToString()));
    }

    private static ZipArchiveEntry Entry(ZipArchive zip, string path)
    {
        var entry = zip.CreateEntry(path, CompressionLevel.NoCompression);
        (entry.LastWriteTime, entry.ExternalAttributes) = (NoTime, ReadableFile);
        return entry;
    }

    private static void Add(ZipArchive zip, string path, ReadOnlySpan<byte> bytes)
    {
        using var stream = Entry(zip, path).Open();
        stream.Write(bytes);
    }

    /// <summary>
    /// The archive writes when it likes and without waiting, which a response does not take; so a file at a time waits
    /// here.
    /// </summary>
    private sealed class Drain(Stream to) : Stream
    {
        private readonly MemoryStream _waiting = new();

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public async Task DrainAsync(CancellationToken cancellationToken)
        {
            for (
                var rest = _waiting.GetBuffer().AsMemory(0, (int)_waiting.Length);
                !rest.IsEmpty;
                rest = rest[Math.Min(LongAnswer.Piece, rest.Length)..]
            )
                await to.WriteAsync(rest[..Math.Min(LongAnswer.Piece, rest.Length)], cancellationToken);
            _waiting.SetLength(0);
        }

        public override void Write(byte[] buffer, int offset, int count) => _waiting.Write(buffer, offset, count);

        public override void Flush() { }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }

    private string Readme() =>
        $$"""
        The ledger of {{agreement}}, as of {{checkpoint.Checkpoint.Size}} entries.

        checkpoint      what the ledger signed: its name, its size, the root of the tree over its entries (C2SP tlog-checkpoint)
        {{(
            witnessed is null
                ? ""
                : "checkpoint.witnessed  the newest that the ledger's witnesses have cosigned; what came after it waits for them\n"
        )}}tile/entries/   the entries, 256 to a file, each after its length in two bytes (C2SP tlog-tiles)
        tile/0/ ...     the tree over them
        disclosures/    what became of sealed values: opened, withheld from you, or erased and by which entry
        cosignatures/   the checkpoints that witnesses cosigned, with the times at which they did
        verdicts.json   the verdicts that the ledger states for these entries
        policy          the key it signs with, by its own account: compare it with what was published elsewhere

        {{(evidence is null
            ? "Files of evidence are not in here; the entries name them by their SHA-256."
            : "evidence/       the files that entries name by their SHA-256, as far as they have arrived: cd evidence && sha256sum -c SHA256SUMS")}}

        With this ledger's program:   ledger verify FILE --policy POLICY
        It needs no network, and reads this file or the directory it is unpacked into. Any program that reads C2SP tiles can check the tree as well.

        """.ReplaceLineEndings(
            "\n"
        );
}

/// <summary>
/// What the ledger says follows from its first entries, as of the moment the last of them was recorded.
/// </summary>
internal static class StatedVerdicts
{
    public static byte[] At(FollowedBook open, long size) =>
        open.Read(book =>
        {
            var question = new Question(book.Entries[(int)size - 1].RecordedAt, size, Lens.House);
            var status = Judge.Status(book, question);
            var timelines = status
                .Verdicts.Select(verdict => Judge.Timeline(book, verdict.Provision, size, question.Lens))
                .ToArray();
            return System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(
                new
                {
                    question.AsOf,
                    Status = status,
                    Timelines = timelines,
                },
                LedgerJson.Options
            );
        });
}
