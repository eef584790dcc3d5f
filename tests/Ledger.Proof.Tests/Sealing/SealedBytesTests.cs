using System.Text.Json;
using CsCheck;
using Ledger.Proof.Disclosures;
using Ledger.Proof.Sealing;

namespace Ledger.Proof.Tests.Sealing;

public sealed class SealingAValue
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
    private static readonly byte[] Nonce = new byte[SealedBytes.NonceLength];
    private static readonly Guid Handle = new("01664a3e-0001-4000-8000-000000000001");
    private static readonly Disclosure Secret = Disclosure.Seal(
        new byte[16],
        "narrative",
        JsonSerializer.SerializeToElement("Two shells fell.")
    );

    [Fact]
    public void Opens_what_was_sealed() =>
        SealedBytes
            .Open(Key, "a", Secret.Digest, SealedBytes.Seal(Key, Nonce, "a", Secret))!
            .Encoded.Should()
            .Be(Secret.Encoded);

    [Fact]
    public void Opens_nothing_when_any_bit_is_another() =>
        Gen.Int[0, (SealedBytes.Seal(Key, Nonce, "a", Secret).Length * 8) - 1]
            .Sample(bit =>
            {
                var bytes = SealedBytes.Seal(Key, Nonce, "a", Secret);
                bytes[bit / 8] ^= (byte)(1 << (bit % 8));
                return SealedBytes.Open(Key, "a", Secret.Digest, bytes) is null;
            });

    [Fact]
    public void Opens_nothing_elsewhere()
    {
        var bytes = SealedBytes.Seal(Key, Nonce, "a", Secret);

        SealedBytes.Open(Key, "b", Secret.Digest, bytes).Should().BeNull();
        SealedBytes.Open(Key, "a", Secret.Digest[1..], bytes).Should().BeNull();
        SealedBytes.Open(new byte[32], "a", Secret.Digest, bytes).Should().BeNull();
        SealedBytes.Open(Key, "a", Secret.Digest, bytes.AsSpan(0, 20)).Should().BeNull();
    }

    [Fact]
    public void Keeps_a_key_in_76_bytes_that_only_its_handle_and_the_master_key_open()
    {
        var record = PersonKey.Wrap(Key, Nonce, Handle, Secret.Digest.Select(c => (byte)c).Take(32).ToArray());

        record.Should().HaveCount(PersonKey.RecordLength).And.HaveCount(76);
        PersonKey.HandleIn(record).Should().Be(Handle);
        PersonKey.Unwrap(Key, Handle, record).Should().NotBeNull();
        PersonKey.Unwrap(new byte[32], Handle, record).Should().BeNull();
        PersonKey.Unwrap(Key, Guid.Empty, record).Should().BeNull();
        PersonKey.Unwrap(Key, Guid.Empty, new byte[76]).Should().BeNull("76 zeros are a key that was destroyed");
    }
}
