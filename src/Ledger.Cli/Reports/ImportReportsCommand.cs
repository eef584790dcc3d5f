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
                "CSV, an Excel workbook, JSON lines, a JSON array or GeoJSON, plain, compressed with gzip or alone in a "
                + "ZIP archive. The format is detected from the content.",
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
        var allOrNothing = new Option<bool>("--all-or-nothing")
        {
            Description = "File nothing unless every row can be filed or is left out by the mapping.",
        };
        var rejects = new Option<string?>("--rejects")
        {
            Description =
                "Write the rows that are refused to a new file, in the form of FILE, to be mended and imported.",
            HelpName = "NEW-FILE",
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
            allOrNothing,
            rejects,
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
                using var rejected = context.Get(rejects) is { } rejectsName
                    ? new RejectedRows(
                        NewFile(terminal.PathOf(rejectsName), rejectsName),
                        rejectsName,
                        mark: mapped.Encoding is not null
                    )
                    : null;
                if (context.Get(dryRun))
                    return await RunAsync(ImportPass.DryRun, false);
                if (!context.Get(allOrNothing))
                    return await RunAsync(ImportPass.File, false);
                var able = await RunAsync(ImportPass.Check, false);
                return able == ExitCode.Done ? await RunAsync(ImportPass.File, true) : able;

                Task<int> RunAsync(ImportPass pass, bool checkedBefore) =>
                    new Import(
                        context,
                        into,
                        $"{KnownAgreements.PathOf(into.Id)}/reports/batch",
                        pass,
                        new ImportProgress(
                            context,
                            into,
                            Path.GetFileName(path),
                            pass,
                            () => source.Share,
                            checkedBefore,
                            rejected
                        )
                    ).RunAsync(source.Rows(), filings);
            }
        );
    }

    /// <summary>Nothing is written over: it may be the file that is imported.</summary>
    private static string NewFile(string path, string name) =>
        File.Exists(path)
            ? throw CommandException.Refused($"{name} exists already: name a new file for the rows that are refused.")
            : path;
}
