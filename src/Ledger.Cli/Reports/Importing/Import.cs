using System.Text;
using System.Text.Json.Nodes;
using Ledger.Cli.Servers;
using Ledger.Domain.Agreements;
using Ledger.Domain.Decisions;
using Ledger.Domain.Entries;
using Ledger.Domain.Input;
using Ledger.Proof;
using NodaTime;

namespace Ledger.Cli.Reports.Importing;

/// <summary>
/// Takes a file's filings one by one, sends them in batches, and tells of every one that was not filed.
/// </summary>
public sealed class Import(
    CommandContext context,
    Agreement agreement,
    string path,
    ImportPass pass,
    ImportProgress output
)
{
    /// <summary>As many as one transaction of the server takes.</summary>
    private const int MostLines = 500;

    private const int MostBytes = 1 << 20;

    private readonly Dictionary<Guid, (long Row, Hash Content)> _seen = [];
    private readonly Dictionary<(string, LocalDate, LocalDate, string), long> _likenesses = [];
    private readonly List<Filing.Good> _waiting = [];
    private readonly StringBuilder _body = new();

    public async Task<int> RunAsync(IEnumerable<SourceRow> rows, ReportMapper filings)
    {
        try
        {
            foreach (var row in rows)
            {
                context.Cancel.ThrowIfCancellationRequested();
                output.Read(row);
                foreach (var filing in filings.Of(row))
                    await TakeAsync(filing);
            }
        }
        catch (SourceException broken)
        {
            // What was read before stands and is filed: the file can be mended and taken in again.
            output.Stopped(broken);
        }

        await SendAsync();
        return output.End();
    }

    private async Task TakeAsync(Filing filing)
    {
        if (filing is not Filing.Good good)
        {
            output.Tell(filing);
            return;
        }

        var line = good.Data.ToJsonString(LedgerJson.Options);
        var content = Hash.Of(Encoding.UTF8.GetBytes(line));
        if (_seen.TryGetValue(good.Id, out var before))
        {
            output.Tell(
                before.Content == content
                    ? new Filing.LeftOut(good.Source, good.Record, $"it has the same content as row {before.Row}")
                    : new Filing.Bad(
                        good.Source,
                        good.Record,
                        [
                            new Problem(
                                "import/same-record",
                                "",
                                $"Row {before.Row} has the same name, {good.Record}, but different content."
                            ),
                        ]
                    )
            );
            return;
        }

        _seen[good.Id] = (good.Row, content);
        if (
            ReportWarnings.Likeness(good.Report.Report, agreement) is { } likeness
            && !_likenesses.TryAdd(likeness, good.Row)
            && _likenesses[likeness] is var first
            && first != good.Row
        )
            good = good with
            {
                Warnings =
                [
                    .. good.Warnings,
                    new Problem(
                        "report/possible-duplicate",
                        "/report",
                        $"Row {first} reports the same kind on the same day in the same place. If both speak of one incident, link the reports."
                    ),
                ],
            };
        output.Warn(good);
        if (pass != ImportPass.File)
        {
            output.Would(good);
            return;
        }

        _waiting.Add(good);
        _body.Append(line).Append('\n');
        if (_waiting.Count == MostLines || _body.Length > MostBytes)
            await SendAsync();
    }

    private async Task SendAsync()
    {
        if (_waiting.Count == 0)
            return;
        var results = await BatchLine.SendAsync(context.Server, path, _body.ToString(), context.Cancel);
        foreach (var (filing, result) in _waiting.Zip(results))
            output.Told(filing, result);
        _waiting.Clear();
        _body.Clear();
    }
}
