using System.Buffers.Text;
using System.Security.Cryptography;
using CsCheck;
using Ledger.Proof.Disclosures;
using Ledger.Proof.Notes;

namespace Ledger.Proof.Tests.Disclosures;

public sealed class ASignatureOfADevice
{
    private static readonly byte[] Message = DeviceSignature.Message("truce", "report_filed", "{}");

    public static TheoryData<string> Algorithms { get; } = new(DeviceSignature.Algorithms);

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void Holds_over_what_was_signed(string alg)
    {
        var (key, value) = Sign(alg);

        Verify(alg, key, value, Message).Should().BeTrue();
        Verify(alg, key, value, DeviceSignature.Message("truce-2", "report_filed", "{}"))
            .Should()
            .BeFalse("it is worth nothing in another ledger");
        Verify(alg, key, value, DeviceSignature.Message("truce", "report_corrected", "{}")).Should().BeFalse();
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void Breaks_with_any_bit(string alg)
    {
        var (key, value) = Sign(alg);

        Gen.Int[0, (value.Length * 8) - 1].Sample(bit => !Verify(alg, key, Flipped(value, bit), Message));
        Gen.Int[0, (key.Length * 8) - 1].Sample(bit => !Verify(alg, Flipped(key, bit), value, Message));
        Gen.Int[0, (Message.Length * 8) - 1].Sample(bit => !Verify(alg, key, value, Flipped(Message, bit)));
    }

    [Theory]
    [InlineData("ES256", "", "")]
    [InlineData("ES256", "!", "!")]
    [InlineData("ES256", "BAAA", "AAAA")]
    [InlineData("Ed25519", "AAAA", "AAAA")]
    [InlineData("none", "AAAA", "AAAA")]
    public void Does_not_hold_when_it_cannot_be_read(string alg, string key, string value) =>
        DeviceSignature.Verify(alg, key, value, Message).Should().BeFalse();

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void Does_not_hold_under_the_name_of_another_algorithm(string alg)
    {
        var (key, value) = Sign(alg);

        foreach (var other in DeviceSignature.Algorithms.Remove(alg))
            Verify(other, key, value, Message).Should().BeFalse();
    }

    private static bool Verify(string alg, byte[] key, byte[] value, byte[] message) =>
        DeviceSignature.Verify(alg, Base64Url.EncodeToString(key), Base64Url.EncodeToString(value), message);

    private static byte[] Flipped(byte[] bytes, int bit)
    {
        byte[] flipped = [.. bytes];
        flipped[bit / 8] ^= (byte)(1 << (bit % 8));
        return flipped;
    }

    private static (byte[] Key, byte[] Value) Sign(string alg)
    {
        if (alg == DeviceSignature.Ed25519)
        {
            using var edwards = Ed25519Key.FromSeed(new byte[32]);
            return (edwards.PublicKey, edwards.Sign(Message));
        }

        using var device = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var point = device.ExportParameters(includePrivateParameters: false).Q;
        return (
            [0x04, .. point.X!, .. point.Y!],
            device.SignData(Message, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation)
        );
    }
}
