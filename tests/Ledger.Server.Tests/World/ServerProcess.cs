using System.Diagnostics;
using System.Net.Sockets;

namespace Ledger.Server.Tests.World;

/// <summary>The built server as a process of its own, which can be killed.</summary>
public sealed class ServerProcess : IDisposable
{
    private readonly Process _process;

    private ServerProcess(Process process, string address)
    {
        (_process, Http) = (process, Client.To(address));
    }

    public HttpClient Http { get; }

    /// <summary>Starts it and waits until it is ready.</summary>
    public static async Task<ServerProcess> StartAsync(string connection)
    {
        var address = $"http://127.0.0.1:{FreePort()}";
        var start = Repository.Server();
        start.Environment["LEDGER_CONNECTION"] = connection;
        start.Environment["LEDGER_URL"] = address;
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, line) => Console.Error.WriteLine(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var server = new ServerProcess(process, address);
        await Eventually.Async(async () => !process.HasExited && (await server.Http.AskAsync("/health/ready")).Status == HttpStatusCode.OK);
        return server;
    }

    /// <summary>As `kill -9` does: nothing is finished, nothing is said.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
        Http.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
