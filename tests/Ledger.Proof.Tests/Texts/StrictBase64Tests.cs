using System.Buffers.Text;
using CsCheck;
using Ledger.Proof.Texts;

namespace Ledger.Proof.Tests.Texts;

public class ReadingBase64
{
    [Theory]
    [InlineData("", "")]
    [InlineData("Zg==", "66")]
    [InlineData("Zm8=", "666f")]
    [InlineData("Zm9v", "666f6f")]
    [InlineData("+/+/", "fbffbf")]
    public void Takes_the_one_spelling(string text, string hex) =>
        Convert.ToHexStringLower(StrictBase64.Decode(text)!).Should().Be(hex);

    [Theory]
    [InlineData("Zg")]
    [InlineData("Zg=")]
    [InlineData("Zg===")]
    [InlineData("Zh==")] // The last four bits are not zero.
    [InlineData("Zm9=")] // The last two bits are not zero.
    [InlineData("Zm 9v")]
    [InlineData("Zm9v\n")]
    [InlineData(" Zg==")]
    [InlineData("Z\tg==")]
    [InlineData("-_-_")]
    [InlineData("Zg==Zg==")]
    [InlineData("====")]
    [InlineData("Zm9é")]
    public void Refuses_every_other(string text) => StrictBase64.Decode(text).Should().BeNull();

    [Theory]
    [InlineData("", "")]
    [InlineData("Zg", "66")]
    [InlineData("-_-_", "fbffbf")]
    public void Takes_the_one_URL_safe_spelling(string text, string hex) =>
        Convert.ToHexStringLower(StrictBase64.DecodeUrl(text)!).Should().Be(hex);

    [Theory]
    [InlineData("Zg==")]
    [InlineData("Zh")]
    [InlineData("Z")]
    [InlineData("Zm9vZ")]
    [InlineData("+/+/")]
    [InlineData("Z g")]
    [InlineData("Zg\n")]
    [InlineData("Zé")]
    public void Refuses_every_other_URL_safe_one(string text) => StrictBase64.DecodeUrl(text).Should().BeNull();

    [Fact]
    public void Gives_back_what_was_written() =>
        Gen
            .Byte.Array[0, 100]
            .Sample(bytes =>
                StrictBase64.Decode(Convert.ToBase64String(bytes))!.AsSpan().SequenceEqual(bytes)
                && StrictBase64.DecodeUrl(Base64Url.EncodeToString(bytes))!.AsSpan().SequenceEqual(bytes)
            );

    [Fact]
    public void Never_reads_two_texts_as_the_same_bytes() =>
        Gen.Select(Gen.Byte.Array[1, 40], Gen.Int[0, 1000], Gen.Char)
            .Sample(
                (bytes, at, other) =>
                {
                    var text = Convert.ToBase64String(bytes).ToCharArray();
                    var changed = text[at % text.Length] != other;
                    text[at % text.Length] = other;
                    return !changed || StrictBase64.Decode(new(text))?.AsSpan().SequenceEqual(bytes) != true;
                }
            );
}

public class ReadingDecimals
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("9", 9)]
    [InlineData("20852163", 20852163)]
    [InlineData("9223372036854775807", long.MaxValue)]
    public void Takes_the_one_spelling(string text, long value) => Decimals.Parse(text, "size").Should().Be(value);

    [Theory]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("01")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("1\0")]
    [InlineData("1.0")]
    [InlineData("0x1")]
    [InlineData("١")]
    [InlineData("9223372036854775808")]
    public void Refuses_every_other(string text) =>
        FluentActions
            .Invoking(() => Decimals.Parse(text, "size"))
            .Should()
            .Throw<MalformedException>()
            .Which.Malformation.Should()
            .Be(Malformation.Number);
}

public class AHash
{
    [Fact]
    public void Is_its_bytes_its_hexadecimal_and_its_base64() =>
        Gen
            .Byte.Array[32]
            .Sample(bytes =>
            {
                var hash = new Hash(bytes);
                return hash.ToArray().AsSpan().SequenceEqual(bytes)
                    && hash.ToString() == Convert.ToHexStringLower(bytes)
                    && Hash.TryParse(hash.ToBase64(), out var read)
                    && read == hash;
            });

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("AAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB=")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void Has_32_bytes(string? base64) => Hash.TryParse(base64, out _).Should().BeFalse();
}
