using System.Diagnostics;
using Ledger.Cli.Local.Machine;
using Ledger.Cli.Local.Postgres;

namespace Ledger.Cli.Local;

/// <summary>
/// Runs the solution's tests against one throwaway cluster that is gone afterwards, however the run ends.
/// </summary>
public sealed class TestRun(IReadOnlyList<string> arguments, TextWriter output)
{
    // A filter leaves most test programs without a test, which the runner reports as exit code 8.
    private const string NoTestsRan = "8";

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var root =
            Checkout.Root ?? throw new LocalProblemException("There are no tests here: `test` runs in a checkout.");
        await new TestNeeds(root, output).InstallAsync(cancellationToken);
        var binaries = await PostgresSource.FindAsync(
            await FetchedIntoAsync(root, cancellationToken),
            clusterMajor: null,
            cancellationToken
        );
        await output.WriteLineAsync($"PostgreSQL {binaries.Version} of {binaries.Directory}");
        using var cluster = await ThrowawayCluster.StartAsync(binaries, cancellationToken);

        var lines = new List<string>();
        var exitCode = await RunnerAsync(root, cluster.Running.ConnectionAsSuperuser(), lines, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        var summary = TestSummary.Read(lines, exitCode);
        await output.WriteLineAsync(summary.ToString());
        if (summary is { Passed: 0, Failed: 0 })
            throw new LocalProblemException($"No test ran: {string.Join(' ', arguments)} names none.");
        return exitCode;
    }

    private async Task<int> RunnerAsync(
        string root,
        string connection,
        List<string> lines,
        CancellationToken cancellationToken
    )
    {
        var start = new ProcessStartInfo(
            Dotnet.Host,
            [
                "test",
                "--solution",
                "Ledger.sln",
                "--configuration",
                "Release",
                "--no-build",
                "--no-ansi",
                "--no-progress",
                .. arguments,
            ]
        )
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = root,
        };
        start.Environment["LEDGER_TEST_CONNECTION"] = connection;
        if (arguments.Count > 0)
            start.Environment["TESTINGPLATFORM_EXITCODE_IGNORE"] = NoTestsRan;

        using var runner = Process.Start(start)!;
        runner.StandardInput.Close();
        try
        {
            while (await runner.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
            {
                lines.Add(line);
                await output.WriteLineAsync(line);
            }

            await runner.WaitForExitAsync(cancellationToken);
            return runner.ExitCode;
        }
        catch (OperationCanceledException)
        {
            // Ctrl-C reached the runner as well; a signal sent to us alone did not.
            Posix.Signal(runner.Id, Posix.Interrupt);
            await Until.TrueAsync(() => runner.HasExited, TimeSpan.FromSeconds(30), CancellationToken.None);
            if (!runner.HasExited)
                runner.Kill(entireProcessTree: true);
            throw;
        }
    }

    // The account that runs the cluster must be able to execute what was fetched.
    private static async Task<string> FetchedIntoAsync(string root, CancellationToken cancellationToken)
    {
        var user = await ClusterUser.ForAsync("", cancellationToken);
        return await user.CanEnterAsync(root, cancellationToken)
            ? Path.Combine(root, ".ledger")
            : Path.Combine("/var/lib", "ledger-postgres");
    }
}
