using System.Text.Json.Nodes;
using Ledger.Cli.Servers;
using Ledger.Cli.Terminals;
using Ledger.Domain.Agreements;
using Ledger.Domain.Decisions;
using Ledger.Domain.Entries;
using Ledger.Domain.Input;
using NodaTime;

namespace Ledger.Cli.Reports;

/// <summary>
/// Reads and decides an entry here as the server would, as far as that can be told without the ledger.
/// </summary>
public static class EntryPrecheck
{
    public static LedgerEvent Read(
        string type,
        JsonObject data,
        Agreement agreement,
        PointerNames names,
        Terminal terminal
    )
    {
        var read = EventReader.Read(type, data, agreement.TimeZone);
        if (read is Parsed<LedgerEvent>.Bad { Problems: var problems })
            throw new RefusedException(
                new ServerProblem
                {
                    Status = 422,
                    Title = "The report cannot be filed as it is.",
                    Errors = [.. problems.Select(p => new FieldProblem(p.Pointer, p.Code, p.Message))],
                },
                names
            );

        var proposed = read.Required();
        var state = new LedgerState
        {
            Readings = [agreement],
            RecordedAt = Instant.FromDateTimeOffset(terminal.Clock.GetUtcNow()),
            Find = _ => null,
        };
        if (EntryDecider.Decide(proposed, state) is Decision.Refused refused)
            throw new RefusedException(
                new ServerProblem
                {
                    Status = 422,
                    Errors = [new FieldProblem(refused.Pointer, refused.Code, refused.Message)],
                },
                names
            );
        return proposed;
    }
}
