using CsCheck;
using Ledger.Proof.Entries;
using Ledger.Proof.Texts;

namespace Ledger.Proof.Tests.Entries;

public class ABundleOfEntries
{
    [Fact]
    public void Has_each_entry_after_its_length_in_two_bytes() =>
        Convert
            .ToHexStringLower(EntryBundle.Write([Bytes("ab"), Bytes(""), new byte[258]]))
            .Should()
            .Be("00026162" + "0000" + "0102" + new string('0', 516));

    [Fact]
    public void Is_read_back() =>
        Gen
            .Byte.Array[0, 300]
            .Array[1, 256]
            .Sample(
                entries =>
                {
                    var read = new EntryBundle(0, entries.Length).Read(
                        EntryBundle.Write(entries.Select(entry => (ReadOnlyMemory<byte>)entry))
                    );
                    return read.Zip(entries).All(pair => pair.First.Span.SequenceEqual(pair.Second))
                        && read.Count == entries.Length;
                },
                iter: 30
            );

    [Fact]
    public void Takes_the_largest_entry_and_none_larger()
    {
        new EntryBundle(0, 1).Read(EntryBundle.Write([new byte[Entry.MaxLength]]))[0].Length.Should().Be(65_535);
        FluentActions
            .Invoking(() => EntryBundle.Write([new byte[Entry.MaxLength + 1]]))
            .Should()
            .Throw<OverflowException>();
    }

    [Fact]
    public void Has_exactly_as_many_entries_as_its_path_says()
    {
        var two = EntryBundle.Write([Bytes("ab"), Bytes("c")]);
        foreach (
            var (width, bytes) in new[] { (1, two), (3, two), (2, two[..^1]), (2, [.. two, 0]), (2, two[..5]), (1, []) }
        )
        {
            FluentActions
                .Invoking(() => new EntryBundle(0, width).Read(bytes))
                .Should()
                .Throw<MalformedException>()
                .Which.Malformation.Should()
                .Be(Malformation.TileLength);
        }
    }

    private static ReadOnlyMemory<byte> Bytes(string text) => System.Text.Encoding.ASCII.GetBytes(text);
}
