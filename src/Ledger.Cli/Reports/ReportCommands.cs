using System.CommandLine;
using Ledger.Cli.Recording;
using Ledger.Cli.Reports.Importing;
using Ledger.Cli.Servers;
using Ledger.Cli.Terminals;
using Ledger.Domain.Reports;
using static Ledger.Cli.Recording.RecordPart;

namespace Ledger.Cli.Reports;

public static class ReportCommands
{
    private static readonly string Findings = string.Join(
        ", ",
        Levels.All.OrderByDescending(pair => pair.Value).Select(pair => pair.Key)
    );

    public static Command Create(Terminal terminal) =>
        new("report", "File, import, read, correct, assess, link and retract reports, and attach evidence to them.")
        {
            FileReportCommand.Command(terminal),
            ImportReportsCommand.Command(terminal),
            ShippedMappings.Command(terminal),
            ListReportsCommand.Command(terminal),
            ShowReportCommand.Command(terminal),
            CorrectReportCommand.Command(terminal),
            SendBack.Create(terminal),
            Answer.Create(terminal),
            Propose.Create(terminal),
            Assess.Create(terminal),
            LinkReportsCommand.Command(terminal),
            AttachEvidenceCommand.Command(terminal),
            Retract.Create(terminal),
        };

    public static RecordCommand Respond =>
        new(
            "respond",
            "Record that a party admits, denies, justifies or disputes a report.",
            [Report()],
            [
                One("--party", "party", "PARTY", "The party that responds.", required: true),
                One("--stance", "stance", "WORD", "admits, denies, justifies or disputes.", required: true),
                One("--words", "words", "TEXT", "Its words, or a summary of them."),
                .. Origin,
            ],
            values => $"reports/{RecordCommand.Of(values[0])}/responses",
            (values, data) =>
                $"Recorded that {data["party"]} {data["stance"]} report {values[0]}. "
                + "A response stands beside the verdicts."
        );

    public static RecordCommand RecordStatement =>
        new(
            "record",
            "Record what somebody says about compliance with provisions.",
            [CommonOptions.Agreement()],
            [
                Many("--provision", "provisions", "ID", "The provision it is about.", required: true),
                One(
                    "--stance",
                    "stance",
                    "WORD",
                    "kept, broken, partly, in-progress, disputed, refused or inconclusive.",
                    required: true
                ),
                One("--by", "by", "NAME", "Who says so: a ministry, an envoy, an observatory.", required: true),
                One("--party", "party", "PARTY", "The party it speaks for."),
                One("--adjudicator", "adjudicator", "ID", "The adjudicator of the agreement whose finding this is."),
                One("--since", "since", "WHEN", "Since when, in its author's view. Default: when it was said."),
                One("--summary", "summary", "TEXT", "What was said, in a sentence."),
                .. Origin,
            ],
            values => $"agreements/{RecordCommand.Of(values[0])}/statements",
            (values, data) =>
                $"Recorded in {values[0]}: {data["by"]} says '{data["stance"]}' about "
                + $"{string.Join(", ", data["provisions"]!.AsArray())}."
        );

    private static RecordCommand SendBack =>
        new(
            "send-back",
            "Send a report back to its reporter with a question. It changes no verdict.",
            [Report()],
            [
                One("--question", "question", "TEXT", "What you want to know.", required: true),
                Many("--field", "fields", "NAME", "The part of the report it concerns: place, occurred, actors, ..."),
                One("--by", "by", "NAME", "Who asks."),
            ],
            values => $"reports/{RecordCommand.Of(values[0])}/questions",
            (values, data) =>
                $"Sent report {values[0]} back. It is answered with a correction, or: "
                + $"ledger report answer {data["entryId"]} --words TEXT"
        );

    private static RecordCommand Answer =>
        new(
            "answer",
            "Answer the question with which your report was sent back.",
            [new Argument<string>("QUESTION") { Description = "The entry's id." }],
            [One("--words", "words", "TEXT", "The answer.", required: true), One("--by", "by", "NAME", "Who answers.")],
            values => $"questions/{RecordCommand.Of(values[0])}/answers",
            (values, _) => $"Answered {values[0]}."
        );

    private static RecordCommand Propose =>
        new(
            "propose",
            "Propose an assessment that needs two people. The second agrees with 'assess --proposal'.",
            [Report()],
            [
                One("--level", "level", "LEVEL", $"{Findings}.", required: true),
                One("--grounds", "grounds", "TEXT", "The grounds.", required: true),
                One("--by", "by", "NAME", "Who makes the finding."),
            ],
            values => $"reports/{RecordCommand.Of(values[0])}/proposed-assessments",
            (values, data) =>
                $"Proposed to assess report {values[0]} as {data["level"]}. A second person agrees with: "
                + $"ledger report assess {values[0]} --level {data["level"]} --grounds TEXT "
                + $"--proposal {data["entryId"]}"
        );

    private static RecordCommand Assess =>
        new(
            "assess",
            "Record an assessment of a report.",
            [Report()],
            [
                One("--level", "level", "LEVEL", $"{Findings}.", required: true),
                One("--grounds", "grounds", "TEXT", "The grounds.", required: true),
                One("--by", "by", "NAME", "Who makes the finding."),
                One("--proposal", "proposal", "ENTRY", "The proposal of another person that this agrees with."),
                .. Origin,
            ],
            values => $"reports/{RecordCommand.Of(values[0])}/assessments",
            (values, data) => $"Assessed report {values[0]} as {data["level"]}."
        );

    private static RecordCommand Retract =>
        new(
            "retract",
            "Record that an earlier entry no longer counts. A retraction can be retracted.",
            [new Argument<string>("ENTRY") { Description = "The entry's id." }],
            [
                One("--reason", "reason", "TEXT", "The reason.", required: true),
                One("--by", "by", "NAME", "Who retracts it."),
            ],
            values => $"entries/{RecordCommand.Of(values[0])}/retractions",
            (values, _) => $"Retracted entry {values[0]}. It stays in the ledger and no longer counts."
        );

    private static RecordPart[] Origin =>
        [
            One("--data-set", "origin/dataSet", "NAME", "The data set it is taken from."),
            One("--record", "origin/record", "ID", "Its record there."),
            One("--url", "origin/url", "URL", "Where it is published."),
        ];

    internal static Argument<string> Report() => new("REPORT") { Description = "The report's id." };
}
