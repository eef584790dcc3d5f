using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using Ledger.Server.People;
using Npgsql;

namespace Ledger.Server.Settings;

/// <summary>Everything that can be set, read once at start.</summary>
public sealed record ServerSettings
{
    /// <summary>Every setting there is, with its default and what it does; docs/operating.md lists the same.</summary>
    public static readonly ImmutableArray<Setting> All =
    [
        new(
            "LEDGER_CONNECTION",
            null,
            "Npgsql connection string of the PostgreSQL database that keeps the ledger. `ConnectionStrings:Ledger` is the same."
        ),
        new(
            "LEDGER_URL",
            "http://127.0.0.1:5080",
            "The address the server listens on: http on a loopback address; any other with people, and TLS or a named proxy, see docs/security.md. Port 0 takes any free port."
        ),
        new(
            "LEDGER_HOSTS",
            null,
            "The host names under which other machines reach the server, separated by commas. It answers to no other name, and to these only over TLS."
        ),
        new("LEDGER_CERTIFICATE", null, "A PEM file with the certificate and its chain, for an https address."),
        new("LEDGER_CERTIFICATE_KEY", null, "A PEM file with the certificate's key, if it is not in the same file."),
        new(
            "LEDGER_PROXIES",
            null,
            "Addresses or networks (10.0.0.0/8) of the proxies that terminate TLS in front of the server, separated by commas. Forwarded headers are accepted only from these."
        ),
        new(
            "LEDGER_OPENID_AUTHORITY",
            null,
            "The address of an OpenID Connect provider through which people may sign in. The redirect address is `/sign-in-elsewhere/callback`."
        ),
        new("LEDGER_OPENID_CLIENT", null, "The client id that the provider assigned to this ledger."),
        new(
            "LEDGER_OPENID_SECRET_FILE",
            null,
            "The file that contains the client secret that the provider assigned to this ledger."
        ),
        new("LEDGER_SCHEMA", "ledger", "The PostgreSQL schema that holds the ledger's tables."),
        new(
            "LEDGER_NODES",
            "many",
            "`one` if no other server uses this database: it starts a little faster and does not distribute work."
        ),
        new(
            "LEDGER_DATA",
            null,
            "A directory for files of the server: the signing key and the record of signed sizes. `./ledger up` recognises its server by it."
        ),
        new(
            "LEDGER_KEY",
            null,
            "The file of the key that signs checkpoints; by default `log.key` in LEDGER_DATA. Created at the first start with mode 0600. Servers on one database share it; keep a copy away from the database."
        ),
        new(
            "LEDGER_SIGNER",
            null,
            "The Unix socket of a signing process (`ledger signer`) that holds the key instead of LEDGER_KEY, which then only names where the record of signed sizes is kept."
        ),
        new(
            "LEDGER_OPERATOR",
            null,
            "The file of the operator's API token; by default `operator.token` in LEDGER_DATA, else beside LEDGER_KEY. Created at the first start with mode 0600; anyone who can read it has the operator's rights."
        ),
        new(
            "LEDGER_MASTER_KEY",
            null,
            "The file of the master key that encrypts the keys of persons, which are in a folder of the same name followed by `.persons`; by default `master.key` beside LEDGER_KEY. Created at the first start with mode 0600. Servers on one database share both."
        ),
        new(
            "LEDGER_NAME",
            "ledger.local",
            "The first part of every log's name, such as your host name. It must never change: a log with another name is another log."
        ),
        new(
            "LEDGER_POLICY",
            null,
            "A tlog-policy file: the witnesses to which checkpoints are sent, each with its address, and their quorum."
        ),
        new(
            "LEDGER_REFUSED",
            "stop",
            "What happens when every witness refuses a checkpoint because it has seen another history: `stop` records nothing more, `record` goes on."
        ),
        new(
            "LEDGER_PUBLISH",
            "signed",
            "Which checkpoints the log publishes: `signed`, each as soon as it is signed, or `witnessed`, only those that the quorum of LEDGER_POLICY has cosigned, and no proof beyond them."
        ),
        new(
            "LEDGER_EVIDENCE",
            null,
            "The folder that keeps evidence files; by default `evidence` in LEDGER_DATA, else beside the key. Servers on one database share it."
        ),
        new("LEDGER_EVIDENCE_MOST", "268435456", "The maximum size of one evidence file, in bytes."),
        new(
            "LEDGER_EVIDENCE_PERSON",
            "10737418240",
            "The maximum number of bytes of evidence for one person, in all agreements together. 0 means no limit."
        ),
        new(
            "LEDGER_EVIDENCE_AGREEMENT",
            "107374182400",
            "The maximum number of bytes of evidence in one agreement. 0 means no limit."
        ),
        new(
            "LEDGER_EVIDENCE_RESERVE",
            "268435456",
            "The number of bytes that evidence leaves free on its disk; with less free space, files are refused for the time being."
        ),
        new(
            "LEDGER_DISK_RESERVE",
            "67108864",
            "The number of bytes that stay free on the disk of the keys; with less free space, nothing is recorded and the server is not ready."
        ),
        new(
            "LEDGER_DISK_WARNING",
            "1073741824",
            "The number of free bytes on that disk below which `/health/ready` says that it will be full soon."
        ),
        new(
            "LEDGER_CLOCK",
            "5",
            "The seconds by which the server's clock may differ from the database's, and lie before the last entry; with more, nothing is recorded."
        ),
        new(
            "LEDGER_LIMIT",
            "600",
            "The maximum number of requests a minute from one token or session; five times as many from one address; a tenth of it for slow requests, such as batches and bundles. 0 means no limit."
        ),
        new(
            "LEDGER_LIMIT_PERSON",
            "1200",
            "The maximum number of requests a minute from one person, over all their tokens and sessions; a tenth of it for slow requests. 0 means no limit."
        ),
        new(
            "LEDGER_LIMIT_LOOPBACK",
            "no",
            "`yes` if a proxy on this machine forwards requests of others: then requests from this machine are limited as well."
        ),
        new(
            "LEDGER_PATIENCE",
            "15",
            "The number of seconds in which a client must send its headers, and after which a request body that arrives too slowly is aborted; an answer that the client does not read is aborted after eight times as long."
        ),
        new(
            "LEDGER_WEBHOOK_HOSTS",
            null,
            "Hosts, separated by commas, to which webhooks may be sent although they are not on the public internet, and over plain http."
        ),
        new(
            "LEDGER_WEBHOOK_RETRIES",
            "5,30,120,900,3600,21600,86400",
            "The delays, in seconds, after which a message to a webhook is sent again; after the last one it is listed as undelivered."
        ),
        new("LEDGER_WEB", null, "The folder of the built web app; by default `wwwroot` beside the server's program."),
        new(
            "OTEL_EXPORTER_OTLP_ENDPOINT",
            null,
            "The address to which traces and metrics are sent with OTLP. Without it nothing is sent; /metrics is served in any case."
        ),
    ];

