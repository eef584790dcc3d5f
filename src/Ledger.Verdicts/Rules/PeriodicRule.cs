using Ledger.Domain.Agreements;
using Ledger.Domain.Places;
using Ledger.Domain.Time;
using Ledger.Verdicts.Answers;
using Ledger.Verdicts.Facts;
using NodaTime;

namespace Ledger.Verdicts.Rules;

/// <summary>
/// An act, or so much of it, anew in every calendar period (docs/verdicts.md, 9.5 to 9.11). What counts is sorted into
/// periods in one pass over the acts; the periods are then judged in order of time.
/// </summary>
internal sealed class PeriodicRule(Rule.Periodic rule, RuleContext context) : IRuleEvaluator
{
    /// <summary>An answer lists so many missed periods, the latest; all of them are counted.</summary>
    private const int MostListed = 1_000;

    private readonly Force _force = context.Force;
    private readonly Days _days = context.Days;
    private readonly EvidenceStandard _standard = context.Standards.Favourable;
    private readonly long _asOf = context.AsOf;
    private readonly LocalDate _first = context.Provision.From;

    /// <summary>What is owed in a period: every sum, or one act.</summary>
    private readonly (Rows Rows, long AtLeast)[] _owed = rule.Totals is []
        ? [(context.Rows(rule.Act, null), 1)]
        : [.. rule.Totals.Select(total => (context.Rows(rule.Act, total.Quantity), total.AtLeast))];

    public RuleContext Context => context;

    public Outcome Evaluate()
    {
        var steps = new StepList(_force.From);
        if (_force.From > _asOf || _force.From >= _force.Until)
            return new Outcome(steps.Steps, [new Duty { Verdict = Verdict.Holding, Periods = [] }]);

        steps.InForce(Reason.NoViolation, _asOf);
        var (sums, last) = (Sums(), LastIndex());
        var watched = context.Provision.CoverageRequired ? context.Watched() : null;
        var missed = new Queue<PeriodResult>();
        var (count, first, latest, deciding) = (0, Ticks.Never, Ticks.Never, last);
        Verdict? open = null;
        for (var index = IndexOf(_force.From); index <= last; index++)
        {
            var (span, sum) = (SpanOf(index), sums.GetValueOrDefault(index));
            if (rule.Heals && open is not null && sum?.KeptAt < span.Until)
            {
                steps.Add(
                    sum.KeptAt,
                    Verdict.Holding,
                    open == Verdict.Breached ? Reason.Cured : Reason.NoViolation,
                    Cited(index)
                );
                (open, deciding) = (null, index);
            }

            if (sum?.IsKept == true || span.Until > _asOf || !IsOwed(span))
                continue;
            var isSeen = watched?.Exists(seen => seen.Cut(InForce(span)) == InForce(span)) != false;
            missed.Enqueue(ResultOf(index, span, sum, isSeen ? Verdict.Breached : Verdict.Unknown));
            if (missed.Count > MostListed)
                missed.Dequeue();
            if (isSeen)
                (count, first, latest) = (count + 1, count == 0 ? span.Until : first, span.Until);
            if (open == Verdict.Breached || (open == Verdict.Unknown && !isSeen))
                continue;
            (open, deciding) = (isSeen ? Verdict.Breached : Verdict.Unknown, index);
            steps.Add(span.Until, open.Value, isSeen ? Reason.PeriodMissed : Reason.NotObserved, Cited(index));
        }

        return new Outcome(
            steps.Steps,
            [DutyAt(sums, missed, open ?? Verdict.Holding, deciding)],
            count == 0 ? null : new Counts(count, Ticks.ToInstant(first), Ticks.ToInstant(latest))
        );
    }

    private Duty DutyAt(Dictionary<int, PeriodSum> sums, Queue<PeriodResult> missed, Verdict verdict, int deciding)
    {
        if (_asOf == Ticks.Never)
            return new Duty { Verdict = verdict };
        var running = IndexOf(_force.InForceAt(_asOf));
        var (span, sum) = (SpanOf(running), sums.GetValueOrDefault(running));
        var (isKept, isOwed) = (sum?.IsKept == true, IsOwed(span));
        var isListed = missed.Count > 0 && missed.Last().Index == running;
        var standing =
            isKept ? Verdict.Fulfilled
            : isOwed ? Verdict.Pending
            : Verdict.Holding;
        return new Duty
        {
            TriggeredAt = isOwed ? span.From : Ticks.Never,
            Deadline = isOwed ? span.Until : Ticks.Never,
            Verdict = verdict,
            Progress = Behind(sum),
            Periods = isListed ? [.. missed] : [.. missed, ResultOf(running, span, sum, standing)],
            DecidedBy = [.. Cited(deciding, always: true).Union(Cited(running, always: true))],
        };
    }

