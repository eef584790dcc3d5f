using Ledger.Domain.Agreements;
using Ledger.Domain.Places;
using Ledger.Domain.Time;
using Ledger.Verdicts.Answers;
using Ledger.Verdicts.Facts;

namespace Ledger.Verdicts.Rules;

/// <summary>
/// A stock stays within bounds (docs/verdicts.md, section 16). It is kept per subject: the last count, and what came and
/// went since.
/// </summary>
internal sealed class LimitRule(Rule.Limit rule, RuleContext context) : IRuleEvaluator
{
    /// <summary>An answer cites so many facts.</summary>
    private const int MostCited = 1_000;

    private readonly Force _force = context.Force;
    private readonly EvidenceStandards _standards = context.Standards;
    private readonly long _asOf = context.AsOf;
    private readonly Rows _counts = context.Rows(rule.Count, rule.Quantity);
    private readonly Rows _adds = rule.Adds is null ? Rows.None : context.Rows(rule.Adds, rule.Quantity);
    private readonly Rows _takes = rule.Takes is null ? Rows.None : context.Rows(rule.Takes, rule.Quantity);

    public RuleContext Context => context;

    /// <summary>With equal time a count comes first, then what leaves, then what comes.</summary>
    private enum Part
    {
        Count,
        Takes,
        Adds,
    }

    private readonly record struct Move(Part Part, Row Row)
    {
        public Mark Mark =>
            Mark.Of(
                Part switch
                {
                    Part.Count => Role.Counted,
                    Part.Takes => Role.Leaves,
                    _ => Role.Enters,
                },
                Row
            );
    }

    /// <summary>The stock that decides, at one instant and until the next.</summary>
    private readonly record struct StockLevel(long At, Verdict Verdict, Reason Reason);

    public Outcome Evaluate()
    {
        var steps = new StepList(_force.From);
        if (_force.From > _asOf || _force.From == Ticks.Never)
            return new Outcome(steps.Steps, [new Duty { Verdict = Verdict.Holding }]);

        steps.InForce(Reason.NoViolation, Ticks.Never);
        var moves = Moves(EvidenceStandard.Wider(_standards.Favourable, _standards.Unfavourable));
        var (ceiling, floor) = (Ceiling(), Floor());
        var levels = Levels(moves, ceiling, floor);
        var over = new List<TickSpan>();
        var cited = _asOf == Ticks.Never ? new Citing() : null;
        foreach (var binding in _force.Binding)
            Step(levels, binding, steps, over, cited is null ? null : at => cited.Until(moves, at));
        var now = steps.Steps.FindLast(step => step.At <= _asOf);
        var begun = over.FindAll(span => span.From <= _asOf);
        var stock = Stock(moves);
        return new Outcome(
            steps.Steps,
            [
                new Duty
                {
                    TriggeredAt = stock?.CountedAt ?? Ticks.Never,
                    Deadline = stock is null ? Ticks.Never : StaleFrom(stock.CountedAt),
                    Verdict = now.Verdict,
                    Stock = stock,
                    Intervals =
                    [
                        .. begun.Select(span => span with { Until = span.Until > _asOf ? Ticks.Never : span.Until }),
                    ],
                    // Without a count what moved says nothing, unless it is too much by itself.
                    DecidedBy =
                        _asOf != Ticks.Never && (stock is not null || now.Verdict == Verdict.Breached)
                            ? new Citing().Until(moves, _asOf)
                            : [],
                },
            ],
            begun.Count == 0
                ? null
                : new Counts(begun.Count, Ticks.ToInstant(begun[0].From), Ticks.ToInstant(begun[^1].From))
        );
    }

