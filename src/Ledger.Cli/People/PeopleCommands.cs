using System.CommandLine;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Ledger.Cli.Servers;
using Ledger.Cli.Terminals;

namespace Ledger.Cli.People;

/// <summary><c>ledger people</c>: who may come in and do what.</summary>
public static class PeopleCommands
{
    public static Command Create(Terminal terminal) =>
        new("people", "Invite people, grant and withdraw roles, and issue API tokens.")
        {
            Invite(terminal),
            List(terminal),
            Link(terminal),
            Change(terminal, "grant", "Grant a role to a person.", "memberships"),
            Change(
                terminal,
                "withdraw",
                "Withdraw a role from a person, effective immediately.",
                "memberships/withdrawals"
            ),
            Sessions(terminal),
            Revoke(terminal),
            History(terminal),
            Openings(terminal),
            new Command(
                "token",
                "Manage API tokens, each of which gives a program some of your roles for a limited time."
            )
            {
                IssueToken(terminal),
                ListTokens(terminal),
                RevokeToken(terminal),
            },
        };

    /// <summary><c>ledger agreement public AGREEMENT</c></summary>
    public static Command Public(Terminal terminal)
    {
        var agreement = CommonOptions.Agreement();
        var off = new Option<bool>("--off")
        {
            Description = "Make it private again: only people with a role in it can read it.",
        };
        return new Command("public", "Let anyone read an agreement. Sealed values stay withheld.")
        {
            agreement,
            off,
        }.OnServer(
            terminal,
            async context =>
            {
                var reply = await context.PostAsync(
                    $"{KnownAgreements.PathOf(context.Get(agreement))}/public-reading",
                    new JsonObject { ["public"] = !context.Get(off) }
                );
                return context.Say(
                    reply,
                    context.Get(off)
                        ? $"Only people with a role in {context.Get(agreement)} can read it."
                        : $"Anyone who can reach the server can read {context.Get(agreement)}; "
                            + "sealed values stay withheld."
                );
            }
        );
    }

    private static Command Invite(Terminal terminal)
    {
        var name = new Argument<string>("NAME") { Description = "The name of the person you invite." };
        var (role, days) = (new RoleOptions(), Days("number of days for which the link works"));
        var email = new Option<string?>("--email")
        {
            Description =
                "A verified e-mail address. A person who signs in with it through the OpenID provider needs no link.",
            HelpName = "ADDRESS",
        };
        var command = new Command("invite", "Print a one-time invitation link that grants a role.")
        {
            name,
            days,
            email,
        };
        role.AddTo(command);
        return command.OnServer(
            terminal,
            RoleOptions.Names,
            async context =>
            {
                var body = new JsonObject
                {
                    ["name"] = context.Get(name),
                    ["memberships"] = new JsonArray(role.Of(context)),
                    ["days"] = context.Get(days),
                    ["email"] = context.Get(email),
                };
                return Say(context, await context.PostAsync("invitations", body));
            }
        );
    }

    private static Command Link(Terminal terminal)
    {
        var person = new Argument<string>("PERSON")
        {
            Description = "The person it signs in. Default: yourself.",
            DefaultValueFactory = _ => "me",
        };
        return new Command("link", "Print a one-time sign-in link for an existing person.") { person }.OnServer(
            terminal,
            async context =>
                Say(context, await context.PostAsync($"people/{Uri.EscapeDataString(context.Get(person))}/links", []))
        );
    }

    private static Command List(Terminal terminal) =>
        new Command("list", "List people, their roles and devices.").OnServer(
            terminal,
            async context =>
            {
                var reply = await context.Server.GetAsync("people", context.Cancel);
                if (context.Json)
                    return context.Write(reply);
                foreach (var person in reply.Read<JsonObject>()["people"]!.AsArray().OfType<JsonObject>())
                {
                    context.Output.Line([
                        new StyledText($"{person["name"]}", Styles.Title),
                        $"  {person["id"]}{(person["revokedAt"] is null ? "" : $"  revoked {person["revokedAt"]}")}",
                    ]);
                    foreach (var membership in person["memberships"]?.AsArray().OfType<JsonObject>() ?? [])
                        context.Output.Line(RoleOptions.Words(membership), indent: 2);
                    foreach (var waiting in person["proposed"]?.AsArray().OfType<JsonObject>() ?? [])
                        context.Output.Line(
                            $"{RoleOptions.Words(waiting["membership"]!.AsObject())}: proposed by {waiting["by"]}, waits for a second administrator",
                            indent: 2
                        );
                    foreach (var device in person["devices"]?.AsArray().OfType<JsonObject>() ?? [])
                        context.Output.Line(
                            $"device {device["name"]}  {device["id"]}  last seen "
                                + $"{device["lastSeenAt"] ?? "never"}{(device["revokedAt"] is null ? "" : "  revoked")}",
                            Styles.Faint,
                            indent: 2
                        );
                }

                return ExitCode.Done;
            }
        );