    /// <summary>
    /// Every act that counts in one period in the best bound alone, or for more there, where the best bound has the
    /// period kept and the worst has not.
    /// </summary>
    public IEnumerable<Mark> Separating(IRuleEvaluator best)
    {
        var other = (PeriodicRule)best;
        var (worst, better) = (Sums(), other.Sums());
        var apart = better
            .Where(period => period.Value.IsKept && worst.GetValueOrDefault(period.Key)?.IsKept != true)
            .Select(period => period.Key)
            .Where(index => rule.Heals || SpanOf(index).Until <= _asOf)
            .ToHashSet();
        var marks = new HashSet<Mark>();
        for (var i = 0; i < _owed.Length && apart.Count > 0; i++)
        {
            foreach (var act in _owed[i].Rows.Counting(other._standard, _asOf))
            {
                var isEqual = _standard.Admits(act) && Amount(act) == other.Amount(act);
                if (apart.Any(index => other.CountsIn(act, index) && !(isEqual && CountsIn(act, index))))
                    marks.Add(Mark.Of(Role.Act, act));
            }
        }

        return marks.OrderBy(mark => mark.At);
    }

    /// <summary>
    /// What is told of a running period changes with its end, though the verdict may be what it was.
    /// </summary>
    public long NextStep(long after)
    {
        var next = Ticks.Never;
        foreach (var step in Evaluate().Steps)
        {
            if (step.At > after)
                next = Math.Min(next, step.At);
        }

        foreach (var act in _owed[0].Rows.All(Ticks.Never))
        {
            if (act.Start > after)
                next = Math.Min(next, act.Start);
        }

        var running = Math.Max(after, _force.From);
        return running < _force.Until && _force.From != Ticks.Never
            ? Math.Min(next, SpanOf(IndexOf(running)).Until)
            : next;
    }

    /// <summary>Which calendar period an instant lies in, counted from the one of the provision's first day.</summary>
    private int IndexOf(long ticks)
    {
        var day = _days.Of(ticks);
        if (rule.Each.Months > 0)
            return (day.Year - _first.Year) * 12 + day.Month - _first.Month;
        var days = Period.DaysBetween(_first, day);
        return (days - (((days % rule.Each.Days) + rule.Each.Days) % rule.Each.Days)) / rule.Each.Days;
    }

    private LocalDate FirstDayOf(int index) =>
        rule.Each.Months > 0
            ? new LocalDate(_first.Year, _first.Month, 1).PlusMonths(index)
            : _first.PlusDays(index * rule.Each.Days);

    /// <summary>Cut where force ends: what is done later is not done in it.</summary>
    private TickSpan SpanOf(int index) =>
        new(_days.StartOf(FirstDayOf(index)), Math.Min(_days.StartOf(FirstDayOf(index + 1)), _force.Until));

    private TickSpan InForce(TickSpan span) => span.Cut(new TickSpan(_force.From, _force.Until));

    /// <summary>Whole, and never suspended; the first and the last may be cut where the file says so.</summary>
    private bool IsOwed(TickSpan span)
    {
        var owed = rule.CutIsOwed ? InForce(span) : span;
        return (rule.CutIsOwed || span.Until == _days.StartOf(FirstDayOf(IndexOf(span.From) + 1)))
            && !owed.IsEmpty
            && _force.Window(owed.From, owed.Until).Surely == Certainty.Certain;
    }

    /// <summary>
    /// The last period to be judged. Where all of time is asked about, the second after everything that happens, as all
    /// that follow are like it.
    /// </summary>
    private int LastIndex()
    {
        if (_asOf != Ticks.Never)
            return IndexOf(_force.InForceAt(_asOf));
        var horizon = _force.From;
        foreach (var boundary in _force.Boundaries.Concat(context.Watched().Select(span => span.Until)))
        {
            if (boundary != Ticks.Never)
                horizon = Math.Max(horizon, boundary);
        }

        foreach (var act in _owed[0].Rows.All(Ticks.Never))
            horizon = Math.Max(horizon, act.End);
        var last = IndexOf(horizon) + 2;
        return _force.Until == Ticks.Never ? last : Math.Min(last, IndexOf(_force.Until - Ticks.Microsecond));
    }

    private Dictionary<int, PeriodSum> Sums()
    {
        var sums = new Dictionary<int, PeriodSum>();
        for (var i = 0; i < _owed.Length; i++)
        {
            foreach (var act in _owed[i].Rows.Counting(_standard, _asOf))
            {
                var (first, last) = Indexes(act);
                for (var index = first; index <= last; index++)
                {
                    if (!sums.TryGetValue(index, out var sum))
                        sums[index] = sum = new PeriodSum(_owed.Length);
                    sum.Add(i, Amount(act), _owed[i].AtLeast, IsSure ? act.Start : At(act, index));
                }
            }
        }

        return sums;
    }

    private long At(Row act, int index) => Math.Max(act.Start, SpanOf(index).From);

