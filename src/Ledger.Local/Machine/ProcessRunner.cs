using System.ComponentModel;
using System.Diagnostics;

namespace Ledger.Local.Machine;

/// <summary>How a program ended and what it said, standard output and error together.</summary>
public sealed record ProcessResult(int ExitCode, string Output)
{
    public bool Succeeded => ExitCode == 0;
}

/// <summary>Runs small programs to their end, without standard input.</summary>
public static class ProcessRunner
{
    /// <param name="user">The account to run as; only root may name another.</param>
    /// <returns>Exit code 127, as a shell would say, when there is no such program.</returns>
    public static async Task<ProcessResult> RunAsync(
        string program,
        IEnumerable<string> arguments,
        string? user = null,
        string? directory = null,
        CancellationToken cancellationToken = default
    )
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UserName = user ?? "",
            // Another account may not be able to enter the directory we are in.
            WorkingDirectory = directory ?? "/",
        };
        start.Environment["LC_ALL"] = "C";
        foreach (
            var name in start.Environment.Keys.Where(name => name.StartsWith("PG", StringComparison.Ordinal)).ToList()
        )
            start.Environment.Remove(name);

        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (Win32Exception missing)
        {
            return new(127, missing.Message);
        }

        using (process)
        {
            process.StandardInput.Close();
            var texts = await Task.WhenAll(
                process.StandardOutput.ReadToEndAsync(cancellationToken),
                process.StandardError.ReadToEndAsync(cancellationToken)
            );
            await process.WaitForExitAsync(cancellationToken);
            return new(process.ExitCode, string.Concat(texts).Trim());
        }
    }
}
