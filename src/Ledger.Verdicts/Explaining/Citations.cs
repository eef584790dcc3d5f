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
    private readonly Hearing hearing;
    private readonly DateTimeZone zone;

    public Citations(Hearing hearing) => (this.hearing, zone) = (hearing, hearing.Reading.TimeZone);

    public Cited Of(Deciding deciding)
    {
        var cited = hearing.FactOf(deciding.Entry) is { } found
            ? Of(found.Fact, found.Report)
            : Of(hearing.Known[hearing.Known.IndexOf(deciding.Entry)], deciding.At);
        return cited with { Role = deciding.Role };
    }

    /// <summary>Any known entry; a report that counts with its content and level.</summary>
    public Cited Of(Guid id) =>
        hearing.FactOf(id) is { } found ? Of(found.Fact, found.Report)
        : hearing.Known.IndexOf(id) is >= 0 and var index ? Describe(hearing.Known[index])
        : throw new KeyNotFoundException($"Entry {id} is not known here.");

    /// <summary>Any entry of the ledger, known under the lens or not.</summary>
    public Cited Of(Entry entry) =>
        hearing.FactOf(entry.Id) is { } found ? Of(found.Fact, found.Report) : Describe(entry);

    /// <summary>The report that speaks for the fact.</summary>
    public Cited Of(Fact fact) => Of(fact, fact.Head);

    private Cited Of(Fact fact, ReportState state)
    {
        var report = state.Content;
        return Bare(state.Filing) with
        {
            Level = state.Level,
            Kind = report.Kind,
            From = Wording.MomentOf(Ticks.Of(report.Occurred.From), zone),
            Until = Wording.MomentOf(Ticks.Of(report.Occurred.Until), zone),
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

    private Cited Of(Entry entry, Instant at) => Describe(entry) with { From = Wording.MomentOf(Ticks.Of(at), zone) };

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
        var position = hearing.Known.PositionOf(entry);
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