    public required string Connection { get; init; }

    public required IPAddress Address { get; init; }

    /// <summary>0 is any free one.</summary>
    public required int Port { get; init; }

    /// <summary>Names of the server beyond this machine; empty where it is reached from this machine alone.</summary>
    public ImmutableArray<string> Hosts { get; init; } = [];

    /// <summary>Set exactly when the address is https.</summary>
    public string? Certificate { get; init; }

    public string? CertificateKey { get; init; }

    public ImmutableArray<IPNetwork> Proxies { get; init; } = [];

    /// <summary>Null where nobody signs in by way of a provider.</summary>
    public OpenIdProvider? OpenId { get; init; }

    public required string Schema { get; init; }

    public required bool Alone { get; init; }

    public string? Data { get; init; }

    /// <summary>
    /// Null when neither LEDGER_KEY nor LEDGER_DATA is set: then the server does not start, but its tools run.
    /// </summary>
    public string? KeyFile { get; init; }

    /// <summary>Where another process signs; null signs in this one.</summary>
    public string? SignerSocket { get; init; }

    /// <summary>Null where there is no place for it: then only people who were invited before come in.</summary>
    public string? OperatorFile { get; init; }

    /// <summary>Null is beside the signing key.</summary>
    public string? MasterKeyFile { get; init; }

    public required string Name { get; init; }

    /// <summary>File of the policy that names our witnesses.</summary>
    public string? Policy { get; init; }

    /// <summary>Whether recording goes on though every witness refuses what was signed.</summary>
    public required bool GoesOnRefused { get; init; }

    /// <summary>Whether a checkpoint is published only once a quorum has cosigned it.</summary>
    public required bool PublishesWitnessed { get; init; }

