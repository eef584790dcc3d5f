using System.Diagnostics;

namespace Ledger.Web.Tests;

/// <summary>The app's own unit tests, which its own runner runs.</summary>
public sealed class TheUnitsOfTheApp
{
    [Fact]
    public Task Pass() => Passes("test");

    [Fact]
    public Task Are_formatted_and_free_of_common_mistakes() => Passes("lint");

    private static async Task Passes(string script)
    {
        using var runner = Process.Start(
            new ProcessStartInfo("npm", ["run", script, "--silent"])
            {
                WorkingDirectory = Checkout.PathOf("src", "Ledger.Web"),
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                Environment = { ["NO_COLOR"] = "1" },
            }
        )!;
        var errors = runner.StandardError.ReadToEndAsync();
        var output = await runner.StandardOutput.ReadToEndAsync();
        await runner.WaitForExitAsync();
        runner.ExitCode.Should().Be(0, output + await errors);
    }
}
