using CsCheck;
using Ledger.Domain.Agreements;
using Ledger.Domain.Input;
using Ledger.Domain.Time;
using NodaTime;

namespace Ledger.Domain.Tests.Agreements;

public sealed class ReadingAnAgreementFile
{
    [Theory]
    [InlineData("idlib-2018", "signed.yaml")]
    [InlineData("idlib-2018", "announced.yaml")]
    public void Takes_every_shipped_file(string id, string file)
    {
        var read = Files.ParseAgreement(id, file).Required();

        read.Agreement.Id.Should().Be(id);
        read.Agreement.Provisions.Should().OnlyContain(p => p.Words != null && p.Reading != null && p.Duty.Length > 0);
        read.Agreement.Provisions.Should()
            .OnlyContain(p => p.Title.ByLanguage.Keys.SequenceEqual(new[] { "ar", "en", "ru", "tr" }));
    }

    [Fact]
    public void Reads_the_recorded_json_as_the_same_agreement()
    {
        var again = AgreementFile.Read(Some.File.Json).Required();

        again
            .Should()
            .BeEquivalentTo(
                Some.Agreement,
                options =>
                    options
                        .ComparingByMembers<Agreement>()
                        .ComparingByValue<Domain.Places.GeoShape>()
                        .RespectingRuntimeTypes()
            );
    }

    [Fact]
    public void Keeps_coordinates_as_text_because_nothing_hashed_holds_a_float() =>
        Some.File.Json["zones"]![0]!["inner"]!["coordinates"]![0]![1]!.ToJsonString().Should().Be("""["36.1","35"]""");

    [Fact]
    public void Reads_each_kind_of_provision()
    {
        Some.Agreement.Provision("p1")!
            .Rule.Should()
            .BeOfType<Rule.Forbid>()
            .Which.QuietPeriod.Should()
            .Be(new Span.Calendar(0, 0, 7));
        Some.Agreement.Provision("p2")!
            .Rule.Should()
            .BeOfType<Rule.Achieve>()
            .Which.By.Should()
            .Be(new LocalDate(2020, 2, 1));
        Some.Agreement.Provision("p3")!
            .Rule.Should()
            .BeOfType<Rule.Recur>()
            .Which.Every.Should()
            .Be(new Span.Calendar(0, 0, 7));
        Some.Agreement.Provision("p4")!.Rule.Should().BeOfType<Rule.Judged>().Which.Adjudicator.Should().Be("court");
        Some.Agreement.Provision("p5")!
            .Rule.Should()
            .BeOfType<Rule.Maintain>()
            .Which.Required.Should()
            .Be(Presence.Absent);
    }

    /// <summary>Each line: what to replace, with what, and the problem it must give, with line and column.</summary>
    [Theory]
    [InlineData(
        "by: 2020-02-01}",
        "by: 2020-02-31}",
        "35:66 time/not-a-day: There is no day '2020-02-31': that month has 29 days."
    )]
    [InlineData(
        "by: 2020-02-01}",
        "by: raiders}",
        "35:66 time/not-a-day: 'by' is the last day for the act, such as 2018-10-10. Who must act stands in the act: actors: {by: raiders}."
    )]
    [InlineData(
        "quietPeriod: 7 days",
        "quietPeriod: 7",
        "31:63 time/not-a-span: 7 lacks its unit: write '7 days' or '7 hours'."
    )]
    [InlineData(
        "kinds: withdrawal, actors",
        "kinds: withdrawl, actors",
        "35:28 agreement/unknown-kind: There is no kind 'withdrawl' in this file. Did you mean 'withdrawal'?"
    )]
    [InlineData(
        "zones: quay}",
        "zones: quey}",
        "31:43 agreement/unknown-zone: There is no zone 'quey' in this file. Did you mean 'quay'?"
    )]
    [InlineData(
        "duty: north",
        "duty: nort",
        "34:11 agreement/unknown-party: There is no party 'nort' in this file. Did you mean 'north'?"
    )]
    [InlineData(
        "Asia/Damascus",
        "Asia/Damaskus",
        "5:11 agreement/not-a-time-zone: 'Asia/Damaskus' is not an IANA time zone. Did you mean 'Asia/Damascus'?"
    )]
    [InlineData(
        "every: 7 days",
        "every: 7 hours",
        "38:33 time/not-calendar: This length of time must be counted in days, weeks, months or years."
    )]
    [InlineData(
        "quietPeriod: 7 days",
        "quietPeriod: soon",
        "31:63 time/not-a-span: 'soon' is not a length of time: write it as '5 days', '2 weeks', '3 months' or '48 hours'."
    )]
    [InlineData(
        "version: v1",
        "vrsion: v1",
        "3:9 input/unknown-member: 'vrsion' is not known here. Did you mean 'version'?"
    )]
    [InlineData(
        "[36.1, 35.0], [36.1, 35.1]",
        "[36.1, 95.0], [36.1, 35.1]",
        "14:64 place/out-of-range: 95.0 degrees cannot be: it must be from -90 to 90. Were latitude and longitude swapped?"
    )]
    [InlineData(
        "judged: {adjudicator: court}",
        "judged: {adjudicator: jury}",
        "41:27 agreement/unknown-adjudicator: There is no adjudicator 'jury' in this file."
    )]
    [InlineData("id: p3", "id: p2", "36:9 agreement/id-twice: The id 'p2' is used twice; choose another.")]
    public void Says_where_the_mistake_is_and_what_to_write(string right, string wrong, string problem) =>
        Problems(Some.Yaml.Replace(right, wrong, StringComparison.Ordinal)).Should().Contain(problem);

