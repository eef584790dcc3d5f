using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.Domain.Entries;
using Ledger.Domain.Input;
using Ledger.Domain.Tests.Agreements;
using NodaTime;

namespace Ledger.Domain.Tests.Entries;

public sealed class EventsOnTheWire
{
    private static readonly DateTimeZone Damascus = DateTimeZoneProviders.Tzdb["Asia/Damascus"];

    public static TheoryData<string, string> OneOfEach { get; } = Examples();

    [Fact]
    public void There_is_an_example_of_every_event() =>
        OneOfEach.Select(row => row.Data.Item1).Should().BeEquivalentTo(EventTypes.ByName.Keys);

    [Fact]
    public void Every_event_has_a_name_and_every_name_an_event() =>
        EventTypes
            .ByName.Values.Should()
            .BeEquivalentTo(
                typeof(LedgerEvent).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(LedgerEvent)) && !t.IsAbstract)
            );

    [Theory]
    [MemberData(nameof(OneOfEach))]
    public void Are_read_back_as_they_were_written(string type, string json)
    {
        var read = EventReader.Read(type, JsonNode.Parse(json)!, Damascus).Required();
        var written = Text(read);

        Text((LedgerEvent)JsonSerializer.Deserialize(written, EventTypes.ByName[type], LedgerJson.Options)!)
            .Should()
            .Be(written, "the database reads what it wrote");
        Text(EventReader.Read(type, JsonNode.Parse(written)!, DateTimeZone.Utc, recorded: true).Required())
            .Should()
            .Be(written, "an export is read as it was written");
    }

    [Theory]
    [MemberData(nameof(OneOfEach))]
    public void Hold_no_floating_point(string type, string json)
    {
        var numbers = Numbers(LedgerJson.DataOf(EventReader.Read(type, JsonNode.Parse(json)!, Damascus).Required()));

        numbers.Where(number => !number.All(c => char.IsAsciiDigit(c) || c == '-')).Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(OneOfEach))]
    public void Refuse_a_member_that_nobody_knows(string type, string json)
    {
        var data = JsonNode.Parse(json)!.AsObject();
        data["colour"] = "red";

        Problems(type, data).Should().Contain(p => p.Code == "input/unknown-member" && p.Pointer == "/colour");
    }

    [Theory]
    [MemberData(nameof(OneOfEach))]
    public void Need_the_id_that_makes_sending_twice_safe(string type, string json)
    {
        var data = JsonNode.Parse(json)!.AsObject();
        data.Remove("entryId");

        Problems(type, data).Should().Contain(p => p.Code == "input/missing" && p.Pointer == "/entryId");
    }

    [Fact]
    public void The_names_of_the_wire_are_the_names_of_the_enumerations()
    {
        // The reader's words are written by hand, the writer's by the serializer.
        foreach (
            var words in new[]
            {
                Words(Domain.Reports.Levels.All),
                Words(Domain.Reports.ReportWords.Classes),
                Words(Domain.Reports.ReportWords.Roles),
                Words(Domain.Time.Occurrence.Precisions),
                Words(Domain.Places.Place.Precisions),
            }
        )
            words.Should().OnlyContain(pair => pair.Written == pair.Read);
    }

    [Theory]
    [InlineData("{\"report\":{\"kind\":\"bombing\"}}", "/report/occurred", "input/missing")]
    [InlineData("{\"report\":{\"kind\":\"Bombing!\"}}", "/report/kind", "input/not-a-code")]
    [InlineData(
        "{\"report\":{\"place\":{\"point\":{\"lat\":\"95\",\"lon\":\"36\"}}}}",
        "/report/place/point/lat",
        "place/out-of-range"
    )]
    [InlineData(
        "{\"report\":{\"place\":{\"point\":{\"lat\":\"north\",\"lon\":\"36\"}}}}",
        "/report/place/point/lat",
        "place/not-degrees"
    )]
    [InlineData("{\"report\":{\"source\":{\"class\":\"rumour\"}}}", "/report/source/class", "input/unknown-word")]
    [InlineData(
        "{\"report\":{\"source\":{\"class\":\"media\",\"reliability\":\"G\"}}}",
        "/report/source/reliability",
        "report/not-a-reliability"
    )]
    [InlineData(
        "{\"report\":{\"quantities\":{\"killed\":{\"low\":7,\"high\":5}}}}",
        "/report/quantities/killed",
        "report/quantity-out-of-order"
    )]
    [InlineData("{\"report\":{\"quantities\":{\"killed\":-1}}}", "/report/quantities/killed", "input/out-of-range")]
    [InlineData("{\"report\":{\"quantities\":{\"killed\":1.5}}}", "/report/quantities/killed", "input/not-an-integer")]
    [InlineData("{\"report\":{\"summary\":\"a\\u0000b\"}}", "/report/summary", "input/control-character")]
    [InlineData("{\"report\":{\"sealed\":{\"narrative\":\"x\"}}}", "/report/sealed", "report/sealed-by-the-ledger")]
    [InlineData("{\"saidAt\":\"noon\"}", "/saidAt", "time/not-an-instant")]
    [InlineData("{\"entryId\":\"42\"}", "/entryId", "input/not-an-id")]
    [InlineData("[]", "", "input/not-an-object")]
    public void Say_which_field_is_wrong(string json, string pointer, string code) =>
        Problems("report_filed", JsonNode.Parse(json)!).Should().Contain(p => p.Code == code && p.Pointer == pointer);

    [Fact]
    public void Hold_text_in_the_one_form_that_is_hashed()
    {
        var data = JsonNode.Parse(OneOfEach.Single(row => row.Data.Item1 == "entry_retracted").Data.Item2)!.AsObject();
        data["reason"] = "Ankara\u0308"; // An a and a combining diaeresis.

        ((EntryRetracted)EventReader.Read("entry_retracted", data, Damascus).Required())
            .Reason.Should()
            .Be("Ankar\u00e4");
    }

    [Theory]
    [InlineData("{\"a\":1,\"a\":2}", "input/not-json")]
    [InlineData("{\"a\":1,}", "input/not-json")]
    [InlineData("{\"a\":\"\\ud800\"}", "input/lone-surrogate")]
    [InlineData("", "input/not-json")]
    [InlineData("null", "input/not-json")]
    public void Are_strict_json(string text, string code) =>
        JsonInput
            .Parse(text)
            .Should()
            .BeOfType<Parsed<JsonNode>.Bad>()
            .Which.Problems.Should()
            .Contain(p => p.Code == code);

    [Fact]
    public void Are_not_nested_without_end() =>
        JsonInput.Parse(new string('[', 100_000)).Should().BeOfType<Parsed<JsonNode>.Bad>();

    private static TheoryData<string, string> Examples()
    {
        const string id = "\"entryId\":\"01922b7e-4a00-7c3e-9f10-2b6d1c7a9e55\"";
        const string target = "\"target\":\"01922b7e-4a00-7c3e-9f10-2b6d1c7a9e56\"";
        const string report = """
            "report":{"kind":"bombing","occurred":"2020-03-01","place":{"name":"Quay","point":{"lat":"35.05","lon":"36.05"},"precision":"near","radius":2000,"zone":"quay"},
             "actors":[{"name":"north","role":"by"}],"subject":"crane","quantities":{"weapons":{"low":1,"best":2,"high":3}},"attributes":{"cargo":"arms"},
             "source":{"class":"own-observation","name":"Post 4","party":"south","reliability":"B","credibility":2},"summary":"A strike","level":"corroborated",
             "origin":{"dataSet":"d","record":"1","url":"https://example.org/1"},"evidence":["e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"]}
            """;
        const string sha = "\"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\"";
        const string power = "\"effective\":\"2020-03-01\",\"basis\":\"Exchange of notes\",\"by\":\"north\"";
        var file = Some.File.Json.ToJsonString();
        return new TheoryData<string, string>
        {
            { "agreement_adopted", $"{{{id},\"file\":{file},\"sourceSha256\":{sha}}}" },
            {
                "agreement_revised",
                $"{{{id},\"file\":{file},\"sourceSha256\":{sha},\"appliesFrom\":\"2020-02-01\",\"reason\":\"Protocol\"}}"
            },
            {
                "zone_delimited",
                $"{{{id},\"zone\":\"quay\",\"from\":\"2020-02-01\",\"inner\":{Some.File.Json["zones"]![0]!["inner"]!.ToJsonString()},\"source\":\"Annex\"}}"
            },
            { "provision_suspended", $"{{{id},\"provision\":\"p1\",\"deadlineStandsStill\":true,{power}}}" },
            { "provision_resumed", $"{{{id},\"provision\":\"p1\",{power}}}" },
            { "provision_discharged", $"{{{id},\"provision\":\"p1\",{power}}}" },
            {
                "deadline_extended",
                $"{{{id},\"provision\":\"p2\",\"to\":\"2020-03-01\",\"subject\":\"crane\",{power}}}"
            },
            { "agreement_terminated", $"{{{id},{power}}}" },
            { "report_filed", $"{{{id},\"saidAt\":\"2020-03-02\",{report}}}" },
            { "report_corrected", $"{{{id},{target},{report},\"reason\":\"Wrong quay\"}}" },
            {
                "assessment_proposed",
                $"{{{id},{target},\"level\":\"confirmed\",\"grounds\":\"Seen\",\"by\":\"Desk\"}}"
            },
            { "report_assessed", $"{{{id},{target},\"level\":\"refuted\",\"grounds\":\"Seen standing\"}}" },
            {
                "report_sent_back",
                $"{{{id},{target},\"question\":\"Which quay?\",\"fields\":[\"place\",\"occurred\"],\"by\":\"Desk\"}}"
            },
            { "question_answered", $"{{{id},{target},\"words\":\"The northern one\",\"by\":\"Post 4\"}}" },
            {
                "reports_linked",
                $"{{{id},\"reports\":[\"01922b7e-4a00-7c3e-9f10-2b6d1c7a9e56\",\"01922b7e-4a00-7c3e-9f10-2b6d1c7a9e57\"]}}"
            },
            {
                "party_responded",
                $"{{{id},{target},\"party\":\"north\",\"stance\":\"justifies\",\"words\":\"In defence\"}}"
            },
            {
                "statement_recorded",
                $"{{{id},\"provisions\":[\"p1\"],\"stance\":\"in-progress\",\"by\":\"Envoy\",\"since\":\"2020-03-01\"}}"
            },
            {
                "coverage_recorded",
                $"{{{id},\"from\":\"2020-03-01\",\"until\":\"2020-03-08\",\"zones\":[\"quay\"],\"by\":\"Post 4\",\"method\":\"on foot\"}}"
            },
            { "evidence_attached", $"{{{id},{target},\"sha256\":{sha},\"mediaType\":\"image/jpeg\",\"size\":12}}" },
            { "entry_retracted", $"{{{id},{target},\"reason\":\"Filed twice\"}}" },
            {
                "erasure_requested",
                $"{{{id},\"handle\":\"01922b7e-4a00-7c3e-9f10-2b6d1c7a9e58\",\"positions\":[3,4],\"authority\":\"Court order 7\"}}"
            },
            {
                "erasure_confirmed",
                $"{{{id},{target},\"handle\":\"01922b7e-4a00-7c3e-9f10-2b6d1c7a9e58\",\"authority\":\"Court order 7\"}}"
            },
            {
                "key_rotated",
                $"{{{id},\"oldKey\":\"truce+1+AQ==\",\"newKey\":\"truce+2+AQ==\",\"reason\":\"It is time\",\"authority\":\"The commission\"}}"
            },
            {
                "clock_corrected",
                $"{{{id},\"since\":231,\"reason\":\"The battery was changed\",\"authority\":\"The commission\"}}"
            },
            {
                "log_resumed",
                $"{{{id},\"signedSize\":230,\"reason\":\"A disk broke\",\"authority\":\"The commission\"}}"
            },
        };
    }

    private static string Text(LedgerEvent @event) => LedgerJson.DataOf(@event).ToJsonString(LedgerJson.Options);

    private static IEnumerable<Problem> Problems(string type, JsonNode data) =>
        EventReader.Read(type, data, Damascus) is Parsed<LedgerEvent>.Bad bad ? bad.Problems : [];

    private static IEnumerable<(string Read, string Written)> Words<T>(IReadOnlyDictionary<string, T> words)
        where T : struct =>
        words.Select(pair => (pair.Key, JsonSerializer.Serialize(pair.Value, LedgerJson.Options).Trim('"')));

    private static IEnumerable<string> Numbers(JsonNode? node) =>
        node switch
        {
            JsonObject members => members.SelectMany(m => Numbers(m.Value)),
            JsonArray items => items.SelectMany(Numbers),
            JsonValue value when value.GetValueKind() == JsonValueKind.Number => [value.ToJsonString()],
            _ => [],
        };
}
