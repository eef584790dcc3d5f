using System.CommandLine;
using System.Text;
using System.Text.Json.Nodes;
using Ledger.Cli.Servers;
using Ledger.Cli.Terminals;
using Ledger.Domain.Agreements;
using Ledger.Domain.Entries;
using Ledger.Verdicts.Answers;

namespace Ledger.Cli.Questions;

/// <summary>The questions beyond how a provision stands and why: each is an address and a page.</summary>
public static class QuestionCommands
{
    public static IEnumerable<Command> All(Terminal terminal) =>
        [
            StatusCommand.Command(terminal),
            TimelineCommand.Command(terminal),
            WhyCommand.Command(terminal),
            OfProvision<HistoryAnswer>(
                terminal,
                "history",
                "Show what this ledger answered about one day as it grew, and which entries changed the answer.",
                (output, agreement, answer) => new ChangePages(output, agreement).Write(answer)
            ),
            OfProvision<WhyChangedAnswer>(
                terminal,
                "why-changed",
                "Show which entries changed one verdict into another.",
                (output, agreement, answer) => new ChangePages(output, agreement).Write(answer),
                compared: new ComparedOptions()
            ),
            OfProvision<FlipsAnswer>(
                terminal,
                "flips",
                "Show on which one or two reports a verdict depends: without them it would be another.",
                (output, agreement, answer) => new ChangePages(output, agreement).Write(answer)
            ),
            OfAgreement<DiffAnswer>(
                terminal,
                "diff",
                "Show what differs between two points: verdicts, and the reports behind them.",
                (output, agreement, answer, _) => new DiffPage(output, agreement).Write(answer),
                compared: new ComparedOptions()
            ),
            WhatIf(terminal),
            OfAgreement<NextAnswer>(
                terminal,
                "next",
                "List the deadlines ahead and what each still requires.",
                (output, agreement, answer, _) => new OutlookPages(output, agreement).Write(answer)
            ),
            WhoSays(terminal),
        ];

    private static Command OfProvision<T>(
        Terminal terminal,
        string name,
        string description,
        Action<TextOutput, Agreement, T> write,
        ComparedOptions? compared = null
    )
    {
        var provision = CommonOptions.Provision();
        return Of<T>(
            terminal,
            name,
            description,
            [provision],
            parse => $"/verdicts/{Uri.EscapeDataString(parse.GetRequiredValue(provision))}/{name}",
            (output, agreement, answer, _) => write(output, agreement, answer),
            compared
        );
    }

    private static Command OfAgreement<T>(
        Terminal terminal,
        string name,
        string description,
        Action<TextOutput, Agreement, T, ParseResult> write,
        ComparedOptions? compared = null
    ) => Of(terminal, name, description, [], _ => $"/{name}", write, compared);

    private static Command WhoSays(Terminal terminal)
    {
        var provision = new Argument<string?>("PROVISION")
        {
            Description = "One provision. Default: every provision with a statement.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        return Of<WhoSaysAnswer>(
            terminal,
            "who-says",
            "List who says that provisions are kept or broken, and what this ledger finds.",
            [provision],
            _ => "/who-says",
            (output, agreement, answer, parse) =>
                new OutlookPages(output, agreement).Write(answer, parse.GetValue(provision)),
            compared: null
        );
    }

    private static Command Of<T>(
        Terminal terminal,
        string name,
        string description,
        Argument[] arguments,
        Func<ParseResult, string> path,
        Action<TextOutput, Agreement, T, ParseResult> write,
        ComparedOptions? compared
    )
    {
        var agreement = CommonOptions.Agreement();
        var question = new QuestionOptions();
        var command = new Command(name, description) { agreement };
        foreach (var argument in arguments)
            command.Add(argument);
        compared?.AddTo(command);
        question.AddTo(command);
        return command.OnServer(
            terminal,
            compared?.With(question) ?? question.Names,
            async context =>
            {
                var read = await context.Server.AgreementAsync(context.Get(agreement), context.Cancel);
                var reply = await context.Server.GetAsync(
                    $"{KnownAgreements.PathOf(read.Id)}{path(context.Parse)}{question.Query(context.Parse, compared?.Query(context.Parse))}",
                    context.Cancel
                );
                if (context.Json)
                    return context.Write(reply);
                write(context.Output, read, reply.Read<T>(), context.Parse);
                return ExitCode.Done;
            }
        );
    }

    /// <summary>
    /// The question's time and named lens stay; the parts of a lens that are given are what is supposed of it.
    /// </summary>
    private static Command WhatIf(Terminal terminal)
    {
        var agreement = CommonOptions.Agreement();
        var question = new QuestionOptions();
        var suppose = new Option<string?>("--suppose")
        {
            Description =
                "Suppose that the entries in this file were recorded, one {\"type\", \"data\"} per line. "
                + "Nothing is stored.",
            HelpName = "FILE",
        };
        var command = new Command(
            "what-if",
            "Show which verdicts would differ: without an entry, with other evidence, under another "
                + "reading. Nothing is stored."
        )
        {
            agreement,
            suppose,
        };
        question.AddTo(command);
        return command.OnServer(
            terminal,
            question.Names.And([("/suppose", "--suppose")]),
            async context =>
            {
                var read = await context.Server.AgreementAsync(context.Get(agreement), context.Cancel);
                var body = question.LensJson(context.Parse);
                if (context.Get(suppose) is { } file)
                    body["suppose"] = new JsonArray([
                        .. InputFiles.EntryFile.Read(file, terminal).Select(line => Supposed(line, terminal)),
                    ]);
                if (body.Count == 0)
                    throw CommandException.Usage(
                        "Say what should be different: --without, --suppose, --reading, --threshold, "
                            + "--match, --said-by, --sources-only or --sources-not."
                    );
                var bytes = Encoding.UTF8.GetBytes(body.ToJsonString(LedgerJson.Options));
                var reply = await context.Server.PostAsync(
                    $"{KnownAgreements.PathOf(read.Id)}/what-if{question.PointQuery(context.Parse)}",
                    bytes,
                    "application/json",
                    context.Cancel
                );
                if (context.Json)
                    return context.Write(reply);
                new DiffPage(context.Output, read).Write(reply.Read<DiffAnswer>());
                return ExitCode.Done;
            }
        );
    }

    private static JsonObject Supposed(InputFiles.EntryFileLine line, Terminal terminal)
    {
        line.Data["entryId"] ??= Guid.CreateVersion7(terminal.Clock.GetUtcNow()).ToString();
        return new JsonObject { ["type"] = line.Type, ["data"] = line.Data.DeepClone() };
    }
}
