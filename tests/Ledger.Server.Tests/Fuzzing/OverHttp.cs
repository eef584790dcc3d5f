using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Ledger.Server.Description;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;

namespace Ledger.Server.Tests.Fuzzing;

/// <summary>
/// The same through real HTTP: what comes back is an ordinary answer or a refusal in the one shape, never a fault.
/// </summary>
public sealed class OverHttp(Corpus corpus)
{
    private const string Verdicts = $"{Idlib.Agreement}/verdicts";

    /// <summary>Tried with seeds of their own.</summary>
    private static readonly string[] Already =
    [
        $"{Idlib.Agreement}/reports",
        $"{Idlib.Agreement}/entries",
        "/api/v1/agreements",
        $"{Idlib.Agreement}/what-if",
    ];

    private (string Method, string Path, DescribeAttribute What)[]? _routes;

    public IReadOnlyList<Target> All =>
        [
            new(
                "POST report",
                4,
                corpus.Reports,
                bytes => SendAsync(HttpMethod.Post, $"{Idlib.Agreement}/reports", bytes, "application/json"),
                IsElsewhere: true
            ),
            new(
                "POST entry",
                4,
                corpus.Lines,
                bytes => SendAsync(HttpMethod.Post, $"{Idlib.Agreement}/entries", bytes, "application/json"),
                IsElsewhere: true
            ),
            new(
                "POST batch",
                1,
                corpus.Batches,
                bytes => SendAsync(HttpMethod.Post, $"{Idlib.Agreement}/entries/batch", bytes, "application/jsonl"),
                IsElsewhere: true
            ),
            new(
                "POST agreement",
                2,
                corpus.AgreementTexts,
                bytes =>
                    SendAsync(
                        HttpMethod.Post,
                        $"/api/v1/agreements?entryId={Idlib.NewId()}",
                        bytes,
                        "application/yaml"
                    ),
                IsElsewhere: true
            ),
            new(
                "POST what-if",
                2,
                corpus.Questions,
                bytes => SendAsync(HttpMethod.Post, $"{Idlib.Agreement}/what-if", bytes, "application/json"),
                IsElsewhere: true
            ),
            new(
                "GET verdicts",
                5,
                corpus.Queries,
                bytes =>
                    SendAsync(
                        HttpMethod.Get,
                        $"{Verdicts}?{Uri.EscapeDataString(Encoding.UTF8.GetString(bytes)).Replace("%3D", "=", StringComparison.Ordinal).Replace("%26", "&", StringComparison.Ordinal)}"
                    ),
                IsElsewhere: true
            ),
            new(
                "GET page",
                1,
                corpus.Queries,
                bytes =>
                    SendAsync(
                        HttpMethod.Get,
                        $"/plain/{Idlib.Id}?{Uri.EscapeDataString(Encoding.UTF8.GetString(bytes)).Replace("%3D", "=", StringComparison.Ordinal).Replace("%26", "&", StringComparison.Ordinal)}"
                    ),
                IsElsewhere: true
            ),
            new(
                "GET log",
                2,
                corpus.TilePaths,
                bytes =>
                    SendAsync(
                        HttpMethod.Get,
                        $"/log/{Idlib.Id}/{Uri.EscapeDataString(Encoding.UTF8.GetString(bytes)).Replace("%2F", "/", StringComparison.Ordinal)}"
                    ),
                IsElsewhere: true
            ),
            new("every body", 8, EveryBody(), ToSomeRouteAsync, IsElsewhere: true),
            new("raw requests", 4, Requests(), RawAsync, IsElsewhere: true),
        ];

    /// <summary>Every endpoint that takes a body, from the route table, so that a new one is tried as well.</summary>
    private (string Method, string Path, DescribeAttribute What)[] Routes() =>
        [
            .. corpus
                .Server.Get<EndpointDataSource>()
                .Endpoints.OfType<RouteEndpoint>()
                .Select(route =>
                    (
                        Method: route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is [var method, ..]
                            ? method
                            : "",
                        Path: PathOf(route),
                        What: route.Metadata.GetMetadata<DescribeAttribute>()!
                    )
                )
                .Where(route =>
                    route is { Method: "POST" or "PUT", What: not null }
                    && !route.Path.EndsWith("/batch", StringComparison.Ordinal)
                    && !Already.Contains(route.Path)
                )
                .OrderBy(route => route.Path, StringComparer.Ordinal),
        ];