    [Theory]
    [InlineData("a: &x 1\nb: *x", "agreement/no-anchors")]
    [InlineData("a: !!python/object x", "agreement/no-tags")]
    [InlineData("a: 1\na: 2", "agreement/named-twice")]
    [InlineData("a: 1\n---\nb: 2", "agreement/second-document")]
    [InlineData("", "agreement/empty")]
    [InlineData("- a", "agreement/not-an-object")]
    [InlineData("a: [1, 2", "agreement/not-yaml")]
    public void Refuses_yaml_that_does_not_read_the_same_aloud(string text, string code) =>
        AgreementFile
            .Parse(text)
            .Should()
            .BeOfType<Parsed<AgreementFile>.Bad>()
            .Which.Problems.Select(p => p.Code)
            .Should()
            .Contain(code);

    [Fact]
    public void Refuses_nesting_without_end() =>
        AgreementFile.Parse(new string('[', 5_000)).Should().BeOfType<Parsed<AgreementFile>.Bad>();

    [Theory]
    [InlineData("zones: quay}, quietPeriod", "zones: quay, unless: {}}, quietPeriod", "agreement/empty-exception")]
    [InlineData("every: 7 days", "every: 0 days", "agreement/no-period")]
    [InlineData("by: 2020-02-01", "by: 2019-12-31", "agreement/deadline-outside-force")]
    [InlineData("duty: north", "until: 2020-02-01", "agreement/deadline-outside-force")]
    [InlineData(
        "by: 2020-02-01",
        "trigger: {kinds: withdrawal, actors: {by: north}}, within: 5 days",
        "agreement/trigger-is-act"
    )]
    [InlineData("name: Northern Guard}", "name: Northern Guard, members: [north]}", "agreement/circle")]
    [InlineData("name: Northern Guard}", "name: Northern Guard, boundBy: north-guard}", "agreement/circle")]
    [InlineData("every: 7 days", "every: 7 days, each: day", "agreement/periods")]
    [InlineData("every: 7 days", "every: 7 days, missed: heals", "agreement/periods")]
    [InlineData("every: 7 days", "each: 12 hours", "agreement/periods")]
    [InlineData("every: 7 days", "each: 0 days", "agreement/periods")]
    public void Refuses_a_rule_with_which_nothing_can_be_meant(string old, string changed, string code)
    {
        var text = Some.Yaml.Replace(old, changed, StringComparison.Ordinal);

        Problems(text)
            .Should()
            .Contain(p => p.Contains(code, StringComparison.Ordinal) && !p.StartsWith("0:", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{count: withdrawal, quantity: weapons}", "agreement/no-bound")]
    [InlineData("{count: withdrawal, quantity: weapons, atMost: 5, atLeast: 9}", "agreement/no-bound")]
    [InlineData("{count: withdrawal, quantity: tanks, atMost: 5}", "agreement/unknown-quantity")]
    [InlineData("{quantity: weapons, atMost: 5}", "input/missing")]
    [InlineData("{count: withdrawal, quantity: weapons, atMost: 5, staleAfter: 9 hours}", "time/not-calendar")]
    public void Refuses_a_limit_with_which_nothing_can_be_meant(string limit, string code) =>
        Problems($"{Some.Yaml}\n  - {{id: p9, title: Limit, limit: {limit}}}\n")
            .Should()
            .ContainSingle(p => p.Contains(code, StringComparison.Ordinal));

    [Fact]
    public void Takes_a_deadline_on_the_first_and_on_the_last_day_in_force()
    {
        foreach (var day in (string[])["2020-01-01", "2020-02-01"])
            Problems(
                    Some.Yaml.Replace("duty: north", "until: 2020-02-02", StringComparison.Ordinal)
                        .Replace("by: 2020-02-01", $"by: {day}", StringComparison.Ordinal)
                )
                .Should()
                .BeEmpty();
    }

    [Fact]
    public void Reads_what_was_recorded_before_such_rules_were_refused()
    {
        var json = Some.File.Json.DeepClone().AsObject();
        json["provisions"]![2]!["recur"]!["every"] = "0 days";

        AgreementFile.Read(json).Should().BeOfType<Parsed<Agreement>.Good>();
    }

    // verdicts.md 5.3
    [Fact]
    public void Refuses_a_provision_that_waits_for_its_own_breach()
    {
        var text = Some
            .Yaml.Replace("title: No bombing", "title: No bombing\n    activatedBy: p2", StringComparison.Ordinal)
            .Replace("title: Withdraw", "title: Withdraw\n    activatedBy: p1", StringComparison.Ordinal);

        Problems(text).Should().Contain(p => p.Contains("agreement/circle", StringComparison.Ordinal));
    }

    // verdicts.md 5.3
    [Theory]
    [InlineData("when: {provision: p2, is: fulfilled}", "when: {provision: p1, is: breached}")]
    [InlineData("activatedBy: p2", "when: {any: [{provision: p3, is: holding}, {provision: p1, became: breached}]}")]
    [InlineData("when: {provision: p1, is: breached}", "")]
    public void Refuses_provisions_that_wait_for_themselves(string first, string second)
    {
        var text = Some
            .Yaml.Replace("title: No bombing", $"title: No bombing\n    {first}", StringComparison.Ordinal)
            .Replace("title: Withdraw", $"title: Withdraw\n    {second}", StringComparison.Ordinal);

        Problems(text).Should().Contain(p => p.Contains("agreement/circle", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("when: {provision: p7, is: breached}", "agreement/unknown-provision")]
    [InlineData("when: {provision: p1, is: broken}", "input/unknown-word")]
    [InlineData("when: {provision: p1}", "agreement/condition")]
    [InlineData("when: {provision: p1, is: breached, became: breached}", "agreement/condition")]
    [InlineData("when: {provision: p1, becomes: breached}", "input/unknown-member")]
    [InlineData("when: {provision: p1, is: []}", "agreement/condition")]
    [InlineData("when: {provision: p1, is: breached, any: [{provision: p1, is: breached}]}", "agreement/condition")]
    [InlineData("when: {all: [{provision: p1, is: breached}]}", "agreement/condition")]
    [InlineData("when: {all: {provision: p1, is: breached}}", "input/not-a-list")]
    [InlineData("when: p1", "input/not-an-object")]
    [InlineData("when: {}", "agreement/condition")]
    [InlineData("when: {provision: p1, is: fulfilled}", "agreement/condition-never")]
    public void Refuses_a_condition_with_which_nothing_can_be_meant(string condition, string code) =>
        Problems($"{Some.Yaml}\n  - {{id: p9, title: Waits, {condition}, forbid: {{act: withdrawal}}}}\n")
            .Should()
            .Contain(p => p.Contains(code, StringComparison.Ordinal));

    [Theory]
    [InlineData("trigger: {provision: p2, is: fulfilled}, within: 5 days", "input/unknown-member")]
    [InlineData("trigger: {provision: p2, becomes: fulfilled}", "input/missing")]
    [InlineData("trigger: {provision: p1, becomes: fulfilled}, within: 5 days", "agreement/condition-never")]
    [InlineData("trigger: {provision: p9, becomes: breached}, within: 5 days", "agreement/circle")]
    public void Refuses_a_trigger_by_a_condition_with_which_nothing_can_be_meant(string trigger, string code) =>
        Problems($"{Some.Yaml}\n  - {{id: p9, title: Waits, achieve: {{act: withdrawal, {trigger}}}}}\n")
            .Should()
            .Contain(p => p.Contains(code, StringComparison.Ordinal));

    [Fact]
    public void Reads_conditions_in_conditions()
    {
        var file = AgreementFile
            .Parse(
                $"{Some.Yaml}\n  - {{id: p9, title: Waits, when: {{any: [{{provision: p1, is: [breached, holding]}}, {{all: [{{provision: p2, became: fulfilled}}, {{provision: p1, is: unknown}}]}}]}}, forbid: {{act: withdrawal}}}}\n"
            )
            .Required();

        file.Agreement.Provision("p9")!
            .When!.Words.Should()
            .Be("(p1 is holding or breached or (p2 has become fulfilled and p1 is unknown))");
    }

    [Fact]
    public void Lists_all_problems_at_once() =>
        Problems(
                Some.Yaml.Replace("2020-01-01", "yesterday", StringComparison.Ordinal)
                    .Replace("by: 2020-02-01", "by: soon", StringComparison.Ordinal)
            )
            .Should()
            .HaveCount(2);

    [Fact]
    public void Never_throws_whatever_a_file_holds()
    {
        var pieces = Some.Yaml.Split('\n');
        Gen.Select(Gen.Int[0, pieces.Length - 1], Gen.Int[0, pieces.Length - 1], Gen.String[0, 20])
            .Sample(
                (i, j, noise) =>
                {
                    var lines = pieces.ToArray();
                    lines[i] = j % 2 == 0 ? pieces[j] : lines[i] + noise;
                    return AgreementFile.Parse(string.Join('\n', lines)) is not null;
                },
                iter: 2_000
            );
    }

    private static IEnumerable<string> Problems(string text) =>
        AgreementFile.Parse(text) is Parsed<AgreementFile>.Bad bad ? bad.Problems.Select(p => p.ToString()) : [];
}
