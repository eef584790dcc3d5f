using System.Collections.Immutable;
using Ledger.Domain.Entries;
using Ledger.Domain.Reports;
using Ledger.Verdicts.Answers;
using Ledger.Verdicts.Facts;
using NodaTime;

namespace Ledger.Verdicts.Explaining;

/// <summary>Turns entries into what an auditor wants to read of them.</summary>
internal sealed class Citations
{
    private readonly Evaluation _evaluation;
    private readonly DateTimeZone _zone;

    public Citations(Evaluation evaluation) => (_evaluation, _zone) = (evaluation, evaluation.Reading.TimeZone);

    public Cited Of(Deciding deciding)
    {
        var cited = _evaluation.FactOf(deciding.Entry) is { } found
            ? Of(found.Fact, found.Report)
            : Of(_evaluation.Visible[_evaluation.Visible.IndexOf(deciding.Entry)], deciding.At);
        return cited with { Role = deciding.Role };
    }

    /// <summary>Any known entry; a report that counts with its content and level.</summary>
    public Cited Of(Guid id) =>
        _evaluation.FactOf(id) is { } found ? Of(found.Fact, found.Report)
        : _evaluation.Visible.IndexOf(id) is >= 0 and var index ? Describe(_evaluation.Visible[index])
        : throw new KeyNotFoundException($"Entry {id} is not known here.");

    /// <summary>Any entry of the ledger, known under the lens or not.</summary>
    public Cited Of(Entry entry) =>
        _evaluation.FactOf(entry.Id) is { } found ? Of(found.Fact, found.Report) : Describe(entry);

    /// <summary>The report that speaks for the fact.</summary>
    public Cited Of(Fact fact) => Of(fact, fact.Head);

    private Cited Of(Fact fact, ReportState state)
    {
        var report = state.Content;
        return Bare(state.Filing) with
        {
            Level = state.Level,
            Kind = report.Kind,
            From = English.MomentOf(Ticks.Of(report.Occurred.From), _zone),
            Until = English.MomentOf(Ticks.Of(report.Occurred.Until), _zone),
            Place = report.Place?.Name ?? report.Place?.Zone ?? report.Place?.Code,
            Actors = report.Actors.IsEmpty ? null : report.Actors,
            Subject = report.Subject,
            Author = report.Source.Name ?? report.Source.Party,
            SourceClass = report.Source.Class,
            CorrectedBy = state.ContentFrom == state.Filing ? null : state.ContentFrom.Id,
            AssessedBy = state.Assessment?.Id,
            Grounds = (state.Assessment?.Event as ReportAssessed)?.Grounds,
            Summary = report.Summary,
            Quantities = fact.Reports.Any(r => r.Content.Quantities.Count > 0) ? Spread(fact) : null,
        };
    }

    private Cited Of(Entry entry, Instant at) => Describe(entry) with { From = English.MomentOf(Ticks.Of(at), _zone) };

    private Cited Describe(Entry entry) =>
        Bare(entry) with
        {
            Level = (entry.Event as ReportAssessed)?.Level,
            Kind = (entry.Event as ReportFiled)?.Report.Kind ?? (entry.Event as ReportCorrected)?.Report.Kind,
            Author = entry.Event switch
            {
                PowerExercised e => e.By,
                StatementRecorded e => e.By,
                ReportAssessed e => e.By,
                ReportCorrected e => e.By ?? e.Report.Source.Name,
                ReportFiled e => e.Report.Source.Name,
                ReportsLinked e => e.By,
                EntryRetracted e => e.By,
                CoverageRecorded e => e.By,
                ZoneDelimited e => e.By ?? e.Source,
                AgreementRevised e => e.By,
                _ => null,
            },
            Grounds = entry.Event switch
            {
                PowerExercised e => e.Basis,
                ReportAssessed e => e.Grounds,
                ReportCorrected e => e.Reason,
                ReportsLinked e => e.Reason,
                EntryRetracted e => e.Reason,
                AgreementRevised e => e.Reason,
                _ => null,
            },
            Summary = entry.Event switch
            {
                StatementRecorded e => e.Summary,
                ReportFiled e => e.Report.Summary,
                ReportCorrected e => e.Report.Summary,
                _ => null,
            },
        };

    private Cited Bare(Entry entry)
    {
        var position = _evaluation.Visible.PositionOf(entry);
        return new Cited
        {
            Entry = entry.Id,
            Position = position,
            Type = entry.Type,
            SaidAt = position is null ? entry.Event.SaidAt : entry.SaidAt,
            RecordedAt = position is null ? null : entry.RecordedAt,
        };
    }

    /// <summary>Low and high over all reports of the incident; nobody's best, as numbers are never merged.</summary>
    /// <summary>Numbers of linked reports, from the lowest to the highest.</summary>
    public static ImmutableSortedDictionary<string, Quantity> Spread(Fact fact) =>
        fact
            .Reports.SelectMany(report => report.Content.Quantities)
            .GroupBy(quantity => quantity.Key, quantity => quantity.Value, StringComparer.Ordinal)
            .ToImmutableSortedDictionary(
                group => group.Key,
                group => new Quantity(
                    group.Min(q => q.Low),
                    group.Distinct().Count() == 1 ? group.First().Best : null,
                    group.Max(q => q.High)
                ),
                StringComparer.Ordinal
            );
}
