using System.Diagnostics;

namespace Ledger.Web.Tests;

/// <summary>The app's own unit tests, which its own runner runs.</summary>
public sealed class TheUnitsOfTheApp
{
    [Fact]
    public async Task Pass()
    {
        using var runner = Process.Start(
            new ProcessStartInfo("npm", ["test", "--silent"])
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
