using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Ledger.Cli.Proofs;
using Ledger.Cli.Servers;
using Ledger.Cli.Terminals;
using Ledger.Local;
using Ledger.Local.Machine;
using Npgsql;

namespace Ledger.Cli.Backups;

/// <summary><c>ledger backup</c> and <c>ledger restore</c>: docs/backup.md is the drill.</summary>
public static class BackupCommands
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static IEnumerable<Command> All(Terminal terminal) => [TakeCommand(terminal), RestoreCommand(terminal)];

    private static Command TakeCommand(Terminal terminal)
    {
        var folder = new Argument<string>("FOLDER")
        {
            Description = "The folder of backups, on another disk. Evidence that is already there is not copied again.",
        };
        var passphrase = Passphrase("Encrypt to the passphrase in this file ('-' reads standard input).");
        var recipients = new Option<string[]>("--recipient")
        {
            Description = "Encrypt to this public key of age (age1…). May be given several times.",
            HelpName = "KEY",
        };
        var data = Data();
        var connection = new Option<string?>("--connection")
        {
            Description = "The connection string of your own PostgreSQL database, if 'up' did not make one.",
            HelpName = "CONNECTION",
        };
        var schema = new Option<string>("--schema")
        {
            Description = "The database's schema.",
            DefaultValueFactory = _ => "ledger",
            HelpName = "NAME",
        };
        var json = CommonOptions.Json();
        var command = new Command(
            "backup",
            "Take an encrypted backup of everything: database, keys, evidence and settings, as they are at one moment."
        )
        {
            folder,
            passphrase,
            recipients,
            data,
            connection,
            schema,
            json,
        };
        command.SetAction(
            (parse, cancellationToken) =>
                DoingAsync(async () =>
                {
                    var taken = await new Backup(
                        new(
                            terminal.PathOf(parse.GetRequiredValue(data)),
                            terminal.PathOf(parse.GetRequiredValue(folder)),
                            parse.GetValue(connection),
                            parse.GetRequiredValue(schema),
                            Recipients(parse.GetValue(passphrase), parse.GetValue(recipients) ?? [], terminal)
                        ),
                        terminal.Clock
                    ).TakeAsync(cancellationToken);
                    terminal.Out.WriteLine(
                        parse.GetValue(json)
                            ? JsonSerializer.Serialize(
                                new
                                {
                                    archive = taken.Archive,
                                    takenAt = taken.Manifest.TakenAt,
                                    logs = taken.Manifest.Checkpoints.Select(log => new
                                    {
                                        agreement = log.Agreement,
                                        size = log.Size,
                                        root = log.Root,
                                    }),
                                    evidence = taken.Manifest.Evidence.Count,
                                    newEvidence = taken.NewEvidence,
                                    altered = taken.Altered,
                                },
                                Json
                            )
                            : Words(taken)
                    );
                    if (!taken.HasLogKey)
                        terminal.Error.WriteLine(
                            "ledger: The signing key is not in the data directory, so it is not in the backup. Keep a copy of it elsewhere."
                        );
                    if (taken.Altered.Count == 0)
                        return ExitCode.Done;
                    terminal.Error.WriteLine(
                        "ledger: Evidence that was altered, and is not in this backup: "
                            + $"{string.Join(", ", taken.Altered)}. Restore it from an earlier backup. "
                            + "(evidence/altered)"
                    );
                    return ExitCode.Refused;
                })
        );
        return command;
    }

    private static Command RestoreCommand(Terminal terminal)
    {
        var source = new Argument<string>("BACKUP")
        {
            Description = "An archive in the folder of backups, or that folder: then its newest archive.",
        };
        var passphrase = Passphrase("The file with the passphrase ('-' reads standard input).");
        var identity = new Option<string?>("--identity")
        {
            Description = "The file with the secret key of age, as age-keygen writes it.",
            HelpName = "FILE",
        };
        var data = new Option<string>("--data")
        {
            Description = "The directory in which the ledger is restored. It must be empty or not exist.",
            Required = true,
        };
        var directory = new Option<string?>("--kept")
        {
            Description = "Where your verified checkpoints are kept. Default: ~/.config/ledger/checkpoints.",
            HelpName = "DIRECTORY",
        };
        var signed = new Option<string?>("--signed")
        {
            Description =
                "The folder log.key.signed of the lost server, if you still have it. It says what was signed last.",
            HelpName = "FOLDER",
        };
        var json = CommonOptions.Json();
        var command = new Command(
            "restore",
            "Restore a backup into an empty directory and verify everything. Sessions, tokens and links end."
        )
        {
            source,
            passphrase,
            identity,
            data,
            directory,
            signed,
            json,
        };
        command.SetAction(
            (parse, cancellationToken) =>
                DoingAsync(async () =>
                {
                    var options = new RestoreOptions(
                        terminal.PathOf(parse.GetRequiredValue(source)),
                        terminal.PathOf(parse.GetRequiredValue(data)),
                        Identities(parse.GetValue(passphrase), parse.GetValue(identity), terminal),
                        new KeptCheckpoints(
                            parse.GetValue(directory) is { } given
                                ? terminal.PathOf(given)
                                : KeptCheckpoints.DefaultOf(terminal)
                        ),
                        parse.GetValue(signed) is { } noted ? terminal.PathOf(noted) : null
                    );
                    var restored = await new Restore(
                        options,
                        parse.GetValue(json) ? terminal.Error : terminal.Out,
                        terminal.Clock
                    ).RunAsync(cancellationToken);
                    terminal.Out.WriteLine(
                        parse.GetValue(json)
                            ? JsonSerializer.Serialize(
                                new
                                {
                                    data = options.Data,
                                    takenAt = restored.Manifest.TakenAt,
                                    ledger = restored.Manifest.Ledger,
                                    logs = restored.Logs.Select(log => new
                                    {
                                        agreement = log.Agreement,
                                        size = log.Verified.Checkpoint.Checkpoint.Size,
                                        root = log.Verified.Checkpoint.Checkpoint.Root.ToBase64(),
                                        signedSize = log.SignedSize,
                                    }),
                                    ended = restored.Ended,
                                    erased = restored.Erased,
                                    canSignIn = restored.CanSignIn,
                                },
                                Json
                            )
                            : Words(restored, options.Data)
                    );
                    return ExitCode.Done;
                })
        );
        return command;
    }

    private static string Words(TakenBackup taken) =>
        string.Join(
            '\n',
            [
                $"{taken.Archive}",
                $"  taken     {Time(taken.Manifest.TakenAt)}",
                .. taken.Manifest.Checkpoints.Select(log =>
                    $"  log       {log.Agreement}: {log.Size} entries, root {log.Root}"
                ),
                $"  evidence  {Plural.Of(taken.Manifest.Evidence.Count, "file")}, {taken.NewEvidence} of them new",
            ]
        );

    private static string Words(RestoredLedger restored, string data)
    {
        var time = Time(restored.Manifest.TakenAt);
        var lines = new List<string> { $"Restored into {data} as it was at {time}." };
        foreach (var log in restored.Logs)
        {
            var (checkpoint, secrets) = (log.Verified.Checkpoint.Checkpoint, log.Verified.Sealed);
            lines.Add($"  {log.Agreement}: good. {checkpoint.Size} entries, root {checkpoint.Root.ToBase64()}");
            lines.Add($"    signed    {log.Verified.Keys[^1].Key}");
            lines.Add($"    sealed    {secrets.Opened} opened and matching, {secrets.Erased} erased with authority");
            lines.Add($"    evidence  {Plural.Of(log.Verified.Evidence!.Intact, "file")} intact");
            lines.Add(
                log switch
                {
                    { SignedSize: { } size } =>
                        $"    LOST      {Plural.Of(size - checkpoint.Size, "entry", "entries")} of {size} that were signed. The server "
                            + "records nothing until they are restored, or until somebody decides: docs/backup.md, "
                            + "'When entries are lost for good'",
                    { Compared: > 0 } =>
                        $"    kept      continues {Plural.Of(log.Compared, "checkpoint")} that you kept",
                    _ =>
                        "    kept      no checkpoint to compare with: ask witnesses and auditors what was signed last, "
                            + "before anybody files anything",
                }
            );
        }

        lines.Add(
            $"Ended: {Plural.Of(restored.Ended.Sessions, "session")}, {Plural.Of(restored.Ended.Tokens, "token")} and "
                + $"{Plural.Of(restored.Ended.Links, "link")}. The server makes a new operator's token when it starts."
        );
        lines.Add($"Erased again: the keys of {Plural.Of(restored.Erased, "person")}.");
        lines.Add(
            $"Not known: what was revoked, withdrawn or erased after {time}. Do it again; "
                + "'ledger people list' shows who has access now."
        );
        lines.Add(
            restored.CanSignIn.Count == 0
                ? "Nobody can sign in without a new link."
                : "These can sign in by passkey or provider, as at that time: "
                    + $"{string.Join(", ", restored.CanSignIn)}. Check each before you open the server to others."
        );
        lines.AddRange(
            restored.Manifest.Settings.Select(setting => $"The server ran with {setting.Key}={setting.Value}")
        );
        lines.Add($"Next: ./ledger up --data {data}");
        return string.Join('\n', lines);
    }

    private static string Time(DateTimeOffset time) =>
        time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    private static Option<string?> Passphrase(string description) =>
        new("--passphrase-file") { Description = description, HelpName = "FILE" };

    private static Option<string> Data() =>
        new("--data")
        {
            Description = "The directory that holds all data of this ledger, instead of LEDGER_DATA.",
            DefaultValueFactory = _ => Checkout.DefaultData,
        };

    private static IReadOnlyList<IAgeRecipient> Recipients(string? passphrase, string[] keys, Terminal terminal) =>
        (passphrase, keys) switch
        {
            ({ } file, []) => [new AgePassphrase(Read(file, terminal))],
            (null, [_, ..]) =>
            [
                .. keys.Select(key =>
                    AgeRecipient.Parse(key)
                    ?? throw CommandException.Usage($"--recipient {key} is not a public key of age.")
                ),
            ],
            _ => throw CommandException.Usage("Give either --passphrase-file or --recipient."),
        };

    private static IReadOnlyList<IAgeIdentity> Identities(string? passphrase, string? identity, Terminal terminal) =>
        (passphrase, identity) switch
        {
            ({ } file, null) => [new AgePassphrase(Read(file, terminal))],
            (null, { } file) =>
            [
                AgeIdentity.Parse(File.ReadAllText(terminal.PathOf(file)))
                    ?? throw CommandException.Usage($"--identity {file} does not contain a secret key of age."),
            ],
            _ => throw CommandException.Usage("Give either --passphrase-file or --identity."),
        };

    private static string Read(string file, Terminal terminal) =>
        (file == "-" ? terminal.In.ReadLine() : File.ReadLines(terminal.PathOf(file)).FirstOrDefault())
            is { Length: > 0 } line
            ? line
            : throw CommandException.Usage("The passphrase is empty.");

    private static async Task<int> DoingAsync(Func<Task<int>> action)
    {
        try
        {
            return await action();
        }
        catch (Exception unable)
            when (unable is LocalProblemException or NpgsqlException or IOException or UnauthorizedAccessException)
        {
            throw CommandException.Refused(unable.Message);
        }
    }
}
