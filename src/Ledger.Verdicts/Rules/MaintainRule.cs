using Ledger.Domain.Agreements;
using Ledger.Verdicts.Answers;
using Ledger.Verdicts.Facts;

namespace Ledger.Verdicts.Rules;

/// <summary>
/// A state must, or must not, hold while in force. Facts that name no subject speak of one and the same unnamed
/// subject.
/// </summary>
internal sealed class MaintainRule : IRuleEvaluator
{
    private readonly Force _force;
    private readonly EvidenceStandards _standards;
    private readonly EvidenceStandard _enterStandard;
    private readonly bool _absent;
    private readonly long _asOf;
    private readonly Rows _enters;
    private readonly Rows _leaves;
    private readonly EvidenceStandard _leaveStandard;
    private readonly Rule.Maintain _rule;
    private readonly Dictionary<string, MaintainedSubject> _subjects = new(StringComparer.Ordinal);
    private readonly Dictionary<int, MaintainedSubject> _byNumber = [];
    private readonly List<MaintainedSubject> _inOrder = [];

    public MaintainRule(Rule.Maintain rule, RuleContext context)
    {
        Context = context;
        (_rule, _force, _standards, _asOf) = (rule, context.Force, context.Standards, context.AsOf);
        (_enters, _leaves) = (context.Rows(rule.Enters, null), context.Rows(rule.Leaves, null));
        _absent = rule.Required == Presence.Absent;
        (_enterStandard, _leaveStandard) = _absent
            ? (_standards.Unfavourable, _standards.Favourable)
            : (_standards.Favourable, _standards.Unfavourable);
    }

    public RuleContext Context { get; }

    private void Replay(long until)
    {
        foreach (var listed in _absent ? [] : _rule.Subjects)
            SubjectOf(listed).MustStay();

        // With equal time the entry wins, so it is taken last.
        var entries = _enters.Counting(EvidenceStandard.Wider(_enterStandard, _standards.Unfavourable), until);
        var exits = _leaves.Counting(_leaveStandard, until);
        var (entering, leaving) = (entries.MoveNext(), exits.MoveNext());
        while (entering || leaving)
        {
            if (leaving && (!entering || exits.Current.Start <= entries.Current.Start))
            {
                SubjectOf(exits.Current).Leave(exits.Current);
                leaving = exits.MoveNext();
            }
            else
            {
                Enter(entries.Current);
                entering = entries.MoveNext();
            }
        }
    }

    public Verdict Now()
    {
        var at = _force.InForceAt(_asOf);
        if (!_force.Binds(at))
            return Verdict.Holding;
        if (_absent)
            return IsAnybodyInside(at) ? Verdict.Breached : Verdict.Holding;
        Replay(at);
        return _inOrder.Exists(subject => subject.IsWrong) ? Verdict.Breached : Verdict.Holding;
    }

    /// <summary>The last move of each subject tells, so this goes backwards until one is found inside.</summary>
    private bool IsAnybodyInside(long at)
    {
        var entries = _enters.CountingBack(_enterStandard, at);
        var exits = _leaves.CountingBack(_leaveStandard, at);
        var left = new HashSet<int>();
        var (entering, leaving) = (entries.MoveNext(), exits.MoveNext());
        while (entering)
        {
            if (leaving && exits.Current.Start > entries.Current.Start)
            {
                left.Add(exits.Current.SubjectNumber);
                leaving = exits.MoveNext();
            }
            else if (left.Contains(entries.Current.SubjectNumber))
            {
                entering = entries.MoveNext();
            }
            else
            {
                return true;
            }
        }

        return false;
    }

    public Outcome Evaluate()
    {
        Replay(_asOf);
        var wrongs = new List<ViolatedStretch>();
        var duties = DutiesWith(wrongs).ToList();
        return new Outcome(Union(wrongs), duties, CountsOf(wrongs));
    }

