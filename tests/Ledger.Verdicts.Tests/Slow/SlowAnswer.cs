using Ledger.Domain.Agreements;
using Ledger.Verdicts.Answers;
using NodaTime;

namespace Ledger.Verdicts.Tests.Slow;

/// <summary>An answer written down as text, from either side, so that a difference can be read.</summary>
public static class SlowAnswer
{
    public static string Of(SlowJudge judge, Provision provision, SlowSieves sieves, List<Instant> instants)
    {
        var t = judge.AsOf;
        var force = judge.Force(provision, sieves);
        var verdict = judge.Verdict(provision, sieves, t);
        var (best, worst) = (
            judge.Verdict(provision, SlowSieves.Best, t),
            judge.Verdict(provision, SlowSieves.Worst, t)
        );
        var details = judge.IsWithoutLine(provision)
            ? ""
            : provision.Rule switch
            {
                Rule.Achieve => string.Join(
                    ' ',
                    judge
                        .Duties(provision, sieves, t)
                        .Select(d =>
                            $"[{d.Key} {d.Start} {d.Deadline} {d.Verdict} {d.FulfilledAt} {d.LateAt} {d.Reached}]"
                        )
                        .Order(StringComparer.Ordinal)
                ),
                Rule.Forbid => string.Join(
                    ' ',
                    judge
                        .Violations(provision, sieves, t)
                        .OrderBy(v => v.At)
                        .Select(v => $"[{v.Fact.Content.Subject} {v.At}]")
                        .Order(StringComparer.Ordinal)
                ) + judge.CuredAt(provision, sieves, t),
                Rule.Maintain => string.Join(
                    ' ',
                    judge
                        .Subjects(provision, sieves)
                        .Order(StringComparer.Ordinal)
                        .Select(s =>
                            $"[{s} {Stretches(instants, t, i => judge.IsWrong(provision, sieves, force, s, i))}]"
                        )
                ),
                Rule.Recur =>
                    $"{(force.From <= t ? judge.Due(provision, sieves, force, t) : null)} {Stretches(instants, t, i => judge.IsOverdue(provision, sieves, force, i))}",
                Rule.Periodic => PeriodsOf(judge, provision, sieves, t),
                Rule.Limit limit => force.From > t
                    ? "  "
                    : $"{StockOf(judge, limit, sieves, t)} {Stretches(instants, t, i => judge.Verdict(provision, sieves, i) == "Breached" && force.Binds(i))}",
                _ => $"{judge.Finding(provision, t)?.Since}",
            };
        var since = judge.IsWithoutLine(provision) ? null : Since(judge, provision, sieves, instants);
        return $"{force.Life(t)} {verdict} {best}..{worst} {since} {details}".TrimEnd();
    }

    private static string StockOf(SlowJudge judge, Rule.Limit rule, SlowSieves sieves, Instant t)
    {
        if (judge.LastCount(rule, sieves.For, t) is not { } counted)
            return "";
        var (low, high) = (
            judge.Stock(rule, sieves.For, sieves.For, asHigh: false, t),
            judge.Stock(rule, sieves.For, sieves.For, asHigh: true, t)
        );
        return $"{counted} {judge.StaleFrom(rule, counted)} {low}..{high}";
    }

    private static string PeriodsOf(SlowJudge judge, Provision provision, SlowSieves sieves, Instant t)
    {
        var force = judge.Force(provision, sieves);
        if (force.From > t || force.From >= force.Until)
            return " 0  ";
        var periods = judge.Periods(provision, sieves, t);
        var missed = periods.FindAll(p => SlowJudge.IsShort(p, t) && p.Seen);
        var running = periods[^1];
        var told = periods
            .Where(p => p == running || SlowJudge.IsShort(p, t))
            .Select(p =>
            {
                var verdict =
                    p.KeptAt is not null ? "Fulfilled"
                    : SlowJudge.IsShort(p, t)
                        ? p.Seen ? "Breached"
                            : "Unknown"
                    : p.Owed ? "Pending"
                    : "Holding";
                return $"[{p.From} {p.Until} {verdict} {string.Join(',', p.Sums)}]";
            });
        return $"{(running.Owed ? running.Until : null)} {missed.Count} {missed.FirstOrDefault()?.Until} {missed.LastOrDefault()?.Until} {string.Join(' ', told)}";
    }

