using System.CommandLine;
using Ledger.Cli.Servers;
using Ledger.Cli.Terminals;
using Ledger.Domain.Evidence;
using Ledger.Local;
using Ledger.Local.Machine;
using Ledger.Proof.Texts;
using Ledger.Proof.Witnesses;
using Npgsql;

namespace Ledger.Cli.Proofs;

/// <summary>
/// <c>ledger verify [SERVER|BUNDLE|DIRECTORY]</c>: exit code 0 when all is as it was signed, 2 when something was
/// tampered with, 3 when all is as it was signed and too few witnesses have seen any of it, 1 when it could not be
/// checked.
/// </summary>
public static class VerifyCommand
{
    private const int Tampered = 2;
    private const int CouldNotCheck = 1;
    private const int NotYetWitnessed = 3;

    public static Command Command(Terminal terminal)
    {
        var source = new Argument<string?>("SOURCE")
        {
            Description =
                "A server's address, a bundle or a directory of tiles. Default: the server that other commands use.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var policy = new Option<string?>("--policy")
        {
            Description = "A tlog-policy file that says which signatures are trusted. Default: the key seen first.",
            HelpName = "FILE",
        };
        var database = new Option<string?>("--database")
        {
            Description = "Check every row of the tables of this PostgreSQL database.",
            HelpName = "CONNECTION",
        };
        var schema = new Option<string>("--schema")
        {
            Description = "The database's schema.",
            DefaultValueFactory = _ => "ledger",
            HelpName = "NAME",
        };
        var evidence = new Option<string?>("--evidence")
        {
            Description = "With --database: the folder of evidence files. Each must exist and hash to its name.",
            HelpName = "FOLDER",
        };
        var agreement = new Option<string?>("--agreement")
        {
            Description = "Only this agreement. Default: all agreements of the source.",
            HelpName = "NAME",
        };
        var directory = new Option<string?>("--kept")
        {
            Description = "Where your verified checkpoints are kept. Default: ~/.config/ledger/checkpoints.",
            HelpName = "DIRECTORY",
        };
        var proofs = new Option<bool>("--proofs-only")
        {
            Description = "Do not evaluate verdicts again. A ledger of millions of entries then needs little memory.",
        };
        var entry = new Option<long?>("--entry")
        {
            Description =
                "Say between which times the entry at this position was recorded, by the clocks of the policy's witnesses.",
            HelpName = "POSITION",
        };
        var tokenFile = CommonOptions.TokenFile();
        var keys = new Option<string?>("--keys")
        {
            Description =
                "With --database: the master key's file, to open every sealed value and compare it with its digest.",
            HelpName = "FILE",
        };
        var command = new Command(
            "verify",
            "Verify that a ledger matches what was signed and the checkpoints you kept, and that its "
                + "verdicts follow from its entries."
        )
        {
            source,
            policy,
            database,
            schema,
            evidence,
            agreement,
            directory,
            proofs,
            entry,
            keys,
            tokenFile,
        };
        command.SetAction(
            async (parse, cancellationToken) =>
            {
                try
                {
                    var kept = new KeptCheckpoints(
                        parse.GetValue(directory) is { } given
                            ? terminal.PathOf(given)
                            : KeptCheckpoints.DefaultOf(terminal)
                    );
                    var believed = parse.GetValue(policy) is { } file ? Policy(terminal.PathOf(file)) : null;
                    var folder = parse.GetValue(evidence) is { } path ? terminal.PathOf(path) : null;
                    if (folder is not null && parse.GetValue(database) is null)
                        throw CommandException.Refused(
                            "--evidence needs --database, whose entries say which files must exist."
                        );
                    var witnessed = true;
                    if (parse.GetValue(source) is { } || parse.GetValue(database) is null)
                        witnessed &= await VerifyAsync(
                            parse.GetValue(source),
                            parse.GetValue(agreement),
                            parse.GetValue(tokenFile),
                            kept,
                            believed,
                            parse.GetValue(entry),
                            !parse.GetValue(proofs),
                            terminal,
                            cancellationToken
                        );
                    if (parse.GetValue(database) is { } connection)
                        witnessed &= await SweepAsync(
                            connection,
                            parse.GetRequiredValue(schema),
                            parse.GetValue(agreement),
                            folder,
                            kept,
                            believed,
                            parse.GetValue(entry),
                            parse.GetValue(keys) is { } master ? KeyFolder.Open(terminal.PathOf(master)) : null,
                            terminal,
                            cancellationToken
                        );
                    return witnessed ? ExitCode.Done : NotYetWitnessed;
                }
                catch (TamperedException tampered)
                {
                    terminal.Error.WriteLine($"ledger: TAMPERED at {tampered.Finding}");
                    return Tampered;
                }
                catch (Exception unable)
                    when (unable
                            is CommandException
                                or NpgsqlException
                                or IOException
                                or UnauthorizedAccessException
                                or InvalidDataException
                                or LocalProblemException
                    )
                {
                    terminal.Error.WriteLine($"ledger: Could not check: {unable.Message}");
                    return CouldNotCheck;
                }
            }
        );
        return command;
    }

    /// <returns>Whether the witnesses that the policy asks for have seen every ledger up to some entry.</returns>
    private static async Task<bool> VerifyAsync(
        string? source,
        string? agreement,
        string? tokenFile,
        KeptCheckpoints kept,
        TlogPolicy? policy,
        long? entry,
        bool judges,
        Terminal terminal,
        CancellationToken cancellationToken
    )
    {
        var witnessed = true;
        foreach (var (name, files) in await SourcesAsync(source, agreement, tokenFile, terminal, cancellationToken))
        {
            using (files)
            {
                witnessed &= Keep(
                    await new LogVerification(files, kept, policy, judges, terminal.Clock).RunAsync(cancellationToken),
                    name,
                    entry,
                    kept,
                    terminal
                );
            }
        }

        return witnessed;
    }

    private static async Task<bool> SweepAsync(
        string connection,
        string schema,
        string? agreement,
        string? folder,
        KeptCheckpoints kept,
        TlogPolicy? policy,
        long? entry,
        KeyFolder? keys,
        Terminal terminal,
        CancellationToken cancellationToken
    )
    {
        if (folder is not null && !Directory.Exists(folder))
            throw CommandException.Refused($"There is no folder {folder}.");
        await using var database = NpgsqlDataSource.Create(connection);
        var held = await DatabaseSweep.AgreementsAsync(database, schema, cancellationToken);
        // Whoever takes a whole agreement away leaves nothing behind to sweep; but who verified it before knows of it.
        var ledgers = (await DatabaseSweep.OriginsAsync(database, schema, cancellationToken))
            .Select(origin => origin[..(origin.LastIndexOf('/') + 1)])
            .ToHashSet(StringComparer.Ordinal);
        var missed = kept
            .Origins.Where(origin => ledgers.Contains(origin[..(origin.LastIndexOf('/') + 1)]))
            .Select(origin => origin[(origin.LastIndexOf('/') + 1)..]);
        var witnessed = true;
        foreach (var name in agreement is null ? held.Union(missed, StringComparer.Ordinal) : [agreement])
        {
            var evidence = folder is null ? EvidenceCheck.Blind() : InFolder(folder, name);
            witnessed &= Keep(
                await new DatabaseSweep(database, schema, name, kept, policy, terminal.Clock, keys, evidence).RunAsync(
                    cancellationToken
                ),
                $"{name} in the database",
                entry,
                kept,
                terminal
            );
        }

        return witnessed;
    }

    /// <summary>The files of an agreement in the folder beside a ledger.</summary>
    internal static EvidenceCheck InFolder(string folder, string agreement) =>
        new(digest =>
            Task.FromResult<Stream?>(
                Path.Combine(folder, EvidenceName.Of(agreement, digest)) is var file && File.Exists(file)
                    ? File.OpenRead(file)
                    : null
            )
        );

    private static bool Keep(Verified verified, string name, long? entry, KeptCheckpoints kept, Terminal terminal)
    {
        var (checkpoint, secrets) = ((verified.Witnessed ?? verified.Checkpoint).Checkpoint, verified.Sealed);
        var waiting = verified.Checkpoint.Checkpoint.Size - checkpoint.Size;
        terminal.Out.WriteLine(
            $"{name}: {(verified.Policy.Holds ? "good" : "NOT YET WITNESSED")}. {checkpoint.Size} entries, root {checkpoint.Root.ToBase64()}"
        );
        terminal.Out.WriteLine(
            $"  signed    {verified.Keys[^1].Key}"
                + $"{(verified.KeyIsNew ? "  (seen for the first time: compare it with what its owner published)" : "")}"
        );
        foreach (var change in verified.Keys.Skip(1))
            terminal.Out.WriteLine($"  key       changed at position {change.From}, also signed with the previous key");
        if (verified.Policy.Witnessed.Length > 0)
            terminal.Out.WriteLine(
                $"  witnessed {string.Join(", ", verified.Policy.Witnessed.Select(witness => witness.Witness.Name))}"
            );
        if (!verified.Policy.Holds)
            terminal.Out.WriteLine(
                $"  witnessed not yet: {LogVerification.Sentence(verified.Policy)} All entries are as the log signed them, and nobody else vouches for that"
            );
        else if (waiting > 0)
            terminal.Out.WriteLine(
                $"  later     {Plural.Of(waiting, "entry", "entries")} more, not yet witnessed as the policy asks: as the log alone signed them"
            );
        terminal.Out.WriteLine(
            verified.Kept switch
            {
                0 => "  kept      no earlier checkpoint to compare with; this one is kept now",
                1 => "  kept      continues the checkpoint you kept",
                var many => $"  kept      continues all {many} checkpoints you kept",
            }
        );
        terminal.Out.WriteLine(
            $"  sealed    {secrets.Opened} opened and matching, {secrets.Withheld} withheld from you, "
                + $"{secrets.Erased} erased with authority"
                + (
                    secrets.Signed > 0
                        ? $"; {secrets.Signed} signatures of devices are valid, "
                            + $"{secrets.SignedEnrolled} by keys enrolled to the reporter"
                        : ""
                )
        );
        if (verified.Evidence is { Unseen: > 0 and var unseen })
            terminal.Out.WriteLine(
                $"  evidence  NOT LOOKED AT: {Plural.Of(unseen, "file is", "files are")} attached. Give --evidence FOLDER to check that they are there"
            );
        else if (verified.Evidence is { Looks: true } evidence)
            terminal.Out.WriteLine(
                $"  evidence  {evidence.Intact} files intact, {evidence.OnlyNamed} named in reports but not stored here"
            );
        if (verified.Verdicts is { } verdicts)
            terminal.Out.WriteLine(
                $"  verdicts  {verdicts} provisions evaluated again, with the same result as stated"
            );
        if (verified.Times.Witnessed.Any)
            terminal.Out.WriteLine(
                $"  times     no entry says that it was recorded when witnesses rule it out, within {WitnessedTimes.Tolerance.TotalMinutes:0} minutes"
            );
        if (entry is { } position)
            terminal.Out.WriteLine(Sentence(position, verified));
        kept.Keep(verified.Checkpoint, verified.Keys);
        return verified.Policy.Holds;
    }

    /// <summary>When an entry was recorded, by itself and by witnesses.</summary>
    private static string Sentence(long position, Verified verified)
    {
        if (position < 1 || position > verified.Checkpoint.Checkpoint.Size)
            throw CommandException.Refused(
                $"There is no entry {position}: the log has {verified.Checkpoint.Checkpoint.Size}."
            );
        var (before, after) = verified.Times.Witnessed.Of(position);
        return $"  entry {position}: recorded at {verified.Times.At(position)} by its own account; "
            + $"{(before is null ? "no witness vouches that it was not recorded before" : $"not before {before.At}, when witnesses were shown {before.Size} entries")}; "
            + $"{(after is null ? "no witness vouches that it had been recorded by any time" : $"not after {after.At}, when witnesses had seen {after.Size}")}";
    }

    private static async Task<IReadOnlyList<(string Name, ILogFiles Files)>> SourcesAsync(
        string? source,
        string? agreement,
        string? tokenFile,
        Terminal terminal,
        CancellationToken cancellationToken
    )
    {
        if (
            source is not null
            && terminal.PathOf(source) is var path
            && !source.StartsWith("http", StringComparison.Ordinal)
        )
        {
            return Directory.Exists(path) ? [(source, new LogInDirectory(path))]
                : File.Exists(path) ? [(source, new LogInBundle(path))]
                : throw CommandException.Refused(
                    $"There is no {source}: give a server's address, a bundle or a directory."
                );
        }

        var address = ServerAddress.Find(source, variable: terminal.Variable);
        var token = ServerToken.Find(address, tokenFile, terminal);
        if (agreement is not null)
            return [($"{agreement} on {address}", new LogOnServer(address, agreement, token))];
        using var server = new ServerClient(address, terminal, token: token);
        var list = await server.GetAsync<AgreementsAnswer>("agreements", cancellationToken);
        return list.Agreements.Length == 0
            ? throw CommandException.Refused($"{address} has no agreements.")
            :
            [
                .. list.Agreements.Select(line =>
                    ($"{line.Id} on {address}", (ILogFiles)new LogOnServer(address, line.Id, token))
                ),
            ];
    }

    private static TlogPolicy Policy(string file)
    {
        try
        {
            return TlogPolicy.Parse(File.ReadAllBytes(file));
        }
        catch (MalformedException wrong)
        {
            throw CommandException.Refused($"{file} is not a policy: {wrong.Message}");
        }
    }
}
