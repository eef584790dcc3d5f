using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Ledger.Store.Evidence;
using Ledger.Testing;

namespace Ledger.Server.Tests.Evidence;

public sealed class FilesOfAReport(ServerWithIdlib world) : IClassFixture<ServerWithIdlib>
{
    [Fact]
    public async Task Come_back_byte_for_byte_as_a_download_that_no_browser_shows()
    {
        var (report, photo) = (await FileAsync(), Photo(100_000));
        await AttachAsync(report, photo);
        (await PutAsync(report, photo)).Status.Should().Be(HttpStatusCode.Created);

        using var got = await world.Http.GetAsync(AddressOf(report, photo));

        got.StatusCode.Should().Be(HttpStatusCode.OK);
        (await got.Content.ReadAsByteArrayAsync()).Should().Equal(photo);
        got.Content.Headers.ContentType!.MediaType.Should().Be("image/jpeg");
        got.Content.Headers.ContentDisposition!.DispositionType.Should().Be("attachment");
        got.Headers.GetValues("Content-Security-Policy").Single().Should().Contain("sandbox");
        got.Headers.GetValues("X-Content-Type-Options").Single().Should().Be("nosniff");
        got.Headers.CacheControl!.Private.Should().BeTrue();
        got.Headers.CacheControl.ToString().Should().Contain("immutable");
    }

    [Fact]
    public async Task Are_served_in_parts()
    {
        var (report, photo) = (await FileAsync(), Photo(10_000));
        await AttachAsync(report, photo);
        await PutAsync(report, photo);
        using var request = new HttpRequestMessage(HttpMethod.Get, AddressOf(report, photo))
        {
            Headers = { Range = new RangeHeaderValue(100, 199) },
        };

        using var part = await world.Http.SendAsync(request);

        part.StatusCode.Should().Be(HttpStatusCode.PartialContent);
        (await part.Content.ReadAsByteArrayAsync()).Should().Equal(photo[100..200]);
    }

    [Fact]
    public async Task May_come_before_their_entry_and_are_read_only_once_it_names_them()
    {
        var (report, photo) = (await FileAsync(), Photo(500));
        (await PutAsync(report, photo)).Json["attached"]!.GetValue<bool>().Should().BeFalse();
        (await world.Http.AskAsync(AddressOf(report, photo))).Status.Should().Be(HttpStatusCode.NotFound);

        (await AttachAsync(report, photo)).Status.Should().Be(HttpStatusCode.Created);

        (await world.Http.GetByteArrayAsync(AddressOf(report, photo))).Should().Equal(photo);
    }

    [Fact]
    public async Task Are_said_to_be_missing_where_the_entry_came_alone()
    {
        var (report, photo) = (await FileAsync(), Photo(501));
        await AttachAsync(report, photo);

        var answer = await world.Http.AskAsync(AddressOf(report, photo));

        (answer.Status, answer.Code).Should().Be((HttpStatusCode.NotFound, "evidence/not-found"));
        answer.Should().BeAProblem();
    }

    [Fact]
    public async Task Are_not_had_by_naming_their_digest_under_a_report_of_another_agreement()
    {
        var (report, photo) = (await FileAsync(), Photo(502));
        await AttachAsync(report, photo);
        await PutAsync(report, photo);
        var adoption = Ledger.Server.Description.Examples.Of("agreement_adopted");
        (await world.Http.PostAsync("/api/v1/agreements", adoption)).Status.Should().Be(HttpStatusCode.Created);
        var other = Ledger.Server.Description.Examples.Of("report_filed");
        (await world.Http.PostAsync("/api/v1/agreements/example-truce/reports", other))
            .Status.Should()
            .Be(HttpStatusCode.Created);
        var thief = other["entryId"]!.GetValue<string>();
        (await AttachAsync(thief, photo)).Status.Should().Be(HttpStatusCode.Created);

        (await world.Http.AskAsync(AddressOf(thief, photo))).Code.Should().Be("evidence/not-found");
    }