    /// <summary>The verdict in one stretch of binding time; what a suspension or the end of force cuts is not cured.</summary>
    private void Step(
        List<StockLevel> levels,
        TickSpan binding,
        StepList steps,
        List<TickSpan> over,
        Func<long, IReadOnlyList<Mark>>? cited
    )
    {
        var wasOver = false;
        for (var i = 0; i < levels.Count; i++)
        {
            var span = binding.Cut(new TickSpan(levels[i].At, i + 1 < levels.Count ? levels[i + 1].At : Ticks.Never));
            if (span.IsEmpty)
                continue;
            var isOver = levels[i].Verdict == Verdict.Breached;
            var reason =
                levels[i].Verdict == Verdict.Holding
                && over.Count > 0
                && (wasOver || steps.Steps[^1].Reason == Reason.Cured)
                    ? Reason.Cured
                    : levels[i].Reason;
            steps.Add(span.From, levels[i].Verdict, reason, cited?.Invoke(span.From));
            if (isOver && wasOver && over[^1].Until == span.From)
                over[^1] = over[^1] with { Until = span.Until };
            else if (isOver)
                over.Add(span);
            wasOver = isOver;
        }

        if (binding.Until < _force.Until)
            steps.Add(binding.Until, Verdict.Holding, Reason.NoViolation);
    }

    /// <summary>
    /// What the stock makes of the provision, from each instant at which it changes on; without force and suspensions.
    /// </summary>
    private List<StockLevel> Levels(List<Move> moves, Track? ceiling, Track? floor)
    {
        var levels = new List<StockLevel>();
        var (counted, perhaps, passed) = (Ticks.Always, Ticks.Always, Ticks.Always);
        Add(Ticks.Always);
        for (int i = 0, next; i < moves.Count; i = next)
        {
            var at = moves[i].Row.Start;
            Stale(at);
            for (next = i; next < moves.Count && moves[next].Row.Start == at; next++)
            {
                if (moves[next].Part != Part.Count)
                    continue;
                perhaps = at;
                if (IsCertain(moves[next].Row))
                    counted = at;
            }

            ceiling?.Apply(moves, i, next);
            floor?.Apply(moves, i, next);
            Add(at);
        }

        Stale(Ticks.Never);
        return levels;

        // A count that grows too old between two events changes the answer by itself.
        void Stale(long before)
        {
            foreach (var at in (long[])[StaleFrom(counted), StaleFrom(perhaps)])
            {
                if (at != Ticks.Never && at < before && at > passed)
                    Add(at);
            }
        }

        void Add(long at)
        {
            passed = at;
            var isCounted = counted != Ticks.Always;
            var isPerhaps = perhaps != Ticks.Always;
            var isOver =
                (ceiling?.Stock > rule.AtMost) || (floor?.Stock < rule.AtLeast && (IsWorst ? isPerhaps : isCounted));
            // In the bounds a doubtful count is one where that is better, or worse.
            var known = IsWorst ? counted : perhaps;
            var verdict =
                isOver ? Verdict.Breached
                : known == Ticks.Always || at >= StaleFrom(known) ? Verdict.Unknown
                : Verdict.Holding;
            if (levels.Count > 0 && levels[^1].Verdict == verdict)
                return;
            levels.Add(
                new StockLevel(
                    at,
                    verdict,
                    verdict switch
                    {
                        Verdict.Breached => Reason.Violation,
                        Verdict.Unknown => Reason.NoCount,
                        _ => Reason.NoViolation,
                    }
                )
            );
        }
    }

    /// <summary>Whether doubt is taken against the duty-bound.</summary>
    private bool IsWorst => !_standards.IsPlain && _standards.Unfavourable.Match == Certainty.Possible;

    /// <summary>A fact that counts whatever is made of doubt here.</summary>
    private bool IsCertain(Row row) => _standards.Favourable.Admits(row) && _standards.Unfavourable.Admits(row);

    private long StaleFrom(long counted) =>
        rule.StaleAfter is null || counted == Ticks.Always
            ? Ticks.Never
            : context.Days.StartOf(rule.StaleAfter.After(context.Days.Of(counted)).PlusDays(1));

    /// <summary>What comes counts against a ceiling and what leaves for it; the stock is as low as it surely is.</summary>
    private Track? Ceiling() =>
        rule.AtMost is null ? null : new Track(_standards, asHigh: _standards.Unfavourable.Match == Certainty.Possible);

