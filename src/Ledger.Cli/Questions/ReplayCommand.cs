using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.Cli.InputFiles;
using Ledger.Cli.Servers;
using Ledger.Cli.Terminals;
using Ledger.Domain.Entries;
using Ledger.Domain.Input;
using Ledger.Verdicts;
using Ledger.Verdicts.Answers;
using Ledger.Verdicts.Replaying;
using NodaTime;

namespace Ledger.Cli.Questions;

/// <summary>
/// <c>ledger replay AGREEMENT.yaml ENTRIES.jsonl</c>: the same verdicts without a server, a database or a network.
/// </summary>
public static class ReplayCommand
{
    public static Command Command(Terminal terminal)
    {
        var file = new Argument<string>("AGREEMENT.yaml")
        {
            Description = "The agreement file to evaluate by, instead of the adopted one.",
        };
        var entries = new Argument<string>("ENTRIES.jsonl")
        {
            Description = "Entries, one per line, as printed by 'ledger entries read --json'.",
        };
        var queries = new Option<string?>("--queries")
        {
            Description = "Questions, one JSON object per line. Each is answered with one line of JSON.",
            HelpName = "FILE",
        };
        var json = CommonOptions.Json();
        var question = new QuestionOptions();
        var command = new Command("replay", "Answer questions about a file of entries offline, without a server.")
        {
            file,
            entries,
            queries,
        };
        question.AddTo(command);
        command.Add(json);
        command.SetAction(parse =>
        {
            var book = Load(parse.GetRequiredValue(file), parse.GetRequiredValue(entries), terminal);
            return parse.GetValue(queries) is { } path
                ? AnswerAll(book, path, terminal)
                : Answer(
                    book,
                    question.Json(parse, Instant.FromDateTimeOffset(terminal.Clock.GetUtcNow())),
                    question.Names,
                    parse.GetValue(json),
                    terminal
                );
        });
        return command;
    }

    private static Book Load(string file, string entries, Terminal terminal)
    {
        var agreement = AgreementOnDisk.Open(file, terminal).Required(terminal);
        var lines = EntryFile
            .Read(entries, terminal)
            .Select(line => (line.Number, (Parsed<JsonNode>)new Parsed<JsonNode>.Good(line.Whole)));
        switch (Replay.Load(agreement, lines))
        {
            case Parsed<Book>.Good good:
                return good.Value;
            case Parsed<Book>.Bad bad:
                SourceProblems.Write(terminal.Error, entries, "", bad.Problems);
                throw CommandException.Refused($"{entries} cannot be replayed.");
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static int AnswerAll(Book book, string path, Terminal terminal)
    {
        var wrong = false;
        foreach (
            var line in TextFile
                .Read(terminal.PathOf(path), path)
                .Split('\n')
                .Where(line => !string.IsNullOrWhiteSpace(line))
        )
        {
            var answer = Replay.Answer(book, line);
            wrong |= answer["problems"] is not null;
            terminal.Out.WriteLine(answer.ToJsonString(LedgerJson.Options));
        }

        return wrong ? ExitCode.Refused : ExitCode.Done;
    }

    private static int Answer(Book book, JsonObject asked, PointerNames names, bool json, Terminal terminal)
    {
        var problems = new Problems();
        if (QuestionReader.Read(new InputNode(asked, "", problems), book) is not { } question || problems.Any)
            throw new RefusedException(
                new ServerProblem
                {
                    Status = 400,
                    Errors = [.. problems.ToImmutable().Select(p => new FieldProblem(p.Pointer, p.Code, p.Message))],
                },
                names
            );

        var status = Judge.Status(book, question);
        if (json)
        {
            terminal.Out.WriteLine(JsonSerializer.Serialize(status, LedgerJson.Options));
            return ExitCode.Done;
        }

        var timelines = status
            .Verdicts.Select(answer => Judge.Timeline(book, answer.Provision, question.KnownAt, question.Lens))
            .OfType<TimelineAnswer>()
            .ToDictionary(timeline => timeline.Provision);
        StatusPage.Write(new TextOutput(terminal), book.Reading(question), status, timelines);
        return ExitCode.Done;
    }
}
