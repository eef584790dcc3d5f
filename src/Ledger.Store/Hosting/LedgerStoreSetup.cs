using JasperFx;
using JasperFx.Events;
using JasperFx.Events.Projections;
using Ledger.Domain.Entries;
using Ledger.Store.Following;
using Ledger.Store.People;
using Ledger.Store.Projections;
using Ledger.Store.Publishing;
using Ledger.Store.Reading;
using Ledger.Store.Reports;
using Ledger.Store.Schema;
using Ledger.Store.Sealing;
using Ledger.Store.Signing;
using Ledger.Store.Webhooks;
using Ledger.Store.Writing;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;
using Weasel.Core;
using Wolverine;
using Wolverine.Marten;

namespace Ledger.Store.Hosting;

public static class LedgerStoreSetup
{
    /// <summary>Statements that a session keeps prepared; the program has fewer that it uses often.</summary>
    private const int Statements = 100;

    /// <summary>
    /// Registers the ledger on one PostgreSQL database. The host must use Wolverine, which shares the projections out
    /// between servers.
    /// </summary>
    public static IServiceCollection AddLedgerStore(this IServiceCollection services, LedgerStoreOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton(_ => DataSource(options.ConnectionString, keepsState: false));
        services.AddKeyedSingleton(KeptSessions.Key, (_, _) => DataSource(options.ConnectionString, keepsState: true));
        services.AddMetrics();
        services.AddSingleton<LedgerTelemetry>();
        services.AddSingleton<AgreementTexts>();
        services.AddSingleton<LedgerWriters>();
        services.AddSingleton<RecordingClock>();
        services.AddSingleton<DiskSpace>();
        services.AddSingleton<LedgerReader>();
        services.AddSingleton<LogSigning>();
        services.AddSingleton<SealedKeys>();
        services.AddSingleton<Disclosures>();
        services.AddSingleton<PublishedLog>();
        services.AddSingleton<SealedStates>();
        services.AddSingleton<Cosignatures>();
        services.AddSingleton<ReportTable>().AddSingleton<Proposals>().AddSingleton<Questions>();
        services
            .AddSingleton<Access>()
            .AddSingleton<PeopleRegister>()
            .AddSingleton<SignIns>()
            .AddSingleton<Openings>()
            .AddSingleton<Devices>()
            .AddSingleton<Passkeys>()
            .AddSingleton<Challenges>();
        services.AddSingleton<StreamEnds>();
        services.AddSingleton<Tail>();
        services.AddSingleton<FollowedBooks>();
        services.AddSingleton<SecretBox>().AddSingleton<WebhookRegister>();
        services.AddSingleton<Deadlines>();
        services.AddSingleton<IProjectedTables, IncidentTables>().AddSingleton<IProjectedTables, VerdictTables>();
        services.AddSingleton<Projector>();
        services.AddSingleton<IWolverineExtension, LedgerMessages>();
        // First of all that starts: everything else needs the tables.
        services.AddSingleton<LedgerSchema>();
        services.AddHostedService(provider => provider.GetRequiredService<LedgerSchema>());
        services
            .AddMarten(marten => Configure(marten, options.Schema))
            .UseNpgsqlDataSource(KeptSessions.Key)
            .UseLightweightSessions()
            .IntegrateWithWolverine(integration => integration.UseWolverineManagedEventSubscriptionDistribution = true)
            .SubscribeToEventsWithServices<WebhookSubscription>(ServiceLifetime.Singleton);
        services.AddHostedService(provider => provider.GetRequiredService<SealedKeys>());
        services.AddHostedService(provider => provider.GetRequiredService<StreamEnds>());
        services.AddHostedService(provider => provider.GetRequiredService<FollowedBooks>());
        services.AddHostedService(provider => provider.GetRequiredService<Projector>());
        services.AddHostedService<ProjectionLag>();
        // Last registered is first stopped: what was taken is written while everything else still runs.
        services.AddHostedService<WriterDrain>();
        return services;
    }

    /// <summary>How Marten keeps the ledger, without saying where.</summary>
    internal static void Configure(StoreOptions marten, string schema)
    {
        marten.DatabaseSchemaName = schema;
        // Tables are made in one place, at the start, by whoever owns them: LedgerSchema.
        marten.AutoCreateSchemaObjects = AutoCreate.None;
        marten.DisableNpgsqlLogging = true;
        // The jsonb of an event is the `data` of its entry.
        marten.UseSystemTextJsonForSerialization(configure: json => LedgerJson.Configure(json));

        var events = marten.Events;
        events.StreamIdentity = StreamIdentity.AsString;
        events.AppendMode = EventAppendMode.QuickWithServerTimestamps;
        events.UseMandatoryStreamTypeDeclaration = true;
        events.UseExclusiveLockOnConcurrentAppends = true;
        events.EnableUniqueIndexOnEventId = true;
        events.EnableBigIntEvents = true;
        events.MetadataConfig.EnableAll();
        foreach (var (name, type) in EventTypes.ByName)
            events.MapEventType(type, name);

        // Marten's defaults leave out what a projection cannot digest; a view that silently lacks entries is worse than
        // one that stops.
        foreach (
            var errors in (JasperFx.Events.Daemon.ErrorHandlingOptions[])
                [marten.Projections.Errors, marten.Projections.RebuildErrors]
        )
            errors.SkipApplyErrors = errors.SkipSerializationErrors = errors.SkipUnknownEvents = false;

        foreach (
            var table in LedgerTables
                .All(schema)
                .Concat(LogTables.All(schema))
                .Concat(WebhookTables.All(schema))
                .Concat(PeopleTables.All(schema))
                .Concat(EvidenceTables.All(schema))
        )
            marten.Storage.ExtendedSchemaObjects.Add(table);
    }

    private static NpgsqlDataSource DataSource(string connectionString, bool keepsState)
    {
        var builder = new NpgsqlDataSourceBuilder(connectionString);
        var connection = builder.ConnectionStringBuilder;
        connection.ApplicationName ??= "ledger";
        connection.Timezone ??= "UTC";
        // A session that falls asleep inside a transaction holds up every projection and every other writer of its
        // agreement.
        connection.Options = $"{connection.Options} -c idle_in_transaction_session_timeout=20000".Trim();
        if (!keepsState)
        {
            // What is asked a thousand times a second is parsed and planned once a session, and a session that was given
            // nothing to keep need not be told to forget it. A plan that was made while a table was small is kept when it
            // has grown, so it must use the index from the start.
            connection.Options += " -c enable_seqscan=off -c jit=off";
            connection.MaxAutoPrepare = Statements;
            connection.NoResetOnClose = true;
        }

        return builder.Build();
    }
}
