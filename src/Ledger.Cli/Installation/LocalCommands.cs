using System.CommandLine;
using Ledger.Cli.Servers;
using Ledger.Local;
using Ledger.Local.Doctor;
using Ledger.Local.Machine;

namespace Ledger.Cli.Installation;

/// <summary>The commands that look after this machine: up, down, dev, test, doctor, health.</summary>
public static class LocalCommands
{
    public static IReadOnlyList<Command> All =>
        [UpCommand(), DownCommand(), DevCommand(), TestCommand(), DoctorCommand(), HealthCommand()];

    /// <summary>What `up` asks the server that it started.</summary>
    public static ServerCalls ServerCalls { get; } =
        new(
            (data, server, cancellationToken) =>
                Demonstration.LoadAsync(server, ServerToken.OfOperator(data.Path), cancellationToken),
            FirstLink.OfAsync
        );

    private static Command UpCommand()
    {
        var data = Data();
        var port = Port(
            "--port",
            "The port on 127.0.0.1. If it is taken, another free port is used.",
            ServerAddress.DefaultPort
        );
        var connection = new Option<string?>("--connection")
        {
            Description =
                "The connection string of your own PostgreSQL database "
                + "(Host=…;Username=…;Password=…;Database=…), instead of LEDGER_CONNECTION.",
        };
        var empty = new Option<bool>("--empty")
        {
            Description = "Do not load the demonstration. Takes effect only on the first start of a data directory.",
        };
        var foreground = new Option<bool>("--foreground")
        {
            Description = "Stay in the foreground, show the server's log, and stop everything on Ctrl-C.",
        };
        var json = CommonOptions.Json();
        return Doing(
            new(
                "up",
                "Start the ledger on this machine: PostgreSQL, the server and, the first time, the demonstration."
            )
            {
                data,
                port,
                connection,
                empty,
                foreground,
                json,
            },
            (result, cancellationToken) =>
                new Up(
                    new(
                        result.GetValue(data)!,
                        result.GetValue(port),
                        result.GetValue(connection)
                            ?? NonEmpty(Environment.GetEnvironmentVariable("LEDGER_CONNECTION")),
                        result.GetValue(empty),
                        result.GetValue(foreground)
                    ),
                    Output(result, json),
                    ServerCalls
                ).RunAsync(cancellationToken)
        );
    }

    private static Command DownCommand()
    {
        var data = Data();
        var json = CommonOptions.Json();
        return Doing(
            new("down", "Stop what `up` started. The data is kept.") { data, json },
            (result, cancellationToken) =>
                new Down(result.GetValue(data)!, Output(result, json)).RunAsync(cancellationToken)
        );
    }

    private static Command DevCommand()
    {
        var port = Port("--port", "The server's port on 127.0.0.1.", ServerAddress.DefaultPort);
        var web = Port("--web-port", "The port of the web app with hot reload.", 5173);
        return Doing(
            new(
                "dev",
                "Run the server and the web app of this checkout on demonstration data, and follow changes of their code."
            )
            {
                port,
                web,
            },
            (result, cancellationToken) =>
                new DevelopmentRun(
                    new(
                        Path.Combine(Checkout.DefaultData, "dev"),
                        result.GetValue(port),
                        Connection: null,
                        Empty: false,
                        Foreground: false
                    ),
                    result.GetValue(web),
                    new(result.InvocationConfiguration.Output, result.InvocationConfiguration.Output, AsJson: false),
                    ServerCalls
                ).RunAsync(cancellationToken)
        );
    }

    private static Command TestCommand()
    {
        var test = Doing(
            new(
                "test",
                "Run every test against a temporary PostgreSQL. Further arguments are passed to `dotnet test`."
            ),
            (result, cancellationToken) =>
                new TestRun(result.UnmatchedTokens, result.InvocationConfiguration.Output).RunAsync(cancellationToken)
        );
        test.TreatUnmatchedTokensAsErrors = false;
        return test;
    }

    private static Command DoctorCommand()
    {
        var data = Data();
        var server = Server();
        var json = CommonOptions.Json();
        return Doing(
            new("doctor", "Report what is missing on this machine and how to install it.") { data, server, json },
            (result, cancellationToken) =>
                new SystemCheck(result.GetValue(data)!, result.GetValue(server)).ReportAsync(
                    result.GetValue(json),
                    result.InvocationConfiguration.Output,
                    cancellationToken
                )
        );
    }

    private static Command HealthCommand()
    {
        var server = Server();
        var json = CommonOptions.Json();
        return Doing(
            new("health", "Check whether a server answers. The exit code is 0 if it does.") { server, json },
            async (result, cancellationToken) =>
            {
                var address = ServerAddress.Find(result.GetValue(server));
                var lives = await ServerHealth.IsLiveAsync(address, cancellationToken);
                await Output(result, json)
                    .ResultAsync(
                        lives ? $"{address} is alive." : $"{address} does not answer.",
                        new { server = address.AbsoluteUri, live = lives }
                    );
                return lives ? 0 : 1;
            }
        );
    }

    private static Option<string> Data() =>
        new("--data")
        {
            Description = "The directory that holds all data of this ledger, instead of LEDGER_DATA.",
            DefaultValueFactory = _ => Checkout.DefaultData,
        };

    private static Option<int> Port(string name, string description, int usual)
    {
        var port = new Option<int>(name) { Description = description, DefaultValueFactory = _ => usual };
        port.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 65535)
                result.AddError($"{name} must be a number from 1 to 65535.");
        });
        return port;
    }

    private static Option<string?> Server() =>
        new("--server") { Description = "The server's address, if it is not the one that `up` started." };

    private static CommandOutput Output(ParseResult result, Option<bool> json) =>
        result.GetValue(json)
            ? new(result.InvocationConfiguration.Error, result.InvocationConfiguration.Output, AsJson: true)
            : new(result.InvocationConfiguration.Output, result.InvocationConfiguration.Output, AsJson: false);

    private static string? NonEmpty(string? text) => text is "" ? null : text;

    private static Command Doing(Command command, Func<ParseResult, CancellationToken, Task<int>> action)
    {
        command.SetAction(
            async (result, cancellationToken) =>
            {
                try
                {
                    return await action(result, cancellationToken);
                }
                catch (LocalProblemException problem)
                {
                    await result.InvocationConfiguration.Error.WriteLineAsync(problem.Message);
                    return 1;
                }
                catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
                {
                    // As a shell reports a program that was interrupted.
                    return 130;
                }
            }
        );
        return command;
    }
}
