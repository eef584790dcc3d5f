using System.Diagnostics;
using Ledger.Local.Machine;
using Ledger.Local.Postgres;

namespace Ledger.Local;

/// <summary>
/// Runs the solution's tests: those that need nothing but the SDK, while what the others need is installed, then those
/// that need PostgreSQL, and last, by itself, what a person sees in a browser. The latter two have one throwaway cluster
/// that is gone afterwards, however the run ends.
/// </summary>
public sealed class TestRun(IReadOnlyList<string> arguments, TextWriter output)
{
    /// <summary>Everything that takes too long for every change is tried as well.</summary>
    public const string NightlyOption = "--nightly";

    private static readonly string[] NeedNothing =
    [
        "Ledger.Domain.Tests",
        "Ledger.Proof.Tests",
        "Ledger.Verdicts.Tests",
        "Ledger.Architecture.Tests",
    ];

    // A browser and the servers it asks take both cores; beside other tests a page waits so long that it looks broken.
    private const string InABrowser = "Ledger.Web.Tests";

    // A filter leaves most test programs without a test, which the runner reports as exit code 8.
    private const string NoTestsRan = "8";

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var root =
            Checkout.Root ?? throw new LocalProblemException("There are no tests here: `test` runs in a checkout.");
        var projects = Directory
            .EnumerateDirectories(Path.Combine(root, "tests"), "*.Tests")
            .Select(directory => Path.GetFileName(directory))
            .Order(StringComparer.Ordinal)
            .ToList();

        var installing = new TestPrerequisites(root, output).InstallAsync(cancellationToken);
        var first = await RunnerAsync(root, projects.Where(NeedNothing.Contains), connection: null, cancellationToken);
        await installing;
        cancellationToken.ThrowIfCancellationRequested();

        var binaries = await PostgresSource.FindAsync(
            await FetchedIntoAsync(root, cancellationToken),
            clusterMajor: null,
            cancellationToken
        );
        await output.WriteLineAsync($"PostgreSQL {binaries.Version} of {binaries.Directory}");
        using var cluster = await ThrowawayCluster.StartAsync(binaries, cancellationToken);
        var connection = cluster.Running.ConnectionAsSuperuser();
        var then = await RunnerAsync(
            root,
            projects.Except(NeedNothing).Where(name => name != InABrowser),
            connection,
            cancellationToken
        );
        cancellationToken.ThrowIfCancellationRequested();
        var last = await RunnerAsync(root, [InABrowser], connection, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();

        var summary = first + then + last;
        // The runner named them thousands of lines above, between what servers wrote.
        foreach (var test in summary.FailedTests)
            await output.WriteLineAsync(test);
        await output.WriteLineAsync(summary.ToString());
        if (summary is { Passed: 0, Failed: 0 })
            throw new LocalProblemException($"No test ran: {string.Join(' ', arguments)} matches none.");
        return summary.Failed == 0 ? 0 : 1;
    }

    private async Task<TestSummary> RunnerAsync(
        string root,
        IEnumerable<string> projects,
        string? connection,
        CancellationToken cancellationToken
    )
    {
        var passedOn = arguments.Where(argument => argument != NightlyOption).ToList();
        var start = new ProcessStartInfo(
            Dotnet.Host,
            [
                "test",
                "--test-modules",
                string.Join(';', projects.Select(name => $"tests/{name}/bin/Release/net10.0/{name}.dll")),
                "--no-ansi",
                "--no-progress",
                .. passedOn,
            ]
        )
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = root,
        };
        if (connection is not null)
            start.Environment["LEDGER_TEST_CONNECTION"] = connection;
        if (arguments.Contains(NightlyOption))
            start.Environment["LEDGER_NIGHTLY"] = "1";
        if (passedOn.Count > 0)
            start.Environment["TESTINGPLATFORM_EXITCODE_IGNORE"] = NoTestsRan;

        var lines = new List<string>();
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
            return TestSummary.Read(lines, runner.ExitCode);
        }
        catch (OperationCanceledException)
        {
            // Ctrl-C reached the runner as well; a signal sent to us alone did not.
            Posix.Signal(runner.Id, Posix.Interrupt);
            await Polling.UntilAsync(() => runner.HasExited, TimeSpan.FromSeconds(30), CancellationToken.None);
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
