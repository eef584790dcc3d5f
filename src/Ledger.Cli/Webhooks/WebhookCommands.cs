using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json.Nodes;
using Ledger.Cli.Recording;
using Ledger.Cli.Servers;
using Ledger.Cli.Terminals;
using NodaTime;

namespace Ledger.Cli.Webhooks;

/// <summary><c>ledger webhook</c>: who is told of new entries and verdicts, and what did not reach them.</summary>
public static class WebhookCommands
{
    public static Command Create(Terminal terminal) =>
        new("webhook", "Notify other programs of new entries and changed verdicts.")
        {
            Add(terminal),
            List(terminal),
            Remove(terminal),
            Undelivered(terminal),
            Resend(terminal),
        };

    private static Command Add(Terminal terminal)
    {
        var agreement = CommonOptions.Agreement();
        var url = new Argument<string>("URL")
        {
            Description = "Where messages are sent, such as https://example.org/hooks/ledger.",
        };
        var events = new Option<string[]>("--event")
        {
            Description = "A type of entry, such as report_filed, or verdict_changed. May be repeated.",
            Required = true,
            HelpName = "TYPE",
            Arity = ArgumentArity.OneOrMore,
        };
        return new Command("add", "Add a webhook. The secret that authenticates its messages is shown once.")
        {
            agreement,
            url,
            events,
        }.OnServer(
            terminal,
            new PointerNames(new Dictionary<string, string> { ["/url"] = "URL", ["/events"] = "--event" }),
            async context =>
            {
                var body = new JsonObject
                {
                    ["url"] = context.Get(url),
                    ["events"] = new JsonArray([.. (context.Get(events) ?? []).Select(name => JsonValue.Create(name))]),
                };
                var reply = await context.Server.PostAsync(
                    PathOf(context.Get(agreement), "webhooks"),
                    System.Text.Encoding.UTF8.GetBytes(body.ToJsonString()),
                    "application/json",
                    context.Cancel
                );
                if (context.Json)
                    return context.Write(reply);
                var added = reply.Read<WebhookLine>();
                context.Output.Line(
                    $"{added.Url} is notified of {string.Join(", ", added.Events)}, from position {added.Since + 1} on."
                );
                context.Output.Line($"id {added.Id}", indent: 2);
                context.Output.Line($"secret {added.Secret}", indent: 2);
                context.Output.Line("Save the secret now; it is not shown again.");
                return ExitCode.Done;
            }
        );
    }

    private static Command List(Terminal terminal)
    {
        var agreement = CommonOptions.Agreement();
        return new Command("list", "List webhooks.") { agreement }.OnServer(
            terminal,
            async context =>
            {
                var reply = await context.Server.GetAsync(PathOf(context.Get(agreement), "webhooks"), context.Cancel);
                if (context.Json)
                    return context.Write(reply);
                foreach (var webhook in reply.Read<WebhookLines>().Webhooks)
                    context.Output.Line(
                        $"{webhook.Id}  {webhook.Url}  {string.Join(", ", webhook.Events)}"
                            + $"{(webhook.Stopped is { } why ? $"  stopped: {why}" : "")}"
                    );
                return ExitCode.Done;
            }
        );
    }

    private static Command Remove(Terminal terminal)
    {
        var (agreement, webhook) = (
            CommonOptions.Agreement(),
            new Argument<string>("WEBHOOK") { Description = "Its id; 'ledger webhook list' shows it." }
        );
        return new Command("remove", "Remove a webhook.") { agreement, webhook }.OnServer(
            terminal,
            async context =>
            {
                await context.Server.DeleteAsync(
                    PathOf(context.Get(agreement), $"webhooks/{RecordCommand.Of(context.Get(webhook))}"),
                    context.Cancel
                );
                context.Output.Line($"{context.Get(webhook)} is removed.");
                return ExitCode.Done;
            }
        );
    }

    private static Command Undelivered(Terminal terminal)
    {
        var agreement = CommonOptions.Agreement();
        return new Command("undelivered", "List messages that could not be delivered.") { agreement }.OnServer(
            terminal,
            async context =>
            {
                var reply = await context.Server.GetAsync(
                    PathOf(context.Get(agreement), "undelivered"),
                    context.Cancel
                );
                if (context.Json)
                    return context.Write(reply);
                foreach (var message in reply.Read<UndeliveredLines>().Messages)
                    context.Output.Line(
                        $"{message.Message}  {message.Type}  "
                            + $"{message.Reason}{(message.Waits ? "  (will be sent again)" : "")}"
                    );
                return ExitCode.Done;
            }
        );
    }

    private static Command Resend(Terminal terminal)
    {
        var (agreement, message) = (
            CommonOptions.Agreement(),
            new Argument<string>("MESSAGE") { Description = "Its id; 'ledger webhook undelivered' shows it." }
        );
        return new Command("resend", "Send an undelivered message again.") { agreement, message }.OnServer(
            terminal,
            async context =>
            {
                var reply = await context.Server.PostAsync(
                    PathOf(context.Get(agreement), $"undelivered/{RecordCommand.Of(context.Get(message))}/attempts"),
                    [],
                    "application/json",
                    context.Cancel
                );
                if (context.Json)
                    return context.Write(reply);
                context.Output.Line($"{context.Get(message)} will be sent again.");
                return ExitCode.Done;
            }
        );
    }

    private static string PathOf(string agreement, string rest) => $"agreements/{RecordCommand.Of(agreement)}/{rest}";

    private sealed record WebhookLine(
        Guid Id,
        string Url,
        ImmutableArray<string> Events,
        long Since,
        string? Stopped,
        string? Secret
    );

    private sealed record WebhookLines(ImmutableArray<WebhookLine> Webhooks);

    private sealed record UndeliveredLine(Guid Message, string Type, Instant SentAt, string Reason, bool Waits);

    private sealed record UndeliveredLines(ImmutableArray<UndeliveredLine> Messages);
}