    /// <summary>
    /// Of every subject that violates in the worst bound alone, the doubtful moves since its last certain one: those out
    /// where both bounds had it inside, else those in. Where presence is required and the best bound does not bind it, all
    /// those in, which do so in the worst.
    /// </summary>
    public IEnumerable<Mark> Separating(IRuleEvaluator best)
    {
        var (other, at) = ((MaintainRule)best, _force.InForceAt(_asOf));
        Replay(at);
        other.Replay(at);
        var apart = _subjects
            .Values.Where(subject => subject.IsWrong && !other.IsWrong(subject.Name))
            .Select(subject => subject.Name)
            .ToHashSet(StringComparer.Ordinal);
        var marks = Moves(other, at)
            .Where(move => apart.Contains(move.Name))
            .GroupBy(move => move.Name, StringComparer.Ordinal)
            .SelectMany(moves =>
                _absent || other._subjects.GetValueOrDefault(moves.Key)?.IsBound == true
                    ? SinceLastCertain(moves)
                    : moves.Where(move => !move.Certain && move.Mark.Role == Role.Enters).Select(move => move.Mark)
            )
            .ToList();
        // Whom only a doubtful leaving takes out is inside without it, whoever else came or not.
        if (_absent && marks.Exists(mark => mark.Role == Role.Leaves))
            marks.RemoveAll(mark => mark.Role != Role.Leaves);
        return marks.OrderBy(mark => mark.At);
    }

    private bool IsWrong(string subject) => _subjects.GetValueOrDefault(subject)?.IsWrong == true;

    /// <summary>Every move that counts in either bound, and whether it counts in both.</summary>
    private IEnumerable<(string Name, Mark Mark, bool Certain)> Moves(MaintainRule best, long at)
    {
        foreach (var enter in _enters.Counting(EvidenceStandard.Widest, at))
            yield return (
                enter.Subject ?? "",
                Mark.Of(Role.Enters, enter),
                _enterStandard.Admits(enter) && best._enterStandard.Admits(enter)
            );
        foreach (var leave in _leaves.Counting(EvidenceStandard.Widest, at))
            yield return (
                leave.Subject ?? "",
                Mark.Of(Role.Leaves, leave),
                _leaveStandard.Admits(leave) && best._leaveStandard.Admits(leave)
            );
    }

    private static IEnumerable<Mark> SinceLastCertain(IEnumerable<(string Name, Mark Mark, bool Certain)> moves)
    {
        // With equal time the entry wins.
        var last = moves
            .Where(move => move.Certain)
            .DefaultIfEmpty()
            .MaxBy(move => (move.Mark.At, move.Mark.Role == Role.Enters));
        var inside = last.Certain && last.Mark.Role == Role.Enters;
        var since = last.Certain ? last.Mark.At : Ticks.Always;
        return from move in moves
            where !move.Certain
            where
                inside
                    ? move.Mark.Role == Role.Leaves && move.Mark.At > since
                    : move.Mark.Role == Role.Enters && move.Mark.At >= since
            select move.Mark;
    }

    private IEnumerable<Duty> DutiesWith(List<ViolatedStretch> wrongs)
    {
        foreach (
            var subject in _inOrder
                .OrderBy(subject => !subject.Listed)
                .ThenBy(subject => subject.Listed ? "" : subject.Name, StringComparer.Ordinal)
        )
        {
            var first = wrongs.Count;
            foreach (var wrong in subject.Wrongs())
            {
                foreach (var binding in _force.Binding)
                {
                    if (wrong.Within(binding) is { Span.IsEmpty: false } within)
                        wrongs.Add(within);
                }
            }

            yield return DutyOf(subject, wrongs[first..].FindAll(wrong => wrong.Span.From <= _asOf));
        }
    }

    private void Enter(Row row)
    {
        // Where presence is required an entry speaks for its subject's being inside, but also makes it one that must
        // stay.
        var (moves, binds) = (_enterStandard.Admits(row), _absent || _standards.Unfavourable.Admits(row));
        SubjectOf(row).Enter(row, moves, binds);
    }

