using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Threading.RateLimiting;
using Ledger.Server.Authorization;
using Ledger.Server.Settings;

namespace Ledger.Server.Limits;

/// <summary>
/// How many requests are taken: of an address, of whoever shows a token or a session, and once the gate has told who it
/// is, of a person with everything they show. Each has a bucket that holds a minute's worth and fills evenly; what
/// takes time is counted in a smaller bucket as well. An office behind one address shares it, so an address has more
/// than one caller.
/// </summary>
public sealed class RateLimits : IDisposable
{
    /// <summary>An address may be an office.</summary>
    private const int CallersOfAnAddress = 5;

    /// <summary>Of a minute's requests, so many may take time.</summary>
    private const int OneInSo = 10;

    /// <summary>Requests of one address that are at work at once; streams of changes are among them.</summary>
    private const int AtOnce = 100;

    private const int BitsOfANetwork = 64;

    private readonly ServerSettings _settings;
    private readonly List<PartitionedRateLimiter<HttpContext>> _parts = [];

    public RateLimits(ServerSettings settings)
    {
        _settings = settings;
        var (caller, address) = (settings.RequestsPerMinute, checked(settings.RequestsPerMinute * CallersOfAnAddress));
        if (caller > 0)
            OfCallers = PartitionedRateLimiter.CreateChained(
                Bucket(context => $"a {AddressOf(context)}", address),
                Bucket(context => TakesTime(context) ? $"a {AddressOf(context)}" : null, address / OneInSo),
                Bucket(CredentialOf, caller),
                Bucket(context => TakesTime(context) ? CredentialOf(context) : null, caller / OneInSo),
                Part(context =>
                    IsFree(context)
                        ? RateLimitPartition.GetNoLimiter("")
                        : RateLimitPartition.GetConcurrencyLimiter(
                            AddressOf(context),
                            _ => new ConcurrencyLimiterOptions { PermitLimit = AtOnce }
                        )
                )
            );
        if (settings.RequestsOfAPerson is > 0 and var person)
            OfPersons = PartitionedRateLimiter.CreateChained(
                Bucket(PersonOf, person),
                Bucket(context => TakesTime(context) ? PersonOf(context) : null, person / OneInSo)
            );
    }

    /// <summary>Of an address and of what is shown; null takes any number.</summary>
    public PartitionedRateLimiter<HttpContext>? OfCallers { get; }

    /// <summary>
    /// Of a person: whoever makes themselves ten tokens, or signs in on ten devices, has one bucket. Null takes any
    /// number. It stands behind the gate, which asks the database who somebody is; the buckets before it keep strangers
    /// from having it asked.
    /// </summary>
    public PartitionedRateLimiter<HttpContext>? OfPersons { get; }

    /// <summary>A chain does not own its parts, and each has a timer that runs until it is disposed of.</summary>
    public void Dispose() => _parts.ForEach(part => part.Dispose());

    private static string? PersonOf(HttpContext context) =>
        context.Caller() is { } caller ? $"p {caller.Person:N}" : null;

    /// <summary>A network of IPv6 is one address: whoever has one address there has all of it.</summary>
    private static string AddressOf(HttpContext context)
    {
        if (context.Connection.RemoteIpAddress is not { } address)
            return "unknown";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, BitsOfANetwork / 8))
            : address.ToString();
    }

    private PartitionedRateLimiter<HttpContext> Bucket(Func<HttpContext, string?> whose, int perMinute) =>
        Part(context =>
            IsFree(context) || whose(context) is not { } key
                ? RateLimitPartition.GetNoLimiter("")
                : RateLimitPartition.GetTokenBucketLimiter(key, _ => Options(Math.Max(1, perMinute)))
        );

    private PartitionedRateLimiter<HttpContext> Part(Func<HttpContext, RateLimitPartition<string>> partition)
    {
        var part = PartitionedRateLimiter.Create(partition);
        _parts.Add(part);
        return part;
    }

    private static TokenBucketRateLimiterOptions Options(int perMinute) =>
        new()
        {
            TokenLimit = perMinute,
            TokensPerPeriod = Math.Max(1, perMinute / 60),
            ReplenishmentPeriod = TimeSpan.FromSeconds(Math.Max(1, 60 / perMinute)),
            QueueLimit = 0,
        };

    /// <summary>
    /// A request from this machine is its operator's, unless a proxy on it speaks for others. Whoever watches the
    /// server is not told to go away.
    /// </summary>
    private bool IsFree(HttpContext context) =>
        context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal)
        || (
            !_settings.LimitsThisMachine
            && context.Connection.RemoteIpAddress is { } address
            && IPAddress.IsLoopback(address)
        );

    private static bool TakesTime(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<TakesTimeAttribute>() is not null;

    /// <summary>
    /// What is shown is not yet known to be good; with a bad one an address uses up its own bucket. A secret is not
    /// kept, not even here.
    /// </summary>
    private static string? CredentialOf(HttpContext context)
    {
        var shown =
            context.Request.Headers.Authorization is [{ Length: > 0 } token, ..] ? token
            : context.Request.Headers.Cookie is [{ Length: > 0 } cookie, ..] ? cookie
            : null;
        return shown is null ? null : $"c {Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(shown)))}";
    }
}
