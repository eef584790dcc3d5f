using System.Diagnostics;
using System.IO.Compression;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Ledger.Cli;
using Ledger.Cli.Terminals;
using Ledger.Domain.Agreements;
using Ledger.Domain.Input;
using Ledger.Domain.Places;

namespace Ledger.Server.Tests.Fuzzing;

/// <summary>Attacks that have a name.</summary>
public sealed class NastyCases(ServerWithIdlib world) : IClassFixture<ServerWithIdlib>
{
    private static readonly TimeSpan Quickly = TimeSpan.FromSeconds(2);

    [Fact]
    public void A_yaml_of_a_billion_laughs_is_refused_at_its_first_anchor()
    {
        var text =
            "a: &a [lol, lol]\n"
            + string.Concat(
                Enumerable.Range(1, 30).Select(i => $"{(char)('a' + (i % 26))}{i}: &x{i} [*x{i - 1}, *x{i - 1}]\n")
            );

        AgreementFile
            .Parse(text)
            .Should()
            .BeOfType<Parsed<AgreementFile>.Bad>()
            .Which.Problems.Should()
            .Contain(problem => problem.Code == "agreement/no-anchors");
    }

    [Theory]
    [InlineData("[", 399_000)]
    [InlineData("- ", 190_000)]
    [InlineData("a: {", 90_000)]
    [InlineData("? ", 190_000)]
    [InlineData("\"", 399_001)]
    [InlineData("!", 399_000)]
    [InlineData("a:\n ", 90_000)]
    public void A_yaml_of_one_thing_over_and_over_is_refused_quickly(string what, int times)
    {
        var (text, watch) = (string.Concat(Enumerable.Repeat(what, times)), Stopwatch.StartNew());

        AgreementFile.Parse(text).Should().BeOfType<Parsed<AgreementFile>.Bad>();

        watch.Elapsed.Should().BeLessThan(Quickly);
    }

    [Fact]
    public void A_polygon_of_a_million_corners_is_refused_quickly()
    {
        var positions = new JsonArray([
            .. Enumerable
                .Range(0, 1_000_000)
                .Select(i => new JsonArray(JsonValue.Create(Math.Sin(i)), JsonValue.Create(Math.Cos(i)))),
        ]);
        var (shape, problems, watch) = (
            new JsonObject { ["type"] = "Polygon", ["coordinates"] = new JsonArray(positions) },
            new Problems(),
            Stopwatch.StartNew()
        );

        GeoShape.Read(new InputNode(shape, "", problems)).Should().BeNull();

        problems.ToImmutable().Should().Contain(problem => problem.Code == "input/too-many").And.HaveCountLessThan(4);
        watch.Elapsed.Should().BeLessThan(Quickly);
    }

    [Theory]
    [InlineData(
        "POST",
        $"{Idlib.Agreement}/reports",
        """{"entryId": "01922b7e-4a00-7c3e-9f10-2b6d1c7a9e55", "report": {"kind": "bombing", "occurred": "2018-10-14", "source": {"class": "media", "name": "A newspaper"}, "quantities": {"killed": NUMBER}}}"""
    )]
    [InlineData(
        "POST",
        $"{Idlib.Agreement}/reports",
        """{"entryId": "01922b7e-4a00-7c3e-9f10-2b6d1c7a9e55", "report": {"kind": "bombing", "occurred": "2018-10-14", "source": {"class": "media", "name": "A newspaper"}, "place": {"name": "Morek", "point": {"lat": "NUMBER", "lon": "36.6"}, "precision": "exact"}}}"""
    )]
    [InlineData(
        "POST",
        $"{Idlib.Agreement}/reports",
        """{"entryId": "01922b7e-4a00-7c3e-9f10-2b6d1c7a9e55", "report": {"kind": "bombing", "occurred": "NUMBER-10-14", "source": {"class": "media", "name": "A newspaper"}}}"""
    )]
    [InlineData("POST", $"{Idlib.Agreement}/what-if", """{"asOf": NUMBER}""")]
    [InlineData("POST", "/api/v1/tokens", """{"name": "a", "days": NUMBER}""")]
    [InlineData("GET", $"{Idlib.Agreement}/entries?limit=NUMBER", "")]
    [InlineData("GET", $"{Idlib.Agreement}/verdicts?asOf=NUMBER", "")]
    [InlineData("GET", $"{Idlib.Agreement}/verdicts?knownAt=NUMBER", "")]
    [InlineData("GET", $"{Idlib.Agreement}/entries/NUMBER", "")]
    [InlineData("GET", $"/log/{Idlib.Id}/tile/0/NUMBER", "")]
    [InlineData("GET", $"/log/{Idlib.Id}/consistency?from=NUMBER&to=2", "")]
    public async Task A_number_of_ten_thousand_digits_is_refused_quickly(string method, string path, string body)
    {
        // An address has 8 KB at most, so that a longer one is refused before anybody reads it.
        foreach (
            var (digits, watch) in ((int, Stopwatch)[])[(10_000, Stopwatch.StartNew()), (4_000, Stopwatch.StartNew())]
        )
        {
            foreach (
                var number in (string[])
                    [new string('9', digits), $"1e{new string('9', digits)}", $"0.{new string('9', digits)}"]
            )
            {
                using var request = new HttpRequestMessage(
                    new HttpMethod(method),
                    path.Replace("NUMBER", number, StringComparison.Ordinal)
                )
                {
                    Content =
                        method == "POST" ? Client.Body(body.Replace("NUMBER", number, StringComparison.Ordinal)) : null,
                };
                var answer = await world.Http.SendAsync(request).ReadAsync();
                ((int)answer.Status).Should().BeInRange(400, 499, $"{number[..3]} {answer}");
                answer.Text.Length.Should().BeLessThan(25_000);
            }

            watch.Elapsed.Should().BeLessThan(Quickly);
        }
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{\"a\":")]
    [InlineData("[{\"data\":")]
    public async Task A_json_of_a_hundred_thousand_levels_is_refused_quickly_wherever_json_is_taken(string level)
    {
        var text = string.Concat(Enumerable.Repeat(level, 100_000));
        foreach (
            var path in (string[])
                [
                    $"{Idlib.Agreement}/reports",
                    $"{Idlib.Agreement}/entries",
                    $"{Idlib.Agreement}/what-if",
                    "/api/v1/agreements",
                    "/api/v1/agreement-checks",
                    "/api/v1/sign-in",
                    "/api/v1/sign-in/passkey",
                    "/api/v1/invitations",
                ]
        )
        {
            var watch = Stopwatch.StartNew();
            var answer = await world.Http.PostAsync(path, text);
            ((int)answer.Status).Should().BeInRange(400, 499, path);
            answer.Should().BeAProblem();
            watch.Elapsed.Should().BeLessThan(Quickly);
        }

        (await world.Http.PostAsync($"{Idlib.Agreement}/reports/batch", $"{text}\n", "application/jsonl"))
            .Text.Should()
            .Contain("\"status\":4");
    }

