using System.CommandLine;
using Ledger.Cli.Terminals;

namespace Ledger.Cli.Proofs;

/// <summary>
/// <c>ledger log correct-clock AGREEMENT</c>: an operator's decision that the last entries are dated too late, recorded
/// in the log itself.
/// </summary>
public static class ClockCommand
{
    public static Command Command(Terminal terminal) =>
        new LogDecision
        {
            Name = "correct-clock",
            Description =
                "Resume after a clock was ahead, so that the last entries are dated later than now. Asks for confirmation first.",
            About = new Option<long>("--since")
            {
                Description = "The position of the first entry that is dated too late, as the server's refusal says.",
                Required = true,
                HelpName = "POSITION",
            },
            Reason = "What was wrong with the clock.",
            Event = ("clock_corrected", "since"),
            Word = "correct",
            Warning = (agreement, since) =>
                [
                    $"The entries of {agreement} from position {since} on are dated later than it is now. Make sure that "
                        + "the clocks of this server and of its database are right now.",
                    "Those entries keep their dates, and count as known from this decision on. This cannot be undone.",
                ],
            Done = agreement =>
                $"The log of {agreement} continues at the present time. Tell everyone who asks what was known when.",
        }.Command(terminal);
}
