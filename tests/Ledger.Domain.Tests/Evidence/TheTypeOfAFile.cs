using System.Text;
using CsCheck;
using Ledger.Domain.Evidence;

namespace Ledger.Domain.Tests.Evidence;

public sealed class TheTypeOfAFile
{
    [Fact]
    public void Is_told_of_any_bytes_whatever() =>
        Gen.Byte.Array[0, 200].Sample(bytes => FileType.All.Contains(FileType.Sniff(bytes)));

    [Fact]
    public void May_always_be_declared_as_it_looks() => FileType.All.Should().OnlyContain(type => type.Covers(type));

    [Theory]
    [InlineData("FFD8FFE000104A464946", "image/jpeg")]
    [InlineData("89504E470D0A1A0A0000", "image/png")]
    [InlineData("52494646000000005745425056", "image/webp")]
    [InlineData("5249464600000000415649204C", "video/x-msvideo")]
    [InlineData("000000186674797068656963000000006D696631", "image/heic")]
    [InlineData("0000002066747970617669660000000061766966", "image/avif")]
    [InlineData("000000206674797069736F6D0000020069736F6D", "video/mp4")]
    [InlineData("0000001466747970717420200000020071742020", "video/quicktime")]
    [InlineData("1A45DFA39F4286810142F7810142F2810442F381084282847765626D", "video/webm")]
    [InlineData("1A45DFA3A34286810142F7810142F2810442F381084282886D6174726F736B61", "video/x-matroska")]
    [InlineData("255044462D312E37", "application/pdf")]
    [InlineData("504B030414000600", "application/zip")]
    [InlineData(
        "504B0304140006000800000021005B436F6E74656E745F54797065735D2E786D6C776F72642F",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    )]
    [InlineData("00112233", "application/octet-stream")]
    public void Is_told_by_its_first_bytes(string hexadecimal, string type) =>
        FileType.Sniff(Convert.FromHexString(hexadecimal)).MediaType.Should().Be(type);

    [Fact]
    public void Is_text_where_a_head_ends_within_a_letter()
    {
        var arabic = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("مورك", 2_000)));

        FileType.Sniff(arabic.AsSpan(0, FileType.HeadLength - 1)).MediaType.Should().Be("text/plain");
        FileType.Find("text/csv")!.Covers(FileType.Sniff(arabic.AsSpan(0, FileType.HeadLength))).Should().BeTrue();
    }

    [Fact]
    public void Is_never_a_photo_for_a_page() =>
        FileType.Find("image/jpeg")!.Covers(FileType.Sniff("<svg onload=alert(1)>"u8)).Should().BeFalse();

    [Theory]
    [InlineData("MZ\u0090")]
    [InlineData("\u007fELF")]
    [InlineData("#!/bin/sh\nrm -rf /")]
    public void Is_a_program_by_its_first_bytes(string head) =>
        FileType.IsProgram(Encoding.Latin1.GetBytes(head)).Should().BeTrue();
}
