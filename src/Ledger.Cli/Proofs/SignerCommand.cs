using System.Buffers.Binary;
using System.CommandLine;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Ledger.Cli.Servers;
using Ledger.Cli.Terminals;
using Ledger.Local.Machine;
using Ledger.Proof.Notes;
using Ledger.Proof.Texts;

namespace Ledger.Cli.Proofs;

/// <summary><c>ledger signer</c>: a process that holds the log's key, so that no server does.</summary>
public static class SignerCommand
{
    /// <summary>A checkpoint is three short lines.</summary>
    private const int MostBytes = 4 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static Command Command(Terminal terminal)
    {
        var socket = new Option<string>("--socket")
        {
            Description = "The Unix socket to listen on. An existing one is replaced.",
            Required = true,
            HelpName = "PATH",
        };
        var key = new Option<string>("--key")
        {
            Description = "The key file. It is created with mode 0600 if it does not exist.",
            Required = true,
            HelpName = "FILE",
        };
        var name = new Option<string>("--name")
        {
            Description = "The ledger's name: only checkpoints of its logs are signed.",
            DefaultValueFactory = _ => "ledger.local",
            HelpName = "NAME",
        };
        var command = new Command(
            "signer",
            "Hold the signing key for servers on this machine, and sign checkpoints for them."
        )
        {
            socket,
            key,
            name,
        };
        command.SetAction(
            async (parse, cancellationToken) =>
            {
                using var signing = SigningKeyFile.OpenOrMake(terminal.PathOf(parse.GetRequiredValue(key)));
                var path = terminal.PathOf(parse.GetRequiredValue(socket));
                File.Delete(path);
                using var listening = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                listening.Bind(new UnixDomainSocketEndPoint(path));
                File.SetUnixFileMode(path, Files.OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.GroupWrite);
                listening.Listen();
                await terminal.Out.WriteLineAsync($"signer {Convert.ToBase64String(signing.PublicKey)} {path}");
                while (!cancellationToken.IsCancellationRequested)
                {
                    using var client = await listening.AcceptAsync(cancellationToken);
                    await AnswerAsync(client, signing, parse.GetRequiredValue(name), cancellationToken);
                }

                return ExitCode.Done;
            }
        );
        return command;
    }

    /// <summary>One after the other, and nobody may hold the others up.</summary>
    private static async Task AnswerAsync(
        Socket client,
        Ed25519Key key,
        string name,
        CancellationToken cancellationToken
    )
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            await using var stream = new NetworkStream(client);
            var length = new byte[sizeof(int)];
            await stream.ReadExactlyAsync(length, patience.Token);
            var expected = BinaryPrimitives.ReadInt32BigEndian(length);
            if (expected is < 0 or > MostBytes)
            {
                await stream.WriteAsync(Refusal("a checkpoint is shorter than this."), patience.Token);
                return;
            }

            var text = new byte[expected];
            await stream.ReadExactlyAsync(text, patience.Token);
            await stream.WriteAsync(Answer(text, key, name), patience.Token);
        }
        catch (Exception broken)
            when (broken is IOException or SocketException or EndOfStreamException
                || (broken is OperationCanceledException && !cancellationToken.IsCancellationRequested)
            )
        {
            // Whoever asked will ask again.
        }
    }

    private static byte[] Answer(byte[] text, Ed25519Key key, string name)
    {
        if (text.Length == 0)
            return [0, .. key.PublicKey];
        try
        {
            var checkpoint = Checkpoint.Parse(Encoding.UTF8.GetString(text));
            return checkpoint.Origin.StartsWith($"{name}/", StringComparison.Ordinal)
                ? [0, .. key.Sign(text)]
                : Refusal($"'{checkpoint.Origin}' is not a log of {name}.");
        }
        catch (MalformedException wrong)
        {
            return Refusal($"this is not a checkpoint: {wrong.Message}");
        }
    }

    private static byte[] Refusal(string sentence) => [1, .. Encoding.UTF8.GetBytes(sentence)];
}
