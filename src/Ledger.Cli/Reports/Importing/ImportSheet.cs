using System.Text.Json.Nodes;
using Ledger.Cli.Servers;
using Ledger.Cli.Writing;
using Ledger.Domain.Agreements;
using Ledger.Domain.Entries;
using Ledger.Domain.Input;

namespace Ledger.Cli.Reports.Importing;

/// <summary>
/// What is said while a file is taken in: a line for whatever was not filed, a line of progress on a terminal, and the
/// sum at the end. With <c>--json</c> a JSON object a line.
/// </summary>
public sealed class ImportSheet(Call call, Agreement agreement, string name, bool dryRun, Func<double> share)
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(250);

    private readonly long begun = call.Terminal.Clock.GetTimestamp();
    private long rows;
    private long filed;
    private long before;
    private long leftOut;
    private long refused;
    private string? stopped;
    private TimeSpan shownAt;
    private string shown = "";

    public void Read(SourceRow row)
    {
        rows++;
        var now = call.Terminal.Clock.GetElapsedTime(begun);
        if (!call.Terminal.ErrorIsTerminal || call.Json || now < TimeSpan.FromSeconds(1) || now - shownAt < Step)
            return;
        shownAt = now;
        Wipe();
        shown =
            $"{share():P0} of {name}, row {row.Number}, {(dryRun ? "" : $"{filed + before} filed, ")}{refused} refused";
        call.Terminal.Error.Write(shown);
    }

    public void Would(Filing.Good good)
    {
        filed++;
        if (call.Json)
            Json(good, "would-be-filed", ("entryId", good.Id.ToString()), ("data", good.Data.DeepClone()));
        else
            Out(good, $"{ReportText.Headline(good.Report.Report, agreement)} ({good.Record})");
    }

    public void Told(Filing.Good good, BatchResult result)
    {
        if (result.Recorded)
        {
            (filed, before) = result.Status == 201 ? (filed + 1, before) : (filed, before + 1);
            return;
        }

        var error = result.Error;
        Tell(
            error?.Code == "entry/id-reused"
                ? new Filing.Bad(
                    good.Row,
                    good.Line,
                    good.Record,
                    [
                        new Problem(
                            "import/filed-otherwise",
                            "",
                            $"{good.Record} was filed before, as report {good.Id}, and says something else now. What changed is recorded with 'ledger report correct'."
                        ),
                    ]
                )
                : new Filing.Bad(
                    good.Row,
                    good.Line,
                    good.Record,
                    error is { Errors: [_, ..] several }
                        ? [.. several.Select(one => new Problem(one.Code ?? "", one.Pointer ?? "", one.Detail ?? ""))]
                        :
                        [
                            new Problem(
                                error?.Code ?? "import/refused",
                                "",
                                error?.Detail ?? $"The server answered {result.Status}."
                            ),
                        ]
                )
        );
    }

    public void Tell(Filing filing)
    {
        switch (filing)
        {
            case Filing.LeftOut left:
                leftOut++;
                if (call.Json)
                    Json(left, "left-out", ("because", left.Because));
                else
                    Error(left, $"left out: {left.Because}.");
                break;
            case Filing.Bad bad:
                refused++;
                if (call.Json)
                    Json(
                        bad,
                        "refused",
                        (
                            "problems",
                            new JsonArray([
                                .. bad.Problems.Select(problem => new JsonObject
                                {
                                    ["code"] = problem.Code,
                                    ["pointer"] = problem.Pointer,
                                    ["detail"] = problem.Message,
                                }),
                            ])
                        )
                    );
                foreach (var problem in call.Json ? [] : bad.Problems)
                    Error(
                        bad,
                        $"{(problem.Pointer.Length > 0 ? $"{problem.Pointer}: " : "")}{problem.Message} ({problem.Code})"
                    );
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    public void Stopped(SourceException broken)
    {
        stopped = broken.Message;
        if (call.Json)
            call.Terminal.Out.WriteLine(
                new JsonObject
                {
                    ["row"] = broken.Row,
                    ["status"] = "not-read",
                    ["because"] = broken.Message,
                }.ToJsonString(LedgerJson.Options)
            );
        else
            Error(broken.Row, broken.Row, broken.Message);
    }

    public int End()
    {
        Wipe();
        if (call.Json)
        {
            call.Terminal.Out.WriteLine(
                new JsonObject
                {
                    ["rows"] = rows,
                    [dryRun ? "wouldBeFiled" : "filed"] = filed,
                    ["filedBefore"] = dryRun ? null : before,
                    ["leftOut"] = leftOut,
                    ["refused"] = refused,
                    ["readToTheEnd"] = stopped is null,
                }.ToJsonString(LedgerJson.Options)
            );
        }
        else
        {
            var done = dryRun
                ? $"{Counted.Of(filed, "report")} would be filed into {agreement.Id}, unless they are already; nothing was sent"
                : $"{Counted.Of(filed, "report")} filed into {agreement.Id}{(before > 0 ? $", {before} had been filed before" : "")}";
            call.Sheet.Line(
                $"{Counted.Of(rows, "row")} of {name}: {done}; {leftOut} left out, {refused} refused.{(stopped is null ? "" : " The file was not read to its end.")}"
            );
        }

        return refused == 0 && stopped is null ? ExitCode.Done : ExitCode.Refused;
    }

    private static string At(long row, long line) => row == line ? $"row {row}" : $"row {row} (line {line})";

    private void Json(Filing filing, string status, params (string Name, JsonNode? Value)[] more)
    {
        var line = new JsonObject
        {
            ["row"] = filing.Row,
            ["line"] = filing.Line,
            ["record"] = filing.Record,
            ["status"] = status,
        };
        foreach (var (member, value) in more)
            line[member] = value;
        call.Terminal.Out.WriteLine(line.ToJsonString(LedgerJson.Options));
    }

    private void Out(Filing filing, string text)
    {
        Wipe();
        call.Terminal.Out.WriteLine($"{At(filing.Row, filing.Line)}: {Plain(text)}");
    }

    private void Error(Filing filing, string text) => Error(filing.Row, filing.Line, text);

    private void Error(long row, long line, string text)
    {
        Wipe();
        call.Terminal.Error.WriteLine($"ledger: {At(row, line)}: {Plain(text)}");
    }

    /// <summary>What a file says must not move a terminal's cursor or start another line.</summary>
    private static string Plain(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));

    private void Wipe()
    {
        if (shown.Length > 0)
            call.Terminal.Error.Write($"\r{new string(' ', shown.Length)}\r");
        shown = "";
    }
}
