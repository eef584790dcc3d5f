using System.Collections.Immutable;
using Ledger.Domain.Agreements;
using Ledger.Domain.Entries;
using Ledger.Domain.Places;
using Ledger.Domain.Reports;
using Ledger.Verdicts.Answers;
using Ledger.Verdicts.Explaining;
using Ledger.Verdicts.Facts;
using NodaTime;

namespace Ledger.Verdicts.Analyses;

/// <summary>
/// Every incident that counts, in order of occurrence; and every version of it, for whoever replays what was known
/// when.
/// </summary>
public static class IncidentList
{
    /// <summary>As they stand at the question.</summary>
    public static IEnumerable<IncidentStanding> At(Book book, Question question)
    {
        var evaluation = Evaluation.Of(book, question);
        var violated = Violated(evaluation, question);
        return evaluation
            .Facts.Where(fact => fact.Start <= Ticks.Of(question.AsOf))
            .Select(fact => StandingOf(evaluation, violated, fact));
    }

    /// <summary>
    /// Every version that an incident had, by one clock, up to the question's known time. An incident whose reports
    /// were linked later is several until then.
    /// </summary>
    public static IEnumerable<IncidentStanding> Versions(Book book, Question question, KnownBy by)
    {
        var evaluation = Evaluation.Of(book, question);
        var (stream, violated) = (book.Stream, Violated(evaluation, question));
        var seen = new HashSet<int>();
        for (var index = 0; index < question.KnownAt; index++)
        {
            if (stream[index].Event is not ReportFiled || seen.Contains(index))
                continue;
            var (filings, entries) = Together(stream, index, question.KnownAt);
            seen.UnionWith(filings);
            foreach (var standing in Versions(book, question, by, evaluation, violated, filings, entries))
            {
                if (standing.From <= question.AsOf)
                    yield return standing;
            }
        }
    }

    private static IEnumerable<IncidentStanding> Versions(
        Book book,
        Question question,
        KnownBy by,
        Evaluation evaluation,
        ILookup<Guid, string> violated,
        SortedSet<int> filings,
        SortedSet<int> entries
    )
    {
        Instant[] times = [.. by.Times(entries.Select(entry => book.Stream[entry]), question.Lens)];
        var open = new Dictionary<Guid, (Instant Since, Fact Fact)>();
        foreach (var time in times)
        {
            var visible =
                by == KnownBy.Said
                    ? book.Visible(question.KnownAt, question.Lens with { SaidBy = time })
                    : book.Visible(Math.Min(question.KnownAt, book.PositionAt(time)), question.Lens);
            // A report that is not recorded yet has no index to be looked up by.
            var now = Incidents
                .Of(
                    visible,
                    filings.Where(filing => filing < visible.Recorded),
                    question.Lens.Sources,
                    Corroboration.Of(evaluation.Reading)
                )
                .ToDictionary(fact => fact.Head.Filing.Id);
            foreach (
                var (id, (since, fact)) in open.Where(version =>
                        !(now.TryGetValue(version.Key, out var same) && IsSame(same, version.Value.Fact))
                    )
                    .ToList()
            )
            {
                open.Remove(id);
                yield return StandingOf(evaluation, violated, fact) with
                {
                    Since = since,
                    Before = time,
                };
            }

            foreach (var (id, fact) in now)
                open.TryAdd(id, (time, fact));
        }

        foreach (var (since, fact) in open.Values)
            yield return StandingOf(evaluation, violated, fact) with
            {
                Since = since,
            };
    }

    private static bool IsSame(Fact one, Fact other) =>
        one.Level == other.Level
        && one.Reports.Select(report => (report.Filing.Id, report.ContentFrom.Id))
            .SequenceEqual(other.Reports.Select(report => (report.Filing.Id, report.ContentFrom.Id)));

    /// <summary>
    /// The reports that were ever linked with one, and every entry that can change what they say, whether it counts or
    /// not.
    /// </summary>
    private static (SortedSet<int> Filings, SortedSet<int> Entries) Together(EntryStream stream, int filing, long size)
    {
        var (filings, entries) = (new SortedSet<int> { filing }, new SortedSet<int> { filing });
        var open = new Stack<int>([filing]);
        while (open.TryPop(out var at))
        {
            foreach (var by in stream.About(at).Where(by => by < size && entries.Add(by)))
            {
                open.Push(by);
                if (stream[by].Event is not ReportsLinked link)
                    continue;
                foreach (
                    var other in link
                        .Reports.Select(stream.IndexOf)
                        .Where(other =>
                            other >= 0 && other < size && stream[other].Event is ReportFiled && filings.Add(other)
                        )
                )
                {
                    entries.Add(other);
                    open.Push(other);
                }
            }
        }

        return (filings, entries);
    }

    /// <summary>The provisions that each filing's fact violates.</summary>
    private static ILookup<Guid, string> Violated(Evaluation evaluation, Question question) =>
        evaluation
            .Reading.Provisions.SelectMany(provision =>
                evaluation.Violating(provision, Ticks.Of(question.AsOf)).Select(filing => (filing, provision.Id))
            )
            .ToLookup(violation => violation.filing, violation => violation.Id);

    private static IncidentStanding StandingOf(Evaluation evaluation, ILookup<Guid, string> violated, Fact fact)
    {
        var content = fact.Content;
        var (surely, perhaps) = (ImmutableArray.CreateBuilder<string>(), ImmutableArray.CreateBuilder<string>());
        foreach (var zone in evaluation.Reading.Zones)
        {
            // Of what has no place nothing can be said, and a map does not show it; and without a line in force nothing
            // of a zone that the report does not name.
            if (
                content.Place is not { } place
                || (place.Point is null && place.Zone is null)
                || (place.Zone != zone.Id && evaluation.Zones.At(zone.Id, content.Occurred.From) is null)
            )
                continue;
            if (evaluation.Matcher.Zone(zone.Id, place, content.Occurred) is var holds and not Certainty.No)
                (holds == Certainty.Certain ? surely : perhaps).Add(zone.Id);
        }

        return new IncidentStanding
        {
            Report = fact.Head.Filing.Id,
            Reports = [.. fact.Reports.Select(report => report.Filing.Id)],
            Position = fact.Head.Filing.Position,
            Level = fact.Level,
            Kind = content.Kind,
            From = content.Occurred.From,
            Until = content.Occurred.Until,
            Precision = content.Occurred.Precision,
            Place = content.Place?.Name,
            Lat = Degrees(content.Place?.Point?.Lat),
            Lon = Degrees(content.Place?.Point?.Lon),
            Metres = content.Place?.UncertaintyMetres,
            Zones = surely.ToImmutable(),
            PerhapsZones = perhaps.ToImmutable(),
            Violates = [.. fact.Reports.SelectMany(report => violated[report.Filing.Id]).Distinct()],
            Actors =
            [
                .. content.Actors.Select(actor => new IncidentActor(
                    actor.Name,
                    actor.Role,
                    evaluation.Matcher.Party(actor.Name)
                )),
            ],
            Quantities = Citations.Spread(fact),
            Summary = content.Summary,
            SourceClass = content.Source.Class,
            Source = content.Source.Name,
            SourceParty = content.Source.Party,
            SaidAt = fact.Head.Filing.SaidAt,
        };
    }

    private static double? Degrees(decimal? degrees) => degrees is { } exact ? (double)decimal.Round(exact, 5) : null;
}