    /// <summary>Null exactly when <see cref="KeyFile"/> is.</summary>
    public string? Evidence { get; init; }

    public required long MostEvidence { get; init; }

    /// <summary>In all agreements.</summary>
    public required long EvidenceOfAPerson { get; init; }

    public required long EvidenceOfAnAgreement { get; init; }

    public required long EvidenceReserve { get; init; }

    public required long DiskReserve { get; init; }

    public required long DiskWarning { get; init; }

    /// <summary>Folder of the web app; null is the one beside the program.</summary>
    public string? Web { get; init; }

    public required TimeSpan ClockTolerance { get; init; }

    /// <summary>0 is any number.</summary>
    public required int RequestsPerMinute { get; init; }

    /// <summary>A minute; 0 is any number.</summary>
    public required int RequestsOfAPerson { get; init; }

    public required bool LimitsThisMachine { get; init; }

    /// <summary>For clients that are slow to send.</summary>
    public required TimeSpan Patience { get; init; }

    /// <summary>Hosts that need not be on the public internet.</summary>
    public required ImmutableHashSet<string> WebhookHosts { get; init; }

    public required ImmutableArray<TimeSpan> WebhookRetries { get; init; }

    public Uri? Telemetry { get; init; }

    /// <exception cref="CannotStartException">A setting is missing or cannot be.</exception>
    public static ServerSettings Read(IConfiguration given)
    {
        string? Value(string name) =>
            given[name] is { Length: > 0 } value ? value : All.FirstOrDefault(s => s.Name == name)?.Default;

        long Number(string name, long least, long largest) =>
            long.TryParse(Value(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= least
            && number <= largest
                ? number
                : throw new CannotStartException(
                    $"{name} is '{Value(name)}': write a whole number from {least} to {largest}."
                );

        long Share(string name) => Number(name, 0, long.MaxValue) is > 0 and var share ? share : long.MaxValue;

        static string? Folder(string? path) => path is null ? null : Path.GetFullPath(path);
        static string? Beside(string? directory) => directory is null ? null : Path.Combine(directory, "evidence");

        var hosts = Parts(Value("LEDGER_HOSTS"));
        var proxies = Parts(Value("LEDGER_PROXIES")).Select(Proxy).ToImmutableArray();
        var certificate = Value("LEDGER_CERTIFICATE");
        var (address, port) = Listen("LEDGER_URL", Value("LEDGER_URL")!, certificate, hosts, proxies);
        // The usual ways of ASP.NET Core to name an address must not be a way around the rule.
        foreach (var url in (given["urls"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries))
            (address, port) = Listen("--urls", url, certificate, hosts, proxies);

        return new ServerSettings
        {
            Connection =
                Database(Value("LEDGER_CONNECTION") ?? given.GetConnectionString("Ledger"))
                ?? throw new CannotStartException(
                    "LEDGER_CONNECTION is not set: give the connection string of a PostgreSQL database, such as 'Host=127.0.0.1;Database=ledger;Username=ledger'."
                ),
            Address = address,
            Hosts = hosts,
            Certificate = certificate,
            CertificateKey = Value("LEDGER_CERTIFICATE_KEY"),
            Proxies = proxies,
            OpenId = Provider(
                Value("LEDGER_OPENID_AUTHORITY"),
                Value("LEDGER_OPENID_CLIENT"),
                Value("LEDGER_OPENID_SECRET_FILE")
            ),
            Port = port,
            Schema =
                Value("LEDGER_SCHEMA") is { } schema && schema.All(c => char.IsAsciiLetterLower(c) || c == '_')
                    ? schema
                    : throw new CannotStartException(
                        $"LEDGER_SCHEMA is '{Value("LEDGER_SCHEMA")}': use lower-case letters and underscores."
                    ),
            Alone = Value("LEDGER_NODES") switch
            {
                "one" => true,
                "many" => false,
                var other => throw new CannotStartException($"LEDGER_NODES is '{other}': write one or many."),
            },
            Data = Value("LEDGER_DATA"),
            KeyFile = Value("LEDGER_KEY") ?? (Value("LEDGER_DATA") is { } data ? Path.Combine(data, "log.key") : null),
            SignerSocket = Value("LEDGER_SIGNER"),
            OperatorFile =
                Value("LEDGER_OPERATOR")
                ?? (
                    Value("LEDGER_DATA") is { } folder ? Path.Combine(folder, "operator.token")
                    : Value("LEDGER_KEY") is { } key && Path.GetDirectoryName(Path.GetFullPath(key)) is { } beside
                        ? Path.Combine(beside, "operator.token")
                    : null
                ),
            MasterKeyFile = Value("LEDGER_MASTER_KEY"),
            Policy = Value("LEDGER_POLICY"),
            GoesOnRefused = Value("LEDGER_REFUSED") switch
            {
                "stop" => false,
                "record" => true,
                var other => throw new CannotStartException($"LEDGER_REFUSED is '{other}': write stop or record."),
            },
            PublishesWitnessed = Value("LEDGER_PUBLISH") switch
            {
                "signed" => false,
                "witnessed" when Value("LEDGER_POLICY") is null => throw new CannotStartException(
                    "LEDGER_PUBLISH is 'witnessed', but no witnesses are set: set LEDGER_POLICY."
                ),
                "witnessed" => true,
                var other => throw new CannotStartException($"LEDGER_PUBLISH is '{other}': write signed or witnessed."),
            },
            Web = Value("LEDGER_WEB"),
            Name =
                Value("LEDGER_NAME") is { } name
                && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or '/')
                    ? name
                    : throw new CannotStartException(
                        $"LEDGER_NAME is '{Value("LEDGER_NAME")}': use letters, digits, dots, hyphens, underscores and slashes."
                    ),
            Evidence = Folder(
                Value("LEDGER_EVIDENCE") ?? Beside(Value("LEDGER_DATA") ?? Path.GetDirectoryName(Value("LEDGER_KEY")))
            ),
            MostEvidence = Number("LEDGER_EVIDENCE_MOST", 1, 1L << 40),
            EvidenceOfAPerson = Share("LEDGER_EVIDENCE_PERSON"),
            EvidenceOfAnAgreement = Share("LEDGER_EVIDENCE_AGREEMENT"),
            EvidenceReserve = Number("LEDGER_EVIDENCE_RESERVE", 0, long.MaxValue),
            DiskReserve = Number("LEDGER_DISK_RESERVE", 0, long.MaxValue),
            DiskWarning = Number("LEDGER_DISK_WARNING", 0, long.MaxValue),
            ClockTolerance = TimeSpan.FromSeconds(Number("LEDGER_CLOCK", 1, 3600)),
            RequestsPerMinute = (int)Number("LEDGER_LIMIT", 0, 1_000_000),
            RequestsOfAPerson = (int)Number("LEDGER_LIMIT_PERSON", 0, 1_000_000),
            LimitsThisMachine = Value("LEDGER_LIMIT_LOOPBACK") switch
            {
                "yes" => true,
                "no" => false,
                var other => throw new CannotStartException($"LEDGER_LIMIT_LOOPBACK is '{other}': write yes or no."),
            },
            Patience = TimeSpan.FromSeconds(Number("LEDGER_PATIENCE", 1, 600)),
            WebhookHosts = ImmutableHashSet.Create(
                StringComparer.OrdinalIgnoreCase,
                (Value("LEDGER_WEBHOOK_HOSTS") ?? "").Split(
                    ',',
                    StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
                )
            ),
            WebhookRetries =
            [
                .. Value("LEDGER_WEBHOOK_RETRIES")!
                    .Split(',')
                    .Select(part =>
                        int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
                        && seconds > 0
                            ? TimeSpan.FromSeconds(seconds)
                            : throw new CannotStartException(
                                $"LEDGER_WEBHOOK_RETRIES has '{part}': write seconds, separated by commas."
                            )
                    ),
            ],
            Telemetry =
                Value("OTEL_EXPORTER_OTLP_ENDPOINT") is not { } otlp ? null
                : Uri.TryCreate(otlp, UriKind.Absolute, out var endpoint) ? endpoint
                : throw new CannotStartException($"OTEL_EXPORTER_OTLP_ENDPOINT is '{otlp}', which is not an address."),
        };
    }

    private static string? Database(string? connection)
    {
        try
        {
            return connection is null ? null : new NpgsqlConnectionStringBuilder(connection).ConnectionString;
        }
        catch (ArgumentException wrong)
        {
            // Npgsql's own words could repeat the password.
            throw new CannotStartException(
                "LEDGER_CONNECTION is not a connection string: write it as 'Host=127.0.0.1;Database=ledger;Username=ledger;Password=...'.",
                wrong
            );
        }
    }

    /// <summary>Nobody beyond this machine reaches the server but over TLS, and under a name of its own.</summary>
    private static (IPAddress Address, int Port) Listen(
        string name,
        string url,
        string? certificate,
        ImmutableArray<string> hosts,
        ImmutableArray<IPNetwork> proxies
    )
    {
        if (
            !Uri.TryCreate(url, UriKind.Absolute, out var address)
            || address.Scheme is not ("http" or "https")
            || address.AbsolutePath != "/"
        )
            throw new CannotStartException($"{name} is '{url}': write it as http://127.0.0.1:5080.");
        if ((address.Scheme == "https") != (certificate is not null))
            throw new CannotStartException(
                certificate is null
                    ? $"{name} is '{url}', but there is no certificate: set LEDGER_CERTIFICATE to a PEM file."
                    : $"There is a certificate, but {name} is '{url}': write https."
            );
        if (certificate is not null && !File.Exists(certificate))
            throw new CannotStartException($"LEDGER_CERTIFICATE is '{certificate}', which cannot be read.");
        if (IsLoopback(address.Host))
            return (
                address.Host is "localhost" ? IPAddress.Loopback : IPAddress.Parse(address.Host.Trim('[', ']')),
                address.Port
            );
        if (certificate is null && proxies.IsEmpty)
            throw new CannotStartException(
                $"{name} is '{url}', which other machines can reach without TLS: set LEDGER_CERTIFICATE and write https, or name the proxy that terminates TLS in LEDGER_PROXIES, or use this machine only: http://127.0.0.1:{address.Port}."
            );
        if (hosts.IsEmpty)
            throw new CannotStartException(
                $"{name} is '{url}', which other machines can reach: list its host names in LEDGER_HOSTS, such as ledger.example.org."
            );
        return IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip)
            ? (ip, address.Port)
            : throw new CannotStartException(
                $"{name} is '{url}': write the address of a network card, or 0.0.0.0 for all, and the name into LEDGER_HOSTS."
            );
    }

    /// <summary>The folder of the built web app; null when it was not built, as on a machine without Node.js.</summary>
    public string? WebFolder
    {
        get
        {
            var folder = Web ?? Path.Combine(AppContext.BaseDirectory, "wwwroot");
            return File.Exists(Path.Combine(folder, "index.html")) ? folder : null;
        }
    }

    public static bool IsLoopback(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static OpenIdProvider? Provider(string? authority, string? client, string? secretFile)
    {
        if (authority is null)
            return null;
        if (
            !Uri.TryCreate(authority, UriKind.Absolute, out var address)
            || !(address.Scheme == "https" || address.IsLoopback)
        )
            throw new CannotStartException(
                $"LEDGER_OPENID_AUTHORITY is '{authority}': write the provider's https address."
            );
        if (client is null)
            throw new CannotStartException(
                "LEDGER_OPENID_CLIENT is not set: write the client id that the provider assigned to this ledger."
            );
        if (secretFile is not null && !File.Exists(secretFile))
            throw new CannotStartException($"LEDGER_OPENID_SECRET_FILE is '{secretFile}', which cannot be read.");
        return new OpenIdProvider(address, client, secretFile is null ? null : File.ReadAllText(secretFile).Trim());
    }

    private static ImmutableArray<string> Parts(string? text) =>
        [.. (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    private static IPNetwork Proxy(string text) =>
        IPNetwork.TryParse(text, out var network) ? network
        : IPAddress.TryParse(text, out var one) ? new IPNetwork(one, one.GetAddressBytes().Length * 8)
        : throw new CannotStartException(
            $"LEDGER_PROXIES has '{text}', which is not an address or network: write 10.0.0.7 or 10.0.0.0/8."
        );
}

/// <param name="Name">As an environment variable.</param>
/// <param name="Default">Null is nothing.</param>
/// <param name="Meaning">A sentence for whoever operates the server.</param>
public sealed record Setting(string Name, string? Default, string Meaning);

/// <summary>An OpenID Connect provider.</summary>
public sealed record OpenIdProvider(Uri Authority, string Client, string? Secret);

/// <summary>The server cannot start as it was told to; the message says why in one sentence.</summary>
public sealed class CannotStartException(string message, Exception? cause = null) : Exception(message, cause);
