using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Ledger.Proof.Json;

namespace Ledger.Proof.Tests.Json;

public class WritingCanonicalJson
{
    [Theory]
    [InlineData("""{ "b": 1, "a": [ true, false, null ] }""", """{"a":[true,false,null],"b":1}""")]
    [InlineData("""{"10":1,"1":2,"A":3,"a":4,"":5}""", """{"":5,"1":2,"10":1,"A":3,"a":4}""")]
    [InlineData("""{"o":{"z":{},"y":[]}}""", """{"o":{"y":[],"z":{}}}""")]
    [InlineData("""[9007199254740991,-9007199254740991,0]""", """[9007199254740991,-9007199254740991,0]""")]
    [InlineData(""" "\u20AC\/\u0041\u00e9" """, "\"€/Aé\"")]
    [InlineData(""" "\b\f\n\r\t\u000b\u001F\u007f\"\\" """, "\"\\b\\f\\n\\r\\t\\u000b\\u001f\u007f\\\"\\\\\"")]
    [InlineData("""["مورك","Мурек","Mûrek","😀"]""", """["مورك","Мурек","Mûrek","😀"]""")]
    public void Orders_names_drops_space_and_escapes_only_what_it_must(string json, string canonical)
    {
        Canonical(json).Should().Be(canonical);
        Encoding.UTF8.GetString(CanonicalJson.Write(JsonNode.Parse(json))).Should().Be(canonical);
    }

    [Fact]
    public void Orders_names_by_UTF16_code_unit_and_not_by_code_point() =>
        Canonical("{\"\\uFE00\":1,\"\\uD83D\\uDE00\":2}").Should().Be("{\"😀\":2,\"\uFE00\":1}");

    [Fact]
    public void Takes_a_node_made_in_memory_like_one_that_was_read() =>
        Encoding
            .UTF8.GetString(
                CanonicalJson.Write(
                    new JsonObject
                    {
                        ["b"] = 1L,
                        ["a"] = Guid.Empty,
                        ["c"] = new JsonArray("x", null, true),
                    }
                )
            )
            .Should()
            .Be("""{"a":"00000000-0000-0000-0000-000000000000","b":1,"c":["x",null,true]}""");

    [Fact]
    public void Writing_is_idempotent_and_reading_back_changes_nothing() =>
        AnyJson.Value.Sample(node =>
        {
            var bytes = CanonicalJson.Write(node);
            return CanonicalJson.Write(CanonicalJson.Parse(bytes)).AsSpan().SequenceEqual(bytes)
                && JsonNode.DeepEquals(JsonNode.Parse(bytes), node);
        });

    [Fact]
    public void The_order_in_which_members_were_added_does_not_matter() =>
        Gen.Dictionary(AnyJson.Text, Gen.Int)[0, 8]
            .Sample(members =>
                CanonicalJson
                    .Write(Object(members))
                    .AsSpan()
                    .SequenceEqual(CanonicalJson.Write(Object(members.Reverse())))
            );

    private static JsonObject Object(IEnumerable<KeyValuePair<string, int>> members) =>
        new(members.Select(member => KeyValuePair.Create<string, JsonNode?>(member.Key, member.Value)));

    private static string Canonical(string json) =>
        Encoding.UTF8.GetString(CanonicalJson.Write(JsonDocument.Parse(json).RootElement));
}

