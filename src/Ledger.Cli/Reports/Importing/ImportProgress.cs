using System.Text.Json.Nodes;
using Ledger.Cli.Sentences;
using Ledger.Cli.Servers;
using Ledger.Cli.Terminals;
using Ledger.Domain.Agreements;
using Ledger.Domain.Entries;
using Ledger.Domain.Input;

namespace Ledger.Cli.Reports.Importing;

/// <summary>Why a file is gone through.</summary>
public enum ImportPass
{
    /// <summary>To tell what would be filed.</summary>
    DryRun,

    /// <summary>To see whether every row can be filed, before any is.</summary>
    Check,

    File,
}

/// <summary>
/// What is said while a file is taken in: a line for whatever was not filed, a line of progress on a terminal, and at
/// the end how many are alike, and the sum. With <c>--json</c> a JSON object a line.
/// </summary>
/// <param name="context">Where it is said.</param>
/// <param name="agreement">Into which reports are filed.</param>
/// <param name="name">Of the file.</param>
/// <param name="pass">Why the file is gone through.</param>
/// <param name="share">How much of it was read, from 0 to 1.</param>
/// <param name="checkedBefore">Whether what can be told of a row without the ledger was told in a pass before.</param>
/// <param name="rejected">Takes the rows that are not filed; null where nobody wants them.</param>
public sealed class ImportProgress(
    CommandContext context,
    Agreement agreement,
    string name,
    ImportPass pass,
    Func<double> share,
    bool checkedBefore = false,
    RejectedRows? rejected = null
)
{
    /// <summary>Lines that say the same of different rows; what is more is counted.</summary>
    private const int MostAlike = 20;

    private readonly Tally _refusals = new();
    private readonly Tally _oddities = new();
    private readonly bool _dryRun = pass != ImportPass.File;

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
            + $"{(_dryRun ? "" : $"{_filed + _before} filed, ")}{_refused} refused";
        context.Terminal.Error.Write(_shown);
    }

    public void Warn(Filing.Good good)
    {
        _warned += good.Warnings.Length;
        if (checkedBefore)
            return;
        if (context.Json && good.Warnings is [_, ..])
            Json(good, "warned", ("warnings", Listed(good, good.Warnings)));
        foreach (var warning in good.Warnings)
        {
            if (_oddities.Add(good, warning) <= MostAlike && !context.Json)
                Error(good, $"warning: {Said(good, warning)}");
        }
    }

    public void Would(Filing.Good good)
    {
        _filed++;
        if (pass == ImportPass.Check)
            return;
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
                    good.Source,
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
                    good.Source,
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
                if (checkedBefore)
                    break;
                if (context.Json)
                    Json(left, "left-out", ("because", left.Because));
                else
                    Error(left, $"left out: {left.Because}.");
                break;
            case Filing.Bad bad:
                _refused++;
                rejected?.Add(bad.Source);
                if (context.Json)
                    Json(bad, "refused", ("problems", Listed(bad, bad.Problems)));
                foreach (var problem in bad.Problems)
                {
                    if (_refusals.Add(bad, problem) <= MostAlike && !context.Json)
                        Error(bad, Said(bad, problem));
                }

                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    /// <summary>A refusal or a warning with its place in the report and the columns of which that is made.</summary>
    private static string Said(Filing filing, Problem problem)
    {
        var columns = filing
            .ColumnsOf(problem)
            .Where(column => !problem.Message.Contains(column, StringComparison.Ordinal))
            .ToList();
        return (problem.Pointer.Length > 0 ? $"{problem.Pointer}: " : "")
            + problem.Message
            + (columns is [] ? "" : $" Column {string.Join(", ", columns)}.")
            + $" ({problem.Code})";
    }

    private static JsonArray Listed(Filing filing, IEnumerable<Problem> problems) =>
        [
            .. problems.Select(problem => new JsonObject
            {
                ["code"] = problem.Code,
                ["pointer"] = problem.Pointer,
                ["columns"] = new JsonArray([.. filing.ColumnsOf(problem).Select(column => (JsonNode)column)]),
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
        // Without a refusal the pass that files says the sum.
        if (pass == ImportPass.Check && _refused == 0 && _stopped is null)
            return ExitCode.Done;
        if (context.Json)
        {
            context.Terminal.Out.WriteLine(
                new JsonObject
                {
                    ["rows"] = _rows,
                    [_dryRun ? "wouldBeFiled" : "filed"] = _filed,
                    ["filedBefore"] = _dryRun ? null : _before,
                    ["leftOut"] = _leftOut,
                    ["refused"] = _refused,
                    ["warnings"] = _warned,
                    ["readToTheEnd"] = _stopped is null,
                    ["refusals"] = _refusals.ToJson(),
                    ["oddities"] = _oddities.ToJson(),
                }.ToJsonString(LedgerJson.Options)
            );
        }
        else
        {
            Alike("Refused", _refusals);
            Alike("Odd, and may still be true", _oddities);
            var done = pass switch
            {
                ImportPass.DryRun =>
                    $"{Plural.Of(_filed, "report")} would be filed in {agreement.Id} unless they already "
                        + "are; nothing was sent",
                ImportPass.Check => $"nothing was filed in {agreement.Id}, because not all can be",
                _ => $"{Plural.Of(_filed, "report")} filed in "
                    + $"{agreement.Id}{(_before > 0 ? $", {_before} already filed" : "")}",
            };
            context.Output.Line(
                $"{Plural.Of(_rows, "row")} of {name}: {done}; "
                    + $"{_leftOut} left out, {_refused} "
                    + $"refused{(_warned > 0 ? $", {Plural.Of(_warned, "warning")}" : "")}."
                    + $"{(_stopped is null ? "" : " The file was not read to its end.")}"
            );
            if (rejected is { Count: > 0 })
                context.Output.Line(
                    $"{Plural.Of(rejected.Count, "row")} that {(rejected.Count == 1 ? "was" : "were")} refused: {rejected.Name}"
                );
        }

        return _refused == 0 && _stopped is null ? ExitCode.Done : ExitCode.Refused;
    }

    /// <summary>How many say the same, the most frequent first.</summary>
    private void Alike(string title, Tally tally)
    {
        if (!tally.Groups.Any(group => group.Count > 1))
            return;
        context.Output.Line($"{title}:");
        foreach (var group in tally.Groups)
            context.Output.Line(
                Plain(
                    $"{group.Count} × {group.Code}"
                        + (group.Columns.Length > 0 ? $" in {string.Join(", ", group.Columns)}" : "")
                        + $", first in row {group.First}: {group.Example}"
                ),
                indent: 2
            );
        if (tally.Omitted > 0)
            context.Output.Line($"and {tally.Omitted} of other kinds; --json lists every one", indent: 2);
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
