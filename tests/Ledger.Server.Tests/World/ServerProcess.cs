using System.Diagnostics;

namespace Ledger.Server.Tests.World;

/// <summary>The built server as a process of its own, which can be killed.</summary>
public sealed class ServerProcess : IDisposable
{
    private readonly Process _process;

    private ServerProcess(Process process, string address)
    {
        (_process, Http) = (process, Client.To(address));
    }

    /// <summary>The operator's client, once the server is ready.</summary>
    public HttpClient Http { get; }

    /// <summary>Starts it and waits until it is ready.</summary>
    public static async Task<ServerProcess> StartAsync(string connection, params (string Name, string Value)[] settings)
    {
        var start = Repository.Server();
        start.Environment["LEDGER_CONNECTION"] = connection;
        start.Environment["LEDGER_KEY"] = RunningServer.KeyFileOf(connection);
        start.Environment["LEDGER_OPERATOR"] = RunningServer.OperatorFileOf(connection);
        // A port that was free a moment ago may be another server's now, so the kernel gives one, and the server says
        // which.
        start.Environment["LEDGER_URL"] = "http://127.0.0.1:0";
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        var process = Process.Start(start)!;
        var listening = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        process.OutputDataReceived += (_, line) =>
        {
            const string Listening = "Now listening on: ";
            if (line.Data is null)
                listening.TrySetException(new InvalidOperationException("The server ended before it listened."));
            else if (line.Data.IndexOf(Listening, StringComparison.Ordinal) is >= 0 and var at)
                listening.TrySetResult(line.Data[(at + Listening.Length)..].Trim());
        };
        process.ErrorDataReceived += (_, line) => Console.Error.WriteLine(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var server = new ServerProcess(process, await listening.Task);
        await Eventually.Async(async () =>
            !process.HasExited && (await server.Http.AskAsync("/health/ready")).Status == HttpStatusCode.OK
        );
        server.Http.With(await File.ReadAllTextAsync(RunningServer.OperatorFileOf(connection)));
        return server;
    }

    /// <summary>Local addresses on which the process listens, as the kernel tells.</summary>
    public IReadOnlyList<string> Addresses()
    {
        var sockets = Directory
            .GetFiles($"/proc/{_process.Id}/fd")
            .Select(descriptor => new FileInfo(descriptor).LinkTarget)
            .OfType<string>()
            .Where(target => target.StartsWith("socket:[", StringComparison.Ordinal))
            .Select(target => target["socket:[".Length..^1])
            .ToHashSet(StringComparer.Ordinal);
        const string Listening = "0A";
        return
        [
            .. new[] { "tcp", "tcp6" }
                .SelectMany(table => File.ReadLines($"/proc/{_process.Id}/net/{table}").Skip(1))
                .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Where(columns => columns[3] == Listening && sockets.Contains(columns[9]))
                .Select(columns => AddressOf(columns[1])),
        ];
    }

    /// <summary>As `kill -9` does: nothing is finished, nothing is said.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Asks it to stop, as `kill` does, and waits until it has.</summary>
    public async Task<int> StopAsync()
    {
        using (
            var kill = Process.Start(
                "kill",
                ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]
            )!
        )
            await kill.WaitForExitAsync();
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
        Http.Dispose();
    }

    private static string AddressOf(string hexadecimal)
    {
        var (address, port) = (
            Convert.FromHexString(hexadecimal.Split(':')[0]),
            Convert.ToInt32(hexadecimal.Split(':')[1], 16)
        );
        Array.Reverse(address);
        return $"{new IPAddress(address)}:{port}";
    }
}