    [Theory]
    [InlineData(
        "image/jpeg",
        "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        HttpStatusCode.UnprocessableEntity,
        "evidence/other-type"
    )]
    [InlineData("image/jpeg", "%PDF-1.7", HttpStatusCode.UnprocessableEntity, "evidence/other-type")]
    [InlineData("application/octet-stream", "%PDF-1.7", HttpStatusCode.UnprocessableEntity, "evidence/other-type")]
    [InlineData("application/octet-stream", "MZ\u0090\0", HttpStatusCode.UnprocessableEntity, "evidence/program")]
    [InlineData("text/plain", "#!/bin/sh", HttpStatusCode.UnprocessableEntity, "evidence/program")]
    [InlineData("text/html", "<html>", HttpStatusCode.UnsupportedMediaType, "body/unsupported-type")]
    [InlineData("image/svg+xml", "<svg/>", HttpStatusCode.UnsupportedMediaType, "body/unsupported-type")]
    [InlineData("", "anything", HttpStatusCode.UnsupportedMediaType, "body/unsupported-type")]
    [InlineData("text/plain", "", HttpStatusCode.BadRequest, "body/empty")]
    public async Task Must_be_what_they_are_called(string type, string content, HttpStatusCode status, string code)
    {
        var report = await FileAsync();

        var answer = await PutAsync(report, Encoding.UTF8.GetBytes(content), type);

        (answer.Status, answer.Code).Should().Be((status, code), answer.ToString());
        answer.Should().BeAProblem();
        Left().Should().BeEmpty();
    }

    [Fact]
    public async Task Must_hash_to_their_address()
    {
        var (report, photo) = (await FileAsync(), Photo(503));

        var answer = await world
            .Http.PutAsync(AddressOf(report, Photo(504)), Client.Body(photo, "image/jpeg"))
            .ReadAsync();

        (answer.Status, answer.Code).Should().Be((HttpStatusCode.UnprocessableEntity, "evidence/other-digest"));
        Left().Should().BeEmpty();
        world.Server.Get<EvidenceFiles>().Find(Idlib.Id, Digest(Photo(504))).Should().BeNull();
    }

