using System.CommandLine;
using Ledger.Cli.Servers;
using Ledger.Cli.Terminals;
using Ledger.Domain.Agreements;
using Ledger.Verdicts.Answers;

namespace Ledger.Cli.Agreements;

/// <summary>
/// <c>ledger agreement show AGREEMENT</c>: the articles with their words and our reading, apart from any verdict.
/// </summary>
public static class ShowAgreementCommand
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
        }.OnServer(
            terminal,
            async context =>
            {
                var read = await context.Server.AgreementAsync(context.Get(agreement), context.Cancel);
                if (context.Json)
                    return context.Write(
                        await context.Server.GetAsync(KnownAgreements.PathOf(read.Id), context.Cancel)
                    );
                Write(read, context.Output);
                return ExitCode.Done;
            }
        );
    }

    private static void Write(Agreement agreement, TextOutput output)
    {
        output.Line(agreement.Title.ToString(), Styles.Title);
        output.Line(
            $"{agreement.Id} {output.Symbols.Dot} signed {Times.Day(agreement.Signed)} {output.Symbols.Dot} "
                + $"reading {agreement.Version} {output.Symbols.Dot} time zone {agreement.TimeZone.Id}",
            Styles.Faint
        );
        foreach (var publication in agreement.Published)
            output.Line($"{publication.Title}{(publication.Url is { } url ? $" {url}" : "")}", Styles.Faint);

        foreach (var provision in agreement.Provisions)
        {
            output.Blank();
            output.Line([
                new StyledText(provision.Id, Styles.Title),
                $"  {(provision.Article is { } article ? $"Article {article}: " : "")}{provision.Title}  ",
                new StyledText($"({provision.Rule.Kind})", Styles.Faint),
            ]);
            if (provision.Words is { } words)
                output.Line($"The article: {words}", indent: 4);
            if (provision.Reading is { } reading)
                output.Line($"Our reading: {reading}", indent: 4);
            output.Line($"The rule: {string.Join(' ', RuleInWords.Of(agreement, provision))}", indent: 4);
            if (provision.Duty is not [])
                output.Line(
                    $"Duty of {string.Join(" and ", provision.Duty.Select(party => agreement.Party(party)?.Name.ToString() ?? party))}.",
                    Styles.Faint,
                    indent: 4
                );
        }
    }
}