    private static string PathOf(RouteEndpoint route) =>
        "/"
        + Regex.Replace(
            route.RoutePattern.RawText!.TrimStart('/'),
            @"\{(?<name>[^}]+)\}",
            part =>
                part.Groups["name"].Value switch
                {
                    "id" => Idlib.Id,
                    "report" => "01658821-2c00-7b15-ae01-51f49caea66c",
                    "sha256" => new string('0', 64),
                    _ => "01922b7e-4a00-7c3e-9f10-2b6d1c7a9e55",
                },
            RegexOptions.ExplicitCapture,
            TimeSpan.FromSeconds(1)
        );

    /// <summary>The first byte chooses the route, and the rest is its body.</summary>
    private List<byte[]> EveryBody()
    {
        var routes = Routes();
        routes.Should().HaveCountGreaterThan(25);
        return
        [
            .. routes.SelectMany(
                (route, i) =>
                    route
                        .What.Takes.Append(route.What.Example)
                        .OfType<string>()
                        .DefaultIfEmpty("membership")
                        .Select(example =>
                            (byte[])[(byte)i, .. Encoding.UTF8.GetBytes(Examples.Of(example).ToJsonString())]
                        )
            ),
        ];
    }

    private Task ToSomeRouteAsync(byte[] bytes)
    {
        var (method, path, _) = (_routes ??= Routes())[bytes is [var which, ..] ? which % _routes.Length : 0];
        // By name, which passkeys need.
        return SendAsync(
            new HttpMethod(method),
            $"http://localhost:{corpus.Server.Http.BaseAddress!.Port}{path}",
            bytes.Length > 1 ? bytes[1..] : [],
            "application/json"
        );
    }

    private static List<byte[]> Requests() =>
        [
            .. (
                (string[])
                    [
                        $"GET {Verdicts}?asOf=2018-10-16 HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n",
                        $"GET {Idlib.Agreement}/changes HTTP/1.1\r\nHost: localhost\r\nLast-Event-ID: 5\r\nAccept: text/event-stream\r\nConnection: close\r\n\r\n",
                        $"GET {Idlib.Agreement}/entries HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: application/jsonl\r\nIf-None-Match: \"abc\"\r\nRange: bytes=0-10\r\nConnection: close\r\n\r\n",
                        $"POST {Idlib.Agreement}/reports HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{{}}",
                        $"POST {Idlib.Agreement}/reports/batch HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/jsonl\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n2\r\n{{}}\r\n0\r\n\r\n",
                        "PUT /api/v1/reports/01922b7e-4a00-7c3e-9f10-2b6d1c7a9e55/evidence/e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855 HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: image/jpeg\r\nContent-Length: 1\r\nExpect: 100-continue\r\nConnection: close\r\n\r\nx",
                    ]
            ).Select(Encoding.UTF8.GetBytes),
        ];

    private async Task SendAsync(HttpMethod method, string path, byte[]? body = null, string type = "")
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = Client.Body(body, type);
        var answer = await corpus.Server.Http.SendAsync(request).ReadAsync();
        ((int)answer.Status).Should().BeLessThan(500, answer.ToString());
        // What is no HTTP, or too long to be looked at, the web server refuses before there is a request to answer.
        if ((int)answer.Status >= 400 && !(answer.Text.Length == 0 && (int)answer.Status is 400 or 414 or 431))
            answer.Should().BeAProblem();
        answer.Text.Should().NotContain("server/fault");
    }

    /// <summary>
    /// Bytes on a line. The server may hang up, and may wait for more, for which it is not waited here.
    /// </summary>
    private async Task RawAsync(byte[] bytes)
    {
        using var line = new TcpClient();
        await line.ConnectAsync(corpus.Server.Http.BaseAddress!.Host, corpus.Server.Http.BaseAddress.Port);
        try
        {
            var stream = line.GetStream();
            await stream.WriteAsync(bytes);
            line.Client.Shutdown(SocketShutdown.Send);
            var head = new byte[12];
            var read = await stream.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false);
            if (read == head.Length)
                Encoding
                    .ASCII.GetString(head)
                    .Should()
                    .MatchRegex("^HTTP/1[.]1 ([1-4]|505)", "a request for HTTP/7 is answered as one");
        }
        catch (Exception hungUp) when (hungUp is IOException or SocketException)
        {
            // It need not listen to garbage to its end.
        }
    }
}