public class RefusingJsonWithoutOneMeaning
{
    [Theory]
    [InlineData("1.0", JsonFault.Float, "")]
    [InlineData("""{"a":[0,{"b":1e3}]}""", JsonFault.Float, "/a/1/b")]
    [InlineData("-0", JsonFault.Float, "")]
    [InlineData("[1E400]", JsonFault.Float, "/0")]
    [InlineData("[9007199254740992]", JsonFault.IntegerTooLarge, "/0")]
    [InlineData("[-9007199254740992]", JsonFault.IntegerTooLarge, "/0")]
    [InlineData("[100000000000000000000000000]", JsonFault.IntegerTooLarge, "/0")]
    [InlineData("""["\ud800"]""", JsonFault.LoneSurrogate, "/0")]
    [InlineData("""["\udc00\ud800"]""", JsonFault.LoneSurrogate, "/0")]
    [InlineData("""{"a":"x\u0000"}""", JsonFault.NullCharacter, "/a")]
    [InlineData("""{"a":"\uffff"}""", JsonFault.Noncharacter, "/a")]
    [InlineData("""{"a":"\udbff\udffe"}""", JsonFault.Noncharacter, "/a")]
    [InlineData("""{"a":"\ufdd0"}""", JsonFault.Noncharacter, "/a")]
    [InlineData("""{"a/b~c":"e\u0301"}""", JsonFault.NotNormalized, "/a~1b~0c")]
    [InlineData("""{"e\u0301":1}""", JsonFault.NotNormalized, "/e\u0301")]
    [InlineData("""{"x":{"a":1,"\u0061":2}}""", JsonFault.DuplicateKey, "/x/a")]
    public void Names_the_rule_and_the_place(string json, JsonFault fault, string pointer)
    {
        var refusal = FluentActions
            .Invoking(() => CanonicalJson.Write(JsonDocument.Parse(json).RootElement))
            .Should()
            .Throw<CanonicalJsonException>()
            .Which;
        (refusal.Fault, refusal.Pointer).Should().Be((fault, pointer));
        FluentActions
            .Invoking(() => CanonicalJson.Write(JsonNode.Parse(json)))
            .Should()
            .Throw<CanonicalJsonException>()
            .Which.Fault.Should()
            .Be(fault);
    }

    [Theory]
    [InlineData("{\"\\ud800\":1}")]
    [InlineData("[{\"a\":{\"\\udc00\":1}}]")]
    public void A_lone_surrogate_in_a_name_is_refused(string json)
    {
        FluentActions
            .Invoking(() => CanonicalJson.Write(JsonDocument.Parse(json).RootElement))
            .Should()
            .Throw<CanonicalJsonException>()
            .Which.Fault.Should()
            .Be(JsonFault.LoneSurrogate);
        FluentActions
            .Invoking(() => CanonicalJson.Write(JsonNode.Parse(json)))
            .Should()
            .Throw<CanonicalJsonException>()
            .Which.Fault.Should()
            .Be(JsonFault.LoneSurrogate);
    }

    [Fact]
    public void A_lone_surrogate_in_memory_is_refused_and_not_replaced() =>
        FluentActions
            .Invoking(() => CanonicalJson.Write(new JsonArray("\ud800")))
            .Should()
            .Throw<CanonicalJsonException>()
            .Which.Fault.Should()
            .Be(JsonFault.LoneSurrogate);

    [Theory]
    [InlineData(1.5)]
    [InlineData(1e300)]
    public void A_fraction_or_a_huge_number_in_memory_is_refused(double number) =>
        FluentActions
            .Invoking(() => CanonicalJson.Write(new JsonArray(number)))
            .Should()
            .Throw<CanonicalJsonException>();

    [Fact]
    public void Sixty_four_levels_are_written_and_read_and_sixty_five_are_refused()
    {
        CanonicalJson.IsCanonical(CanonicalJson.Write(Nested(64))).Should().BeTrue();
        FluentActions
            .Invoking(() => CanonicalJson.Write(Nested(65)))
            .Should()
            .Throw<CanonicalJsonException>()
            .Which.Fault.Should()
            .Be(JsonFault.TooDeep);
    }

    private static JsonNode Nested(int levels) => levels == 1 ? new JsonArray() : new JsonArray(Nested(levels - 1));
}