    private static Command Sessions(Terminal terminal)
    {
        var person = new Argument<string>("PERSON")
        {
            Description = "The person. Default: yourself.",
            DefaultValueFactory = _ => "me",
        };
        return new Command("sessions", "List the browsers in which a person is signed in.") { person }.OnServer(
            terminal,
            async context =>
            {
                var reply = await context.Server.GetAsync(
                    $"people/{Uri.EscapeDataString(context.Get(person))}/sessions",
                    context.Cancel
                );
                if (context.Json)
                    return context.Write(reply);
                foreach (var session in reply.Read<JsonObject>()["sessions"]!.AsArray().OfType<JsonObject>())
                    context.Output.Line(
                        $"{session["id"]}  by {session["how"]} since {session["startedAt"]}  last seen "
                            + $"{session["lastSeenAt"]}{(session["device"] is { } device ? $"  device {device}" : "")}"
                    );
                if (reply.Read<JsonObject>()["sessions"]!.AsArray().Count == 0)
                    context.Output.Line("No browser is signed in.");
                return ExitCode.Done;
            }
        );
    }

    private static Command Change(Terminal terminal, string verb, string description, string path)
    {
        var person = Person();
        var role = new RoleOptions();
        var command = new Command(verb, description) { person };
        role.AddTo(command);
        return command.OnServer(
            terminal,
            RoleOptions.Names,
            async context =>
            {
                var membership = role.Of(context);
                var reply = await context.PostAsync(
                    $"people/{Uri.EscapeDataString(context.Get(person))}/{path}",
                    membership
                );
                return context.Say(
                    reply,
                    reply.Status == (int)HttpStatusCode.Accepted
                        ? $"Proposed: {RoleOptions.Words(membership)}. A second administrator grants it with the same command within 14 days."
                        : $"{(verb == "grant" ? "Granted" : "Withdrawn")}: {RoleOptions.Words(membership)}."
                );
            }
        );
    }

    private static Command Revoke(Terminal terminal)
    {
        var person = Person();
        var device = new Option<string?>("--device")
        {
            Description = "Revoke only this device, such as a lost phone.",
            HelpName = "DEVICE",
        };
        var session = new Option<string?>("--session")
        {
            Description = "Sign out only this browser. 'ledger people sessions' lists them.",
            HelpName = "SESSION",
        };
        var command = new Command(
            "revoke",
            "Revoke all of a person's access immediately. What they recorded stays in the ledger."
        )
        {
            person,
            device,
            session,
        };
        command.Validators.Add(given =>
        {
            if (given.GetValue(device) is not null && given.GetValue(session) is not null)
                given.AddError("Give either --device or --session, not both.");
        });
        return command.OnServer(
            terminal,
            async context =>
            {
                var path = $"people/{Uri.EscapeDataString(context.Get(person))}";
                if (context.Get(session) is { } opened)
                    return context.Say(
                        await context.PostAsync($"{path}/sessions/{Uri.EscapeDataString(opened)}/end", []),
                        "That browser is signed out."
                    );
                return context.Get(device) is { } lost
                    ? context.Say(
                        await context.PostAsync($"{path}/devices/{Uri.EscapeDataString(lost)}/revocation", []),
                        "The device is signed out. Passkeys, tokens and open links created on it are "
                            + "revoked, and its key is no longer accepted."
                    )
                    : context.Say(
                        await context.PostAsync($"{path}/revocation", []),
                        "Their sessions, tokens, devices and links no longer work."
                    );
            }
        );
    }

    private static Command History(Terminal terminal) =>
        OfAgreement(
            terminal,
            "history",
            "List who held which role in an agreement, and when. For auditors.",
            "roles",
            role =>
                $"{role["from"]}  {role["until"]?.ToString() ?? "until now"}  {role["name"]}: "
                + $"{RoleOptions.Words(role)}; granted by "
                + $"{role["givenBy"]?.ToString() ?? "the server"}{(role["proposedBy"] is { } first ? $", proposed by {first}" : "")}{(role["takenBy"] is { } by ? $", withdrawn by {by}" : "")}"
        );

