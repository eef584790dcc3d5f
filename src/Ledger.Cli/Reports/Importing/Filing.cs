using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Ledger.Domain.Agreements;
using Ledger.Domain.Decisions;
using Ledger.Domain.Entries;
using Ledger.Domain.Input;
using NodaTime;

namespace Ledger.Cli.Reports.Importing;

/// <summary>What becomes of a record, or of one of the reports that are made of it.</summary>
public abstract record Filing(SourceRow Source, string? Record)
{
    public long Row => Source.Number;

    public long Line => Source.Line;

    /// <summary>Which of the reports that are made of a record; null where it came to none.</summary>
    public MappedReport? Made { get; init; }

    /// <summary>The columns of which the part of the report is made that a problem or a warning is about.</summary>
    public IReadOnlyList<string> ColumnsOf(Problem problem) =>
        [.. (Made?.ColumnsOf(problem.Pointer) ?? []).Distinct(StringComparer.Ordinal)];

    /// <summary>A report that the agreement would take.</summary>
    public sealed record Good(SourceRow Source, string? Record, Guid Id, JsonObject Data, ReportFiled Report)
        : Filing(Source, Record)
    {
        /// <summary>What is odd about it; it can be filed all the same.</summary>
        public ImmutableArray<Problem> Warnings { get; init; } = [];
    }

    /// <summary>Knowingly not filed: the mapping says why.</summary>
    public sealed record LeftOut(SourceRow Source, string? Record, string Because) : Filing(Source, Record);

    public sealed record Bad(SourceRow Source, string? Record, ImmutableArray<Problem> Problems)
        : Filing(Source, Record);
}

/// <summary>
/// Makes reports of records. A report's id is made of the agreement, the data set and the record's name, and of nothing
/// else: the same record is the same report however often its file is taken in, and where its content has changed
/// since, the ledger says so in place of filing it twice.
/// </summary>
public sealed class ReportMapper(Mapping mapping, Agreement agreement, Instant now, RefutedForms? refuted = null)
{
    private readonly LedgerState _state = new()
    {
        Readings = [agreement],
        RecordedAt = now,
        Find = _ => null,
    };

    public IEnumerable<Filing> Of(SourceRow row)
    {
        if (row.Problem is { } unreadable)
            return [Bad(row, null, "import/not-a-row", "", unreadable)];
        var problems = new Problems();
        var reading = new Reading(row, mapping, refuted ?? RefutedForms.None, problems);
        if (
            (mapping.Record.Of(reading, "record") as JsonValue)?.ToString() is not { Length: > 0 and <= 150 } record
            || problems.Any
        )
            return
            [
                Bad(
                    row,
                    null,
                    "import/no-record",
                    "",
                    "The record has no name of at most 150 characters in "
                        + $"{string.Join(", ", mapping.Record.Columns)}: without one it could be filed twice."
                ),
            ];
        var left = mapping.LeaveOut.FirstOrDefault(rule => rule.Where.Holds(reading, "leaveOut"));
        // What a condition cannot read is not known to be wanted, nor to be unwanted.
        if (problems.Any)
            return [new Filing.Bad(row, record, problems.ToImmutable())];
        if (left is not null)
            return [new Filing.LeftOut(row, record, $"{left.Because} ({left.Where.Shown(reading)})")];
        return mapping.Reports.Select(report =>
            Of(row, report, report.Name is null ? record : $"{record} / {report.Name}", record) with
            {
                Made = report,
            }
        );
    }

    private Filing Of(SourceRow row, MappedReport mapped, string name, string record)
    {
        var problems = new Problems();
        var reading = new Reading(row, mapping, refuted ?? RefutedForms.None, problems);
        if (mapped.When is { } when && !when.Holds(reading, "when"))
            return problems.Any
                ? new Filing.Bad(row, name, problems.ToImmutable())
                : new Filing.LeftOut(row, name, when.Shown(reading));

        var data = new JsonObject { ["entryId"] = IdOf(agreement.Id, mapping.DataSet, record, mapped.Name).ToString() };
        if (mapped.SaidAt?.Of(reading, "/saidAt") is { } said)
            data["saidAt"] = said;
        var report = mapped.Report.Of(reading, "/report") as JsonObject ?? [];
        // Where a mapping states the precision of a place and a record does not, the place is not known to be near.
        if (report["place"] is JsonObject place && !place.ContainsKey("precision") && mapped.StatesPrecision)
            place["precision"] = "unknown";
        var origin = new JsonObject { ["dataSet"] = mapping.DataSet, ["record"] = name };
        foreach (var (member, value) in report["origin"] as JsonObject ?? [])
            origin[member] = value?.DeepClone();
        report["origin"] = origin;
        data["report"] = report;
        return problems.Any ? new Filing.Bad(row, name, problems.ToImmutable()) : Check(row, name, data);
    }

    /// <summary>Read and decided here as the server does, so that a dry run tells the same.</summary>
    private Filing Check(SourceRow row, string name, JsonObject data)
    {
        if (
            EventReader.Read("report_filed", data, agreement.TimeZone)
            is not Parsed<LedgerEvent>.Good { Value: ReportFiled filed }
        )
            return new Filing.Bad(
                row,
                name,
                ((Parsed<LedgerEvent>.Bad)EventReader.Read("report_filed", data, agreement.TimeZone)).Problems
            );
        return EntryDecider.Decide(filed, _state) is Decision.Refused refused
            ? Bad(row, name, refused.Code, refused.Pointer, refused.Message)
            : new Filing.Good(row, name, filed.EntryId, data, filed)
            {
                Warnings = [.. ReportWarnings.Of(filed.Report, agreement)],
            };
    }

    private static Filing.Bad Bad(SourceRow row, string? record, string code, string pointer, string message) =>
        new(row, record, [new Problem(code, pointer, message)]);

    /// <summary>A UUID of version 8 (RFC 9562): the first bits of a digest.</summary>
    public static Guid IdOf(string agreement, string dataSet, string record, string? report)
    {
        // Each part with its length before it, so that no two ways of parting a text give one id.
        var text = string.Concat(
            ((string?[])["report of a record", agreement, dataSet, record, report]).Select(part =>
                part is null ? "-\n" : $"{part.Length} {part}\n"
            )
        );
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
