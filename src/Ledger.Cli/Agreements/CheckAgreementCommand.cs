using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.Cli.InputFiles;
using Ledger.Cli.Servers;
using Ledger.Cli.Terminals;
using Ledger.Domain.Agreements;
using Ledger.Domain.Entries;
using Ledger.Domain.Input;

namespace Ledger.Cli.Agreements;

/// <summary><c>ledger agreement check FILE</c></summary>
public static class CheckAgreementCommand
{
    public static Command Command(Terminal terminal)
    {
        var file = new Argument<string>("FILE")
        {
            Description = "An agreement file in YAML. GeoJSON files that it names are read from the same folder.",
        };
        var json = CommonOptions.Json();
        var command = new Command("check", "Report every problem in an agreement file and summarise its contents.")
        {
            file,
            json,
        };
        command.SetAction(parse =>
            Run(AgreementOnDisk.Open(parse.GetRequiredValue(file), terminal), parse.GetValue(json), terminal)
        );
        return command;
    }

    private static int Run(AgreementOnDisk opened, bool json, Terminal terminal)
    {
        if (json)
            terminal.Out.WriteLine(
                AsJson(opened).ToJsonString(new JsonSerializerOptions(LedgerJson.Options) { WriteIndented = true })
            );
        else if (opened.File is Parsed<AgreementFile>.Good good)
        {
            Summarise(good.Value, opened.Name, terminal);
            Warn(good.Value, opened, terminal);
        }
        else
            SourceProblems.Write(
                terminal.Out,
                opened.Name,
                opened.Text,
                ((Parsed<AgreementFile>.Bad)opened.File).Problems
            );
        return opened.File is Parsed<AgreementFile>.Good ? ExitCode.Done : ExitCode.Refused;
    }

    private static void Summarise(AgreementFile file, string name, Terminal terminal)
    {
        var output = new TextOutput(terminal);
        var agreement = file.Agreement;
        output.Line([new StyledText(agreement.Title.ToString(), Styles.Title)]);
        output.Line(
            $"{name} is valid: {agreement.Id}, version {agreement.Version}, signed "
                + $"{Times.Day(agreement.Signed)}, time zone {agreement.TimeZone.Id}."
        );
        output.Line($"sha256 {file.SourceSha256}", Styles.Faint);
        output.Blank();
        var kinds = agreement.Provisions.GroupBy(p => p.Rule.Kind).Select(group => $"{group.Count()} {group.Key}");
        output.Line($"{Plural.Of(agreement.Provisions.Length, "provision")} ({string.Join(", ", kinds)})");
        output.Line(
            $"{Plural.Of(agreement.Parties.Length, "party", "parties")}, "
                + $"{agreement.Parties.Count(p => p.Signatory)} of them signatories"
        );
        if (agreement.Zones is not [])
            output.Line(
                $"{Plural.Of(agreement.Zones.Length, "zone")}, "
                    + $"{agreement.Zones.Count(z => z.Shape is not null)} with a geometry"
            );
        output.Line(
            $"{Plural.Of(agreement.Codebook.Kinds.Count, "kind")} of incident, "
                + $"{Plural.Of(agreement.Codebook.Attributes.Count, "attribute")}, "
                + $"{Plural.Of(agreement.Codebook.Quantities.Count, "quantity", "quantities")}"
        );
        if (agreement.Lenses.Count > 0)
            output.Line(
                $"{Plural.Of(agreement.Lenses.Count, "lens", "lenses")}: {string.Join(", ", agreement.Lenses.Keys)}"
            );
    }

    private static void Warn(AgreementFile file, AgreementOnDisk opened, Terminal terminal)
    {
        if (file.Warnings is [])
            return;
        terminal.Out.WriteLine();
        terminal.Out.WriteLine("Look again; it may be meant like this:");
        SourceProblems.Write(terminal.Out, opened.Name, opened.Text, file.Warnings);
    }

    private static JsonObject AsJson(AgreementOnDisk opened) =>
        opened.File switch
        {
            Parsed<AgreementFile>.Good { Value: var file } => new JsonObject
            {
                ["file"] = opened.Name,
                ["good"] = true,
                ["id"] = file.Agreement.Id,
                ["version"] = file.Agreement.Version,
                ["sourceSha256"] = file.SourceSha256,
                ["provisions"] = new JsonArray([.. file.Agreement.Provisions.Select(p => JsonValue.Create(p.Id))]),
                ["warnings"] = JsonSerializer.SerializeToNode(file.Warnings, LedgerJson.Options),
            },
            Parsed<AgreementFile>.Bad { Problems: var problems } => new JsonObject
            {
                ["file"] = opened.Name,
                ["good"] = false,
                ["problems"] = JsonSerializer.SerializeToNode(problems, LedgerJson.Options),
            },
            _ => throw new System.Diagnostics.UnreachableException(),
        };
}
