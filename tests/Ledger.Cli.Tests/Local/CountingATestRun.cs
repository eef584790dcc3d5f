using Ledger.Local;
using Ledger.Local.Machine;

namespace Ledger.Cli.Tests.Local;

public sealed class CountingATestRun
{
    private static readonly string[] Run =
    [
        "failed: 7",
        "  succeeded: 99",
        "Test run summary: Passed!",
        "  /tests/A.dll (net10.0|x64) passed (1s 498ms)",
        "",
        "  total: 12",
        "  failed: 0",
        "  succeeded: 12",
        "  skipped: 0",
        "  duration: 1s 943ms",
    ];

    [Fact]
    public void Takes_the_counts_of_the_summary() =>
        TestSummary.Read(Run, exitCode: 0).ToString().Should().Be("12 passed, 0 failed");

    [Fact]
    public void Names_skipped_tests_only_if_there_are_any() =>
        TestSummary
            .Read(["Test run summary: Failed!", "  failed: 2", "  succeeded: 10", "  skipped: 3"], exitCode: 2)
            .ToString()
            .Should()
            .Be("10 passed, 2 failed, 3 skipped");

    [Fact]
    public void Never_calls_a_run_clean_that_ended_with_an_error()
    {
        TestSummary.Read([], exitCode: 1).ToString().Should().Be("0 passed, 1 failed");
        TestSummary.Read(Run, exitCode: 134).ToString().Should().Be("12 passed, 1 failed");
    }

    [Fact]
    public void Names_the_tests_that_failed_in_both_parts() =>
        (
            TestSummary.Read(["failed Ledger.A.One (2s 100ms)", "  Expected 1", "failed: 1"], exitCode: 2)
            + TestSummary.Read(["passed Ledger.A.Two", "failed Ledger.B.Three (7ms)"], exitCode: 2)
        )
            .FailedTests.Should()
            .Equal("failed Ledger.A.One (2s 100ms)", "failed Ledger.B.Three (7ms)");

    [Fact]
    public void Adds_up_what_ran_in_two_parts() =>
        (new TestSummary(12, 1, 0) + new TestSummary(3, 2, 4)).ToString().Should().Be("15 passed, 3 failed, 4 skipped");
}
