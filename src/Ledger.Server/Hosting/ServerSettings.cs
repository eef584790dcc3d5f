using System.Collections.Immutable;
using System.Net;
using Npgsql;

namespace Ledger.Server.Hosting;

/// <summary>Everything that can be set, read once at start.</summary>
public sealed record ServerSettings
{
    /// <summary>Every setting there is, with its default and what it does; docs/operating.md lists the same.</summary>
    public static readonly ImmutableArray<Setting> All =
    [
        new("LEDGER_CONNECTION", null, "Npgsql connection string of the PostgreSQL database that keeps the ledger. `ConnectionStrings:Ledger` is the same."),
        new("LEDGER_URL", "http://127.0.0.1:5080", "The address the server listens on. Only http on a loopback address; port 0 takes any free port."),
        new("LEDGER_SCHEMA", "ledger", "The PostgreSQL schema that holds the ledger's tables."),
        new("LEDGER_NODES", "many", "`one` when no other server uses this database: starts a little faster and shares no work out."),
        new("LEDGER_DATA", null, "A directory for files of the server: the signing key and what was signed. `./ledger up` knows its server by it."),
        new("LEDGER_KEY", null, "The file of the key that signs checkpoints; by default `log.key` in LEDGER_DATA. Made at the first start, mode 0600. Servers on one database share it; keep a copy away from the database."),
        new("LEDGER_OPERATOR", null, "The file of the operator's API token; by default `operator.token` in LEDGER_DATA, else beside LEDGER_KEY. Made at the first start, mode 0600; whoever can read it keeps the ledger."),
        new("LEDGER_NAME", "ledger.local", "The first part of every log's name, such as a host name of yours. It must never change: a log with another name is another log."),
        new("LEDGER_POLICY", null, "A tlog-policy file: the witnesses that checkpoints are brought to, each with its address, and their quorum."),
        new("LEDGER_WEB", null, "The folder of the built web app; by default `wwwroot` beside the server's program."),
        new("OTEL_EXPORTER_OTLP_ENDPOINT", null, "Where traces and metrics are sent with OTLP. Without it nothing is sent; /metrics is served either way."),
    ];

    public required string Connection { get; init; }

    /// <summary>Loopback.</summary>
    public required IPAddress Address { get; init; }

    /// <summary>0 is any free one.</summary>
    public required int Port { get; init; }

    public required string Schema { get; init; }

    public required bool Alone { get; init; }

    public string? Data { get; init; }

    /// <summary>Null when neither LEDGER_KEY nor LEDGER_DATA is set: then the server does not start, but its tools run.</summary>
    public string? KeyFile { get; init; }

    /// <summary>Null where there is no place for it: then only people who were invited before come in.</summary>
    public string? OperatorFile { get; init; }

    public required string Name { get; init; }

    /// <summary>File of the policy that names our witnesses.</summary>
    public string? Policy { get; init; }

    /// <summary>Folder of the web app; null is the one beside the program.</summary>
    public string? Web { get; init; }

    public Uri? Telemetry { get; init; }

    /// <exception cref="CannotStartException">A setting is missing or cannot be.</exception>
    public static ServerSettings Read(IConfiguration given)
    {
        string? Value(string name) => given[name] is { Length: > 0 } value ? value : All.FirstOrDefault(s => s.Name == name)?.Default;

        var (address, port) = Listen("LEDGER_URL", Value("LEDGER_URL")!);
        // The usual ways of ASP.NET Core to name an address must not be a way around the rule.
        foreach (var url in (given["urls"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries))
            (address, port) = Listen("--urls", url);

        return new ServerSettings
        {
            Connection = Database(Value("LEDGER_CONNECTION") ?? given.GetConnectionString("Ledger"))
                ?? throw new CannotStartException("LEDGER_CONNECTION is not set: give the connection string of a PostgreSQL database, such as 'Host=127.0.0.1;Database=ledger;Username=ledger'."),
            Address = address,
            Port = port,
            Schema = Value("LEDGER_SCHEMA") is { } schema && schema.All(c => char.IsAsciiLetterLower(c) || c == '_')
                ? schema
                : throw new CannotStartException($"LEDGER_SCHEMA is '{Value("LEDGER_SCHEMA")}': use lower-case letters and underscores."),
            Alone = Value("LEDGER_NODES") switch
            {
                "one" => true,
                "many" => false,
                var other => throw new CannotStartException($"LEDGER_NODES is '{other}': write one or many."),
            },
            Data = Value("LEDGER_DATA"),
            KeyFile = Value("LEDGER_KEY") ?? (Value("LEDGER_DATA") is { } data ? Path.Combine(data, "log.key") : null),
            OperatorFile = Value("LEDGER_OPERATOR")
                ?? (Value("LEDGER_DATA") is { } folder ? Path.Combine(folder, "operator.token") : Value("LEDGER_KEY") is { } key && Path.GetDirectoryName(Path.GetFullPath(key)) is { } beside ? Path.Combine(beside, "operator.token") : null),
            Policy = Value("LEDGER_POLICY"),
            Web = Value("LEDGER_WEB"),
            Name = Value("LEDGER_NAME") is { } name && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or '/')
                ? name
                : throw new CannotStartException($"LEDGER_NAME is '{Value("LEDGER_NAME")}': use letters, digits, dots, hyphens, underscores and slashes."),
            Telemetry = Value("OTEL_EXPORTER_OTLP_ENDPOINT") is not { } otlp ? null
                : Uri.TryCreate(otlp, UriKind.Absolute, out var endpoint) ? endpoint
                : throw new CannotStartException($"OTEL_EXPORTER_OTLP_ENDPOINT is '{otlp}', which is no address."),
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
            throw new CannotStartException("LEDGER_CONNECTION is no connection string: write it as 'Host=127.0.0.1;Database=ledger;Username=ledger;Password=...'.", wrong);
        }
    }

    /// <summary>Until there are people with permissions, whoever reaches the server may do everything, so nobody beyond this machine reaches it.</summary>
    private static (IPAddress Address, int Port) Listen(string name, string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme != "http" || address.AbsolutePath != "/")
            throw new CannotStartException($"{name} is '{url}': write it as http://127.0.0.1:5080.");
        if (!Loopback.IsLoopback(address.Host))
            throw new CannotStartException($"{name} is '{url}', but there is no sign-in yet, so the server listens on this machine only: use http://127.0.0.1:{address.Port}.");
        return (address.Host is "localhost" ? IPAddress.Loopback : IPAddress.Parse(address.Host.Trim('[', ']')), address.Port);
    }
}

/// <param name="Name">As an environment variable.</param>
/// <param name="Default">Null is nothing.</param>
/// <param name="Meaning">A sentence for whoever operates the server.</param>
public sealed record Setting(string Name, string? Default, string Meaning);

/// <summary>The server cannot start as it was told to; the message says why in one sentence.</summary>
public sealed class CannotStartException(string message, Exception? cause = null) : Exception(message, cause);
