using System.Diagnostics;
using Ledger.Local.Machine;
using Ledger.Proof.Notes;
using Ledger.Testing;

namespace Ledger.Server.Tests.Proofs;

/// <summary>A witness as a program of its own.</summary>
internal sealed class RunningWitness : IAsyncDisposable
{
    private readonly Process _process;

    private RunningWitness(Process process, string name, string url, string state, VerifierKey key) =>
        (_process, Name, Url, State, Key, Http) = (process, name, url, state, key, Client.To(url));

    public string Name { get; }

    public string Url { get; }

    public string State { get; }

    public VerifierKey Key { get; }

    public HttpClient Http { get; }

    public static async Task<RunningWitness> StartAsync(
        string name,
        VerifierKey log,
        string? state = null,
        VerifierKey? also = null
    )
    {
        state ??= Scratch.Folder("witness");
        var url = $"http://127.0.0.1:{Ports.AnyFree()}";
        var program = Repository
            .ServerProgram.Replace("Ledger.Server.dll", "ledger.dll", StringComparison.Ordinal)
            .Replace("Ledger.Server", "Ledger.Cli", StringComparison.Ordinal);
        var start = new ProcessStartInfo(
            "dotnet",
            [
                program,
                "witness",
                "--name",
                $"witness.example/{name}",
                "--state",
                state,
                "--log",
                log.ToString(),
                .. also is null ? (string[])[] : ["--log", also.ToString()],
                "--listen",
                url,
            ]
        )
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        var process = Process.Start(start)!;
        var said =
            await process.StandardOutput.ReadLineAsync()
            ?? throw new InvalidOperationException("The witness did not start.");
        return new RunningWitness(process, name, url, state, VerifierKey.Parse(said.Split(' ')[1]));
    }

    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await KillAsync();
        _process.Dispose();
    }
}