    [Fact]
    public async Task Are_the_same_file_however_many_send_it_at_once()
    {
        var (report, photo) = (await FileAsync(), Photo(2_000_000));

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => PutAsync(report, photo)));

        answers
            .Should()
            .OnlyContain(answer => answer.Status == HttpStatusCode.Created || answer.Status == HttpStatusCode.OK);
        await AttachAsync(report, photo);
        (await world.Http.GetByteArrayAsync(AddressOf(report, photo))).Should().Equal(photo);
        Left().Should().BeEmpty();
    }

    [Fact]
    public async Task Come_many_at_a_time()
    {
        var report = await FileAsync();
        var photos = Enumerable.Range(0, 60).Select(i => Photo(50_000 + i)).ToArray();

        var answers = await Task.WhenAll(photos.Select(photo => PutAsync(report, photo)));

        answers.Should().OnlyContain(answer => answer.Status == HttpStatusCode.Created);
        photos.Should().OnlyContain(photo => world.Server.Get<EvidenceFiles>().Find(Idlib.Id, Digest(photo)) != null);
        Left().Should().BeEmpty();
    }

    [Fact]
    public async Task Leave_nothing_behind_when_the_line_breaks()
    {
        var (report, photo) = (await FileAsync(), Photo(1_000_000));
        using (var line = new TcpClient())
        {
            await line.ConnectAsync(world.Http.BaseAddress!.Host, world.Http.BaseAddress.Port);
            await line.GetStream()
                .WriteAsync(
                    Encoding.ASCII.GetBytes(
                        $"PUT {AddressOf(report, photo)} HTTP/1.1\r\nHost: {world.Http.BaseAddress.Authority}\r\nAuthorization: {world.Http.DefaultRequestHeaders.Authorization}\r\nContent-Type: image/jpeg\r\nContent-Length: {photo.Length}\r\n\r\n"
                    )
                );
            await line.GetStream().WriteAsync(photo.AsMemory(0, 700_000));
            await Eventually.Async(() => Task.FromResult(Left().Length == 1));
        }

        await Eventually.Async(() => Task.FromResult(Left().Length == 0));
        world.Server.Get<EvidenceFiles>().Find(Idlib.Id, Digest(photo)).Should().BeNull();
        (await PutAsync(report, photo)).Status.Should().Be(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Must_be_as_the_entry_says_that_comes_after_them()
    {
        var (report, photo) = (await FileAsync(), Photo(505));
        await PutAsync(report, photo);

        var answer = await world.Http.PostAsync(
            $"/api/v1/reports/{report}/evidence",
            Entry(photo) with
            {
                MediaType = "image/png",
                Size = 7,
            }
        );

        answer.Status.Should().Be(HttpStatusCode.UnprocessableEntity);
        answer.Problems.Should().BeEquivalentTo("/size evidence/other-size", "/mediaType evidence/other-type");
    }

    [Fact]
    public async Task Are_not_served_to_who_asks_for_something_else()
    {
        var report = await FileAsync();

        foreach (
            var name in (string[])
                ["..%2f..%2f..%2fetc%2fpasswd", new string('A', 64), new string('a', 63), new string('a', 65), "%00"]
        )
            ((int)(await world.Http.AskAsync($"/api/v1/reports/{report}/evidence/{name}")).Status)
                .Should()
                .BeInRange(400, 404);
    }

    /// <summary>What was begun and is not whole; the folder itself comes with the first file.</summary>
    private string[] Left() =>
        world.Server.Get<EvidenceFiles>().Folder is var folder && !Directory.Exists(folder)
            ? []
            :
            [
                .. Directory
                    .GetFiles(folder, "*", SearchOption.AllDirectories)
                    .Where(file => file.Contains(".unfinished", StringComparison.Ordinal)),
            ];

    private Task<string> FileAsync() => EvidenceClient.FileAsync(world.Http);

    private Task<Answer> PutAsync(string report, byte[] file, string type = "image/jpeg") =>
        EvidenceClient.PutAsync(world.Http, report, file, type);

    private Task<Answer> AttachAsync(string report, byte[] file) =>
        world.Http.PostAsync($"/api/v1/reports/{report}/evidence", Entry(file));

    private static EvidenceEntry Entry(byte[] file) => new(Digest(file), "image/jpeg", file.Length);

    private static string AddressOf(string report, byte[] file) => EvidenceClient.AddressOf(report, file);

    private static string Digest(byte[] file) => Convert.ToHexStringLower(SHA256.HashData(file));

    private static byte[] Photo(int length) => EvidenceClient.Photo(length);
}

public sealed class ServersThatAreKilled
{
    [Fact]
    public async Task Leave_no_file_that_is_not_whole_and_sweep_up_what_they_began()
    {
        var (connection, folder) = (await ServersRole.DatabaseAsync(), Scratch.Folder("evidence"));
        var photo = EvidenceClient.Photo(3_000_000);
        string report;
        using (var server = await ServerProcess.StartAsync(connection, ("LEDGER_EVIDENCE", folder)))
        {
            (await server.Http.PostAsync("/api/v1/agreements", Idlib.Adoption()))
                .Status.Should()
                .Be(HttpStatusCode.Created);
            report = await EvidenceClient.FileAsync(server.Http);
            using var line = new TcpClient();
            await line.ConnectAsync(server.Http.BaseAddress!.Host, server.Http.BaseAddress.Port);
            await line.GetStream()
                .WriteAsync(
                    Encoding.ASCII.GetBytes(
                        $"PUT {EvidenceClient.AddressOf(report, photo)} HTTP/1.1\r\nHost: {server.Http.BaseAddress.Authority}\r\nAuthorization: {server.Http.DefaultRequestHeaders.Authorization}\r\nContent-Type: image/jpeg\r\nContent-Length: {photo.Length}\r\n\r\n"
                    )
                );
            await line.GetStream().WriteAsync(photo.AsMemory(0, photo.Length - 1));
            await Eventually.Async(() => Task.FromResult(Kept().Any(file => new FileInfo(file).Length > 1_000_000)));
            await server.KillAsync();
        }

        var left = Kept().Should().ContainSingle().Which;
        left.Should().Contain(".unfinished");
        File.SetLastWriteTimeUtc(left, DateTime.UtcNow.AddDays(-2));
        using var again = await ServerProcess.StartAsync(connection, ("LEDGER_EVIDENCE", folder));
        Kept().Should().BeEmpty();
        (await EvidenceClient.PutAsync(again.Http, report, photo)).Status.Should().Be(HttpStatusCode.Created);
        (await File.ReadAllBytesAsync(Kept().Single())).Should().Equal(photo);
        await again.KillAsync();
        Directory.Delete(folder, recursive: true);

        string[] Kept() => Directory.GetFiles(folder, "*", SearchOption.AllDirectories);
    }
}

public sealed class ServersWithLittleRoom
{
    [Fact]
    public async Task Refuse_a_file_for_the_moment_when_the_disk_is_nearly_full()
    {
        await using var server = await RunningServer.StartAsync(also: $"--LEDGER_EVIDENCE_RESERVE={long.MaxValue}");
        (await server.Http.PostAsync("/api/v1/agreements", Idlib.Adoption()))
            .Status.Should()
            .Be(HttpStatusCode.Created);
        var report = await EvidenceClient.FileAsync(server.Http);

        var answer = await EvidenceClient.PutAsync(server.Http, report, EvidenceClient.Photo(100));

        (answer.Status, answer.Code).Should().Be((HttpStatusCode.ServiceUnavailable, "evidence/no-room"));
        answer.Response.Headers.RetryAfter.Should().NotBeNull();
        answer.Should().BeAProblem();
    }

    [Fact]
    public async Task Refuse_a_file_that_is_larger_than_they_take_whether_it_says_so_or_not()
    {
        await using var server = await RunningServer.StartAsync(also: "--LEDGER_EVIDENCE_MOST=1000");
        (await server.Http.PostAsync("/api/v1/agreements", Idlib.Adoption()))
            .Status.Should()
            .Be(HttpStatusCode.Created);
        var report = await EvidenceClient.FileAsync(server.Http);
        (await EvidenceClient.PutAsync(server.Http, report, EvidenceClient.Photo(1000)))
            .Status.Should()
            .Be(HttpStatusCode.Created);

        foreach (var chunked in (bool[])[false, true])
        {
            using var request = new HttpRequestMessage(
                HttpMethod.Put,
                EvidenceClient.AddressOf(report, EvidenceClient.Photo(50_000))
            )
            {
                Content = Client.Body(EvidenceClient.Photo(50_000), "image/jpeg"),
                Headers = { TransferEncodingChunked = chunked },
            };
            var answer = await server.Http.SendAsync(request).ReadAsync();
            (answer.Status, answer.Code).Should().Be((HttpStatusCode.RequestEntityTooLarge, "body/too-large"));
            answer.Should().BeAProblem();
        }
    }
}

public sealed record EvidenceEntry(string Sha256, string MediaType, long Size)
{
    public static implicit operator JsonNode(EvidenceEntry entry) =>
        new JsonObject
        {
            ["entryId"] = Idlib.NewId(),
            ["sha256"] = entry.Sha256,
            ["mediaType"] = entry.MediaType,
            ["size"] = entry.Size,
        };
}

public static class EvidenceClient
{
    public static async Task<string> FileAsync(HttpClient http)
    {
        var report = Idlib.Report("bombing", "2018-10-14");
        (await http.PostAsync($"{Idlib.Agreement}/reports", report)).Status.Should().Be(HttpStatusCode.Created);
        return report["entryId"]!.GetValue<string>();
    }

    public static async Task<Answer> PutAsync(HttpClient http, string report, byte[] file, string type = "image/jpeg")
    {
        using var body = new ByteArrayContent(file);
        if (type.Length > 0)
            body.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return await http.PutAsync(AddressOf(report, file), body).ReadAsync();
    }

    public static string AddressOf(string report, byte[] file) =>
        $"/api/v1/reports/{report}/evidence/{Convert.ToHexStringLower(SHA256.HashData(file))}";

    /// <summary>A JPEG's first bytes, and another file for every length.</summary>
    public static byte[] Photo(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        ((byte[])[0xFF, 0xD8, 0xFF, 0xE0]).CopyTo(bytes, 0);
        return bytes;
    }
}