    public static string Of(VerdictAnswer answer)
    {
        var details =
            answer.Reason == Reason.NoLine
                ? ""
                : answer.Kind switch
                {
                    "achieve" => string.Join(
                        ' ',
                        answer
                            .Instances.Select(i =>
                                $"[{i.Key} {i.TriggeredAt} {i.Deadline} {i.Verdict} {i.FulfilledAt} {i.LateAt} {i.Progress?.Reached ?? 0}]"
                            )
                            .Order(StringComparer.Ordinal)
                    ),
                    "forbid" => string.Join(
                        ' ',
                        answer
                            .Instances[0]
                            .Violations!.Value.Select(v => $"[{v.Key} {v.At}]")
                            .Order(StringComparer.Ordinal)
                    ) + answer.Instances[0].CuredAt,
                    "maintain" => string.Join(
                        ' ',
                        answer
                            .Instances.OrderBy(i => i.Key ?? "", StringComparer.Ordinal)
                            .Select(i => $"[{i.Key} {Stretches(i.Intervals!.Value)}]")
                    ),
                    "recur" when answer.Instances[0].Periods is { } periods =>
                        $"{answer.Instances[0].Deadline} {answer.Counts?.Violations ?? 0} {answer.Counts?.First} {answer.Counts?.Last} "
                            + string.Join(
                                ' ',
                                periods.Select(p =>
                                    $"[{p.From} {p.Until} {p.Verdict} {string.Join(',', (p.Sums ?? []).Select(r => r.Reached))}]"
                                )
                            ),
                    "recur" => $"{answer.Instances[0].Deadline} {Stretches(answer.Instances[0].Gaps!.Value)}",
                    "limit" => answer.Instances[0] is { Stock: { } stock } one
                        ? $"{one.TriggeredAt} {one.Deadline} {stock.Low}..{stock.High} {Stretches(one.Intervals!.Value)}"
                        : $" {Stretches(answer.Instances[0].Intervals ?? [])}",
                    _ => $"{(answer.Reason == Reason.Finding ? answer.Since : null)}",
                };
        return $"{answer.Life} {answer.Verdict} {answer.Bounds.Best}..{answer.Bounds.Worst} {SinceOf(answer)} {details}".TrimEnd();
    }

    /// <summary>
    /// The first instant from which the verdict has been what it is, counted within life before force, in force and
    /// after.
    /// </summary>
    private static Instant? Since(SlowJudge judge, Provision provision, SlowSieves sieves, List<Instant> instants)
    {
        var now = judge.Verdict(provision, sieves, judge.AsOf);
        if (now is not ("Breached" or "Pending" or "Fulfilled") || provision.Rule is Rule.Judged)
            return null;
        var since = judge.AsOf;
        // Pending before a release and pending for good after it are two answers.
        var released = judge.Force(provision, sieves).Released;
        foreach (
            var t in Enumerable
                .Reverse(instants)
                .SkipWhile(t => t > judge.AsOf)
                .TakeWhile(t =>
                    judge.Verdict(provision, sieves, t) == now
                    && (now != "Pending" || t >= released == judge.AsOf >= released)
                )
        )
            since = t;
        return since;
    }

    private static Instant? SinceOf(VerdictAnswer answer) =>
        answer.Verdict is Verdict.Breached or Verdict.Pending or Verdict.Fulfilled && answer.Kind != "judged"
            ? answer.Since
            : null;

    private static string Stretches(List<Instant> instants, Instant until, Func<Instant, bool> holds)
    {
        var text = "";
        Instant? from = null;
        foreach (var t in instants.Where(t => t <= until))
        {
            if (from is null && holds(t))
                from = t;
            else if (from is { } start && !holds(t))
            {
                text += $"({start} {t})";
                from = null;
            }
        }

        return from is { } open ? text + $"({open} )" : text;
    }

    private static string Stretches(IEnumerable<Stretch> stretches) =>
        string.Concat(stretches.Select(s => $"({s.From} {s.Until})"));
}