    /// <summary>The periods, from the first to the last, in which an act counts; none where the last is before it.</summary>
    private (int First, int Last) Indexes(Row act)
    {
        if (act.Start >= _force.Until || _force.From == Ticks.Never)
            return (0, -1);
        var end = act.End - Ticks.Microsecond;
        if (IsSure)
        {
            var index = IndexOf(act.Start);
            return (index, act.End <= _force.Until && IndexOf(end) == index ? index : index - 1);
        }

        var (first, last) = (IndexOf(act.Start), IndexOf(Math.Min(end, _force.InForceAt(_asOf))));
        return (Math.Max(first, IndexOf(_force.From)), last);
    }

    private bool CountsIn(Row act, int index) => Indexes(act) is var (first, last) && first <= index && index <= last;

    private bool IsSure => _standard.Match == Certainty.Certain;

    private long Amount(Row act) =>
        rule.Totals is [] ? 1
        : IsSure ? act.Low
        : act.High;

    /// <summary>The acts that count in a period; timelines, which look at all of time, cite them for each step.</summary>
    private List<Mark> Cited(int index, bool always = false)
    {
        if (!always && _asOf != Ticks.Never)
            return [];
        return
        [
            .. _owed
                .SelectMany(owed => CountingIn(owed.Rows, index))
                .DistinctBy(act => act.Head)
                .Take(MostListed)
                .Select(act => Mark.Of(Role.Act, act)),
        ];
    }

    private IEnumerable<Row> CountingIn(Rows rows, int index)
    {
        foreach (var act in rows.Counting(_standard, _asOf))
        {
            if (Amount(act) > 0 && CountsIn(act, index))
                yield return act;
        }
    }

    /// <summary>The first sum that is not reached, else the first.</summary>
    private Progress? Behind(PeriodSum? sum)
    {
        if (rule.Totals is [])
            return null;
        var progress = Reached(sum);
        return progress.FirstOrDefault(one => one.Reached < one.AtLeast) ?? progress[0];
    }

    private List<Progress> Reached(PeriodSum? sum) =>
        [.. rule.Totals.Select((total, i) => new Progress(total.Quantity, sum?.Amounts[i] ?? 0, total.AtLeast))];

    private PeriodResult ResultOf(int index, TickSpan span, PeriodSum? sum, Verdict verdict) =>
        new(index, span, verdict, Reached(sum));

    public IEnumerable<(Role Role, Pattern Pattern, EvidenceStandard Standard)> Parts() =>
        [(Role.Act, rule.Act, _standard)];

    public IReadOnlyList<Failure> TimeFailures(Role role, EvidenceStandard standard, Fact fact, Outcome outcome)
    {
        if (fact.End <= _force.From || fact.Start >= _force.Until)
            return [Failure.Outside(Certainty.No)];
        return IsSure && IndexOf(fact.Start) != IndexOf(fact.End - Ticks.Microsecond)
            ? [new Failure(Condition.Late, "its time is not stated so exactly that it lies in one period for certain")]
            : [];
    }

    public Upcoming? Next(Duty duty)
    {
        if (
            duty.Deadline <= _asOf
            || duty.Deadline == Ticks.Never
            || duty.Periods is not [.., { Verdict: Verdict.Pending } running]
        )
            return null;
        var needs = running
            .Reached.Where(sum => sum.Reached < sum.AtLeast)
            .Select(sum =>
                $"{sum.AtLeast - sum.Reached} more {sum.Quantity} ({sum.Reached} of {sum.AtLeast} are known)"
            )
            .ToList();
        return new Upcoming(
            duty.Deadline,
            Coming.Overdue,
            needs is []
                ? $"Needs an occurrence in this period of: {context.Provision.Title.In("en")}."
                : $"Needs in this period {string.Join(" and ", needs)}."
        );
    }

    public string Arithmetic(Duty duty)
    {
        var (from, until) = (
            _days.Zone.DayOf(Ticks.ToInstant(duty.TriggeredAt)),
            _days.Zone.DayOf(Ticks.ToInstant(duty.Deadline - Ticks.Microsecond))
        );
        return from == until
            ? $"each day; this one is {English.Day(from)}"
            : $"each {(rule.Each.Months > 0 ? "calendar month" : rule.Each.ToString())}; this one is from {English.Day(from)} through {English.Day(until)}";
    }
}

/// <summary>What counts in one period.</summary>
internal sealed class PeriodSum
{
    private readonly long[] _reachedAt;

    public PeriodSum(int sums)
    {
        (Amounts, _reachedAt) = (new long[sums], new long[sums]);
        Array.Fill(_reachedAt, Ticks.Never);
    }

    public long[] Amounts { get; }

    /// <summary>The first instant at which every sum is reached, or never.</summary>
    public long KeptAt => _reachedAt.Max();

    public bool IsKept => KeptAt != Ticks.Never;

    /// <summary>Acts come in order of time.</summary>
    public void Add(int sum, long amount, long atLeast, long at)
    {
        Amounts[sum] += amount;
        if (Amounts[sum] >= atLeast && _reachedAt[sum] == Ticks.Never)
            _reachedAt[sum] = at;
    }
}
