using System.Diagnostics.Metrics;
using Ledger.Proof;
using Ledger.Proof.Notes;
using Ledger.Server.Hosting;
using Ledger.Store;
using Ledger.Store.Signing;
using Ledger.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using OpenTelemetry.Metrics;

namespace Ledger.Server.Tests.World;

/// <summary>A server in this process, on a loopback port of its own and a real database.</summary>
public sealed class RunningServer : IAsyncDisposable
{
    private static readonly string Keys = Scratch.Folder("keys");

    private readonly WebApplication _server;

    private RunningServer(WebApplication server, string connection)
    {
        (_server, Connection) = (server, connection);
        Http = Client.Operating(Address, connection);
    }

    /// <summary>
    /// Of the database's superuser, with whom tests look and tamper. The server itself has a role that owns nothing.
    /// </summary>
    public string Connection { get; }

    public string Address => _server.Urls.Single();

    /// <summary>The operator's client, who may do everything.</summary>
    public HttpClient Http { get; }

    /// <summary>A client of somebody who has not signed in.</summary>
    public HttpClient Stranger() => Client.To(Address);

    public static string OperatorFileOf(string connection) =>
        Path.Combine(Path.GetDirectoryName(KeyFileOf(connection))!, "operator.token");

    /// <summary>Servers on one database share a key.</summary>
    public static string KeyFileOf(string connection)
    {
        var database = new NpgsqlConnectionStringBuilder(connection);
        // Databases of two clusters may have one name; their passwords differ.
        return Path.Combine(
            Keys,
            $"{database.Database}-{Hash.Of(System.Text.Encoding.UTF8.GetBytes($"{database.Port} {database.Password}")).ToString()[..8]}",
            "log.key"
        );
    }

    /// <summary>The key in a file of <see cref="KeyFileOf"/>, made now where there is none yet.</summary>
    public static VerifierKey LogKeyIn(string file)
    {
        using var key = LogKey.Open(
            file,
            "ledger.local",
            () => System.Security.Cryptography.RandomNumberGenerator.GetBytes(Ed25519Key.SeedLength)
        );
        return key.For(Idlib.Id);
    }

    public T Get<T>()
        where T : notnull => (T)_server.Services.GetService(typeof(T))!;

    public static async Task<RunningServer> StartAsync(
        string? connection = null,
        bool alone = true,
        TimeProvider? clock = null,
        Action<IServiceCollection>? services = null,
        Action<WebApplication>? more = null,
        params string[] also
    )
    {
        connection ??= await ServersRole.DatabaseAsync();
        var server = LedgerServer.Build(
            [
                $"--LEDGER_CONNECTION={await ServersRole.ConnectionAsync(connection, also)}",
                $"--LEDGER_KEY={KeyFileOf(connection)}",
                $"--LEDGER_OPERATOR={OperatorFileOf(connection)}",
                "--LEDGER_URL=http://127.0.0.1:0",
                $"--LEDGER_NODES={(alone ? "one" : "many")}",
                "--environment=Production",
                .. also,
            ],
            own =>
            {
                own.AddSingleton(clock ?? TimeProvider.System);
                // Each server of this process hears the instruments of all of them, which are more than it takes.
                own.ConfigureOpenTelemetryMeterProvider(
                    (provider, metrics) =>
                    {
                        var meters = provider.GetRequiredService<IMeterFactory>();
                        metrics.AddView(instrument =>
                            instrument.Meter.Scope is { } scope && scope != meters
                                ? MetricStreamConfiguration.Drop
                                : null
                        );
                    }
                );
                // A test that has a time of its own does not mean that clocks are wrong.
                if (clock is not null)
                    own.AddSingleton(
                        (LedgerStoreOptions)
                            own.Last(s => s.ServiceType == typeof(LedgerStoreOptions)).ImplementationInstance! with
                        {
                            ClockTolerance = NodaTime.Duration.FromDays(36500),
                        }
                    );
                services?.Invoke(own);
            }
        );
        more?.Invoke(server);
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
