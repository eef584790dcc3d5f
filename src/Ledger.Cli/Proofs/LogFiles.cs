using System.IO.Compression;
using System.Net;
using System.Text.Json.Nodes;
using Ledger.Cli.Servers;

namespace Ledger.Cli.Proofs;

/// <summary>
/// A log as files with the names of C2SP tlog-tiles, wherever they lie. Nothing that comes from here is believed:
/// verification recomputes it.
/// </summary>
public interface ILogFiles : IDisposable
{
    /// <summary>
    /// Whether it goes on growing, so that being shorter than before is a rollback. A file in a drawer may be old.
    /// </summary>
    bool IsLive { get; }

    /// <summary>The bytes of one file, or null when there is none of that name.</summary>
    Task<byte[]?> ReadAsync(string path, CancellationToken cancellationToken);

    /// <summary>
    /// A file of any length, such as one of evidence, to be read once; null when there is none. A server gives these
    /// only one by one, to who may see them.
    /// </summary>
    Task<Stream?> OpenAsync(string path, CancellationToken cancellationToken);

    /// <summary>
    /// The verdicts its owner states for a size: <c>asOf</c>, <c>status</c> and <c>timelines</c>; null when it states
    /// none.
    /// </summary>
    Task<JsonObject?> VerdictsAsync(
        long size,
        string asOf,
        IEnumerable<string> provisions,
        CancellationToken cancellationToken
    );
}

/// <summary>
/// No file of a log is larger: 256 entries of at most 64 KiB, and what opens them. Whoever hands us a larger one wants
/// our memory.
/// </summary>
internal static class LogFileLimit
{
    public const int Bytes = 128 << 20;

    public static InvalidDataException Exceeded(string path) =>
        new($"{path} is larger than {Bytes} bytes, the limit for a file of a log.");
}

/// <summary>Tiles in a directory, such as an unpacked bundle.</summary>
public sealed class LogInDirectory(string directory) : ILogFiles
{
    public bool IsLive => false;

    public async Task<byte[]?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var file = Path.Combine(directory, path);
        if (!File.Exists(file))
            return null;
        return new FileInfo(file).Length <= LogFileLimit.Bytes
            ? await File.ReadAllBytesAsync(file, cancellationToken)
            : throw LogFileLimit.Exceeded(path);
    }

    public Task<Stream?> OpenAsync(string path, CancellationToken cancellationToken) =>
        Task.FromResult<Stream?>(
            Path.Combine(directory, path) is var file && File.Exists(file) ? File.OpenRead(file) : null
        );

    public Task<JsonObject?> VerdictsAsync(
        long size,
        string asOf,
        IEnumerable<string> provisions,
        CancellationToken cancellationToken
    ) => VerdictCheck.InFileAsync(this, cancellationToken);

    public void Dispose() { }
}

/// <summary>A bundle as <c>ledger bundle</c> wrote it; it is read file by file, whatever its size.</summary>
public sealed class LogInBundle(string file) : ILogFiles
{
    private readonly ZipArchive _zip = ZipFile.OpenRead(file);

    public bool IsLive => false;

    public async Task<byte[]?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        if (_zip.GetEntry(path) is not { } entry)
            return null;
        // What an archive says of an entry's size is its own word, and a small archive can hold an endless file.
        await using var stream = await entry.OpenAsync(cancellationToken);
        using var bytes = new MemoryStream();
        var chunk = new byte[64 * 1024];
        while (await stream.ReadAsync(chunk, cancellationToken) is > 0 and var read)
        {
            if (bytes.Length + read > LogFileLimit.Bytes)
                throw LogFileLimit.Exceeded(path);
            bytes.Write(chunk, 0, read);
        }

        return bytes.ToArray();
    }

    public async Task<Stream?> OpenAsync(string path, CancellationToken cancellationToken) =>
        _zip.GetEntry(path) is { } entry ? await entry.OpenAsync(cancellationToken) : null;

    public Task<JsonObject?> VerdictsAsync(
        long size,
        string asOf,
        IEnumerable<string> provisions,
        CancellationToken cancellationToken
    ) => VerdictCheck.InFileAsync(this, cancellationToken);

    public void Dispose() => _zip.Dispose();
}

/// <summary>A server that publishes its log, and whose verdicts are asked for as anybody asks for them.</summary>
public sealed class LogOnServer(Uri address, string agreement, string? token = null) : ILogFiles
{
    private readonly HttpClient _http = ServerClient.ClientOf(address, "/", token, LogFileLimit.Bytes);

    public bool IsLive => true;

    public async Task<byte[]?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await _http.GetAsync(
                new Uri($"/log/{agreement}/{path}", UriKind.Relative),
                cancellationToken
            );
            if (response.StatusCode == HttpStatusCode.NotFound)
                return null;
            if (!response.IsSuccessStatusCode)
                throw new UnreachableException(address, $"it answered {(int)response.StatusCode} for {path}.");
            return await response.Content.ReadAsByteArrayAsync(cancellationToken);
        }
        catch (Exception silence) when (silence is HttpRequestException or IOException)
        {
            throw new UnreachableException(address, silence.Message);
        }
    }

    public Task<Stream?> OpenAsync(string path, CancellationToken cancellationToken) => Task.FromResult<Stream?>(null);

    public async Task<JsonObject?> VerdictsAsync(
        long size,
        string asOf,
        IEnumerable<string> provisions,
        CancellationToken cancellationToken
    )
    {
        var timelines = new JsonArray();
        foreach (var provision in provisions)
            timelines.Add(
                await AskAsync($"verdicts/{Uri.EscapeDataString(provision)}/timeline?knownAt={size}", cancellationToken)
            );
        return new JsonObject
        {
            ["asOf"] = asOf,
            ["status"] = await AskAsync(
                $"verdicts?knownAt={size}&asOf={Uri.EscapeDataString(asOf)}",
                cancellationToken
            ),
            ["timelines"] = timelines,
        };
    }

    public void Dispose() => _http.Dispose();

    private async Task<JsonNode?> AskAsync(string question, CancellationToken cancellationToken)
    {
        using var response = await _http.GetAsync(
            new Uri($"/api/v1/agreements/{agreement}/{question}", UriKind.Relative),
            cancellationToken
        );
        if (response.StatusCode == HttpStatusCode.NotFound)
            return null;
        if (!response.IsSuccessStatusCode)
            throw new UnreachableException(
                address,
                $"it answered {(int)response.StatusCode} when asked for its verdicts."
            );
        var answer = VerdictCheck.Read(await response.Content.ReadAsByteArrayAsync(cancellationToken));
        // The address at which this answer can be had again is no part of the verdict.
        (answer as JsonObject)?.Remove("pinned");
        return answer;
    }
}
