using Ledger.Server.Hosting;
using Ledger.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Ledger.Server.Tests.World;

/// <summary>A server in this process, on a loopback port of its own and a real database.</summary>
public sealed class RunningServer : IAsyncDisposable
{
    private static readonly string Keys = Directory.CreateTempSubdirectory("ledger-keys-").FullName;

    private readonly WebApplication _server;

    private RunningServer(WebApplication server, string connection)
    {
        (_server, Connection) = (server, connection);
        Http = Client.To(server.Urls.Single());
    }

    public string Connection { get; }

    public HttpClient Http { get; }

    /// <summary>Servers on one database share a key.</summary>
    public static string KeyFileOf(string connection) => Path.Combine(Keys, new NpgsqlConnectionStringBuilder(connection).Database!, "log.key");

    public T Get<T>()
        where T : notnull => (T)_server.Services.GetService(typeof(T))!;

    public static async Task<RunningServer> StartAsync(string? connection = null, bool alone = true, TimeProvider? clock = null, params string[] also)
    {
        connection ??= await TestDatabase.CreateAsync();
        var server = LedgerServer.Build(
        [
            $"--LEDGER_CONNECTION={connection}",
            $"--LEDGER_KEY={KeyFileOf(connection)}",
            "--LEDGER_URL=http://127.0.0.1:0",
            $"--LEDGER_NODES={(alone ? "one" : "many")}",
            "--environment=Production",
            .. also,
        ], services => services.AddSingleton(clock ?? TimeProvider.System));
        await server.StartAsync();
        return new RunningServer(server, connection);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _server.StopAsync();
        await _server.DisposeAsync();
    }
}
