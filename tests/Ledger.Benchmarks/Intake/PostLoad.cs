using System.Buffers.Text;
using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Ledger.Benchmarks.Measuring;
using Ledger.Benchmarks.World;
using Ledger.Domain.Entries;

namespace Ledger.Benchmarks.Intake;

/// <summary>
/// Connections that each post a report, read the receipt and post the next. Bodies are made beforehand and answers are
/// hardly looked at, so that the client takes little of the machine it measures.
/// </summary>
internal static class PostLoad
{
    public sealed record Result(int Accepted, TimeSpan Time, Spread Latency);

    public static async Task<Result> RunAsync(LocalLedger ledger, int connections, TimeSpan time)
    {
        using var stop = new CancellationTokenSource(time);
        var clock = Stopwatch.StartNew();
        var latencies = await Task.WhenAll(
            Enumerable.Range(0, connections).Select(_ => Task.Run(() => PostAsync(ledger, stop.Token)))
        );
        var all = latencies.SelectMany(l => l).ToArray();
        return new Result(all.Length, clock.Elapsed, new Spread(all));
    }

    private static async Task<List<double>> PostAsync(LocalLedger ledger, CancellationToken stop)
    {
        using var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(ledger.Address.Host, ledger.Address.Port, CancellationToken.None);
        var stream = client.GetStream();
        var (latencies, answer) = (new List<double>(), new byte[16 * 1024]);
        var template = Template(ledger);
        while (!stop.IsCancellationRequested)
        {
            Encoding.ASCII.GetBytes(Guid.CreateVersion7().ToString("D"), template.Bytes.AsSpan(template.Id, 36));
            var started = Stopwatch.GetTimestamp();
            await stream.WriteAsync(template.Bytes, CancellationToken.None);
            await ReadAsync(stream, answer);
            latencies.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        return latencies;
    }

    private static (byte[] Bytes, int Id) Template(LocalLedger ledger)
    {
        var filed = new Mission(Random.Shared).Filed();
        var body = JsonSerializer.Serialize(LedgerJson.DataOf(filed));
        var request =
            $"POST /api/v1/agreements/{Mission.Id}/reports HTTP/1.1\r\nHost: {ledger.Address.Authority}\r\nAuthorization: Bearer {ledger.Token}\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}";
        var bytes = Encoding.UTF8.GetBytes(request);
        return (bytes, bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(filed.EntryId.ToString("D"))));
    }

    /// <summary>One answer: a head that says how long the rest is.</summary>
    private static async Task ReadAsync(NetworkStream stream, byte[] buffer)
    {
        var (read, end) = (0, -1);
        while (end < 0 || read < end)
        {
            var more = await stream.ReadAsync(buffer.AsMemory(read), CancellationToken.None);
            if (more == 0)
                throw new InvalidOperationException("The server closed the connection.");
            read += more;
            if (end < 0 && buffer.AsSpan(0, read).IndexOf("\r\n\r\n"u8) is >= 0 and var head)
                end = EndOf(buffer.AsSpan(0, head + 4), head + 4);
        }

        if (!buffer.AsSpan(0, read).StartsWith("HTTP/1.1 201 "u8))
            throw new InvalidOperationException(Encoding.UTF8.GetString(buffer, 0, read));
    }

    private static int EndOf(ReadOnlySpan<byte> head, int length)
    {
        var name = "\r\nContent-Length: "u8;
        return
            head.IndexOf(name) is >= 0 and var at
            && Utf8Parser.TryParse(head[(at + name.Length)..], out int body, out _)
            ? length + body
            : throw new InvalidOperationException($"No length is told: {Encoding.UTF8.GetString(head)}");
    }
}