    [Fact]
    public async Task A_text_that_turns_directions_is_kept_and_turns_nothing_on_a_page()
    {
        await using var server = await RunningServer.StartAsync();
        var adoption = Ledger.Server.Description.Examples.Of("agreement_adopted");
        adoption["file"]!["title"]!["en"] = "Truce \u202eslennut fo\u202c and \u2067tunnels";
        (await server.Http.PostAsync("/api/v1/agreements", adoption)).Status.Should().Be(HttpStatusCode.Created);

        (await server.Http.AskAsync("/api/v1/agreements/example-truce")).Text.Should().Contain("\u202e");
        (await server.Http.AskAsync("/plain"))
            .Text.Should()
            .Contain("Truce slennut fo and tunnels")
            .And.NotContain("\u202e")
            .And.NotContain("\u2067");
    }

    [Fact]
    public async Task A_bundle_whose_files_lead_out_of_it_writes_nothing_anywhere()
    {
        var home = Directory.CreateTempSubdirectory("ledger-traversal-");
        var inside = Directory.CreateDirectory(Path.Combine(home.FullName, "a", "b"));
        var bundle = Path.Combine(inside.FullName, "bundle.zip");
        await File.WriteAllBytesAsync(bundle, await world.Http.GetByteArrayAsync($"/log/{Idlib.Id}/bundle.zip"));
        await using (var zip = await ZipFile.OpenAsync(bundle, ZipArchiveMode.Update))
        {
            foreach (
                var name in (string[])
                    [
                        "../evil.txt",
                        "../../evil.txt",
                        $"{home.FullName}/evil.txt",
                        "tile/../../../evil.txt",
                        "..\\evil.txt",
                        "C:\\evil.txt",
                    ]
            )
            {
                await using var entry = await zip.CreateEntry(name).OpenAsync();
                await entry.WriteAsync("evil"u8.ToArray());
            }
        }

        var said = new StringWriter();
        var exit = await LedgerCommand.RunAsync(
            ["verify", bundle],
            new Terminal
            {
                In = TextReader.Null,
                Out = said,
                Error = said,
                Variable = name => name == "HOME" ? home.FullName : null,
                Folder = inside.FullName,
            }
        );

        exit.Should().Be(0, $"what a bundle holds besides is not looked at: {said}");
        Directory.GetFiles(home.FullName, "*evil*", SearchOption.AllDirectories).Should().BeEmpty();
        File.Exists("/evil.txt").Should().BeFalse();
        home.Delete(recursive: true);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: \r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: :5080\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.example\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: 127.0.0.1@evil.example\r\n\r\n")]
    [InlineData(
        "POST /api/v1/agreements/idlib-2018/reports HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF\r\n{}"
    )]
    [InlineData(
        "POST /api/v1/agreements/idlib-2018/reports/batch HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/jsonl\r\nTransfer-Encoding: chunked\r\n\r\n7FFFFFFF9\r\n{}"
    )]
    [InlineData(
        "POST /api/v1/agreements/idlib-2018/reports HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\n\r\n"
    )]
    [InlineData("GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")]
    [InlineData("GET /assets/..%2f..%2fappsettings.json HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")]
    public async Task A_request_that_plays_tricks_is_refused(string request)
    {
        using var line = new TcpClient();
        await line.ConnectAsync(world.Http.BaseAddress!.Host, world.Http.BaseAddress.Port);
        await line.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request));
        var head = new byte[12];
        await line.GetStream().ReadExactlyAsync(head);

        Encoding.ASCII.GetString(head).Should().MatchRegex("^HTTP/1.1 4");
    }
}
