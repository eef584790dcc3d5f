using System.Text.Json.Nodes;
using Ledger.Cli.Sentences;
using Ledger.Cli.Servers;
using Ledger.Cli.Terminals;
using Ledger.Domain.Agreements;
using Ledger.Domain.Entries;
using Ledger.Domain.Input;

namespace Ledger.Cli.Reports.Importing;

/// <summary>
/// What is said while a file is taken in: a line for whatever was not filed, a line of progress on a terminal, and the
/// sum at the end. With <c>--json</c> a JSON object a line.
/// </summary>
public sealed class ImportProgress(
    CommandContext context,
    Agreement agreement,
    string name,
    bool dryRun,
    Func<double> share
)
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(250);

    private readonly long _begun = context.Terminal.Clock.GetTimestamp();
    private long _rows;
    private long _filed;
    private long _before;
    private long _leftOut;
    private long _refused;
    private long _warned;
    private string? _stopped;
    private TimeSpan _shownAt;
    private string _shown = "";

    public void Read(SourceRow row)
    {
        _rows++;
        var now = context.Terminal.Clock.GetElapsedTime(_begun);
        if (!context.Terminal.ErrorIsTerminal || context.Json || now < TimeSpan.FromSeconds(1) || now - _shownAt < Step)
            return;
        _shownAt = now;
        Wipe();
        _shown =
            $"{share():P0} of {name}, row {row.Number}, "
            + $"{(dryRun ? "" : $"{_filed + _before} filed, ")}{_refused} refused";
        context.Terminal.Error.Write(_shown);
    }

    public void Warn(Filing.Good good)
    {
        _warned += good.Warnings.Length;
        if (context.Json && good.Warnings is [_, ..])
            Json(good, "warned", ("warnings", Listed(good.Warnings)));
        foreach (var warning in context.Json ? [] : good.Warnings)
            Error(good, $"warning: {warning.Pointer}: {warning.Message} ({warning.Code})");
    }

    public void Would(Filing.Good good)
    {
        _filed++;
        if (context.Json)
            Json(good, "would-be-filed", ("entryId", good.Id.ToString()), ("data", good.Data.DeepClone()));
        else
            Out(good, $"{ReportText.Headline(good.Report.Report, agreement)} ({good.Record})");
    }

    public void Told(Filing.Good good, BatchLine result)
    {
        if (result.Recorded)
        {
            (_filed, _before) = result.Status == 201 ? (_filed + 1, _before) : (_filed, _before + 1);
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
                            $"{good.Record} was filed before as report {good.Id}, with different content. "
                                + "Record the change with 'ledger report correct'."
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
                _leftOut++;
                if (context.Json)
                    Json(left, "left-out", ("because", left.Because));
                else
                    Error(left, $"left out: {left.Because}.");
                break;
            case Filing.Bad bad:
                _refused++;
                if (context.Json)
                    Json(bad, "refused", ("problems", Listed(bad.Problems)));
                foreach (var problem in context.Json ? [] : bad.Problems)
                    Error(
                        bad,
                        $"{(problem.Pointer.Length > 0 ? $"{problem.Pointer}: " : "")}{problem.Message} ({problem.Code})"
                    );
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static JsonArray Listed(IEnumerable<Problem> problems) =>
        [
            .. problems.Select(problem => new JsonObject
            {
                ["code"] = problem.Code,
                ["pointer"] = problem.Pointer,
                ["detail"] = problem.Message,
            }),
        ];

    public void Stopped(SourceException broken)
    {
        _stopped = broken.Message;
        if (context.Json)
            context.Terminal.Out.WriteLine(
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
        if (context.Json)
        {
            context.Terminal.Out.WriteLine(
                new JsonObject
                {
                    ["rows"] = _rows,
                    [dryRun ? "wouldBeFiled" : "filed"] = _filed,
                    ["filedBefore"] = dryRun ? null : _before,
                    ["leftOut"] = _leftOut,
                    ["refused"] = _refused,
                    ["warnings"] = _warned,
                    ["readToTheEnd"] = _stopped is null,
                }.ToJsonString(LedgerJson.Options)
            );
        }
        else
        {
            var done = dryRun
                ? $"{Plural.Of(_filed, "report")} would be filed in {agreement.Id} unless they already "
                    + "are; nothing was sent"
                : $"{Plural.Of(_filed, "report")} filed in "
                    + $"{agreement.Id}{(_before > 0 ? $", {_before} already filed" : "")}";
            context.Output.Line(
                $"{Plural.Of(_rows, "row")} of {name}: {done}; "
                    + $"{_leftOut} left out, {_refused} "
                    + $"refused{(_warned > 0 ? $", {Plural.Of(_warned, "warning")}" : "")}."
                    + $"{(_stopped is null ? "" : " The file was not read to its end.")}"
            );
        }

        return _refused == 0 && _stopped is null ? ExitCode.Done : ExitCode.Refused;
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
        context.Terminal.Out.WriteLine(line.ToJsonString(LedgerJson.Options));
    }

    private void Out(Filing filing, string text)
    {
        Wipe();
        context.Terminal.Out.WriteLine($"{At(filing.Row, filing.Line)}: {Plain(text)}");
    }

    private void Error(Filing filing, string text) => Error(filing.Row, filing.Line, text);

    private void Error(long row, long line, string text)
    {
        Wipe();
        context.Terminal.Error.WriteLine($"ledger: {At(row, line)}: {Plain(text)}");
    }

    /// <summary>What a file says must not move a terminal's cursor or start another line.</summary>
    private static string Plain(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));

    private void Wipe()
    {
        if (_shown.Length > 0)
            context.Terminal.Error.Write($"\r{new string(' ', _shown.Length)}\r");
        _shown = "";
    }
}
