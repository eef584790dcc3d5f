using System.Collections.Immutable;
using Ledger.Domain.Agreements;
using Ledger.Domain.Entries;
using Ledger.Domain.Places;
using Ledger.Verdicts.Answers;
using Ledger.Verdicts.Facts;
using Ledger.Verdicts.Rules;

namespace Ledger.Verdicts;

/// <summary>Writes down what a hearing decided: one provision at one point, as an answer.</summary>
internal static class Ruling
{
    /// <summary>An answer cites so many entries; where more decide, those of the first duties.</summary>
    private const int MostCited = 1_000;

    public static VerdictAnswer VerdictOf(Hearing hearing, Provision provision, Question question)
    {
        var asOf = Ticks.Of(question.AsOf);
        var (outcome, force) = hearing.Decide(provision, hearing.House, asOf);
        var step = outcome.At(asOf);
        var worst = outcome.Duties.FindAll(duty => duty.Verdict == step.Verdict);
        var instances = outcome.Duties.ConvertAll(duty => InstanceOf(hearing.Known, duty));
        var sole = outcome.Duties is [var only] ? only : null;
        return new VerdictAnswer
        {
            Agreement = hearing.Reading.Id,
            Position = question.KnownAt,
            Reading = hearing.Reading.Version,
            AsOf = question.AsOf,
            Lens = LensOf(hearing, question.Lens),
            Provision = provision.Id,
            Article = provision.Article,
            Title = provision.Title.ByLanguage,
            Kind = provision.Rule.Kind,
            Life = force.LifeAt(asOf),
            Verdict = step.Verdict,
            Reason = step.Reason,
            Since = Ticks.ToOptional(step.At),
            Deadline = Ticks.ToOptional(outcome.All?.Deadline ?? Earliest(worst.Select(duty => duty.DeadlineTold))),
            FulfilledAt = FulfilledAt(outcome, step),
            LateAt = LateAt(outcome, step),
            CuredAt = CuredAt(step, worst),
            Counts = outcome.Counts,
            Progress = sole?.Progress,
            Bounds = BoundsOf(hearing, provision, asOf),
            InstancesOmitted = outcome.All?.Omitted,
            Instances = [.. instances],
            DecidedBy =
            [
                .. instances
                    .Where(instance => instance.Verdict == step.Verdict)
                    .SelectMany(instance => instance.DecidedBy)
                    .Concat(PowersAt(force, asOf).SelectMany(mark => DecidingOf(hearing.Known, mark)))
                    .Distinct()
                    .Take(MostCited),
            ],
        };
    }

    /// <summary>The verdict in short, which takes less: nothing is listed or cited.</summary>
    public static Standing StandingOf(Hearing hearing, Provision provision, Question question)
    {
        var asOf = Ticks.Of(question.AsOf);
        var (outcome, force) = hearing.Decide(provision, hearing.House, asOf);
        var step = outcome.At(asOf);
        return new Standing
        {
            Reading = hearing.Reading.Version,
            Life = force.LifeAt(asOf),
            Verdict = step.Verdict,
            Reason = step.Reason,
            Since = Ticks.ToOptional(step.At),
            FulfilledAt = FulfilledAt(outcome, step),
            LateAt = LateAt(outcome, step),
            Counts = outcome.Counts,
            Progress = outcome.Duties is [var sole] ? sole.Progress : null,
            Best = hearing.Now(provision, Sieves.Best, asOf),
            Worst = hearing.Now(provision, Sieves.Worst, asOf),
        };
    }

    public static Bounds BoundsOf(Hearing hearing, Provision provision, long asOf)
    {
        var (best, worst) = (hearing.Now(provision, Sieves.Best, asOf), hearing.Now(provision, Sieves.Worst, asOf));
        return new Bounds
        {
            Best = best,
            Worst = worst,
            Settled = best == worst,
            SeparatedBy =
                best == worst
                    ? []
                    :
                    [
                        .. Separating(
                            hearing.Known,
                            hearing.DutiesOf(provision, Sieves.Best, asOf, best),
                            hearing.DutiesOf(provision, Sieves.Worst, asOf, worst)
                        ),
                    ],
        };
    }

    public static LensUsed LensOf(Hearing hearing, Lens lens) =>
        new()
        {
            Threshold = hearing.House.Favourable.Threshold,
            Match = hearing.House.Favourable.Match,
            Reading = lens.Reading,
            SaidBy = lens.SaidBy,
            Sources = lens.Sources,
            Without = lens.Without.IsEmpty ? null : lens.Without,
            Suppose = lens.Suppose.IsEmpty
                ? null
                :
                [
                    .. lens.Suppose.Select(e => new System.Text.Json.Nodes.JsonObject
                    {
                        ["type"] = EventTypes.NameOf(e),
                        ["data"] = LedgerJson.DataOf(e),
                    }),
                ],
        };

