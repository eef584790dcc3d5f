using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using Ledger.Cli.Proofs;
using Ledger.Cli.Terminals;
using Ledger.Store.Keys;
using Ledger.Store.Signing;
using Ledger.Testing;

namespace Ledger.Server.Tests.Proofs;

/// <summary>The key is held by a process of its own.</summary>
public sealed class SigningElsewhere
{
    [Fact]
    public async Task Makes_a_log_that_verifies_without_a_key_on_the_server()
    {
        var place = Scratch.Folder("signer");
        var connection = await ServersRole.DatabaseAsync();
        using var stop = new CancellationTokenSource();
        var (signing, socket) = await StartAsync(place, stop.Token);
        var auditor = new Auditor();

        await using (var server = await RunningServer.StartAsync(connection, also: $"--LEDGER_SIGNER={socket}"))
        {
            (await server.Http.PostAsync("/api/v1/agreements", Idlib.Adoption()))
                .Status.Should()
                .Be(HttpStatusCode.Created);
            await auditor.FindsAllGoodAsync("verify", server.Http.BaseAddress!.ToString());
            File.Exists(RunningServer.KeyFileOf(connection)).Should().BeFalse("the key is elsewhere");

            // While it is away nothing is recorded, and nothing is lost.
            await stop.CancelAsync();
            await signing;
            var report = Idlib.Report("bombing", "2018-10-03");
            (await server.Http.PostAsync($"{Idlib.Agreement}/reports", report))
                .Status.Should()
                .Be(HttpStatusCode.ServiceUnavailable);
            using var again = new CancellationTokenSource();
            await StartAsync(place, again.Token);
            (await server.Http.PostAsync($"{Idlib.Agreement}/reports", report))
                .Status.Should()
                .Be(HttpStatusCode.Created);
            await auditor.FindsAllGoodAsync("verify", server.Http.BaseAddress.ToString());

            foreach (
                var text in (string[])
                    ["nonsense", "elsewhere.example/idlib-2018\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"]
            )
                Ask(socket, text)[0].Should().Be(1, $"it signs checkpoints of its own ledger only, not {text}");
            await again.CancelAsync();
        }

        FluentActions
            .Invoking(() => LogKey.Connect(socket, "log.key", "ledger.local"))
            .Should()
            .Throw<KeyException>()
            .WithMessage("*does not answer*");
    }

    [Fact]
    public async Task Changes_the_key_where_a_second_process_holds_the_next()
    {
        var (place, connection, auditor) = (Scratch.Folder("signer"), await ServersRole.DatabaseAsync(), new Auditor());
        using var stop = new CancellationTokenSource();
        var (first, socket) = await StartAsync(place, stop.Token);
        Task second;
        await using (var server = await RunningServer.StartAsync(connection, also: $"--LEDGER_SIGNER={socket}"))
        {
            var address = server.Http.BaseAddress!.ToString();
            (await server.Http.PostAsync("/api/v1/agreements", Idlib.Adoption()))
                .Status.Should()
                .Be(HttpStatusCode.Created);
            await auditor.FindsAllGoodAsync("verify", address);

            (second, _) = await StartAsync(place, stop.Token, LogKeys.NextSuffix);
            var publicKey = (await auditor.RunAsync("key", "new", Path.Combine(place, "log.key.next"))).Said.Trim();
            await auditor.FindsAllGoodAsync(
                "key",
                "rotate",
                Idlib.Id,
                "--to",
                publicKey,
                "--reason",
                "It is time",
                "--authority",
                "The commission",
                "--server",
                address
            );

            (await auditor.RunAsync("verify", address))
                .Should()
                .Match<(int Exit, string Said)>(found =>
                    found.Exit == 0 && found.Said.Contains("changed at position 2", StringComparison.Ordinal)
                );
        }

        // The first process is not needed any more: the second takes its place.
        await stop.CancelAsync();
        await Task.WhenAll(first, second);
        File.Move(Path.Combine(place, "log.key.next"), Path.Combine(place, "log.key"), overwrite: true);
        using var again = new CancellationTokenSource();
        await StartAsync(place, again.Token);
        await using (var server = await RunningServer.StartAsync(connection, also: $"--LEDGER_SIGNER={socket}"))
        {
            (await server.Http.PostAsync($"{Idlib.Agreement}/reports", Idlib.Report("bombing", "2018-10-03")))
                .Status.Should()
                .Be(HttpStatusCode.Created);
            await auditor.FindsAllGoodAsync("verify", server.Http.BaseAddress!.ToString());
        }

        await again.CancelAsync();
    }

    private static byte[] Ask(string path, string text)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(new UnixDomainSocketEndPoint(path));
        var (bytes, length, answer) = (Encoding.UTF8.GetBytes(text), new byte[4], new byte[200]);
        BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
        socket.Send([.. length, .. bytes]);
        return answer[..socket.Receive(answer)];
    }

    private static async Task<(Task Running, string Socket)> StartAsync(
        string place,
        CancellationToken stop,
        string suffix = ""
    )
    {
        var socket = Path.Combine(place, "signer.sock" + suffix);
        var said = new FirstLine();
        var running = Task.Run(
            async () =>
            {
                try
                {
                    await SignerCommand()
                        .Parse(["signer", "--socket", socket, "--key", Path.Combine(place, "log.key" + suffix)])
                        .InvokeAsync(
                            new System.CommandLine.InvocationConfiguration { EnableDefaultExceptionHandler = false },
                            stop
                        );
                }
                catch (OperationCanceledException)
                {
                    // As Ctrl-C does.
                }
            },
            CancellationToken.None
        );
        await said.Came;
        return (running, socket);

        System.CommandLine.RootCommand SignerCommand() =>
            new("test")
            {
                Ledger.Cli.Proofs.SignerCommand.Command(
                    new Terminal
                    {
                        In = TextReader.Null,
                        Out = said,
                        Error = said,
                        Variable = _ => null,
                        Folder = place,
                    }
                ),
            };
    }

    private sealed class FirstLine : StringWriter
    {
        private readonly TaskCompletionSource _came = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Came => _came.Task;

        public override Task WriteLineAsync(string? value)
        {
            _came.TrySetResult();
            return Task.CompletedTask;
        }
    }
}