    /// <summary>With a floor it is the other way round.</summary>
    private Track? Floor() =>
        rule.AtLeast is null
            ? null
            : new Track(
                new EvidenceStandards(_standards.Unfavourable, _standards.Favourable),
                asHigh: _standards.Unfavourable.Match == Certainty.Certain
            );

    /// <summary>The stock as it is told: by what counts under the lens, from its lowest to its highest.</summary>
    private StockResult? Stock(List<Move> moves)
    {
        if (
            _asOf == Ticks.Never
            || moves.FindLast(move => move.Part == Part.Count && IsCertain(move.Row))
                is not { Row.Source: not null } last
        )
            return null;
        var (low, high) = (new Track(_standards, asHigh: false), new Track(_standards, asHigh: true));
        for (int i = 0, next; i < moves.Count; i = next)
        {
            for (next = i; next < moves.Count && moves[next].Row.Start == moves[i].Row.Start; next++) { }
            low.Apply(moves, i, next);
            high.Apply(moves, i, next);
        }

        return new StockResult(rule.Quantity, low.Stock, high.Stock, last.Row.Start);
    }

    /// <summary>All that may count, in order of time.</summary>
    private List<Move> Moves(EvidenceStandard standard)
    {
        var moves = new List<Move>();
        var (counts, takes, adds) = (
            _counts.Counting(standard, _asOf),
            _takes.Counting(standard, _asOf),
            _adds.Counting(standard, _asOf)
        );
        var (counting, taking, adding) = (NextCount(), takes.MoveNext(), adds.MoveNext());
        while (counting || taking || adding)
        {
            var (count, take, add) = (
                counting ? counts.Current.Start : Ticks.Never,
                taking ? takes.Current.Start : Ticks.Never,
                adding ? adds.Current.Start : Ticks.Never
            );
            if (counting && count <= take && count <= add)
            {
                moves.Add(new Move(Part.Count, counts.Current));
                counting = NextCount();
            }
            else if (taking && take <= add)
            {
                moves.Add(new Move(Part.Takes, takes.Current));
                taking = takes.MoveNext();
            }
            else
            {
                moves.Add(new Move(Part.Adds, adds.Current));
                adding = adds.MoveNext();
            }
        }

        return moves;

        // A count that states no number says nothing; zero is a number.
        bool NextCount()
        {
            while (counts.MoveNext())
            {
                if (counts.Current.High > 0 || counts.Current.Fact.Content.Quantities.ContainsKey(rule.Quantity))
                    return true;
            }

            return false;
        }
    }

    /// <summary>Of each subject, since its last count that both bounds take for the same, all that they count differently.</summary>
    public IEnumerable<Mark> Separating(IRuleEvaluator best)
    {
        var (since, marks) = (new Dictionary<int, List<Mark>>(), new List<Mark>());
        foreach (var ofOneTime in Moves(EvidenceStandard.Widest).GroupBy(move => move.Row.Start))
        {
            foreach (var ofOne in ofOneTime.GroupBy(move => move.Row.SubjectNumber))
            {
                if (!since.TryGetValue(ofOne.Key, out var doubtful))
                    since[ofOne.Key] = doubtful = [];
                var counts = ofOne.Where(move => move.Part == Part.Count).ToList();
                if (counts.Count > 0 && counts.TrueForAll(IsSame))
                    doubtful.Clear();
                doubtful.AddRange(ofOne.Where(move => !IsSame(move)).Select(move => move.Mark));
            }
        }

        foreach (var doubtful in since.Values)
            marks.AddRange(doubtful);
        return marks.OrderBy(mark => mark.At);
    }

    private static bool IsSame(Move move) =>
        EvidenceStandard.Narrowest.Admits(move.Row) && move.Row.Low == move.Row.High;

    public bool NeedsWatching => true;

    public IEnumerable<(Role Role, Pattern Pattern, EvidenceStandard Standard)> Parts()
    {
        yield return (Role.Counted, rule.Count, _standards.Favourable);
        if (rule.Adds is not null)
            yield return (Role.Enters, rule.Adds, _standards.Unfavourable);
        if (rule.Takes is not null)
            yield return (Role.Leaves, rule.Takes, _standards.Favourable);
    }

