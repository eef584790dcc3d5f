using System.CommandLine;
using System.Net;
using System.Text;
using Ledger.Cli.Terminals;
using Ledger.Proof.Notes;
using Ledger.Proof.Texts;

namespace Ledger.Cli.Proofs;

/// <summary>
/// <c>ledger witness</c>: a small program that each party to an agreement can run, on a machine of its own.
/// </summary>
public static class WitnessCommand
{
    /// <summary>The longest body: a proof has 63 hashes at most, and a note few lines.</summary>
    private const int MostBytes = 64 * 1024;

    public static Command Command(Terminal terminal)
    {
        var name = new Option<string>("--name")
        {
            Description = "The name of its key, such as witness.example/guarantor-a.",
            Required = true,
            HelpName = "NAME",
        };
        var state = new Option<string>("--state")
        {
            Description =
                "The directory of its key and of the checkpoints it has cosigned. "
                + "If it is lost, the witness no longer knows what it has cosigned.",
            Required = true,
            HelpName = "DIRECTORY",
        };
        var logs = new Option<string[]>("--log")
        {
            Description = "The verifier key of a log it watches, as printed by 'ledger key'. May be repeated.",
            HelpName = "VKEY",
        };
        var listen = new Option<string>("--listen")
        {
            Description = "The address to listen on.",
            DefaultValueFactory = _ => "http://127.0.0.1:5090",
            HelpName = "URL",
        };
        var command = new Command(
            "witness",
            "Run a witness, which cosigns a checkpoint only if it extends those cosigned before (C2SP tlog-witness)."
        )
        {
            name,
            state,
            logs,
            listen,
        };
        command.SetAction(
            async (parse, cancellationToken) =>
            {
                var directory = terminal.PathOf(parse.GetRequiredValue(state));
                Directory.CreateDirectory(directory);
                using var key = WitnessKey.Open(Path.Combine(directory, "witness.key"), parse.GetRequiredValue(name));
                var witness = new Witness(key, directory, Keys(parse.GetValue(logs) ?? []), terminal.Clock);
                using var http = new HttpListener();
                http.Prefixes.Add($"{parse.GetRequiredValue(listen).TrimEnd('/')}/");
                try
                {
                    http.Start();
                }
                catch (HttpListenerException taken)
                {
                    throw CommandException.Refused($"Cannot listen at {parse.GetValue(listen)}: {taken.Message}");
                }

                await terminal.Out.WriteLineAsync($"witness {key.Verifier} {parse.GetValue(listen)}");
                await using var stopping = cancellationToken.Register(http.Stop);
                while (await NextAsync(http, cancellationToken) is { } context)
                    await AnswerAsync(witness, context);
                return ExitCode.Done;
            }
        );
        return command;
    }

    private static VerifierKey[] Keys(string[] texts)
    {
        try
        {
            return [.. texts.Select(VerifierKey.Parse)];
        }
        catch (MalformedException wrong)
        {
            throw CommandException.Usage($"--log: {wrong.Message}");
        }
    }

    private static async Task<HttpListenerContext?> NextAsync(HttpListener http, CancellationToken cancellationToken)
    {
        try
        {
            return await http.GetContextAsync();
        }
        catch (Exception stopped)
            when (cancellationToken.IsCancellationRequested
                && stopped is HttpListenerException or InvalidOperationException
            )
        {
            // Also when it was stopped between an answer and this.
            return null;
        }
    }

    private static async Task AnswerAsync(Witness witness, HttpListenerContext context)
    {
        try
        {
            var reply = context.Request is { HttpMethod: "POST", Url.AbsolutePath: "/add-checkpoint" }
                ? await ReadAsync(context.Request) is { } body
                    ? witness.Add(body)
                    : new WitnessReply(413, "The body is too long.\n")
                : new WitnessReply(404, "A witness answers POST /add-checkpoint.\n");
            context.Response.StatusCode = reply.Status;
            context.Response.ContentType = reply.MediaType;
            await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(reply.Body));
            context.Response.Close();
        }
        catch (Exception broken) when (broken is HttpListenerException or IOException or ObjectDisposedException)
        {
            // The log will ask again. A checkpoint that was remembered and not answered gets its cosignature then.
            context.Response.Abort();
        }
    }

    private static async Task<byte[]?> ReadAsync(HttpListenerRequest request)
    {
        var body = new byte[MostBytes + 1];
        var read = await request.InputStream.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false);
        return read > MostBytes ? null : body[..read];
    }
}
