using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.Benchmarks.Measuring;
using Ledger.Benchmarks.World;
using Ledger.Domain.Entries;
using Ledger.Proof.Entries;
using Ledger.Proof.Json;
using Ledger.Proof.Notes;
using Ledger.Proof.Trees;

namespace Ledger.Benchmarks.Proofs;

/// <summary>
/// Bundles of a million and of ten million entries, verified by the command: its time, and the most memory it had.
/// </summary>
internal static class LargeBundle
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);

    /// <summary>To judge again takes the book of facts in memory, which grows with the entries.</summary>
    private const int MostJudged = 1_000_000;

    public static async Task RunAsync(Effort effort)
    {
        var table = new Table([
            "entries",
            "MB",
            "made in s",
            "verified in s",
            "peak RSS MB",
            "judged as well in s",
            "peak RSS MB ",
        ]);
        var folder = Directory.CreateTempSubdirectory("ledger-bundle-").FullName;
        foreach (var size in effort == Effort.Full ? [100_000, 1_000_000, 10_000_000] : (int[])[100_000, 1_000_000])
        {
            var file = Path.Combine(folder, $"{size}.zip");
            var clock = Stopwatch.StartNew();
            await Task.Run(() => Make(file, size));
            var made = clock.Elapsed;
            clock.Restart();
            var peak = Verify(file, folder, "--proofs-only");
            var verified = clock.Elapsed;
            clock.Restart();
            var judged = size <= MostJudged ? Verify(file, folder) : (long?)null;
            table.Add([
                size.ToString("N0", CultureInfo.InvariantCulture),
                (new FileInfo(file).Length >> 20).ToString("N0", CultureInfo.InvariantCulture),
                Table.Number(made.TotalSeconds),
                Table.Number(verified.TotalSeconds),
                (peak >> 10).ToString("N0", CultureInfo.InvariantCulture),
                judged is null ? "" : Table.Number(clock.Elapsed.TotalSeconds),
                judged is { } most ? (most >> 10).ToString("N0", CultureInfo.InvariantCulture) : "",
            ]);
            File.Delete(file);
            Console.WriteLine(
                $"  ({size:N0} entries: {verified.TotalSeconds:N0} s, {peak >> 10:N0} MB at most; judged as well {judged >> 10:N0} MB)"
            );
        }

        Directory.Delete(folder, recursive: true);
        table.Print("A bundle verified with --proofs-only, and with its verdicts judged again");
    }

    private static void Make(string file, int size)
    {
        using var key = Ed25519Key.FromSeed(new byte[Ed25519Key.SeedLength]);
        var log = VerifierKey.OfLog($"ledger.example/{Mission.Id}", key.PublicKey);
        using var zip = new ZipArchive(File.Create(file), ZipArchiveMode.Create);
        var partial = new Dictionary<int, Tile>();
        var edge = TreeEdge.Empty;
        var template = JsonSerializer
            .SerializeToNode(new Mission(new Random(1)).Filed(), LedgerJson.Options)!
            .AsObject();
        for (var first = 0; first < size; first += TileId.FullWidth)
        {
            var entries = Enumerable
                .Range(first, Math.Min(TileId.FullWidth, size - first))
                .Select(index => (ReadOnlyMemory<byte>)Bytes(index, template))
                .ToList();
            Add(zip, EntryBundle.InTree(first / TileId.FullWidth, size).Path, EntryBundle.Write(entries));
            var growth = edge.Append(entries.Select(entry => MerkleHash.Leaf(entry.Span)));
            edge = growth.Edge;
            foreach (var tile in growth.Changed.Where(tile => tile.Id.IsFull))
                Add(zip, tile.Id.Path, tile.Hashes.Span);
            foreach (var tile in growth.Changed.Where(tile => !tile.Id.IsFull))
                partial[tile.Id.Level] = tile;
        }

        foreach (var id in TreeEdge.TilesOf(size))
            Add(zip, id.Path, partial[id.Level].Hashes.Span);
        Add(
            zip,
            "checkpoint",
            Encoding.UTF8.GetBytes(new Checkpoint(log.Name, size, edge.Root).Sign(log, key.Sign).ToString())
        );
        Add(zip, "policy", Encoding.UTF8.GetBytes($"log {log}\nquorum none\n"));
    }

    /// <summary>The agreement first, then one report over and over with another id.</summary>
    private static byte[] Bytes(int index, JsonObject template)
    {
        var adopted = index == 0 ? Mission.Adopted() : null;
        var id =
            adopted?.EntryId ?? new Guid(index, 7, 0x7000, [0x80, 0, 0, 0, 0, 0, 0, (byte)(index % TileId.FullWidth)]);
        var data = adopted is null ? template : LedgerJson.DataOf(adopted);
        data["entryId"] = id.ToString();
        return new Ledger.Proof.Entries.Entry(
            Mission.Id,
            id,
            index + 1,
            DateTimeOffset.UnixEpoch.AddMilliseconds(index),
            adopted is null ? "report_filed" : "agreement_adopted",
            CanonicalJson.Parse(CanonicalJson.Write(data))
        ).ToBytes();
    }

    private static void Add(ZipArchive zip, string path, ReadOnlySpan<byte> bytes)
    {
        using var stream = zip.CreateEntry(path, CompressionLevel.NoCompression).Open();
        stream.Write(bytes);
    }

    /// <returns>Kilobytes.</returns>
    private static long Verify(string file, string folder, params string[] options)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "ledger.dll");
        using var process = Process.Start(
            new ProcessStartInfo(
                "dotnet",
                [program, "verify", file, "--kept", Path.Combine(folder, "kept-" + Path.GetFileName(file)), .. options]
            )
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
            }
        )!;
        var peak = 0L;
        while (!process.WaitForExit(Glance))
            peak = Math.Max(peak, PeakOf(process.Id));
        return process.ExitCode == 0
            ? peak
            : throw new InvalidOperationException($"The bundle was not verified: {process.StandardOutput.ReadToEnd()}");
    }

    private static long PeakOf(int process)
    {
        try
        {
            return
                File.ReadLines($"/proc/{process}/status")
                    .FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal))
                    is { } line
                ? long.Parse(
                    line["VmHWM:".Length..^"kB".Length],
                    NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite,
                    CultureInfo.InvariantCulture
                )
                : 0;
        }
        catch (IOException)
        {
            // It has just ended.
            return 0;
        }
    }
}
