using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Ledger.Server.Requests;

/// <summary>One line of a body, from 1. Without bytes it was too long to be read, and the last one that is.</summary>
public readonly record struct BodyLine(long Number, ReadOnlyMemory<byte>? Bytes);

/// <summary>Reads a body line by line as it comes; blank lines count, and are left out.</summary>
public static class BodyLines
{
    public static async IAsyncEnumerable<BodyLine> ReadAsync(PipeReader body, [EnumeratorCancellation] CancellationToken cancellation)
    {
        for (var number = 1L; ; number++)
        {
            var (line, last) = await NextAsync(body, cancellation);
            if (line is null || line.Value.Span.ContainsAnyExcept(" \t\r"u8))
                yield return new BodyLine(number, line is null ? null : RequestBody.WithoutMark(line.Value));
            if (last)
                yield break;
        }
    }

    private static async Task<(ReadOnlyMemory<byte>? Line, bool Last)> NextAsync(PipeReader body, CancellationToken cancellation)
    {
        while (true)
        {
            var read = await body.ReadAsync(cancellation);
            if (read.Buffer.PositionOf((byte)'\n') is { } end)
            {
                ReadOnlyMemory<byte>? line = read.Buffer.Slice(0, end) is { Length: <= RequestBody.Most } bytes ? bytes.ToArray() : null;
                body.AdvanceTo(read.Buffer.GetPosition(1, end));
                return (line, Last: line is null);
            }

            if (read.Buffer.Length > RequestBody.Most)
                return (null, Last: true);
            if (read.IsCompleted)
            {
                ReadOnlyMemory<byte> rest = read.Buffer.ToArray();
                body.AdvanceTo(read.Buffer.End);
                return (rest, Last: true);
            }

            body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }
}
