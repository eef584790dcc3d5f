using System.CommandLine;
using Ledger.Cli.Reports.Importing;
using Ledger.Cli.Servers;
using NodaTime;

namespace Ledger.Cli.Reports;

/// <summary>
/// <c>ledger report import AGREEMENT FILE --mapping MAPPING</c>: files the records of a data set as reports. The file
/// is read as it is filed and never held; taken in again it files what is missing and nothing twice.
/// </summary>
public static class ImportReports
{
    public static Command Command(Terminal terminal)
    {
        var agreement = CommonOptions.Agreement();
        var file = new Argument<string>("FILE")
        {
            Description = "CSV, or JSON with one object a line (.jsonl, .ndjson); UTF-8, or UTF-16 as Excel writes it.",
        };
        var mapping = new Option<string>("--mapping")
        {
            Description =
                $"How its columns become reports: a file, or one of {string.Join(", ", ShippedMappings.Names)}.",
            HelpName = "MAPPING",
            Required = true,
        };
        var dryRun = new Option<bool>("--dry-run")
        {
            Description = "List what would be filed and what cannot be, and send nothing.",
        };
        var command = new Command(
            "import",
            "File the records of a data set as reports. Taken in again, it files what is missing and nothing twice."
        )
        {
            agreement,
            file,
            mapping,
            dryRun,
        };
        return command.Calls(
            terminal,
            async call =>
            {
                var mapped = ShippedMappings.Open(call.Parse.GetRequiredValue(mapping), terminal);
                var name = call.Get(file);
                var path = terminal.PathOf(name);
                await using var source = Open(path, name);
                var into = await call.Server.AgreementAsync(call.Get(agreement), call.Cancel);
                using var text = SourceText.Open(source);
                var rows = Path.GetExtension(path).ToLowerInvariant() is ".jsonl" or ".ndjson"
                    ? JsonRows.Read(text)
                    : CsvRows.Read(text, mapped.Needed);
                var filings = new Filings(mapped, into, Instant.FromDateTimeOffset(terminal.Clock.GetUtcNow()));
                var sheet = new ImportSheet(
                    call,
                    into,
                    Path.GetFileName(path),
                    call.Get(dryRun),
                    () => source.Length == 0 ? 1 : (double)source.Position / source.Length
                );
                return await new Import(
                    call,
                    $"{KnownAgreements.PathOf(into.Id)}/reports/batch",
                    call.Get(dryRun),
                    sheet
                ).RunAsync(rows, filings);
            }
        );
    }

    private static FileStream Open(string path, string name)
    {
        try
        {
            return File.OpenRead(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw CommandException.Refused($"There is no file {name}.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CommandException.Refused($"{name} cannot be read: {e.Message}");
        }
    }
}
