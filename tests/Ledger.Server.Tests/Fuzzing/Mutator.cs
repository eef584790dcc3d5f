using System.Text;
using System.Text.Json.Nodes;

namespace Ledger.Server.Tests.Fuzzing;

/// <summary>
/// Makes bad input of good: the same seed, target and number give the same bytes on every machine, so that a failure
/// can be had again.
/// </summary>
public sealed class Mutator(ulong seed)
{
    private const int Longest = 512 << 10;

    /// <summary>What has broken parsers before.</summary>
    private static readonly byte[][] Tokens =
    [
        .. (
            (string[])
                [
                    "\0",
                    "\ufeff",
                    "\u202e",
                    "\u2066",
                    "\u0085",
                    "\u2028",
                    "\\ud800",
                    "\\u0000",
                    "\r",
                    "\r\n",
                    "\r\nSet-Cookie: x=1",
                    "\n\n",
                    "\t",
                    " ",
                    "\u00a0",
                    "\u200d",
                    "e\u0301",
                    "\U0001F600",
                    "null",
                    "true",
                    "[]",
                    "{}",
                    "\"\"",
                    "\"",
                    "\\",
                    "\\\"",
                    "[[[[[[[[",
                    "{\"a\":",
                    ",",
                    ":",
                    "- ",
                    "-",
                    "? ",
                    "| ",
                    "> ",
                    "&a",
                    "*a",
                    "<<: *a",
                    "!!binary ",
                    "!!float ",
                    "%YAML 9.9\n",
                    "---\n",
                    "...\n",
                    "#",
                    "''",
                    "\"\\x",
                    "@",
                    "`",
                    "0",
                    "-0",
                    "1e999",
                    "1E-999",
                    "0.1",
                    "00",
                    "+1",
                    "0x1",
                    "NaN",
                    "Infinity",
                    "9007199254740993",
                    "9223372036854775808",
                    "-9223372036854775809",
                    "18446744073709551616",
                    "79228162514264337593543950336",
                    "2147483648",
                    "2018-02-30",
                    "2018-10-10T24:00:00Z",
                    "9999-12-31",
                    "-9999-01-01",
                    "0000-00-00",
                    "2018-10-10T10:00:00.123456789Z",
                    "2018-10-10T10:00:00+99:99",
                    "12018-10-10",
                    "P1000000000Y",
                    "P1D",
                    "24:00",
                    "../",
                    "../../../../etc/passwd",
                    "/",
                    "//",
                    "%00",
                    "%2e%2e%2f",
                    "%",
                    "%%",
                    "%ff",
                    "&",
                    "=",
                    "+",
                    "?",
                    ";",
                    "#fragment",
                    "<script>alert(1)</script>",
                    "'",
                    "\"><svg onload=alert(1)>",
                    "=cmd|' /C calc'!A0",
                    "@SUM(1)",
                    "{{7*7}}",
                    "${jndi:ldap://x}",
                    "\u2014 ",
                    "\u2014 x AAAA",
                    "c2sp.org/",
                    "size",
                    "hash",
                    "index",
                    "quorum",
                    "witness",
                    "group",
                    "any",
                    "all",
                    "log ",
                    "old ",
                    "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz",
                    "00000000-0000-0000-0000-000000000000",
                    "01922b7e-4a00-7c3e-9f10-2b6d1c7a9e55",
                    "Etc/GMT+99",
                    "Europe/Istanbul",
                    "type",
                    "data",
                    "entryId",
                    "target",
                    "coordinates",
                    "Polygon",
                    "GeometryCollection",
                ]
        ).Select(Encoding.UTF8.GetBytes),
        [0xFF],
        [0xC0, 0x80],
        [0xED, 0xA0, 0x80],
        [0xF8, 0x88, 0x80, 0x80, 0x80],
        [0xFF, 0xFF, 0xFF, 0xFF],
        [0x50, 0x4B, 0x05, 0x06],
        [0x80],
    ];

    private ulong _state = seed;

    public int Below(int limit) => (int)(Next() % (ulong)limit);

    /// <param name="seeds">Good inputs.</param>
    public byte[] Make(IReadOnlyList<byte[]> seeds)
    {
        var input = seeds[Below(seeds.Count)];
        var changes = 1 + Below(Below(4) == 0 ? 12 : 3);
        for (var i = 0; i < changes; i++)
            input = Change(input, seeds);
        return input.Length <= Longest ? input : input[..Longest];
    }

