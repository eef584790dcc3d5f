using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;
using Ledger.Cli.Terminals;

namespace Ledger.Cli.Tests.Contracts;

/// <summary>
/// A file that reads like a terminal: <c>$</c> and a command, then what it prints; lines on standard error start with
/// <c>!</c>, and an exit code other than 0 stands at the end as <c>[exit 1]</c>. Lines that start with # are for the
/// reader.
/// </summary>
public static partial class Transcript
{
    private static readonly string Folder = FolderOfThisFile();

    /// <summary>A moment after everything that the transcripts record.</summary>
    private static readonly TimeProvider Clock = new StandingClock(
        new DateTimeOffset(2035, 1, 1, 0, 0, 0, TimeSpan.Zero)
    );

    public static TheoryData<string> In(string folder) =>
        [
            .. Directory
                .GetFiles(Path.Combine(Folder, folder), "*.txt")
                .Select(file => Path.GetFileNameWithoutExtension(file)!)
                .Order(StringComparer.Ordinal),
        ];

    public static async Task HoldsAsync(string folder, string name, Uri server, string? token = null)
    {
        var file = Path.Combine(Folder, folder, $"{name}.txt");
        var (expected, actual) = (await File.ReadAllTextAsync(file), new StringBuilder());
        foreach (var block in Blocks(expected))
            actual.Append(block.Remarks).Append(await RunAsync(block.Command, server, token)).Append('\n');

        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
            await File.WriteAllTextAsync(file, actual.ToString());
        else
            actual.ToString().Should().Be(expected, $"{file} says so; UPDATE_SNAPSHOTS=1 approves a change");
    }

    private static IEnumerable<(string Remarks, string Command)> Blocks(string text)
    {
        var remarks = new StringBuilder();
        foreach (var line in text.Split('\n'))
        {
            if (line.StartsWith('#'))
                remarks.Append(line).Append('\n');
            if (!line.StartsWith("$ ", StringComparison.Ordinal))
                continue;
            yield return (remarks.ToString(), line[2..]);
            remarks.Clear();
        }
    }

    private static async Task<string> RunAsync(string command, Uri server, string? token)
    {
        var words = Words(command);
        words[0].Should().Be("ledger");
        var input = TextReader.Null;
        if (words.IndexOf("<") is >= 0 and var at)
        {
            input = new StringReader(await File.ReadAllTextAsync(Path.Combine(Folder, "Files", words[at + 1])));
            words.RemoveRange(at, 2);
        }

        var (output, error) = (new StringWriter(), new StringWriter());
        var exit = await LedgerCommand.RunAsync(
            [.. words[1..]],
            new Terminal
            {
                In = input,
                Out = output,
                Error = error,
                Variable = name =>
                    name switch
                    {
                        "LEDGER_URL" => server.ToString(),
                        "LEDGER_TOKEN" => token,
                        _ => null,
                    },
                // Wide enough that nothing is wrapped by how long a time or an address happens to be.
                Width = 200,
                Folder = Path.Combine(Folder, "Files"),
                Clock = Clock,
            }
        );
        var text = new StringBuilder($"$ {command}\n").Append(Steady(output.ToString(), server));
        foreach (var line in Steady(error.ToString(), server).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            text.Append($"! {line}\n");
        return exit == 0 ? text.ToString() : text.Append($"[exit {exit}]\n").ToString();
    }

    /// <summary>Without what differs from run to run: addresses, hashes and when something was recorded.</summary>
    private static string Steady(string text, Uri server)
    {
        text = text.Replace(server.Authority, "SERVER", StringComparison.Ordinal);
        text = Hash().Replace(text, "${label}<hash>");
        return Recorded().Replace(text, "${label}<when>");
    }

    /// <summary>
    /// As a shell splits them, as far as the transcripts need it: single and double quotes, no substitutions.
    /// </summary>
    private static List<string> Words(string command) =>
        [
            .. Word()
                .Matches(command)
                .Select(match =>
                    string.Concat(
                        match
                            .Groups["part"]
                            .Captures.Select(part =>
                                part.Value is ['\'' or '"', ..] quoted ? quoted[1..^1] : part.Value
                            )
                    )
                ),
        ];

    [GeneratedRegex("""(?<label>hash |"hash":")[0-9a-f]{64}""", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Hash();

    // Seconds are written unless they are none; what happens and is said in a transcript by its own words is of 2020.
    [GeneratedRegex(
        """((?<label>said )\d{1,2} \w{3} (?!2020)\d{4} \d\d:\d\d(:\d\d)?)|(?<label>recorded |"recorded(At)?":"|after now \(|is recorded \()(\d{1,2} \w{3} \d{4} \d\d:\d\d(:\d\d)?|\d{4}-[^")]*Z)""",
        RegexOptions.ExplicitCapture,
        1_000
    )]
    private static partial Regex Recorded();

    [GeneratedRegex("""(?<part>'[^']*'|"[^"]*"|[^\s'"]+)+""", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Word();

    private static string FolderOfThisFile([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;

    private sealed class StandingClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
