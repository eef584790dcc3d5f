using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Ledger.Server.Requests;

/// <summary>One line of a body, from 1.</summary>
/// <param name="IsTooLong">It was not read, and nothing after it is.</param>
public readonly record struct BodyLine(long Number, ReadOnlyMemory<byte> Bytes, bool IsTooLong);

/// <summary>Reads a body line by line as it comes; blank lines count, and are left out.</summary>
public static class BodyLines
{
    public static async IAsyncEnumerable<BodyLine> ReadAsync(
        PipeReader body,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        for (var number = 1L; ; number++)
        {
            var (bytes, last, tooLong) = await NextAsync(body, cancellationToken);
            if (tooLong || bytes.AsSpan().ContainsAnyExcept(" \t\r"u8))
                yield return new BodyLine(number, RequestBody.WithoutMark(bytes), tooLong);
            if (last)
                yield break;
        }
    }

    private static async Task<(byte[] Bytes, bool Last, bool TooLong)> NextAsync(
        PipeReader body,
        CancellationToken cancellationToken
    )
    {
        while (true)
        {
            var read = await body.ReadAsync(cancellationToken);
            if (read.Buffer.PositionOf((byte)'\n') is { } end)
            {
                var line = read.Buffer.Slice(0, end);
                var tooLong = line.Length > RequestBody.Most;
                var bytes = tooLong ? [] : line.ToArray();
                body.AdvanceTo(read.Buffer.GetPosition(1, end));
                return (bytes, Last: tooLong, tooLong);
            }

            if (read.Buffer.Length > RequestBody.Most || read.IsCompleted)
            {
                var tooLong = read.Buffer.Length > RequestBody.Most;
                var rest = tooLong ? [] : read.Buffer.ToArray();
                body.AdvanceTo(read.Buffer.End);
                return (rest, Last: true, tooLong);
            }

            body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }
}