    private byte[] Change(byte[] input, IReadOnlyList<byte[]> seeds)
    {
        var (at, length) = Slice(input, 64);
        return Below(64) switch
        {
            0 => Repeat(input, 1 << (3 + Below(10))),
            1 => Splice(input, seeds[Below(seeds.Count)]),
            2 => input[..at],
            3 => input[at..],
            < 14 => Replace(input, at, 0, Tokens[Below(Tokens.Length)]),
            < 28 => Replace(input, at, length, Tokens[Below(Tokens.Length)]),
            < 36 => Replace(input, at, length, []),
            < 42 => Replace(input, at, 0, input.AsSpan(at, length)),
            < 48 => Number(input),
            < 50 => Swap(input, seeds),
            < 57 => Graft(input),
            _ => Flip(input, at),
        };
    }

    private byte[] Flip(byte[] input, int at)
    {
        if (input.Length == 0)
            return [(byte)Below(256)];
        var copy = (byte[])input.Clone();
        copy[Math.Min(at, copy.Length - 1)] ^= (byte)(1 << Below(8));
        return copy;
    }

    /// <summary>A slice many times over: deep nesting, long numbers, long lists.</summary>
    private byte[] Repeat(byte[] input, int times)
    {
        var (at, length) = Slice(input, 8);
        if (length == 0)
            return input;
        times = Math.Min(times, Longest / length);
        var many = new byte[length * times];
        for (var i = 0; i < times; i++)
            input.AsSpan(at, length).CopyTo(many.AsSpan(i * length));
        return Replace(input, at, length, many);
    }

    private byte[] Splice(byte[] input, byte[] other) =>
        [.. input.AsSpan(0, Below(input.Length + 1)), .. other.AsSpan(Below(other.Length + 1))];

    /// <summary>A slice gives way to one of another seed.</summary>
    private byte[] Swap(byte[] input, IReadOnlyList<byte[]> seeds)
    {
        var other = seeds[Below(seeds.Count)];
        var ((at, length), (from, count)) = (Slice(input, 40), Slice(other, 40));
        return Replace(input, at, length, other.AsSpan(from, count));
    }

    /// <summary>
    /// In what is JSON, a value gives way to one of another kind, so that what follows the parser is reached as well.
    /// </summary>
    private byte[] Graft(byte[] input)
    {
        try
        {
            var root = JsonNode.Parse(input);
            var nodes = new List<JsonNode>();
            Collect(root, nodes);
            if (nodes.Count == 0)
                return Flip(input, Below(input.Length + 1));
            var chosen = nodes[Below(nodes.Count)];
            var token = Encoding.UTF8.GetString(Tokens[Below(Tokens.Length)]);
            JsonNode? graft = Below(6) switch
            {
                0 => null,
                1 => new JsonArray(),
                2 => new JsonObject { [token] = token },
                3 => JsonValue.Create(Below(1000) - 500),
                4 => nodes[Below(nodes.Count)].DeepClone(),
                _ => JsonValue.Create(token),
            };
            if (chosen.Parent is JsonObject members && Below(3) == 0)
                members.Remove(chosen.GetPropertyName());
            else
                chosen.ReplaceWith(graft);
            return Encoding.UTF8.GetBytes(root!.ToJsonString());
        }
        catch (Exception notJson)
            when (notJson is System.Text.Json.JsonException or InvalidOperationException or ArgumentException)
        {
            return Flip(input, Below(input.Length + 1));
        }
    }

    private static void Collect(JsonNode? node, List<JsonNode> into)
    {
        if (node is null)
            return;
        if (node.Parent is not null)
            into.Add(node);
        foreach (
            var child in node switch
            {
                JsonObject members => members.Select(member => member.Value),
                JsonArray items => items,
                _ => [],
            }
        )
            Collect(child, into);
    }

    /// <summary>The digits at some place become other digits.</summary>
    private byte[] Number(byte[] input)
    {
        var first = input.AsSpan(Below(input.Length + 1)..).IndexOfAnyInRange((byte)'0', (byte)'9');
        if (first < 0)
            return input;
        var last = first + 1;
        while (last < input.Length && input[last] is >= (byte)'0' and <= (byte)'9')
            last++;
        return Replace(
            input,
            first,
            last - first,
            Encoding.ASCII.GetBytes(
                Below(4) switch
                {
                    0 => new string('9', 1 + Below(40)),
                    1 => "0",
                    2 => $"-{Next()}",
                    _ => $"{Next() % 1000}",
                }
            )
        );
    }

    private (int At, int Length) Slice(byte[] input, int longest)
    {
        var at = Below(input.Length + 1);
        return (at, Below(Math.Min(longest, input.Length - at) + 1));
    }

    private static byte[] Replace(byte[] input, int at, int length, ReadOnlySpan<byte> by) =>
        [.. input.AsSpan(0, at), .. by, .. input.AsSpan(at + length)];

    /// <summary>SplitMix64.</summary>
    private ulong Next()
    {
        unchecked
        {
            _state += 0x9E3779B97F4A7C15;
            var z = _state;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }
}
