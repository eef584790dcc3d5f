using System.Text.Json.Nodes;
using Ledger.Domain.Agreements;
using Ledger.Domain.Input;
using Ledger.Domain.Places;
using Ledger.Domain.Time;
using Ledger.Verdicts.Analyses;
using Ledger.Verdicts.Answers;
using Ledger.Verdicts.Replaying;
using NodaTime;

namespace Ledger.Verdicts.Tests;

/// <summary>The demonstration, asked by lines of a file of queries; and what its explanations say in words.</summary>
public sealed class ReplayingQueries
{
    private static readonly Book Book = IdlibLedger.Load();

    private static JsonNode Ask(string query) => Replay.Answer(Book, query);

    [Theory]
    [InlineData("status", "verdicts")]
    [InlineData("verdict", "instances")]
    [InlineData("timeline", "intervals")]
    [InlineData("history", "steps")]
    [InlineData("why", "conclusion")]
    [InlineData("flips", "sets")]
    [InlineData("next", "ahead")]
    [InlineData("who-says", "provisions")]
    public void Answer_the_question_they_name(string question, string member)
    {
        var answer = Ask(
                $$"""{"question": "{{question}}", "asOf": "2018-10-16"{{(question is "status" or "next" ? "" : ", \"provision\": \"p6\"")}}}"""
            )
            .AsObject();

        answer["problems"].Should().BeNull();
        answer
            .ContainsKey(member)
            .Should()
            .BeTrue($"an answer to {question} has {member}, not only {string.Join(", ", answer.Select(m => m.Key))}");
    }

    [Fact]
    public void Take_sources_as_an_address_writes_them()
    {
        var asAddress = Ask("""{"provision": "p6", "asOf": "2018-10-16", "sourcesNot": "class:media, party:turkey"}""");
        var asLens = Ask(
            """{"provision": "p6", "asOf": "2018-10-16", "sources": {"not": {"classes": ["media"], "parties": ["turkey"]}}}"""
        );

        asAddress.ToJsonString().Should().Be(asLens.ToJsonString()).And.NotContain("problems");
        Ask("""{"asOf": "2018-10-16", "sourcesOnly": "class:media", "sourcesNot": "party:turkey"}""")
            .ToJsonString()
            .Should()
            .Contain("lens/sources");
        Ask("""{"asOf": "2018-10-16", "sourcesOnly": "media"}""").ToJsonString().Should().Contain("lens/sources");
    }

    [Fact]
    public void Leave_out_entries_given_with_commas_between_them()
    {
        var (one, other) = (Book.Entries[15].Id, Book.Entries[16].Id);

        Ask($$"""{"provision": "p6", "asOf": "2018-10-16", "without": "{{one}},{{other}}"}""")
            .ToJsonString()
            .Should()
            .Be(
                Ask($$"""{"provision": "p6", "asOf": "2018-10-16", "without": ["{{one}}", "{{other}}"]}""")
                    .ToJsonString()
            )
            .And.NotContain("problems");
    }

    [Fact]
    public void Ask_what_was_known_and_said_before_the_first_line()
    {
        var file = Examples.Accord.FileOf(
            """  - {id: p, title: No attacks, forbid: {act: attack}}""",
            "{threshold: alleged}",
            "first"
        );
        const string Attack =
            """{"type":"report_filed","data":{"entryId":"01658821-2c00-7b15-ae01-51f49caea66c","report":{"kind":"attack","occurred":"2018-10-05","source":{"class":"media"}}}}""";
        var book = Replay.Load(file, [Attack]).Required();

        string Verdict(string query) => Replay.Answer(book, query)["verdict"]!.GetValue<string>();

        Verdict("""{"provision": "p", "asOf": "2018-10-06", "knownAt": 0, "saidBy": "2018-10-06"}""")
            .Should()
            .Be("holding");
        Verdict("""{"provision": "p", "asOf": "2018-10-06", "knownAt": 1}""")
            .Should()
            .Be("breached", "positions are those of the lines, whether or not the first adopts the agreement");
    }

    [Fact]
    public void Are_refused_where_a_question_about_one_provision_names_none() =>
        Ask("""{"question": "why", "asOf": "2018-10-16"}""")["problems"]![0]!["pointer"]!
            .GetValue<string>()
            .Should()
            .Be("/provision");

    [Fact]
    public void Say_why_p5_was_breached_and_p6_fulfilled_on_16_October_in_a_sentence()
    {
        Ask("""{"question": "why", "provision": "p5", "asOf": "2018-10-16"}""")["conclusion"]!
            .GetValue<string>()
            .Should()
            .Be(
                "Article 5 (Radical groups removed from the zone by 15 October) stands breached since 16 October 2018: it was due by the end of 15 October 2018, and no report is known "
                    + "that shows it done in time (among all reports, even those that are only alleged, that clearly describe it, up to entry 108)."
            );
        Ask("""{"question": "why", "provision": "p6", "asOf": "2018-10-16"}""")["conclusion"]!
            .GetValue<string>()
            .Should()
            .Be(
                "Article 6 (Heavy weapons withdrawn from the zone by 10 October) is fulfilled since 8 October 2018, in time for the deadline at the end of 10 October 2018, on the word of "
                    + "Anadolu Agency, alleged and not corroborated. This is contested: with every doubtful report taken in favour of those whose duty it is, it would be fulfilled; with every "
                    + "one taken against them, breached. What separates the two rests on the word of Anadolu Agency."
            );
    }

    [Fact]
    public void List_in_why_what_everybody_says()
    {
        var statements = Ask("""{"question": "why", "provision": "p6", "asOf": "2018-10-16"}""")[
            "statements"
        ]!.AsArray();

        statements.Select(s => s!["stance"]!.GetValue<string>()).Should().BeEquivalentTo("disputed", "partly", "kept");
        statements
            .Should()
            .Contain(s => s!["by"]!.GetValue<string>() == "Turkish Defence Ministry" && s["agrees"]!.GetValue<bool>());
    }

    [Fact]
    public void Show_what_the_announced_reading_would_say_differently()
    {
        var asOf = IdlibLedger.Damascus.StartOf(new LocalDate(2018, 10, 16)) + Duration.FromHours(12);
        var question = new Question(asOf, Book.Position, new Lens { Reading = "announced" });

        var difference = WhatIf.Ask(Book, question, new Lens { Reading = "signed" });

        difference.Provisions.Should().NotBeEmpty();
        difference.Provisions.Should().OnlyContain(change => change.Before != change.After);
        var weapons = difference.Provisions.Single(change => change.Provision == "p6");
        (weapons.Before!.Verdict, weapons.After!.Verdict).Should().Be((Verdict.Breached, Verdict.Fulfilled));
        weapons.ClauseBefore!.Reading!["en"].Should().Contain("Moving the weapons elsewhere is no handover");
        weapons.ClauseAfter!.Version.Should().Be("signed");
        weapons.WhyBefore.Should().Contain("breached since 11 October 2018");
        weapons.WhyAfter.Should().Contain("is fulfilled since 8 October 2018").And.Contain("Anadolu Agency");
        difference.Unchanged.Should().NotBeEmpty("another reading is no other verdict");
        Diff.Between(Book, question, question with { AsOf = asOf - Duration.FromDays(10) })
            .Provisions.Should()
            .OnlyContain(change => change.ClauseBefore == null && change.WhyAfter != null);
    }
}
