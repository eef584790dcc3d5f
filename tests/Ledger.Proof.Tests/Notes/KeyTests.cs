using CsCheck;
using Ledger.Proof.Notes;
using Ledger.Proof.Texts;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;

namespace Ledger.Proof.Tests.Notes;

public class AVerifierKey
{
    [Fact]
    public void Is_read_as_it_was_written()
    {
        foreach (var key in new[] { TestKey.Log.Verifier, TestKey.Witnesses[0].Verifier })
        {
            var read = VerifierKey.Parse(key.ToString());
            (read.Name, read.Type, read.KeyId).Should().Be((key.Name, key.Type, key.KeyId));
            read.Should().Be(key);
        }
    }

    [Fact]
    public void Has_another_id_for_another_kind_of_signature_with_the_same_key()
    {
        var key = TestKey.Log.Verifier;
        VerifierKey.OfWitness(key.Name, key.PublicKey).KeyId.Should().NotBe(key.KeyId);
    }

    [Fact]
    public void Is_refused_with_any_character_changed() =>
        Gen.Select(Gen.Int[0, 200], Gen.Char['!', '~'])
            .Sample(
                (at, other) =>
                {
                    var vkey = TestKey.Log.Verifier.ToString().ToCharArray();
                    if (vkey[at % vkey.Length] == other)
                        return true;
                    vkey[at % vkey.Length] = other;
                    try
                    {
                        VerifierKey.Parse(new(vkey));
                        return false;
                    }
                    catch (MalformedException)
                    {
                        return true;
                    }
                }
            );

    [Theory]
    [InlineData("name", Malformation.Line)]
    [InlineData("name+00000000", Malformation.Line)]
    [InlineData("name+00000000+", Malformation.Base64)]
    [InlineData("name+00000000+AQ=", Malformation.Base64)]
    [InlineData("name+00000000+AQ==", Malformation.PublicKey)]
    [InlineData("name+00000000+BgEC", Malformation.KeyType)]
    [InlineData("a b+00000000+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", Malformation.KeyName)]
    [InlineData("a\u0001b+00000000+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", Malformation.KeyName)]
    [InlineData("+00000000+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", Malformation.KeyName)]
    [InlineData("name+00000000+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", Malformation.KeyId)]
    public void Has_one_form(string vkey, Malformation malformation) =>
        FluentActions
            .Invoking(() => VerifierKey.Parse(vkey))
            .Should()
            .Throw<MalformedException>()
            .Which.Malformation.Should()
            .Be(malformation);

    [Fact]
    public void Has_its_id_in_lower_case()
    {
        var parts = TestKey.Log.Verifier.ToString().Split('+', 3);
        parts[1].Should().MatchRegex("[a-f]");
        FluentActions
            .Invoking(() => VerifierKey.Parse($"{parts[0]}+{parts[1].ToUpperInvariant()}+{parts[2]}"))
            .Should()
            .Throw<MalformedException>()
            .Which.Malformation.Should()
            .Be(Malformation.KeyId);
    }
}

public class Ed25519Signatures
{
    /// <summary>RFC 8032, section 7.1, tests 1 to 3.</summary>
    [Theory]
    [InlineData(
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
    )]
    [InlineData(
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    )]
    [InlineData(
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
    )]
    public void Are_those_of_the_standard(string seed, string publicKey, string message, string signature)
    {
        using var key = Ed25519Key.FromSeed(Convert.FromHexString(seed));
        Convert.ToHexStringLower(key.PublicKey).Should().Be(publicKey);
        Convert.ToHexStringLower(key.Sign(Convert.FromHexString(message))).Should().Be(signature);
    }

    [Fact]
    public void Are_the_same_as_another_implementation_makes_and_each_accepts_the_others() =>
        Gen.Select(Gen.Byte.Array[32], Gen.String)
            .Sample(
                (seed, text) =>
                {
                    text = text.Replace('\uFFFF', ' ');
                    var message = System.Text.Encoding.UTF8.GetBytes(text);
                    using var ours = Ed25519Key.FromSeed(seed);
                    var theirs = new Ed25519PrivateKeyParameters(seed);
                    var signer = new Ed25519Signer();
                    signer.Init(true, theirs);
                    signer.BlockUpdate(message, 0, message.Length);
                    var theirSignature = signer.GenerateSignature();
                    var verifier = new Ed25519Signer();
                    verifier.Init(false, new Ed25519PublicKeyParameters(ours.PublicKey));
                    verifier.BlockUpdate(message, 0, message.Length);
                    var key = VerifierKey.OfLog("log.example", theirs.GeneratePublicKey().GetEncoded());
                    return verifier.VerifySignature(ours.Sign(message))
                        && ours.Sign(message).AsSpan().SequenceEqual(theirSignature)
                        && key.Verify(System.Text.Encoding.UTF8.GetString(message), key.Line(theirSignature));
                }
            );

    [Fact]
    public void Have_64_bytes()
    {
        var signature = TestKey.Log.Sign("text\n"u8.ToArray());
        TestKey.Log.Verifier.Verify("text\n", TestKey.Log.Verifier.Line(signature)).Should().BeTrue();
        TestKey.Log.Verifier.Verify("text\n", TestKey.Log.Verifier.Line(signature.AsMemory(0, 63))).Should().BeFalse();
        TestKey.Log.Verifier.Verify("text\n", TestKey.Log.Verifier.Line((byte[])[.. signature, 0])).Should().BeFalse();
    }

    [Fact]
    public void Have_no_second_form_with_the_order_of_the_curve_added()
    {
        // RFC 8032, section 5.1.7: s must be below L, or anybody could make another valid signature from a valid one.
        var signature = TestKey.Log.Sign("text\n"u8.ToArray());
        var order = System.Numerics.BigInteger.Parse(
            "7237005577332262213973186563042994240857116359379907606001950938285454250989"
        );
        var s = new System.Numerics.BigInteger(signature.AsSpan(32), isUnsigned: true) + order;
        byte[] malleable = [.. signature[..32], .. new byte[32]];
        s.TryWriteBytes(malleable.AsSpan(32), out _, isUnsigned: true).Should().BeTrue();
        TestKey.Log.Verifier.Verify("text\n", TestKey.Log.Verifier.Line(malleable)).Should().BeFalse();
    }

    [Fact]
    public void By_a_key_of_small_order_prove_nothing()
    {
        // With the neutral element for a key, R = neutral element and s = 0 would satisfy the equation for every text.
        byte[] neutral = [1, .. new byte[31]];
        try
        {
            var key = VerifierKey.OfLog("log.example", neutral);
            key.Verify("text\n", key.Line((byte[])[.. neutral, .. new byte[32]])).Should().BeFalse();
        }
        catch (MalformedException refusal)
        {
            refusal.Malformation.Should().Be(Malformation.PublicKey);
        }
    }
}
