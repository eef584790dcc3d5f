using System.Globalization;

namespace Ledger.Server.Tests.World;

public sealed record Heard(long Id, string Type, string Data);

/// <summary>A client of server-sent events, as simple as the format.</summary>
public sealed class Listener : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly HttpResponseMessage _response;
    private readonly StreamReader _lines;

    private Listener(HttpResponseMessage response, StreamReader lines) => (_response, _lines) = (response, lines);

    /// <summary>When this returns, the server listens to new entries.</summary>
    public static async Task<Listener> OpenAsync(HttpClient http, string path, string? lastEventId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (lastEventId is not null)
            request.Headers.Add("Last-Event-ID", lastEventId);
        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.StatusCode.Should().Be(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.MediaType.Should().Be("text/event-stream");
        var listener = new Listener(response, new StreamReader(await response.Content.ReadAsStreamAsync()));
        (await listener.CommentAsync()).Should().Be(": listening");
        return listener;
    }

    public async Task<IReadOnlyList<Heard>> TakeAsync(int count)
    {
        var heard = new List<Heard>();
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        while (heard.Count < count)
        {
            var line = await LineAsync();
            if (line.Length > 0 && line[0] != ':')
                fields[line.Split(": ", 2)[0]] = line.Split(": ", 2)[1];
            else if (line.Length == 0 && fields.Count > 0)
            {
                heard.Add(
                    new Heard(long.Parse(fields["id"], CultureInfo.InvariantCulture), fields["event"], fields["data"])
                );
                fields.Clear();
            }
        }

        return heard;
    }

    public async Task<string> CommentAsync()
    {
        while (true)
        {
            if (await LineAsync() is [':', ..] comment)
                return comment;
        }
    }

    public void Dispose()
    {
        _lines.Dispose();
        _response.Dispose();
    }

    private async Task<string> LineAsync() =>
        await _lines.ReadLineAsync().WaitAsync(Patience) ?? throw new EndOfStreamException("The stream ended.");
}
