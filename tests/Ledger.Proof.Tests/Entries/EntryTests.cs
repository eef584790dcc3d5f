using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Ledger.Proof.Entries;
using Ledger.Proof.Json;
using Ledger.Proof.Tests.Json;
using Ledger.Proof.Texts;

namespace Ledger.Proof.Tests.Entries;

public class AnEntry
{
    private static readonly Entry Example = Of("""{"kind":"shelling","killed":{"low":1,"high":3}}""");

    [Fact]
    public void Is_one_canonical_object() =>
        Encoding
            .UTF8.GetString(Example.ToBytes())
            .Should()
            .Be(
                """{"agreement":"idlib-2018","data":{"killed":{"high":3,"low":1},"kind":"shelling"},"entry":"01664a3e-2f1b-7c4d-8e5f-0123456789ab","position":214,"recorded":"2018-10-14T09:12:33.123456Z","type":"report_filed","v":1}"""
            );

    [Fact]
    public void Is_read_back_from_its_bytes()
    {
        var read = Entry.Parse(Example.ToBytes());
        (read.Agreement, read.Id, read.Position, read.Type)
            .Should()
            .Be((Example.Agreement, Example.Id, Example.Position, Example.Type));
        read.Recorded.Should().Be(new DateTimeOffset(2018, 10, 14, 9, 12, 33, TimeSpan.Zero).AddTicks(1_234_560));
        JsonElement.DeepEquals(read.Data, Example.Data).Should().BeTrue();
        read.ToBytes().Should().Equal(Example.ToBytes());
    }