public class ReadingCanonicalJson
{
    [Theory]
    [InlineData("{\"a\": 1}", JsonFault.NotCanonical)]
    [InlineData("{\"b\":1,\"a\":2}", JsonFault.NotCanonical)]
    [InlineData("\"\\u0041\"", JsonFault.NotCanonical)]
    [InlineData("\"\\/\"", JsonFault.NotCanonical)]
    [InlineData("\"\\u001F\"", JsonFault.NotCanonical)]
    [InlineData("{} ", JsonFault.NotCanonical)]
    [InlineData("{}{}", JsonFault.NotCanonical)]
    [InlineData("\uFEFF{}", JsonFault.NotJson)]
    [InlineData("{\"a\":1,}", JsonFault.NotJson)]
    [InlineData("", JsonFault.NotJson)]
    [InlineData("1.0", JsonFault.Float)]
    [InlineData("01", JsonFault.NotJson)]
    [InlineData("{\"a\":1,\"a\":1}", JsonFault.DuplicateKey)]
    public void Another_spelling_is_refused(string json, JsonFault fault)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        FluentActions
            .Invoking(() => CanonicalJson.Parse(bytes))
            .Should()
            .Throw<CanonicalJsonException>()
            .Which.Fault.Should()
            .Be(fault);
        CanonicalJson.IsCanonical(bytes).Should().BeFalse();
    }

    [Fact]
    public void Bytes_that_are_not_UTF8_are_refused() =>
        FluentActions
            .Invoking(() => CanonicalJson.Parse([(byte)'"', 0xC3, 0x28, (byte)'"']))
            .Should()
            .Throw<CanonicalJsonException>()
            .Which.Fault.Should()
            .Be(JsonFault.InvalidUtf8);

    [Fact]
    public void Any_flipped_bit_gives_another_value_or_none() =>
        Gen.Select(AnyJson.Value, Gen.UInt)
            .Sample(
                (node, seed) =>
                {
                    var bytes = CanonicalJson.Write(node);
                    var flipped = (byte[])bytes.Clone();
                    flipped[seed / 8 % flipped.Length] ^= (byte)(1 << (int)(seed % 8));
                    return !CanonicalJson.IsCanonical(flipped) || !JsonNode.DeepEquals(JsonNode.Parse(flipped), node);
                }
            );
}

/// <summary>
/// The RFC 8785 cases of cyberphone/json-canonicalization. Four of the six hold something that we refuse: the refusal
/// is expected by name, and without the offending part the rest must come out as published.
/// </summary>
public class PublishedCanonicalJson
{
    [Theory]
    [InlineData("arrays")]
    [InlineData("french")]
    public void Is_reproduced(string name) => Written(Input(name)).Should().Be(Output(name));

    [Theory]
    [InlineData("structures", JsonFault.Float, "/1/\n")]
    [InlineData("values", JsonFault.Float, "/numbers/0")]
    [InlineData("weird", JsonFault.NotNormalized, "/\uFB33")]
    [InlineData("unicode", JsonFault.NotNormalized, "/Unnormalized Unicode")]
    public void Is_refused_where_our_restriction_begins(string name, JsonFault fault, string pointer)
    {
        var input = Input(name);
        var refusal = FluentActions.Invoking(() => Written(input)).Should().Throw<CanonicalJsonException>().Which;
        (refusal.Fault, refusal.Pointer).Should().Be((fault, pointer));
    }

    [Theory]
    [InlineData("structures", "56.0", "56", "56", "56")]
    [InlineData(
        "values",
        "[333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001]",
        "[]",
        "[333333333.3333333,1e+30,4.5,0.002,1e-27]",
        "[]"
    )]
    [InlineData(
        "weird",
        "\"\\ufb33\": \"Hebrew Letter Dalet With Dagesh\",",
        "",
        ",\"\uFB33\":\"Hebrew Letter Dalet With Dagesh\"",
        ""
    )]
    [InlineData("unicode", "A\\u030a", "\u00C5", "A\u030A", "\u00C5")]
    public void Is_reproduced_without_what_we_refuse(
        string name,
        string cut,
        string cutTo,
        string expectedCut,
        string expectedCutTo
    )
    {
        Input(name).Should().Contain(cut);
        Output(name).Should().Contain(expectedCut);
        Written(Input(name).Replace(cut, cutTo)).Should().Be(Output(name).Replace(expectedCut, expectedCutTo));
    }

    private static string Input(string name) =>
        PublicVectors.Text("json-canonicalization", "testdata", "input", name + ".json");

    private static string Output(string name) =>
        PublicVectors.Text("json-canonicalization", "testdata", "output", name + ".json");

    private static string Written(string json) =>
        Encoding.UTF8.GetString(CanonicalJson.Write(JsonDocument.Parse(json).RootElement));
}
