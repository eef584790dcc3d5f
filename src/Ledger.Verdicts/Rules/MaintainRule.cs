using Ledger.Domain.Agreements;
using Ledger.Verdicts.Answers;
using Ledger.Verdicts.Facts;

namespace Ledger.Verdicts.Rules;

/// <summary>
/// A state must, or must not, hold while in force. Facts that name no subject speak of one and the same unnamed
/// subject.
/// </summary>
internal sealed class MaintainRule
{
    private readonly Force force;
    private readonly Sieves sieves;
    private readonly Sieve enterSieve;
    private readonly bool absent;
    private readonly long asOf;
    private readonly Rows enters;
    private readonly Rows leaves;
    private readonly Sieve leaveSieve;
    private readonly Rule.Maintain rule;
    private readonly Dictionary<string, MaintainedSubject> subjects = new(StringComparer.Ordinal);
    private readonly Dictionary<int, MaintainedSubject> byNumber = [];
    private readonly List<MaintainedSubject> inOrder = [];

    public MaintainRule(Rule.Maintain rule, Force force, Rows enters, Rows leaves, Sieves sieves, long asOf)
    {
        (this.rule, this.force, this.sieves, this.asOf, absent) = (
            rule,
            force,
            sieves,
            asOf,
            rule.Required == Presence.Absent
        );
        (this.enters, this.leaves) = (enters, leaves);
        (enterSieve, leaveSieve) = absent
            ? (sieves.Unfavourable, sieves.Favourable)
            : (sieves.Favourable, sieves.Unfavourable);
    }

    private void Replay()
    {
        foreach (var listed in absent ? [] : rule.Subjects)
            SubjectOf(listed).MustStay();

        // With equal time the entry wins, so it is taken last.
        var entries = enters.Counting(Sieve.Wider(enterSieve, sieves.Unfavourable), asOf);
        var exits = leaves.Counting(leaveSieve, asOf);
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
        if (!force.Binds(asOf))
            return Verdict.Holding;
        if (absent)
            return IsAnybodyInside() ? Verdict.Breached : Verdict.Holding;
        Replay();
        return inOrder.Exists(subject => subject.IsWrong) ? Verdict.Breached : Verdict.Holding;
    }

    /// <summary>The last move of each subject tells, so this goes backwards until one is found inside.</summary>
    private bool IsAnybodyInside()
    {
        var entries = enters.CountingBack(enterSieve, asOf);
        var exits = leaves.CountingBack(leaveSieve, asOf);
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
        Replay();
        var wrongs = new List<Wrong>();
        var duties = Duties(wrongs).ToList();
        return new Outcome(Union(wrongs), duties, CountsOf(wrongs));
    }

    /// <summary>The subjects as they stand, without how the answer came to be.</summary>
    public IEnumerable<Duty> Duties()
    {
        Replay();
        return Duties([]);
    }

    private IEnumerable<Duty> Duties(List<Wrong> wrongs)
    {
        foreach (
            var subject in inOrder
                .OrderBy(subject => !subject.Listed)
                .ThenBy(subject => subject.Listed ? "" : subject.Name, StringComparer.Ordinal)
        )
        {
            var first = wrongs.Count;
            foreach (var wrong in subject.Wrongs())
            {
                foreach (var binding in force.Binding)
                {
                    if (wrong.Within(binding) is { Span.IsEmpty: false } within)
                        wrongs.Add(within);
                }
            }

            yield return DutyOf(subject, wrongs[first..].FindAll(wrong => wrong.Span.From <= asOf));
        }
    }

    private void Enter(Row row)
    {
        // Where presence is required an entry speaks for its subject's being inside, but also makes it one that must
        // stay.
        var (moves, binds) = (enterSieve.Admits(row), absent || sieves.Unfavourable.Admits(row));
        SubjectOf(row).Enter(row, moves, binds);
    }

    private MaintainedSubject SubjectOf(Row row)
    {
        if (!byNumber.TryGetValue(row.SubjectNumber, out var subject))
            byNumber[row.SubjectNumber] = subject = SubjectOf(row.Subject ?? "");
        return subject;
    }

    private MaintainedSubject SubjectOf(string name)
    {
        if (!subjects.TryGetValue(name, out var subject))
            inOrder.Add(subjects[name] = subject = new MaintainedSubject(name, absent));
        return subject;
    }

    private Duty DutyOf(MaintainedSubject subject, List<Wrong> wrongs)
    {
        var last = wrongs.Count == 0 ? default : wrongs[^1];
        var violated = wrongs.Count > 0 && last.Span.Contains(asOf);
        return new Duty
        {
            Key = subject.Name.Length == 0 ? null : subject.Name,
            Verdict = violated ? Verdict.Breached : Verdict.Holding,
            CuredAt = wrongs.Count > 0 && !violated ? last.Span.Until : Ticks.Never,
            Intervals =
            [
                .. wrongs.Select(wrong =>
                    wrong.Span with
                    {
                        Until = wrong.Span.Until > asOf ? Ticks.Never : wrong.Span.Until,
                    }
                ),
            ],
            DecidedBy =
                wrongs.Count == 0 ? []
                : violated ? [.. last.Began]
                : [.. last.Began, .. last.Ended],
        };
    }

    private List<Step> Union(List<Wrong> wrongs)
    {
        var steps = new StepList(force.From);
        steps.InForce(Reason.NoViolation, Ticks.Never);
        var end = Ticks.Always;
        var inTime = wrongs.ToArray();
        Array.Sort(Array.ConvertAll(inTime, wrong => wrong.Span.From), inTime);
        for (int i = 0, next; i < inTime.Length; i = next)
        {
            var from = inTime[i].Span.From;
            var until = end;
            for (next = i; next < inTime.Length && inTime[next].Span.From == from; next++)
                until = Math.Max(until, inTime[next].Span.Until);
            if (end != Ticks.Always && end < from)
                steps.Add(end, Verdict.Holding, Reason.Cured);
            if (end < from)
                // Timelines, which look at all of time, cite what decided each step.
                steps.Add(
                    from,
                    Verdict.Breached,
                    Reason.Violation,
                    asOf == Ticks.Never ? [.. inTime[i..next].SelectMany(wrong => wrong.Began)] : []
                );
            end = until;
        }

        if (end is not (Ticks.Always or Ticks.Never))
            steps.Add(end, Verdict.Holding, Reason.Cured);
        return steps.Steps;
    }

    private Counts? CountsOf(List<Wrong> wrongs)
    {
        var begun = wrongs.Where(wrong => wrong.Span.From <= asOf).Select(wrong => wrong.Span.From).ToList();
        return begun.Count == 0
            ? null
            : new Counts(begun.Count, Ticks.ToInstant(begun.Min()), Ticks.ToInstant(begun.Max()));
    }
}