    /// <summary>A fact is cited by all its reports: without one of them the others would still be there.</summary>
    public static IEnumerable<Deciding> DecidingOf(Known known, Mark mark) =>
        mark.Row?.Fact is { } fact
            ? fact.Reports.Select(report => new Deciding
            {
                Entry = report.Filing.Id,
                Position = known.PositionOf(report.Filing),
                Role = mark.Role,
                Level = report.Level,
                At = fact.Content.Occurred.From,
                Subject = fact.Content.Subject,
            })
            :
            [
                new Deciding
                {
                    Entry = mark.Entry!.Id,
                    Position = known.PositionOf(mark.Entry),
                    Role = mark.Role,
                    At = Ticks.ToInstant(mark.At),
                },
            ];

    public static IEnumerable<Mark> PowersAt(Force force, long asOf) =>
        force.PowersAt(asOf).Select(power => new Mark(Role.Power, null, power.Entry, power.Effective));

    /// <summary>What decides one bound and is no part of what decides the other.</summary>
    private static IEnumerable<Deciding> Separating(Known known, IEnumerable<Duty> best, IEnumerable<Duty> worst)
    {
        var (one, other) = (Marks(best).ToHashSet(), Marks(worst).ToHashSet());
        return one.Except(other)
            .Concat(other.Except(one))
            .OrderBy(mark => mark.At)
            .Take(MostCited)
            .SelectMany(mark => DecidingOf(known, mark))
            .Distinct();
        static IEnumerable<Mark> Marks(IEnumerable<Duty> duties) => duties.SelectMany(duty => duty.DecidedBy);
    }

    private static NodaTime.Instant? FulfilledAt(Outcome outcome, Step step) =>
        step.Verdict == Answers.Verdict.Fulfilled
            ? Ticks.ToOptional(outcome.All?.FulfilledAt ?? Latest(outcome.Duties.Select(duty => duty.FulfilledAt)))
            : null;

    private static NodaTime.Instant? LateAt(Outcome outcome, Step step) =>
        step.Verdict == Answers.Verdict.Breached
            ? Ticks.ToOptional(
                outcome.All?.LateAt
                    ?? Latest(outcome.Duties.FindAll(duty => duty.Verdict == step.Verdict).Select(duty => duty.LateAt))
            )
            : null;

    private static Instance InstanceOf(Known known, Duty duty) =>
        new()
        {
            Key = duty.Key,
            TriggeredAt = Ticks.ToOptional(duty.TriggeredAt),
            Deadline = Ticks.ToOptional(duty.DeadlineTold),
            Verdict = duty.Verdict,
            FulfilledAt = Ticks.ToOptional(duty.FulfilledAt),
            LateAt = Ticks.ToOptional(duty.LateAt),
            CuredAt = Ticks.ToOptional(duty.CuredAt),
            Progress = duty.Progress,
            Violations = duty.Violations is null
                ? null
                :
                [
                    .. duty.Violations.Select(v => new Violation(
                        v.Row.Subject,
                        Ticks.ToInstant(v.At),
                        known[v.Row.Head].Id
                    )),
                ],
            ViolationsOmitted = duty.ViolationsOmitted > 0 ? duty.ViolationsOmitted : null,
            Intervals = StretchesOf(duty.Intervals),
            Gaps = StretchesOf(duty.Gaps),
            DecidedBy = DecidingOf(known, duty.DecidedBy),
        };

    private static ImmutableArray<Deciding> DecidingOf(Known known, IReadOnlyList<Mark> marks)
    {
        if (marks.Count > 8)
            return [.. marks.SelectMany(mark => DecidingOf(known, mark)).Distinct()];
        // A thousand duties have two marks each: to compare them takes less than to hash them.
        var deciding = ImmutableArray.CreateBuilder<Deciding>(marks.Count);
        foreach (var mark in marks)
        {
            foreach (var one in DecidingOf(known, mark))
            {
                if (!deciding.Contains(one))
                    deciding.Add(one);
            }
        }

        return deciding.ToImmutable();
    }

    private static ImmutableArray<Stretch>? StretchesOf(IReadOnlyList<TickSpan>? spans) =>
        spans is null
            ? null
            : [.. spans.Select(span => new Stretch(Ticks.ToOptional(span.From), Ticks.ToOptional(span.Until)))];

    private static NodaTime.Instant? CuredAt(Step step, List<Duty> worst) =>
        step.Verdict switch
        {
            Answers.Verdict.Holding => step.Reason == Reason.Cured ? Ticks.ToInstant(step.At) : null,
            Answers.Verdict.Breached => Ticks.ToOptional(Latest(worst.Select(duty => duty.CuredAt))),
            _ => null,
        };

    private static long Earliest(IEnumerable<long> ticks) => ticks.DefaultIfEmpty(Ticks.Never).Min();

    /// <summary>Never unless every duty has one.</summary>
    private static long Latest(IEnumerable<long> ticks) => ticks.DefaultIfEmpty(Ticks.Never).Max();
}
