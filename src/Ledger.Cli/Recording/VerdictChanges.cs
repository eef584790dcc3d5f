using System.Globalization;
using Ledger.Cli.Sentences;
using Ledger.Cli.Servers;
using Ledger.Cli.Terminals;
using Ledger.Domain.Agreements;
using Ledger.Domain.Time;
using Ledger.Verdicts.Answers;
using NodaTime;

namespace Ledger.Cli.Recording;

/// <summary>
/// What one entry changed: the same question at the position before it and at its own. Both are fixed for ever, so the
/// answer is right whatever else is being recorded meanwhile.
/// </summary>
public static class VerdictChanges
{
    /// <param name="asOf">Valid times to ask for besides now.</param>
    public static async Task TellAsync(
        CommandContext context,
        Agreement agreement,
        ReceiptAnswer receipt,
        params Instant[] asOf
    )
    {
        try
        {
            var now = Instant.FromDateTimeOffset(context.Terminal.Clock.GetUtcNow()).ToMicroseconds();
            var told = false;
            foreach (var when in asOf.Where(instant => instant < now).Append(now))
                told |= await TellAsync(
                    context,
                    agreement,
                    receipt,
                    when,
                    when == now ? "As of now" : $"As of {Times.AsOf(when, agreement.TimeZone)}"
                );
            if (told)
                return;
            context.Output.Blank();
            context.Output.Line("It changes no verdict under the house lens.");
        }
        catch (CommandException fault)
        {
            // The entry is in the ledger; only the telling failed.
            await context.Terminal.Error.WriteLineAsync(
                $"ledger: it is recorded, but its effect could not be read: {fault.Message}"
            );
        }
    }

    private static async Task<bool> TellAsync(
        CommandContext context,
        Agreement agreement,
        ReceiptAnswer receipt,
        Instant asOf,
        string heading
    )
    {
        var output = context.Output;
        var (before, after) = (await AskAsync(receipt.Position - 1), await AskAsync(receipt.Position));
        var changes = Between(before, after).ToList();
        if (changes is [])
            return false;
        output.Blank();
        output.Line(heading, Styles.Title);
        foreach (var (was, becomes) in changes)
        {
            output.Line(
                [new StyledText($"{becomes.Provision}  ", Styles.Title), ProvisionTitle.Of(becomes)],
                indent: 2
            );
            Side("was", was);
            Side("is", becomes);
        }

        return true;

        Task<StatusAnswer> AskAsync(long knownAt) =>
            context.Server.GetAsync<StatusAnswer>(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{KnownAgreements.PathOf(agreement.Id)}/verdicts?asOf={Uri.EscapeDataString(asOf.ToText())}&knownAt={knownAt}"
                ),
                context.Cancel
            );

        void Side(string word, VerdictAnswer answer) =>
            output.Line(
                [
                    $"{word, -4}",
                    VerdictWord.Of(answer.Life, answer.Verdict, output.Symbols, column: 10),
                    new StyledText(
                        string.Join(
                            $" {output.Symbols.Dot} ",
                            Reasons.Facts(answer, agreement.Provision(answer.Provision), agreement.TimeZone)
                        ),
                        Styles.Faint
                    ),
                ],
                indent: 4
            );
    }

    /// <summary>
    /// Provisions whose answer differs in what a person would be told; not in which of several entries decided it.
    /// </summary>
    public static IEnumerable<(VerdictAnswer Was, VerdictAnswer Becomes)> Between(
        StatusAnswer before,
        StatusAnswer after
    ) =>
        before
            .Verdicts.Join(
                after.Verdicts,
                was => was.Provision,
                becomes => becomes.Provision,
                (was, becomes) => (was, becomes)
            )
            .Where(pair => !Told(pair.was).Equals(Told(pair.becomes)));

    private static object Told(VerdictAnswer answer) =>
        (
            answer.Life,
            answer.Verdict,
            answer.Reason,
            answer.Since,
            answer.Deadline,
            answer.LateAt,
            answer.CuredAt,
            answer.Counts,
            answer.Progress,
            answer.Bounds.Best,
            answer.Bounds.Worst
        );
}
