using System.CommandLine;
using Ledger.Local;
using Ledger.Local.Machine;

namespace Ledger.Cli.Tests.Local;

/// <summary>No machine is switched off in a test, so this checks what can be read: the commands, and systemd's own
/// word where it is installed.</summary>
public sealed class TheUnitsOfSystemd
{
    private const string Program = "/usr/bin/dotnet /opt/ledger/ledger.dll ";

    private static string Folder => Path.Combine(Checkout.Root!, "docker", "systemd");

    public static TheoryData<string> Services =>
        [.. Directory.GetFiles(Folder, "*.service").Select(file => Path.GetFileName(file))];

    [Theory]
    [MemberData(nameof(Services))]
    public void Start_a_command_that_there_is_with_options_that_it_has(string service)
    {
        var start = Setting(service, "ExecStart");
        start.Should().StartWith(Program);
        var root = new RootCommand();
        foreach (var command in LedgerCommand.All(Terminals.Of(TextWriter.Null)))
            root.Add(command);

        root.Parse(start[Program.Length..]).Errors.Should().BeEmpty();
    }

    [Theory]
    [InlineData("ledger.service")]
    [InlineData("ledger-witness.service")]
    public void Start_again_whatever_ended_and_never_give_up(string service)
    {
        Setting(service, "Restart").Should().Be("always");
        Setting(service, "StartLimitIntervalSec").Should().Be("0");
        Setting(service, "WantedBy").Should().Be("multi-user.target");
    }

    [Fact]
    public async Task Are_accepted_by_systemd()
    {
        if (Programs.Find("systemd-analyze") is not { } analyze)
        {
            Assert.Skip("systemd is not installed");
            return;
        }

        var verified = await ProcessRunner.RunAsync(
            analyze,
            ["verify", .. Directory.GetFiles(Folder)],
            cancellationToken: TestContext.Current.CancellationToken
        );

        // A machine may have no such accounts, paths or programs; what systemd does not understand is about a unit.
        verified
            .Output.Split('\n')
            .Where(line => line.Contains(Folder, StringComparison.Ordinal))
            .Should()
            .NotContain(line => line.Contains("Unknown", StringComparison.Ordinal))
            .And.NotContain(line => line.Contains("Failed to parse", StringComparison.Ordinal));
    }

    private static string Setting(string unit, string name) =>
        File.ReadLines(Path.Combine(Folder, unit))
            .Single(line => line.StartsWith($"{name}=", StringComparison.Ordinal))[(name.Length + 1)..];
}