    /// <summary>What was counted or moved before the provision was in force tells what there is.</summary>
    public IReadOnlyList<Failure> TimeFailures(Role role, EvidenceStandard standard, Fact fact, Outcome outcome) => [];

    public Upcoming? Next(Duty duty) =>
        duty.Verdict == Verdict.Holding && duty.Deadline > _asOf && duty.Deadline != Ticks.Never
            ? new Upcoming(duty.Deadline, Coming.Overdue, $"Needs a new count of: {context.Provision.Title.In("en")}.")
            : null;

    public string Arithmetic(Duty duty)
    {
        var counted = context.Days.Zone.DayOf(Ticks.ToInstant(duty.TriggeredAt));
        return rule.StaleAfter is { } span
            ? $"last counted on {English.Day(counted)}; a count is good for {span}, through {English.Day(span.After(counted))}"
            : $"last counted on {English.Day(counted)}; a count does not grow old";
    }

    /// <summary>
    /// The stock of all subjects, on one side of doubt: as high as it can be or as low. What comes passes the
    /// unfavourable standard and what leaves the favourable one; a count passes for certain where it passes both, and
    /// else only where it moves the stock to this side.
    /// </summary>
    private sealed class Track(EvidenceStandards standards, bool asHigh)
    {
        private readonly Dictionary<int, long> _bySubject = [];

        public long Stock { get; private set; }

        public void Apply(List<Move> moves, int first, int end)
        {
            for (int i = first, next; i < end; i = next)
            {
                next = i + 1;
                if (moves[i].Part == Part.Count)
                {
                    while (next < end && moves[next].Part == Part.Count)
                        next++;
                    foreach (var ofOne in moves[i..next].GroupBy(move => move.Row.SubjectNumber))
                        Set(ofOne.Key, CountOf([.. ofOne], _bySubject.GetValueOrDefault(ofOne.Key)));
                    continue;
                }

                var (row, isAdd) = (moves[i].Row, moves[i].Part == Part.Adds);
                if (!(isAdd ? standards.Unfavourable : standards.Favourable).Admits(row))
                    continue;
                var had = _bySubject.GetValueOrDefault(row.SubjectNumber);
                Set(
                    row.SubjectNumber,
                    isAdd ? had + (asHigh ? row.High : row.Low) : Math.Max(0, had - (asHigh ? row.Low : row.High))
                );
            }
        }

        /// <summary>Of several counts at one instant, and of those in doubt, the one on this side.</summary>
        private long CountOf(List<Move> counts, long had)
        {
            var taken = counts.ConvertAll(move => (long)(asHigh ? move.Row.High : move.Row.Low));
            var isCertain = counts.Exists(move =>
                standards.Favourable.Admits(move.Row) && standards.Unfavourable.Admits(move.Row)
            );
            if (!isCertain)
                taken.Add(had);
            return asHigh ? taken.Max() : taken.Min();
        }

        private void Set(int subject, long stock)
        {
            Stock += stock - _bySubject.GetValueOrDefault(subject);
            _bySubject[subject] = stock;
        }
    }

    /// <summary>The counts of each subject that are the last, and what moved since.</summary>
    private sealed class Citing
    {
        private readonly Dictionary<int, (long Counted, List<Mark> Marks)> _bySubject = [];
        private int _done;

        public IReadOnlyList<Mark> Until(List<Move> moves, long at)
        {
            for (; _done < moves.Count && moves[_done].Row.Start <= at; _done++)
            {
                var move = moves[_done];
                var subject = move.Row.SubjectNumber;
                var (counted, marks) = _bySubject.GetValueOrDefault(subject, (Ticks.Always, []));
                if (move.Part == Part.Count && counted != move.Row.Start)
                    (counted, marks) = (move.Row.Start, []);
                if (move.Part == Part.Count || move.Row.High > 0)
                    marks.Add(move.Mark);
                _bySubject[subject] = (counted, marks);
            }

            return [.. _bySubject.Values.SelectMany(one => one.Marks).OrderBy(mark => mark.At).Take(MostCited)];
        }
    }
}
