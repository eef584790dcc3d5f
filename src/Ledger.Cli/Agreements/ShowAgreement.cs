using System.CommandLine;
using Ledger.Cli.Servers;
using Ledger.Cli.Terminals;
using Ledger.Domain.Agreements;
using Ledger.Verdicts.Answers;

namespace Ledger.Cli.Agreements;

/// <summary>
/// <c>ledger agreement show AGREEMENT</c>: the articles with their words and our reading, apart from any verdict.
/// </summary>
public static class ShowAgreement
{
    public static Command Command(Terminal terminal)
    {
        var agreement = CommonOptions.Agreement();
        return new Command(
            "show",
            "Show an agreement's articles: the text of each, and the reading by which it is evaluated."
        )
        {
            agreement,
        }.Calls(
            terminal,
            async call =>
            {
                var read = await call.Server.AgreementAsync(call.Get(agreement), call.Cancel);
                if (call.Json)
                    return call.Write(await call.Server.GetAsync(KnownAgreements.PathOf(read.Id), call.Cancel));
                Write(read, call.Sheet);
                return ExitCode.Done;
            }
        );
    }

    private static void Write(Agreement agreement, Sheet sheet)
    {
        sheet.Line(agreement.Title.ToString(), Styles.Title);
        sheet.Line(
            $"{agreement.Id} {sheet.Marks.Dot} signed {Times.Day(agreement.Signed)} {sheet.Marks.Dot} "
                + $"reading {agreement.Version} {sheet.Marks.Dot} time zone {agreement.TimeZone.Id}",
            Styles.Faint
        );
        foreach (var publication in agreement.Published)
            sheet.Line($"{publication.Title}{(publication.Url is { } url ? $" {url}" : "")}", Styles.Faint);

        foreach (var provision in agreement.Provisions)
        {
            sheet.Blank();
            sheet.Line([
                new Ink(provision.Id, Styles.Title),
                $"  {(provision.Article is { } article ? $"Article {article}: " : "")}{provision.Title}  ",
                new Ink($"({provision.Rule.Kind})", Styles.Faint),
            ]);
            if (provision.Words is { } words)
                sheet.Line($"The article: {words}", indent: 4);
            if (provision.Reading is { } reading)
                sheet.Line($"Our reading: {reading}", indent: 4);
            sheet.Line($"The rule: {string.Join(' ', RuleInWords.Of(agreement, provision))}", indent: 4);
            if (provision.Duty is not [])
                sheet.Line(
                    $"Duty of {string.Join(" and ", provision.Duty.Select(party => agreement.Party(party)?.Name.ToString() ?? party))}.",
                    Styles.Faint,
                    indent: 4
                );
        }
    }
}
