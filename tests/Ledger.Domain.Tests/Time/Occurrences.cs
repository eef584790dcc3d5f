using System.Text.Json.Nodes;
using Ledger.Domain.Input;
using Ledger.Domain.Time;
using NodaTime;

namespace Ledger.Domain.Tests.Time;

public sealed class Occurrences
{
    private static readonly DateTimeZone Damascus = DateTimeZoneProviders.Tzdb["Asia/Damascus"];

    [Theory]
    [InlineData("\"2018-10-10\"", "2018-10-09T21:00:00Z", "2018-10-10T21:00:00Z", Precision.Day)]
    [InlineData("\"2018-10-10T09:30:00Z\"", "2018-10-10T09:30:00Z", "2018-10-10T09:30:00.000001Z", Precision.Instant)]
    [InlineData(
        "\"2018-10-10T12:30:00+03:00\"",
        "2018-10-10T09:30:00Z",
        "2018-10-10T09:30:00.000001Z",
        Precision.Instant
    )]
    [InlineData(
        "{\"from\":\"2018-10-10\",\"precision\":\"week\"}",
        "2018-10-09T21:00:00Z",
        "2018-10-16T21:00:00Z",
        Precision.Week
    )]
    [InlineData(
        "{\"from\":\"2018-10-10\",\"precision\":\"month\"}",
        "2018-09-30T21:00:00Z",
        "2018-10-31T22:00:00Z",
        Precision.Month
    )]
    [InlineData(
        "{\"from\":\"2018-10-10\",\"until\":\"2018-10-13\"}",
        "2018-10-09T21:00:00Z",
        "2018-10-12T21:00:00Z",
        Precision.Days
    )]
    [InlineData(
        "{\"from\":\"2018-10-10T09:00:00.1234567Z\"}",
        "2018-10-10T09:00:00.123456Z",
        "2018-10-10T09:00:00.123457Z",
        Precision.Instant
    )]
    public void Are_half_open_intervals_of_microseconds(string json, string from, string until, Precision precision)
    {
        var read = Read(json, out var problems);

        problems.Should().BeEmpty();
        (read!.From.ToText(), read.Until.ToText(), read.Precision).Should().Be((from, until, precision));
    }

    [Theory]
    [InlineData("\"10.10.2018\"", "time/not-a-day")]
    [InlineData("\"10 October 2018\"", "time/not-an-instant")]
    [InlineData("\"2018-13-10\"", "time/not-a-day")]
    [InlineData("\"0001-01-01\"", "time/not-a-day")]
    [InlineData("{\"from\":\"2018-10-10\",\"until\":\"2018-10-09\"}", "time/ends-before-it-starts")]
    [InlineData("{\"from\":\"2018-10-10\",\"precision\":\"instant\"}", "time/not-an-instant")]
    [InlineData("{\"until\":\"2018-10-10\"}", "input/missing")]
    [InlineData("{\"from\":\"2018-10-10\",\"to\":\"2018-10-11\"}", "input/unknown-member")]
    [InlineData("5", "input/not-an-object")]
    public void Say_what_is_wrong_with_a_time(string json, string code)
    {
        Read(json, out var problems);

        problems.Should().Contain(code);
    }

    private static Occurrence? Read(string json, out IEnumerable<string> codes)
    {
        var problems = new Problems();
        var read = new InputNode(JsonNode.Parse(json), "/occurred", problems).Occurrence(Damascus);
        codes = problems.ToImmutable().Select(p => p.Code);
        return read;
    }
}