    private static Command Openings(Terminal terminal) =>
        OfAgreement(
            terminal,
            "openings",
            "List who opened which sealed value, when and why. For auditors.",
            "openings",
            opening =>
                $"{opening["at"]}  {opening["personName"]} opened {opening["name"]} at position "
                + $"{opening["position"]}: {opening["reason"]}"
        );

    private static Command OfAgreement(
        Terminal terminal,
        string name,
        string description,
        string list,
        Func<JsonObject, string> words
    )
    {
        var agreement = CommonOptions.Agreement();
        return new Command(name, description) { agreement }.OnServer(
            terminal,
            async context =>
            {
                var reply = await context.Server.GetAsync(
                    $"{KnownAgreements.PathOf(context.Get(agreement))}/{list}",
                    context.Cancel
                );
                if (context.Json)
                    return context.Write(reply);
                foreach (var line in reply.Read<JsonObject>()[list]!.AsArray().OfType<JsonObject>())
                    context.Output.Line(words(line));
                return ExitCode.Done;
            }
        );
    }

    private static Command IssueToken(Terminal terminal)
    {
        var name = new Argument<string>("NAME") { Description = "What the token is for." };
        var (role, days) = (new RoleOptions(), Days("number of days for which it works"));
        var command = new Command("issue", "Print a new API token. It is shown only once.") { name, days };
        role.AddTo(command, required: false);
        return command.OnServer(
            terminal,
            RoleOptions.Names,
            async context =>
            {
                var body = new JsonObject { ["name"] = context.Get(name), ["days"] = context.Get(days) };
                if (role.IsGiven(context))
                    body["memberships"] = new JsonArray(role.Of(context));
                var reply = await context.PostAsync("tokens", body);
                return context.Say(reply, reply.Read<JsonObject>()["secret"]!.GetValue<string>());
            }
        );
    }

    private static Command ListTokens(Terminal terminal) =>
        new Command("list", "List your API tokens, without their secrets.").OnServer(
            terminal,
            async context =>
            {
                var reply = await context.Server.GetAsync("tokens", context.Cancel);
                if (context.Json)
                    return context.Write(reply);
                foreach (var token in reply.Read<JsonObject>()["tokens"]!.AsArray().OfType<JsonObject>())
                    context.Output.Line(
                        $"{token["id"]}  {token["name"]}  until "
                            + $"{token["expiresAt"]}{(token["revokedAt"] is null ? "" : "  revoked")}"
                    );
                return ExitCode.Done;
            }
        );

    private static Command RevokeToken(Terminal terminal)
    {
        var token = new Argument<string>("TOKEN")
        {
            Description = "The token's id; 'ledger people token list' lists them.",
        };
        return new Command("revoke", "Revoke an API token immediately.") { token }.OnServer(
            terminal,
            async context =>
                context.Say(
                    await context.PostAsync($"tokens/{Uri.EscapeDataString(context.Get(token))}/revocation", []),
                    "It no longer works."
                )
        );
    }

    private static int Say(CommandContext context, Reply reply)
    {
        if (context.Json)
            return context.Write(reply);
        var link = reply.Read<JsonObject>()["link"]!.GetValue<string>();
        if (context.Terminal.OutIsTerminal && context.Terminal.Symbols == Symbols.Unicode)
            context.Terminal.Out.WriteLine(TerminalQr.Of(link));
        context.Output.Whole(link);
        context.Terminal.Error.WriteLine(
            "It works once. Anyone who opens it is signed in, so send it the way you would send a password."
        );
        return ExitCode.Done;
    }

    private static Argument<string> Person() =>
        new("PERSON") { Description = "The person's id; 'ledger people list' lists them." };

    private static Option<int> Days(string what) =>
        new("--days")
        {
            Description = $"The {what}, at most 366.",
            DefaultValueFactory = _ => 7,
            HelpName = "NUMBER",
        };
}

internal static class PeopleCalls
{
    public static Task<Reply> PostAsync(this CommandContext context, string path, JsonObject body) =>
        context.Server.PostAsync(path, Encoding.UTF8.GetBytes(body.ToJsonString()), "application/json", context.Cancel);

    public static int Say(this CommandContext context, Reply reply, string sentence)
    {
        if (context.Json)
            return context.Write(reply);
        context.Output.Whole(sentence);
        return ExitCode.Done;
    }
}
