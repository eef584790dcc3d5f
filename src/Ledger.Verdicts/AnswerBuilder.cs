using System.Collections.Immutable;
using Ledger.Domain.Agreements;
using Ledger.Domain.Entries;
using Ledger.Domain.Places;
using Ledger.Verdicts.Answers;
using Ledger.Verdicts.Facts;
using Ledger.Verdicts.Rules;

namespace Ledger.Verdicts;

/// <summary>Turns what an evaluation decided on one provision at one point into an answer.</summary>
internal static class AnswerBuilder
{
    /// <summary>An answer cites so many entries; where more decide, those of the first duties.</summary>
    private const int MostCited = 1_000;

    public static VerdictAnswer VerdictOf(Evaluation evaluation, Provision provision, Question question)
    {
        var asOf = Ticks.Of(question.AsOf);
        var (outcome, force) = evaluation.Decide(provision, evaluation.House, asOf);
        var step = outcome.At(asOf);
        var worst = outcome.Duties.FindAll(duty => duty.Verdict == step.Verdict);
        var instances = outcome.Duties.ConvertAll(duty => InstanceOf(evaluation.Visible, duty));
        var sole = outcome.Duties is [var only] ? only : null;
        return new VerdictAnswer
        {
            Agreement = evaluation.Reading.Id,
            Position = question.KnownAt,
            Reading = evaluation.Reading.Version,
            AsOf = question.AsOf,
            Lens = LensOf(evaluation, question.Lens),
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
            Bounds = BoundsOf(evaluation, provision, asOf),
            InstancesOmitted = outcome.All?.Omitted,
            Instances = [.. instances],
            DecidedBy =
            [
                .. instances
                    .Where(instance => instance.Verdict == step.Verdict)
                    .SelectMany(instance => instance.DecidedBy)
                    .Concat(PowersAt(force, asOf).SelectMany(mark => DecidingOf(evaluation.Visible, mark)))
                    .Distinct()
                    .Take(MostCited),
            ],
        };
    }

    /// <summary>The verdict in short, which takes less: nothing is listed or cited.</summary>
    public static Standing StandingOf(Evaluation evaluation, Provision provision, Question question)
    {
        var asOf = Ticks.Of(question.AsOf);
        var (outcome, force) = evaluation.Decide(provision, evaluation.House, asOf);
        var step = outcome.At(asOf);
        return new Standing
        {
            Reading = evaluation.Reading.Version,
            Life = force.LifeAt(asOf),
            Verdict = step.Verdict,
            Reason = step.Reason,
            Since = Ticks.ToOptional(step.At),
            FulfilledAt = FulfilledAt(outcome, step),
            LateAt = LateAt(outcome, step),
            Counts = outcome.Counts,
            Progress = outcome.Duties is [var sole] ? sole.Progress : null,
            Best = evaluation.Now(provision, EvidenceStandards.Best, asOf),
            Worst = evaluation.Now(provision, EvidenceStandards.Worst, asOf),
        };
    }

    public static Bounds BoundsOf(Evaluation evaluation, Provision provision, long asOf)
    {
        var (best, worst) = (
            evaluation.Now(provision, EvidenceStandards.Best, asOf),
            evaluation.Now(provision, EvidenceStandards.Worst, asOf)
        );
        var separating = best == worst ? null : evaluation.Separating(provision, asOf);
        return new Bounds
        {
            Best = best,
            Worst = worst,
            Settled = best == worst,
            SeparatedBy =
            [
                .. (separating?.Listed ?? []).SelectMany(mark => DecidingOf(evaluation.Visible, mark)).Distinct(),
            ],
            SeparatedByOmitted = separating is { Omitted: > 0 and var omitted } ? omitted : null,
        };
    }

    public static LensUsed LensOf(Evaluation evaluation, Lens lens) =>
        new()
        {
            Threshold = evaluation.House.Favourable.Threshold,
            Match = evaluation.House.Favourable.Match,
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
    public static IEnumerable<Deciding> DecidingOf(VisibleEntries visible, Mark mark) =>
        mark.Row?.Fact is { } fact
            ? fact.Reports.Select(report => new Deciding
            {
                Entry = report.Filing.Id,
                Position = visible.PositionOf(report.Filing),
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
                    Position = visible.PositionOf(mark.Entry),
                    Role = mark.Role,
                    At = Ticks.ToInstant(mark.At),
                },
            ];

    public static IEnumerable<Mark> PowersAt(Force force, long asOf) =>
        force.PowersAt(asOf).Select(power => new Mark(Role.Power, null, power.Entry, power.Effective));

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

    private static Instance InstanceOf(VisibleEntries visible, Duty duty) =>
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
                        visible[v.Row.Head].Id
                    )),
                ],
            ViolationsOmitted = duty.ViolationsOmitted > 0 ? duty.ViolationsOmitted : null,
            Intervals = StretchesOf(duty.Intervals),
            Gaps = StretchesOf(duty.Gaps),
            Stock = duty.Stock is { } stock ? new Stock(stock.Quantity, stock.Low, stock.High) : null,
            Periods = duty.Periods is null ? null : [.. duty.Periods.Select(PeriodOf)],
            DecidedBy = DecidingOf(visible, duty.DecidedBy),
        };

    private static ImmutableArray<Deciding> DecidingOf(VisibleEntries visible, IReadOnlyList<Mark> marks)
    {
        if (marks.Count > 8)
            return [.. marks.SelectMany(mark => DecidingOf(visible, mark)).Distinct()];
        // A thousand duties have two marks each: to compare them takes less than to hash them.
        var deciding = ImmutableArray.CreateBuilder<Deciding>(marks.Count);
        foreach (var mark in marks)
        {
            foreach (var one in DecidingOf(visible, mark))
            {
                if (!deciding.Contains(one))
                    deciding.Add(one);
            }
        }

        return deciding.ToImmutable();
    }

    private static PeriodStanding PeriodOf(PeriodResult period) =>
        new(
            Ticks.ToInstant(period.Span.From),
            Ticks.ToInstant(period.Span.Until),
            period.Verdict,
            period.Reached.Count == 0 ? null : [.. period.Reached]
        );

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
