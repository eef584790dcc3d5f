using System.IO.Compression;
using System.Net.Http.Headers;

namespace Ledger.Server.Tests;

/// <summary>What readers read goes compressed over slow lines; what holds a secret never does.</summary>
public sealed class WhatIsCompressed(ServerWithIdlib world) : IClassFixture<ServerWithIdlib>
{
    [Theory]
    [InlineData($"{Idlib.Agreement}", "br")]
    [InlineData($"{Idlib.Agreement}/verdicts?asOf=2018-10-16", "gzip")]
    [InlineData($"{Idlib.Agreement}/verdicts/p2/why?asOf=2018-10-16&knownAt=1", "br")]
    [InlineData($"{Idlib.Agreement}/zones?asOf=2018-10-16&knownAt=1", "br")]
    [InlineData($"{Idlib.Agreement}/entries.jsonl", "gzip")]
    [InlineData($"{Idlib.Agreement}/entries.csv", "br")]
    public async Task What_readers_read_says_the_same_in_fewer_bytes(string path, string coding)
    {
        var plain = await AskAsync(path);
        var packed = await AskAsync(path, coding);

        plain.Content.Headers.ContentEncoding.Should().BeEmpty();
        packed.StatusCode.Should().Be(HttpStatusCode.OK);
        packed.Content.Headers.ContentEncoding.Should().Equal(coding);
        packed.Headers.Vary.Should().Contain("Accept-Encoding");
        packed.Content.Headers.ContentType.Should().Be(plain.Content.Headers.ContentType);
        var (whole, sent) = (await BytesAsync(plain), await BytesAsync(packed));
        Unpacked(sent, coding).Should().Equal(whole);
        sent.Length.Should().BeLessThan(whole.Length);
    }

    [Fact]
    public async Task A_compressed_answer_is_not_sent_again_to_whoever_has_it()
    {
        const string path = $"{Idlib.Agreement}/verdicts?asOf=2018-10-16&knownAt=1";
        var first = await AskAsync(path, "br");
        first.Headers.ETag!.IsWeak.Should().BeTrue("the bytes are others than those of the plain answer");

        var again = await AskAsync(path, "br", request => request.Headers.IfNoneMatch.Add(first.Headers.ETag));

        again.StatusCode.Should().Be(HttpStatusCode.NotModified);
    }

    [Theory]
    [InlineData("/api/v1/me")]
    [InlineData("/api/v1/people")]
    [InlineData("/api/v1/tokens")]
    [InlineData("/api/v1/invitations")]
    [InlineData($"{Idlib.Agreement}/openings")]
    [InlineData($"{Idlib.Agreement}/roles")]
    [InlineData($"{Idlib.Agreement}/handles")]
    [InlineData($"{Idlib.Agreement}/webhooks")]
    public async Task What_holds_a_secret_is_not_compressed(string path)
    {
        var answer = await AskAsync(path, "br");

        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        answer.Content.Headers.ContentEncoding.Should().BeEmpty();
    }

    [Fact]
    public async Task An_opened_report_is_not_compressed()
    {
        var report = Idlib.Report("bombing", "2018-10-14");
        report["report"]!["narrative"] = "She saw it from the roof.";
        var id = (await world.Http.PostAsync($"{Idlib.Agreement}/reports", report)).Json["entryId"]!.GetValue<string>();

        var opened = await AskAsync(
            $"/api/v1/reports/{id}/openings",
            "br",
            request =>
            {
                request.Method = HttpMethod.Post;
                request.Content = Client.Body("""{"reason": "audit"}""");
            }
        );

        System.Text.Encoding.UTF8.GetString(await BytesAsync(opened)).Should().Contain("from the roof");
        opened.Content.Headers.ContentEncoding.Should().BeEmpty();
    }

    /// <summary>That page chooses what is asked, and whoever watches the line sees how long the answer is.</summary>
    [Theory]
    [InlineData("cross-site", false)]
    [InlineData("same-site", false)]
    [InlineData("none", false)]
    [InlineData("same-origin", true)]
    public async Task What_the_page_of_another_site_makes_a_browser_ask_is_not_compressed(string site, bool compressed)
    {
        var answer = await AskAsync(
            $"{Idlib.Agreement}/verdicts?asOf=2018-10-16",
            "br",
            request => request.Headers.Add("Sec-Fetch-Site", site)
        );

        answer.Content.Headers.ContentEncoding.Should().HaveCount(compressed ? 1 : 0);
    }

    /// <summary>The bytes as they come, which a client that reads answers would unpack or find fault with.</summary>
    private async Task<HttpResponseMessage> AskAsync(
        string path,
        string? coding = null,
        Action<HttpRequestMessage>? also = null
    )
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(world.Http.BaseAddress!, path));
        request.Headers.Authorization = world.Http.DefaultRequestHeaders.Authorization;
        if (coding is not null)
            request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue(coding));
        also?.Invoke(request);
        return await http.SendAsync(request);
    }

    private static Task<byte[]> BytesAsync(HttpResponseMessage answer) => answer.Content.ReadAsByteArrayAsync();

    private static byte[] Unpacked(byte[] bytes, string coding)
    {
        using var packed = new MemoryStream(bytes);
        using Stream reading =
            coding == "br"
                ? new BrotliStream(packed, CompressionMode.Decompress)
                : new GZipStream(packed, CompressionMode.Decompress);
        using var whole = new MemoryStream();
        reading.CopyTo(whole);
        return whole.ToArray();
    }
}
