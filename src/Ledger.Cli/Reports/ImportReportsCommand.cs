using System.CommandLine;
using Ledger.Cli.Reports.Importing;
using Ledger.Cli.Servers;
using Ledger.Cli.Terminals;
using NodaTime;

namespace Ledger.Cli.Reports;

/// <summary>
/// <c>ledger report import AGREEMENT FILE --mapping MAPPING</c>: files the records of a data set as reports. The file
/// is read twice, once to see how its columns are written and once as it is filed, and tables are never held; imported
/// again it files what is missing and nothing twice.
/// </summary>
public static class ImportReportsCommand
{
    public static Command Command(Terminal terminal)
    {
        var agreement = CommonOptions.Agreement();
        var file = new Argument<string>("FILE")
        {
            Description =
                "CSV, JSON lines, a JSON array or GeoJSON, plain or compressed with gzip. "
                + "The format is detected from the content.",
        };
        var mapping = new Option<string>("--mapping")
        {
            Description =
                $"The mapping from columns to reports: a file, or one of {string.Join(", ", ShippedMappings.Names)}.",
            HelpName = "MAPPING",
            Required = true,
        };
        var dryRun = new Option<bool>("--dry-run")
        {
            Description = "List what would be filed and what cannot be, and send nothing.",
        };
        var command = new Command(
            "import",
            "File the records of a data set as reports. Importing it again files only what is missing."
        )
        {
            agreement,
            file,
            mapping,
            dryRun,
        };
        return command.OnServer(
            terminal,
            async context =>
            {
                var mapped = ShippedMappings.Open(context.Parse.GetRequiredValue(mapping), terminal);
                var name = context.Get(file);
                var path = terminal.PathOf(name);
                using var source = new SourceFile(path, name, mapped);
                var into = await context.Server.AgreementAsync(context.Get(agreement), context.Cancel);
                // Before anything is filed the whole file is read: a later row may show that a column is read wrongly.
                var refuted = RefutedForms.In(mapped, source.Rows());
                var filings = new ReportMapper(
                    mapped,
                    into,
                    Instant.FromDateTimeOffset(terminal.Clock.GetUtcNow()),
                    refuted
                );
                var output = new ImportProgress(
                    context,
                    into,
                    Path.GetFileName(path),
                    context.Get(dryRun),
                    () => source.Share
                );
                return await new Import(
                    context,
                    $"{KnownAgreements.PathOf(into.Id)}/reports/batch",
                    context.Get(dryRun),
                    output
                ).RunAsync(source.Rows(), filings);
            }
        );
    }
}
