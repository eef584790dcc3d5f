using System.CommandLine;
using System.Text.Json.Nodes;
using Ledger.Cli.InputFiles;
using Ledger.Cli.Recording;
using Ledger.Cli.Servers;
using Ledger.Cli.Terminals;
using Ledger.Domain.Agreements;

namespace Ledger.Cli.Agreements;

/// <summary><c>ledger agreement adopt FILE</c> and <c>ledger agreement revise FILE</c></summary>
public static class AdoptAgreementCommand
{
    public static Command Adopt(Terminal terminal)
    {
        var file = File();
        var filing = new FilingOptions();
        var command = new Command("adopt", "Create the ledger of an agreement by recording its agreement file.")
        {
            file,
        };
        filing.AddTo(command);
        return command.OnServer(
            terminal,
            filing.Names(("/file", "FILE")),
            async context =>
            {
                var (opened, read) = Open(context.Get(file), terminal);
                var data = Recorded(read);
                return await filing.SendAsync(
                    context,
                    "agreements",
                    data,
                    receipt => $"Adopted {read.Agreement.Id} from {opened.Name}, reading {read.Agreement.Version}."
                );
            }
        );
    }

    public static Command Revise(Terminal terminal)
    {
        var file = File();
        var appliesFrom = new Option<string?>("--applies-from")
        {
            Description = "The first day on which the new version applies. Default: the day of signing.",
            HelpName = "DAY",
        };
        var reason = new Option<string>("--reason")
        {
            Description = "The reason for the new version.",
            Required = true,
            HelpName = "TEXT",
        };
        var by = new Option<string?>("--by") { Description = "Who revises it.", HelpName = "NAME" };
        var filing = new FilingOptions();
        var command = new Command(
            "revise",
            "Record a new version of an agreement file: a new reading, an amendment or a protocol."
        )
        {
            file,
            appliesFrom,
            reason,
            by,
        };
        filing.AddTo(command);
        return command.OnServer(
            terminal,
            filing.Names(
                ("/file", "FILE"),
                ("/appliesFrom", "--applies-from"),
                ("/reason", "--reason"),
                ("/by", "--by")
            ),
            async context =>
            {
                var (opened, read) = Open(context.Get(file), terminal);
                var data = Recorded(read);
                data["appliesFrom"] = context.Get(appliesFrom) ?? read.Agreement.Signed.ToString("uuuu-MM-dd", null);
                data["reason"] = context.Get(reason);
                data["by"] = context.Get(by);
                return await filing.SendAsync(
                    context,
                    $"{KnownAgreements.PathOf(read.Agreement.Id)}/versions",
                    data,
                    receipt => $"Revised {read.Agreement.Id} from {opened.Name}, reading {read.Agreement.Version}."
                );
            }
        );
    }

    private static Argument<string> File() =>
        new("FILE") { Description = "The agreement file. Validate it with 'ledger agreement check'." };

    private static (AgreementOnDisk Opened, AgreementFile Read) Open(string name, Terminal terminal)
    {
        var opened = AgreementOnDisk.Open(name, terminal);
        return (opened, opened.Required(terminal));
    }

    private static JsonObject Recorded(AgreementFile read) =>
        new() { ["file"] = read.Json.DeepClone(), ["sourceSha256"] = read.SourceSha256 };
}
