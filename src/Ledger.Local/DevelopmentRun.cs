using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using Ledger.Local.Machine;

namespace Ledger.Local;

/// <summary>
/// Runs the server and the web app of a checkout for whoever changes them: on the demonstration, in a data directory of
/// its own, each built again when one of its files changes. Ends with Ctrl-C, and PostgreSQL with it.
/// </summary>
public sealed class DevelopmentRun(UpOptions options, int webPort, CommandOutput output, ServerCalls calls)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var root =
            Checkout.Root
            ?? throw new LocalProblemException("There is nothing to develop here: `dev` runs in a checkout.");
        var project = Path.Combine(root, "src", "Ledger.Server");
        var data = DataDirectory.Open(options.Data);
        try
        {
            if (await new Up(options, output, calls).RunAsync(cancellationToken) is not 0 and var failed)
                return failed;
            var built =
                ServerProcess.Find(data) ?? throw new LocalProblemException("The server ended. ./ledger dev again.");
            var variables = built.Variables(data, alone: true, FirstStart.Read(data)?.LedgerName);
            await built.StopAsync(cancellationToken);
            await WriteProfileAsync(project, variables, cancellationToken);

            await output.Progress.WriteLineAsync(
                $"""

                The server runs from src/ and follows every change:  {built.Address}
                The web app, with hot reload, signed in with it:     http://127.0.0.1:{webPort}/
                An editor can start the server too: the launch profile of Ledger.Server has its database.
                Ctrl-C ends all of it. The data are kept in {data.Path}

                """
            );
            var url = built.Address.ToString().TrimEnd('/');
            using var server = Start(
                Dotnet.Host,
                ["watch", "--project", project, "--non-interactive", "run"],
                root,
                url
            );
            using var web = Start(
                "npm",
                ["run", "dev", "--", "--host", "127.0.0.1", "--strictPort", "--port", $"{webPort}"],
                Path.Combine(root, "src", "Ledger.Web"),
                url
            );
            try
            {
                await Task.WhenAny(server.WaitForExitAsync(cancellationToken), web.WaitForExitAsync(cancellationToken));
                return cancellationToken.IsCancellationRequested ? 0 : 1;
            }
            finally
            {
                foreach (var process in (Process[])[web, server])
                {
                    if (!process.HasExited)
                        process.Kill(entireProcessTree: true);
                    await process.WaitForExitAsync(CancellationToken.None);
                }
            }
        }
        finally
        {
            await new Down(options.Data, output).RunAsync(CancellationToken.None);
        }
    }

    // Read by `dotnet watch` and by editors. It names a password of this machine's database, so it is not committed.
    private static async Task WriteProfileAsync(
        string project,
        IReadOnlyDictionary<string, string> variables,
        CancellationToken cancellationToken
    )
    {
        var file = Path.Combine(project, "Properties", "launchSettings.json");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await using var stream = File.Create(file);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await JsonSerializer.SerializeAsync(
            stream,
            new
            {
                profiles = new Dictionary<string, object>(StringComparer.Ordinal)
                {
                    ["Ledger.Server"] = new { commandName = "Project", environmentVariables = variables },
                },
            },
            Indented,
            cancellationToken
        );
    }

    private static Process Start(string program, IEnumerable<string> arguments, string directory, string url)
    {
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, WorkingDirectory = directory };
        start.Environment["LEDGER_URL"] = url;
        try
        {
            return Process.Start(start) ?? throw new Win32Exception();
        }
        catch (Win32Exception)
        {
            throw new LocalProblemException($"{program} could not be started. Is it installed?");
        }
    }
}
