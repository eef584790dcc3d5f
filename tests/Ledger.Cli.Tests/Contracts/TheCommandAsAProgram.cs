using System.Diagnostics;
using System.Text;
using Ledger.Cli.Installation;
using Ledger.Cli.Terminals;
using Ledger.Local.Machine;

namespace Ledger.Cli.Tests.Contracts;

/// <summary>The built program, in a process of its own, with its output in a pipe.</summary>
public sealed class TheCommandAsAProgram
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "ledger.dll");

    [Fact]
    public async Task Writes_plain_UTF8_without_a_mark_into_a_pipe()
    {
        var (exit, output, _) = await RunAsync(
            "replay",
            Shipped("signed.yaml"),
            Shipped("entries.jsonl"),
            "--as-of",
            "2018-10-16"
        );

        exit.Should().Be(0);
        output.Should().StartWith("Memorandum"u8.ToArray()).And.NotContain((byte)0x1b, "colour is for people");
        output.Should().OnlyContain(b => b < 0x80, "signs beyond ASCII are for terminals");
    }

    [Fact]
    public async Task Keeps_text_of_people_as_it_is()
    {
        var (exit, output, _) = await RunAsync(
            "replay",
            Shipped("signed.yaml"),
            Shipped("entries.jsonl"),
            "--as-of",
            "2018-10-16",
            "--json"
        );

        exit.Should().Be(0);
        Encoding.UTF8.GetString(output).Should().Contain("سحب الأسلحة الثقيلة");
    }

    [Fact]
    public async Task Puts_errors_on_standard_error_and_says_how_it_ended()
    {
        var (exit, output, error) = await RunAsync("status", "--server", "http://127.0.0.1:9");

        exit.Should().Be(ExitCode.Unreachable);
        output.Should().BeEmpty();
        error.Should().StartWith("ledger: The server at http://127.0.0.1:9 gave no answer");
    }

    private static string Shipped(string file) => Path.Combine(Demonstration.Folder, Demonstration.Agreement, file);

    private static async Task<(int Exit, byte[] Output, string Error)> RunAsync(params string[] args)
    {
        var start = new ProcessStartInfo(Dotnet.Host, [Program, .. args])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        using var output = new MemoryStream();
        var error = process.StandardError.ReadToEndAsync();
        await process.StandardOutput.BaseStream.CopyToAsync(output);
        await process.WaitForExitAsync();
        return (process.ExitCode, output.ToArray(), await error);
    }
}
