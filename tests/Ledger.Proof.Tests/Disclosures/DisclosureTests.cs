using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Ledger.Proof.Disclosures;
using Ledger.Proof.Json;
using Ledger.Proof.Tests.Json;
using Ledger.Proof.Texts;

namespace Ledger.Proof.Tests.Disclosures;

public class ASealedValue
{
    private static readonly byte[] Salt = [.. Enumerable.Range(0, 16).Select(i => (byte)i)];

    [Fact]
    public void Is_salt_name_and_value_in_base64url_and_its_digest_in_the_entry()
    {
        var sealedName = Disclosure.Seal(Salt, "source", Value("\"Ahmed\""));
        Encoding
            .UTF8.GetString(StrictBase64.DecodeUrl(sealedName.Encoded)!)
            .Should()
            .Be("""["AAECAwQFBgcICQoLDA0ODw","source","Ahmed"]""");

        // printf %s WyJBQUVDQXdRRkJnY0lDUW9MREEwT0R3Iiwic291cmNlIiwiQWhtZWQiXQ | openssl dgst -sha256 -binary | basenc
        // --base64url
        sealedName.Encoded.Should().Be("WyJBQUVDQXdRRkJnY0lDUW9MREEwT0R3Iiwic291cmNlIiwiQWhtZWQiXQ");
        sealedName.Digest.Should().Be("DCP_wpoGFIgIuXGR6ef3SCpe12TXfeDpr31YRb9Ntrc");
    }

    /// <summary>
    /// RFC 9901, section 4.2.3: the hash is over the base64url text, not over the JSON. Its example has spaces, which
    /// ours never have.
    /// </summary>
    [Fact]
    public void Has_the_digest_of_the_standards_example() =>
        Disclosure
            .DigestOf("WyI2cU1RdlJMNWhhaiIsICJmYW1pbHlfbmFtZSIsICJNw7ZiaXVzIl0")
            .Should()
            .Be("uutlBuYeMDyjLLTpf6Jxi7yNkEF35jdyWMn9U7b_RYY");

    [Fact]
    public void Of_any_kind_is_read_back() =>
        Gen.Select(Gen.Byte.Array[16], AnyJson.Text, AnyJson.Value)
            .Sample(
                (salt, name, node) =>
                {
                    var value = JsonSerializer.SerializeToElement(node);
                    var made = Disclosure.Seal(salt, name, value);
                    var read = Disclosure.Parse(made.Encoded);
                    return read.Name == name
                        && JsonElement.DeepEquals(read.Value, value)
                        && read.Digest == made.Digest
                        && Disclosure.DigestOf(read.Encoded) == made.Digest;
                }
            );

    [Fact]
    public void Does_not_match_its_digest_with_any_bit_flipped()
    {
        var made = Disclosure.Seal(Salt, "narrative", Value("\"قصف\""));
        for (var bit = 0; bit < made.Encoded.Length * 7; bit++)
        {
            var flipped = made.Encoded.ToCharArray();
            flipped[bit / 7] ^= (char)(1 << (bit % 7));
            Disclosure.DigestOf(new(flipped)).Should().NotBe(made.Digest);
        }
    }

    [Fact]
    public void Tells_nothing_to_whoever_guesses_the_value_without_the_salt() =>
        Disclosure
            .Seal(Salt, "source", Value("\"Ahmed\""))
            .Digest.Should()
            .NotBe(Disclosure.Seal([.. Salt.Reverse()], "source", Value("\"Ahmed\"")).Digest);

    [Theory]
    [InlineData(0)]
    [InlineData(15)]
    [InlineData(17)]
    public void Needs_sixteen_bytes_of_salt(int length) =>
        FluentActions
            .Invoking(() => Disclosure.Seal(new byte[length], "source", Value("1")))
            .Should()
            .Throw<ArgumentException>();

    [Theory]
    [InlineData("\"a\"")]
    [InlineData("[\"AAECAwQFBgcICQoLDA0ODw\",\"a\"]")]
    [InlineData("[\"AAECAwQFBgcICQoLDA0ODw\",\"a\",1,2]")]
    [InlineData("[\"AAECAwQFBgcICQoLDA0O\",\"a\",1]")]
    [InlineData("[\"AAECAwQFBgcICQoLDA0ODx\",\"a\",1]")]
    [InlineData("[1,\"a\",1]")]
    [InlineData("[\"AAECAwQFBgcICQoLDA0ODw\",1,1]")]
    [InlineData("[\"AAECAwQFBgcICQoLDA0ODw\",\"_sd\",1]")]
    [InlineData("[\"AAECAwQFBgcICQoLDA0ODw\",\"...\",1]")]
    public void Has_one_form(string json) =>
        FluentActions
            .Invoking(() => Disclosure.Parse(Encoded(json)))
            .Should()
            .Throw<MalformedException>()
            .Which.Malformation.Should()
            .Be(Malformation.Disclosure);

    [Fact]
    public void In_another_spelling_is_refused()
    {
        FluentActions
            .Invoking(() => Disclosure.Parse(Encoded("[\"AAECAwQFBgcICQoLDA0ODw\", \"a\",1]")))
            .Should()
            .Throw<CanonicalJsonException>();
        FluentActions
            .Invoking(() => Disclosure.Parse("WyJ="))
            .Should()
            .Throw<MalformedException>()
            .Which.Malformation.Should()
            .Be(Malformation.Base64);
    }

    [Theory]
    [InlineData("_sd")]
    [InlineData("...")]
    public void Has_no_name_that_means_something_else(string name) =>
        FluentActions
            .Invoking(() => Disclosure.Seal(Salt, name, Value("1")))
            .Should()
            .Throw<MalformedException>()
            .Which.Malformation.Should()
            .Be(Malformation.Disclosure);

    [Fact]
    public void Without_a_canonical_form_says_where()
    {
        FluentActions
            .Invoking(() => Disclosure.Seal(Salt, "a", Value("{\"b\":1.5}")))
            .Should()
            .Throw<CanonicalJsonException>()
            .Which.Pointer.Should()
            .Be("/2/b");
        FluentActions
            .Invoking(() => Disclosure.Seal(Salt, "e\u0301", Value("1")))
            .Should()
            .Throw<CanonicalJsonException>()
            .Which.Pointer.Should()
            .Be("/1");
    }

    private static JsonElement Value(string json) => JsonDocument.Parse(json).RootElement;

    private static string Encoded(string json) =>
        System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
