using System.CommandLine;
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
        }.Calls(
            terminal,
            async call =>
            {
                var reply = await call.PostAsync(
                    $"{KnownAgreements.PathOf(call.Get(agreement))}/public-reading",
                    new JsonObject { ["public"] = !call.Get(off) }
                );
                return call.Say(
                    reply,
                    call.Get(off)
                        ? $"Only people with a role in {call.Get(agreement)} can read it."
                        : $"Anyone who can reach the server can read {call.Get(agreement)}; "
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
        return command.Calls(
            terminal,
            RoleOptions.Names,
            async call =>
            {
                var body = new JsonObject
                {
                    ["name"] = call.Get(name),
                    ["memberships"] = new JsonArray(role.Of(call)),
                    ["days"] = call.Get(days),
                    ["email"] = call.Get(email),
                };
                return Say(call, await call.PostAsync("invitations", body));
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
        return new Command("link", "Print a one-time sign-in link for an existing person.") { person }.Calls(
            terminal,
            async call => Say(call, await call.PostAsync($"people/{Uri.EscapeDataString(call.Get(person))}/links", []))
        );
    }

    private static Command List(Terminal terminal) =>
        new Command("list", "List people, their roles and devices.").Calls(
            terminal,
            async call =>
            {
                var reply = await call.Server.GetAsync("people", call.Cancel);
                if (call.Json)
                    return call.Write(reply);
                foreach (var person in reply.Read<JsonObject>()["people"]!.AsArray().OfType<JsonObject>())
                {
                    call.Sheet.Line([
                        new Ink($"{person["name"]}", Styles.Title),
                        $"  {person["id"]}{(person["revokedAt"] is null ? "" : $"  revoked {person["revokedAt"]}")}",
                    ]);
                    foreach (var membership in person["memberships"]?.AsArray().OfType<JsonObject>() ?? [])
                        call.Sheet.Line(RoleOptions.Words(membership), indent: 2);
                    foreach (var device in person["devices"]?.AsArray().OfType<JsonObject>() ?? [])
                        call.Sheet.Line(
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
        return new Command("sessions", "List the browsers in which a person is signed in.") { person }.Calls(
            terminal,
            async call =>
            {
                var reply = await call.Server.GetAsync(
                    $"people/{Uri.EscapeDataString(call.Get(person))}/sessions",
                    call.Cancel
                );
                if (call.Json)
                    return call.Write(reply);
                foreach (var session in reply.Read<JsonObject>()["sessions"]!.AsArray().OfType<JsonObject>())
                    call.Sheet.Line(
                        $"{session["id"]}  by {session["how"]} since {session["startedAt"]}  last seen "
                            + $"{session["lastSeenAt"]}{(session["device"] is { } device ? $"  device {device}" : "")}"
                    );
                if (reply.Read<JsonObject>()["sessions"]!.AsArray().Count == 0)
                    call.Sheet.Line("No browser is signed in.");
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
        return command.Calls(
            terminal,
            RoleOptions.Names,
            async call =>
            {
                var membership = role.Of(call);
                var reply = await call.PostAsync($"people/{Uri.EscapeDataString(call.Get(person))}/{path}", membership);
                return call.Say(
                    reply,
                    $"{(verb == "grant" ? "Granted" : "Withdrawn")}: {RoleOptions.Words(membership)}."
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
        return command.Calls(
            terminal,
            async call =>
            {
                var path = $"people/{Uri.EscapeDataString(call.Get(person))}";
                if (call.Get(session) is { } opened)
                    return call.Say(
                        await call.PostAsync($"{path}/sessions/{Uri.EscapeDataString(opened)}/end", []),
                        "That browser is signed out."
                    );
                return call.Get(device) is { } lost
                    ? call.Say(
                        await call.PostAsync($"{path}/devices/{Uri.EscapeDataString(lost)}/revocation", []),
                        "The device is signed out. Passkeys, tokens and open links created on it are "
                            + "revoked, and its key is no longer accepted."
                    )
                    : call.Say(
                        await call.PostAsync($"{path}/revocation", []),
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
                + $"{role["givenBy"]?.ToString() ?? "the server"}{(role["takenBy"] is { } by ? $", withdrawn by {by}" : "")}"
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
        return new Command(name, description) { agreement }.Calls(
            terminal,
            async call =>
            {
                var reply = await call.Server.GetAsync(
                    $"{KnownAgreements.PathOf(call.Get(agreement))}/{list}",
                    call.Cancel
                );
                if (call.Json)
                    return call.Write(reply);
                foreach (var line in reply.Read<JsonObject>()[list]!.AsArray().OfType<JsonObject>())
                    call.Sheet.Line(words(line));
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
        return command.Calls(
            terminal,
            RoleOptions.Names,
            async call =>
            {
                var body = new JsonObject { ["name"] = call.Get(name), ["days"] = call.Get(days) };
                if (role.IsGiven(call))
                    body["memberships"] = new JsonArray(role.Of(call));
                var reply = await call.PostAsync("tokens", body);
                return call.Say(reply, reply.Read<JsonObject>()["secret"]!.GetValue<string>());
            }
        );
    }

    private static Command ListTokens(Terminal terminal) =>
        new Command("list", "List your API tokens, without their secrets.").Calls(
            terminal,
            async call =>
            {
                var reply = await call.Server.GetAsync("tokens", call.Cancel);
                if (call.Json)
                    return call.Write(reply);
                foreach (var token in reply.Read<JsonObject>()["tokens"]!.AsArray().OfType<JsonObject>())
                    call.Sheet.Line(
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
        return new Command("revoke", "Revoke an API token immediately.") { token }.Calls(
            terminal,
            async call =>
                call.Say(
                    await call.PostAsync($"tokens/{Uri.EscapeDataString(call.Get(token))}/revocation", []),
                    "It no longer works."
                )
        );
    }

    private static int Say(Call call, Reply reply)
    {
        if (call.Json)
            return call.Write(reply);
        var link = reply.Read<JsonObject>()["link"]!.GetValue<string>();
        if (call.Terminal.OutIsTerminal && call.Terminal.Marks == Marks.Unicode)
            call.Terminal.Out.WriteLine(TerminalQr.Of(link));
        call.Sheet.Whole(link);
        call.Terminal.Error.WriteLine(
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
    public static Task<Reply> PostAsync(this Call call, string path, JsonObject body) =>
        call.Server.PostAsync(path, Encoding.UTF8.GetBytes(body.ToJsonString()), "application/json", call.Cancel);

    public static int Say(this Call call, Reply reply, string sentence)
    {
        if (call.Json)
            return call.Write(reply);
        call.Sheet.Whole(sentence);
        return ExitCode.Done;
    }
}
