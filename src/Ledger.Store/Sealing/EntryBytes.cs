using System.Text;
using NodaTime;
using NodaTime.Text;

namespace Ledger.Store.Sealing;

/// <summary>The canonical bytes of an entry, which are hashed and kept as they are.</summary>
internal static class EntryBytes
{
    /// <summary>The greatest length of an entry: what a C2SP entry bundle can say in its two bytes.</summary>
    public const int MaxLength = 65_535;

    private static readonly InstantPattern Microseconds = InstantPattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm':'ss'.'ffffff'Z'");

    /// <param name="data">The event's payload, canonical already.</param>
    public static byte[] Of(string agreement, long position, Guid entryId, string type, Instant recordedAt, ReadOnlySpan<byte> data) =>
    [
        .. Encoding.UTF8.GetBytes($$"""{"agreement":"{{agreement}}","data":"""),
        .. data,
        .. Encoding.UTF8.GetBytes($$""","entry":"{{entryId}}","position":{{position}},"recorded":"{{Microseconds.Format(recordedAt)}}","type":"{{type}}","v":1}"""),
    ];
}
