using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using JasperFx.CodeGeneration;
using Ledger.Server.Answers;
using Ledger.Server.Authorization;
using Ledger.Server.Description;
using Ledger.Server.Evidence;
using Ledger.Server.Limits;
using Ledger.Server.Log;
using Ledger.Server.Pages;
using Ledger.Server.People;
using Ledger.Server.Requests;
using Ledger.Server.Settings;
using Ledger.Server.Webhooks;
using Ledger.Store;
using Ledger.Store.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Wolverine;
using Wolverine.ErrorHandling;
using Wolverine.Http;

namespace Ledger.Server.Hosting;

/// <summary>The whole server, put together.</summary>
public static class LedgerServer
{
    /// <param name="args">As on the command line.</param>
    /// <param name="also">Registered last, so that a test can bring its own clock.</param>
    public static WebApplication Build(string[] args, Action<IServiceCollection>? also = null)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.WebHost.UseKestrelHttpsConfiguration();
        var settings = ServerSettings.Read(builder.Configuration);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            // What listens is said in one place, so that no configuration file can open another door.
            kestrel.ConfigurationLoader = null;
            kestrel.Listen(
                settings.Address,
                settings.Port,
                door =>
                {
                    if (settings.Certificate is { } certificate)
                        door.UseHttps(tls => Certify(tls, certificate, settings.CertificateKey));
                }
            );
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = RequestBody.MostOfBatch;
            kestrel.Limits.LimitTime(settings);
        });
        builder
            .Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning)
            .AddFilter("Wolverine", LogLevel.Warning)
            .AddFilter("Wolverine.Configuration.HandlerDiscovery", LogLevel.Error)
            .AddFilter("Marten", LogLevel.Warning)
            .AddFilter("JasperFx", LogLevel.Warning);

        var services = builder.Services;
        services.AddSingleton(settings);
        services.AddLedgerStore(
            new LedgerStoreOptions
            {
                ConnectionString = settings.Connection,
                Schema = settings.Schema,
                KeyFile = settings.KeyFile,
                SignerSocket = settings.SignerSocket,
                MasterKeyFile = settings.MasterKeyFile,
                LedgerName = settings.Name,
                DiskReserve = settings.DiskReserve,
                DiskWarning = settings.DiskWarning,
                ClockTolerance = NodaTime.Duration.FromTimeSpan(settings.ClockTolerance),
            }
        );
        services.AddLog();
        services.AddWolverineHttp();
        services
            .AddSingleton<Submission>()
            .AddSingleton<CurrentBooks>()
            .AddSingleton<QuestionEndpoint>()
            .AddSingleton<Batch>();
        services.AddEvidence(settings);
        services.AddSingleton<WebhookSender>();
        services.AddSingleton<RateLimits>();
        services.AddTimeLimits();
        services.AddCallers();
        services.AddPeople();
        services.AddOpenId(settings);
        services.AddHealth();
        services.AddDescription();
        services.AddTelemetry(settings);
        services.AddWebApp();
        services.AddCompressedAnswers();
        services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(25));
        builder.Host.UseWolverine(wolverine => Configure(wolverine, settings, builder.Environment));

        also?.Invoke(services);
        var app = builder.Build();
        app.UseMiddleware<StalledReaders>();
        app.UseMiddleware<SecurityHeaders>();
        app.UseErrorPages();
        app.UseMiddleware<ErrorsEverywhere>();
        KnownHosts.UseProxies(app, settings);
        app.UseMiddleware<KnownHosts>();
        app.UseWebFiles();
        app.Use(HeadAsGet);
        app.UseRouting();
        var limits = app.Services.GetRequiredService<RateLimits>();
        app.Limit(limits.OfCallers);
        app.UseTimeLimits();
        app.UseMiddleware<QueryGuard>();
        app.UseAuthentication();
        app.UseAuthorization();
        app.Limit(limits.OfPersons);
        app.UseCompressedAnswers();
        app.MapHealth();
        app.MapOpenApi().AskNobody();
        app.MapReference();
        app.MapPrometheusScrapingEndpoint("/metrics").Permit(Permission.Keep);
        app.MapLog();
        app.MapOpenId(settings);
        app.MapWebApp();
        app.MapWolverineEndpoints();
        if (StatedPermissions.Missing(app).ToArray() is [_, ..] missing)
            throw new CannotStartException(
                $"These endpoints do not state one permission: {string.Join(", ", missing)}"
            );
        return app;
    }

    /// <summary>
    /// Who asks for the headers alone gets those of the whole answer (RFC 9110, section 9.3.2); the server leaves the
    /// body out by itself. A stream of changes has no whole.
    /// </summary>
    private static Task HeadAsGet(HttpContext context, RequestDelegate next)
    {
        if (
            HttpMethods.IsHead(context.Request.Method)
            && !context.Request.Path.Value!.EndsWith("/changes", StringComparison.Ordinal)
        )
            context.Request.Method = HttpMethods.Get;
        return next(context);
    }

    /// <summary>
    /// With everything that the file holds: a client knows the root alone, and cannot come from it to our certificate
    /// without those between.
    /// </summary>
    private static void Certify(HttpsConnectionAdapterOptions tls, string certificate, string? key)
    {
        try
        {
            tls.ServerCertificate = X509Certificate2.CreateFromPemFile(certificate, key);
            tls.ServerCertificateChain = [];
            tls.ServerCertificateChain.ImportFromPemFile(certificate);
        }
        catch (Exception fault)
            when (fault is CryptographicException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            throw new CannotStartException(
                $"LEDGER_CERTIFICATE and LEDGER_CERTIFICATE_KEY do not give a certificate with its key: {fault.Message}",
                fault
            );
        }

        tls.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
    }

    private static void Configure(WolverineOptions wolverine, ServerSettings settings, IHostEnvironment environment)
    {
        wolverine.ApplicationAssembly = typeof(LedgerServer).Assembly;
        wolverine.ServiceName = "ledger";
        wolverine.CodeGeneration.TypeLoadMode = environment.IsDevelopment()
            ? TypeLoadMode.Dynamic
            : TypeLoadMode.Static;

        wolverine.Policies.OnException<WebhookFailedException>().ScheduleRetry([.. settings.WebhookRetries]);

        // The defaults suit a cluster of many nodes: they place projections in 15 to 21 seconds and take a minute to
        // notice that a node died.
        var durability = wolverine.Durability;
        durability.Mode = settings.Alone ? DurabilityMode.Solo : DurabilityMode.Balanced;
        durability.FirstHealthCheckExecution = TimeSpan.FromMilliseconds(200);
        durability.HealthCheckPollingTime = TimeSpan.FromSeconds(2);
        durability.CheckAssignmentPeriod = TimeSpan.FromSeconds(2);
        durability.StaleNodeTimeout = TimeSpan.FromSeconds(10);
    }
}
