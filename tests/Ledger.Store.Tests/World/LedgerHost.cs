using Ledger.Domain.Entries;
using Ledger.Proof;
using Ledger.Store.Following;
using Ledger.Store.Hosting;
using Ledger.Store.Projections;
using Ledger.Store.Reading;
using Ledger.Store.Schema;
using Ledger.Store.Writing;
using Ledger.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NodaTime;
using Npgsql;
using Wolverine;

namespace Ledger.Store.Tests.World;

/// <summary>One server process's share of the Store, on a real database.</summary>
internal sealed class LedgerHost : IAsyncDisposable
{
    private static readonly string Keys = Scratch.Folder("keys");

    private static readonly TemplateDatabase WithTables = new(async connection =>
    {
        using var host = Build(new LedgerStoreOptions { ConnectionString = connection }, DurabilityMode.Solo);
        await host.Services.GetRequiredService<LedgerSchema>().MigrateAsync(servers: null, CancellationToken.None);
    });

    private readonly IHost _host;
    private bool _stopped;

    private LedgerHost(IHost host, string connection) => (_host, Connection) = (host, connection);

    public string Connection { get; }

    public LedgerWriters Writers => Get<LedgerWriters>();

    public LedgerReader Reader => Get<LedgerReader>();

    public NpgsqlDataSource Database => Get<NpgsqlDataSource>();

    /// <summary>Hosts on one database share a key, as servers do.</summary>
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

    public static async Task<LedgerHost> StartAsync(
        string? connection = null,
        TimeProvider? clock = null,
        Func<LedgerStoreOptions, LedgerStoreOptions>? with = null,
        DurabilityMode mode = DurabilityMode.Solo
    )
    {
        connection ??= await WithTables.CopyAsync();
        var options = new LedgerStoreOptions { ConnectionString = connection, KeyFile = KeyFileOf(connection) };
        // A test that has a time of its own does not mean that clocks are wrong.
        if (clock is not null)
            options = options with { ClockTolerance = Duration.FromDays(36500) };
        var host = Build(with?.Invoke(options) ?? options, mode, clock);
        await host.StartAsync();
        return new LedgerHost(host, connection);
    }

    private static IHost Build(LedgerStoreOptions options, DurabilityMode mode, TimeProvider? clock = null)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        // Faults are what many of these tests are about; their warnings would hide the summary.
        builder.Logging.AddConsole().SetMinimumLevel(LogLevel.Critical);
        if (clock is not null)
            builder.Services.AddSingleton(clock);
        builder.Services.AddLedgerStore(options);
        builder.UseWolverine(wolverine =>
        {
            wolverine.ApplicationAssembly = typeof(LedgerHost).Assembly;
            wolverine.Durability.Mode = mode;
        });
        return builder.Build();
    }

    /// <summary>A ledger with the truce adopted.</summary>
    public static async Task<LedgerHost> WithTruceAsync(
        string? connection = null,
        TimeProvider? clock = null,
        Func<LedgerStoreOptions, LedgerStoreOptions>? with = null,
        DurabilityMode mode = DurabilityMode.Solo
    )
    {
        var host = await StartAsync(connection, clock, with, mode);
        await host.RecordAsync(Truce.Adopted());
        return host;
    }

    public T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    public Task<WriteOutcome> WriteAsync(LedgerEvent proposed, string agreement = Truce.Id) =>
        Writers.WriteAsync(agreement, proposed);

    /// <summary>Sends the same again while the database is away or busy, as a client is told to.</summary>
    public async Task<Receipt> RecordAsync(LedgerEvent proposed, string agreement = Truce.Id)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var outcome = await WriteAsync(proposed, agreement);
        while (outcome is WriteOutcome.Unavailable && !patience.IsCancellationRequested)
            outcome = await WriteAsync(proposed, agreement);
        return outcome.Should().BeOfType<WriteOutcome.Recorded>().Subject.Receipt;
    }

    /// <summary>The book of an agreement that exists.</summary>
    public async Task<FollowedBook> BookAsync(string agreement = Truce.Id) =>
        await Get<FollowedBooks>().OpenAsync(agreement)
        ?? throw new InvalidOperationException($"There is no '{agreement}'.");

    /// <summary>Waits until the projections have seen everything that was recorded.</summary>
    public async Task CaughtUpAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await Get<Projector>().CaughtUpAsync(patience.Token);
    }

    public async Task<T?> AskAsync<T>(string sql)
    {
        await using var command = Database.CreateCommand(sql);
        return (T?)await command.ExecuteScalarAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_stopped)
            return;
        _stopped = true;
        await _host.StopAsync();
        if (_host is IAsyncDisposable host)
            await host.DisposeAsync();
    }
}
