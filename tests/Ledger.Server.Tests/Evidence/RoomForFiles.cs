using System.Net.Sockets;
using System.Text;
using Ledger.Server.Tests.People;
using Ledger.Store.Evidence;
using Ledger.Store.People;

namespace Ledger.Server.Tests.Evidence;

/// <summary>Room for ten files of 1,000 bytes of one person, and for twenty-five of the agreement.</summary>
public sealed class RoomForFiles
{
    private const int Size = 1_000;
    private const int OfPerson = 10;
    private const int OfAgreement = 25;

    private int _number;

    [Fact]
    public async Task Is_each_persons_own_and_what_does_not_fit_leaves_nothing_behind()
    {
        await using var server = await StartAsync();
        using var one = await server.ActorAsync(Role.Monitor.In(Idlib.Id));
        using var another = await server.ActorAsync(Role.Monitor.In(Idlib.Id));
        var report = await EvidenceClient.FileAsync(one);
        var first = File();
        (await EvidenceClient.PutAsync(one, report, first)).Status.Should().Be(HttpStatusCode.Created);
        for (var i = 1; i < OfPerson; i++)
            (await EvidenceClient.PutAsync(one, report, File())).Status.Should().Be(HttpStatusCode.Created);

        var refused = await EvidenceClient.PutAsync(one, report, File());

        (refused.Status, refused.Code).Should().Be((HttpStatusCode.UnprocessableEntity, "evidence/person-full"));
        refused.Should().BeAProblem();
        refused.Text.Should().Contain("LEDGER_EVIDENCE_PERSON").And.Contain("10000").And.Contain("more space");
        (await EvidenceClient.PutAsync(one, report, first))
            .Status.Should()
            .Be(HttpStatusCode.OK, "what is there already takes no more room");
        (await EvidenceClient.PutAsync(another, await EvidenceClient.FileAsync(another), File()))
            .Status.Should()
            .Be(HttpStatusCode.Created, "others have room of their own");
        FilesOf(server).Should().HaveCount(OfPerson + 1);
    }

    [Fact]
    public async Task Is_bounded_for_an_agreement_whoever_sends()
    {
        await using var server = await StartAsync();
        var answers = new List<Answer>();
        for (var person = 0; person < 3; person++)
        {
            using var http = await server.ActorAsync(Role.Monitor.In(Idlib.Id));
            var report = await EvidenceClient.FileAsync(http);
            for (var i = 0; i < OfPerson; i++)
                answers.Add(await EvidenceClient.PutAsync(http, report, File()));
        }

        answers.Take(OfAgreement).Should().OnlyContain(answer => answer.Status == HttpStatusCode.Created);
        answers.Skip(OfAgreement).Should().OnlyContain(answer => answer.Code == "evidence/agreement-full");
        answers[^1].Should().BeAProblem();
        answers[^1].Text.Should().Contain("LEDGER_EVIDENCE_AGREEMENT").And.Contain("25000");
        FilesOf(server).Should().HaveCount(OfAgreement);
    }

    [Fact]
    public async Task Is_not_more_for_who_sends_many_at_once()
    {
        await using var server = await StartAsync();
        using var http = await server.ActorAsync(Role.Monitor.In(Idlib.Id));
        var report = await EvidenceClient.FileAsync(http);
        var same = File();

        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 40)
                .Select(_ => File())
                .Concat(Enumerable.Repeat(same, 20))
                .Select(file => PutInPiecesAsync(http, report, file))
        );

        answers
            .Should()
            .OnlyContain(answer =>
                answer.Status == HttpStatusCode.Created
                || answer.Status == HttpStatusCode.OK
                || answer.Code == "evidence/person-full"
            );
        FilesOf(server).Should().HaveCount(OfPerson, "a file that is sent twenty times takes the room of one");
    }

    [Fact]
    public async Task Is_not_used_up_by_what_was_refused_for_another_reason()
    {
        await using var server = await StartAsync();
        using var http = await server.ActorAsync(Role.Monitor.In(Idlib.Id));
        var report = await EvidenceClient.FileAsync(http);
        for (var i = 0; i < OfPerson; i++)
            (
                await http.PutAsync(EvidenceClient.AddressOf(report, File()), Client.Body(File(), "image/jpeg"))
                    .ReadAsync()
            )
                .Code.Should()
                .Be("evidence/other-digest");

        for (var i = 0; i < OfPerson; i++)
            (await EvidenceClient.PutAsync(http, report, File())).Status.Should().Be(HttpStatusCode.Created);
    }

    [Fact]
    public async Task That_there_is_none_is_told_before_anything_is_sent()
    {
        await using var server = await StartAsync();
        var report = await EvidenceClient.FileAsync(server.Http);
        using var line = new TcpClient();
        await line.ConnectAsync(server.Http.BaseAddress!.Host, server.Http.BaseAddress.Port);

        await line.GetStream()
            .WriteAsync(
                Encoding.ASCII.GetBytes(
                    $"PUT {EvidenceClient.AddressOf(report, File())} HTTP/1.1\r\nHost: {server.Http.BaseAddress.Authority}\r\nAuthorization: {server.Http.DefaultRequestHeaders.Authorization}\r\nContent-Type: image/jpeg\r\nContent-Length: {(OfPerson * Size) + 1}\r\n\r\n"
                )
            );

        var head = new byte[12];
        await line.GetStream().ReadExactlyAsync(head);
        Encoding.ASCII.GetString(head).Should().Be("HTTP/1.1 422");
    }

    [Fact]
    public async Task Is_without_bound_where_it_was_said_so()
    {
        await using var server = await StartAsync(0, 0);
        var report = await EvidenceClient.FileAsync(server.Http);

        for (var i = 0; i <= OfAgreement; i++)
            (await EvidenceClient.PutAsync(server.Http, report, File())).Status.Should().Be(HttpStatusCode.Created);
    }

    private static async Task<RunningServer> StartAsync(
        int ofPerson = OfPerson * Size,
        int ofAgreement = OfAgreement * Size
    )
    {
        var server = await RunningServer.StartAsync(
            also: [$"--LEDGER_EVIDENCE_PERSON={ofPerson}", $"--LEDGER_EVIDENCE_AGREEMENT={ofAgreement}"]
        );
        (await server.Http.PostAsync("/api/v1/agreements", Idlib.Adoption()))
            .Status.Should()
            .Be(HttpStatusCode.Created);
        return server;
    }

    /// <summary>Without saying how long it is.</summary>
    private static async Task<Answer> PutInPiecesAsync(HttpClient http, string report, byte[] file)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, EvidenceClient.AddressOf(report, file))
        {
            Content = Client.Body(file, "image/jpeg"),
            Headers = { TransferEncodingChunked = true },
        };
        return await http.SendAsync(request).ReadAsync();
    }

    private static string[] FilesOf(RunningServer server) =>
        Directory.GetFiles(server.Get<EvidenceFiles>().Folder, "*", SearchOption.AllDirectories);

    /// <summary>Another one each time, of the same size.</summary>
    private byte[] File()
    {
        var file = EvidenceClient.Photo(Size);
        BitConverter.TryWriteBytes(file.AsSpan(100), Interlocked.Increment(ref _number)).Should().BeTrue();
        return file;
    }
}