    private MaintainedSubject SubjectOf(Row row)
    {
        if (!_byNumber.TryGetValue(row.SubjectNumber, out var subject))
            _byNumber[row.SubjectNumber] = subject = SubjectOf(row.Subject ?? "");
        return subject;
    }

    private MaintainedSubject SubjectOf(string name)
    {
        if (!_subjects.TryGetValue(name, out var subject))
            _inOrder.Add(_subjects[name] = subject = new MaintainedSubject(name, _absent));
        return subject;
    }

    private Duty DutyOf(MaintainedSubject subject, List<ViolatedStretch> wrongs)
    {
        var last = wrongs.Count == 0 ? default : wrongs[^1];
        var violated = wrongs.Count > 0 && last.Span.Contains(_force.InForceAt(_asOf));
        var cured = !violated && last.Ended is { Count: > 0 };
        return new Duty
        {
            Key = subject.Name.Length == 0 ? null : subject.Name,
            Verdict = violated ? Verdict.Breached : Verdict.Holding,
            CuredAt = cured ? last.Span.Until : Ticks.Never,
            Intervals =
            [
                .. wrongs.Select(wrong =>
                    wrong.Span with
                    {
                        Until = wrong.Span.Until > _asOf ? Ticks.Never : wrong.Span.Until,
                    }
                ),
            ],
            DecidedBy =
                wrongs.Count == 0 ? []
                : violated ? [.. last.Began]
                : [.. last.Began, .. last.Ended],
        };
    }

    private List<Step> Union(List<ViolatedStretch> wrongs)
    {
        var steps = new StepList(_force.From);
        steps.InForce(Reason.NoViolation, Ticks.Never);
        var (end, ended) = (Ticks.Always, Reason.Cured);
        var inTime = wrongs.ToArray();
        Array.Sort(Array.ConvertAll(inTime, wrong => wrong.Span.From), inTime);
        for (int i = 0, next; i < inTime.Length; i = next)
        {
            var from = inTime[i].Span.From;
            if (end != Ticks.Always && end < from)
                steps.Add(end, Verdict.Holding, ended);
            var until = end;
            for (next = i; next < inTime.Length && inTime[next].Span.From == from; next++)
            {
                // What no act ended, but a suspension, is not cured.
                if (inTime[next].Span.Until > until)
                    (until, ended) = (
                        inTime[next].Span.Until,
                        inTime[next].Ended.Count > 0 ? Reason.Cured : Reason.NoViolation
                    );
                else if (inTime[next].Span.Until == until && inTime[next].Ended.Count == 0)
                    ended = Reason.NoViolation;
            }

            if (end < from)
                // Timelines, which look at all of time, cite what decided each step.
                steps.Add(
                    from,
                    Verdict.Breached,
                    Reason.Violation,
                    _asOf == Ticks.Never ? [.. inTime[i..next].SelectMany(wrong => wrong.Began)] : []
                );
            end = until;
        }

        if (end != Ticks.Always && end < _force.Until)
            steps.Add(end, Verdict.Holding, ended);
        return steps.Steps;
    }

    private Counts? CountsOf(List<ViolatedStretch> wrongs)
    {
        var begun = wrongs.Where(wrong => wrong.Span.From <= _asOf).Select(wrong => wrong.Span.From).ToList();
        return begun.Count == 0
            ? null
            : new Counts(begun.Count, Ticks.ToInstant(begun.Min()), Ticks.ToInstant(begun.Max()));
    }

    public bool NeedsWatching => true;

    public IEnumerable<(Role Role, Pattern Pattern, EvidenceStandard Standard)> Parts() =>
        [(Role.Enters, _rule.Enters, _standards.Favourable), (Role.Leaves, _rule.Leaves, _standards.Favourable)];

    /// <summary>A move counts whenever it happened, as it tells where its subject is afterwards.</summary>
    public IReadOnlyList<Failure> TimeFailures(Role role, EvidenceStandard standard, Fact fact, Outcome outcome) => [];
}
