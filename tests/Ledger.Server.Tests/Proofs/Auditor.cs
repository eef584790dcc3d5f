using Ledger.Cli;
using Ledger.Cli.Terminals;
using Ledger.Testing;

namespace Ledger.Server.Tests.Proofs;

/// <summary>Somebody with the command line, and a directory of checkpoints that nobody else can write to.</summary>
internal sealed class Auditor
{
    public string Home { get; } = Scratch.Folder("auditor");

    public string Kept => Path.Combine(Home, ".config", "ledger", "checkpoints");

    /// <summary>By which what is dated later than now is found.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Another one who knows the same.</summary>
    public Auditor Twin(TimeProvider? clock = null)
    {
        var twin = new Auditor { Clock = clock ?? Clock };
        foreach (var file in Directory.GetFiles(Home, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(twin.Home, Path.GetRelativePath(Home, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        return twin;
    }

    public async Task<(int Exit, string Said)> RunAsync(params string[] args)
    {
        var said = new StringWriter();
        var exit = await LedgerCommand.RunAsync(
            args,
            new Terminal
            {
                In = TextReader.Null,
                Out = said,
                Error = said,
                Variable = name =>
                    name switch
                    {
                        "HOME" => Home,
                        "LEDGER_TOKEN" => Client.TokenIn(args),
                        _ => null,
                    },
                Folder = Home,
                Clock = Clock,
            }
        );
        return (exit, said.ToString());
    }

    /// <param name="masterKey">For who may open sealed values.</param>
    public Task<(int Exit, string Said)> SweepAsync(string connection, string? masterKey = null) =>
        RunAsync(["verify", "--database", connection, .. masterKey is null ? (string[])[] : ["--keys", masterKey]]);

    public async Task FindsAllGoodAsync(params string[] args)
    {
        var (exit, said) = await RunAsync(args);
        exit.Should().Be(0, said);
    }
}