    [Fact]
    public void Of_any_data_is_canonical_and_read_back() =>
        Gen.Select(
                Gen.Dictionary(AnyJson.Text, AnyJson.Value)[0, 5],
                Gen.Long[1, CanonicalJson.MaxInteger],
                Gen.DateTimeOffset,
                Gen.Guid
            )
            .Sample(
                (members, position, recorded, id) =>
                {
                    var data = JsonSerializer.SerializeToElement(
                        new JsonObject(
                            members.Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone()))
                        )
                    );
                    var bytes = new Entry("idlib-2018", id, position, recorded, "report_filed", data).ToBytes();
                    var read = Entry.Parse(bytes);
                    return CanonicalJson.IsCanonical(bytes)
                        && read.ToBytes().AsSpan().SequenceEqual(bytes)
                        && read.Id == id
                        && read.Position == position
                        && read.Recorded.UtcTicks == recorded.UtcTicks - recorded.UtcTicks % 10;
                }
            );

    [Theory]
    [InlineData(0, "2018-10-14T09:12:33.000000Z")]
    [InlineData(9, "2018-10-14T09:12:33.000000Z")]
    [InlineData(10, "2018-10-14T09:12:33.000001Z")]
    [InlineData(9_999_999, "2018-10-14T09:12:33.999999Z")]
    public void Has_a_time_cut_to_microseconds_and_never_rounded(long ticks, string recorded) =>
        Encoding
            .UTF8.GetString(
                (
                    Example with
                    {
                        Recorded = new DateTimeOffset(2018, 10, 14, 12, 12, 33, TimeSpan.FromHours(3)).AddTicks(ticks),
                    }
                ).ToBytes()
            )
            .Should()
            .Contain($"\"recorded\":\"{recorded}\"");

    [Fact]
    public void Has_at_most_65535_bytes()
    {
        var room = Entry.MaxLength - Of("""{"a":""}""").ToBytes().Length;
        Of($$"""{"a":"{{new string('x', room)}}"}""").ToBytes().Should().HaveCount(65_535);
        FluentActions
            .Invoking(() => Of($$"""{"a":"{{new string('x', room + 1)}}"}""").ToBytes())
            .Should()
            .Throw<MalformedException>()
            .Which.Malformation.Should()
            .Be(Malformation.EntryLength);
        FluentActions
            .Invoking(() => Entry.Parse(new byte[65_536]))
            .Should()
            .Throw<MalformedException>()
            .Which.Malformation.Should()
            .Be(Malformation.EntryLength);
    }

    [Theory]
    [InlineData("""{"killed":1.5}""", JsonFault.Float, "/data/killed")]
    [InlineData("""{"a":[{"b":"e\u0301"}]}""", JsonFault.NotNormalized, "/data/a/0/b")]
    public void Refuses_data_without_a_canonical_form_and_says_where(string data, JsonFault fault, string pointer)
    {
        var refusal = FluentActions.Invoking(() => Of(data).ToBytes()).Should().Throw<CanonicalJsonException>().Which;
        (refusal.Fault, refusal.Pointer).Should().Be((fault, pointer));
    }

    [Fact]
    public void Refuses_what_it_cannot_be()
    {
        FluentActions
            .Invoking(() => Of("[]").ToBytes())
            .Should()
            .Throw<MalformedException>()
            .Which.Malformation.Should()
            .Be(Malformation.EntryMembers);
        FluentActions
            .Invoking(() => (Example with { Position = 0 }).ToBytes())
            .Should()
            .Throw<MalformedException>()
            .Which.Malformation.Should()
            .Be(Malformation.Number);
        FluentActions
            .Invoking(() => (Example with { Position = CanonicalJson.MaxInteger + 1 }).ToBytes())
            .Should()
            .Throw<MalformedException>()
            .Which.Malformation.Should()
            .Be(Malformation.Number);
        FluentActions
            .Invoking(() => (Example with { Type = "e\u0301" }).ToBytes())
            .Should()
            .Throw<CanonicalJsonException>()
            .Which.Pointer.Should()
            .Be("/type");
    }

    [Fact]
    public void As_deep_as_JSON_may_be_is_read_back_and_deeper_is_refused()
    {
        Entry.Parse(Of(Nested(62)).ToBytes()).Position.Should().Be(214);
        FluentActions
            .Invoking(() => Of(Nested(63)).ToBytes())
            .Should()
            .Throw<CanonicalJsonException>()
            .Which.Fault.Should()
            .Be(JsonFault.TooDeep);
    }

    [Theory]
    [InlineData("\"v\":1", "\"v\":2")]
    [InlineData("\"v\":1", "\"v\":\"1\"")]
    [InlineData("\"v\":1", "\"v\":1,\"w\":1")]
    [InlineData(",\"v\":1", "")]
    [InlineData("\"position\":214", "\"position\":0")]
    [InlineData("\"position\":214", "\"position\":\"214\"")]
    [InlineData("2f1b", "2F1B")]
    [InlineData("01664a3e-2f1b-7c4d-8e5f-0123456789ab", "01664a3e2f1b7c4d8e5f0123456789ab")]
    [InlineData("33.123456Z", "33.1234567Z")]
    [InlineData("33.123456Z", "33.123Z")]
    [InlineData("33.123456Z", "33.123456+00:00")]
    [InlineData("10-14T", "10-32T")]
    [InlineData("{\"killed\":{\"high\":3,\"low\":1},\"kind\":\"shelling\"}", "null")]
    public void Has_one_form(string part, string changed)
    {
        var text = Encoding.UTF8.GetString(Example.ToBytes());
        text.Should().Contain(part);
        FluentActions
            .Invoking(() => Entry.Parse(Encoding.UTF8.GetBytes(text.Replace(part, changed))))
            .Should()
            .Throw<MalformedException>()
            .Which.Malformation.Should()
            .Be(Malformation.EntryMembers);
    }

    [Fact]
    public void In_another_spelling_is_refused() =>
        FluentActions
            .Invoking(() => Entry.Parse([.. Example.ToBytes(), (byte)'\n']))
            .Should()
            .Throw<CanonicalJsonException>()
            .Which.Fault.Should()
            .Be(JsonFault.NotCanonical);

    private static string Nested(int levels) => "{\"a\":" + new string('[', levels) + new string(']', levels) + "}";

    private static Entry Of(string data) =>
        new(
            "idlib-2018",
            Guid.Parse("01664a3e-2f1b-7c4d-8e5f-0123456789ab"),
            214,
            new DateTimeOffset(2018, 10, 14, 9, 12, 33, TimeSpan.Zero).AddTicks(1_234_567),
            "report_filed",
            JsonDocument.Parse(data).RootElement
        );
}
