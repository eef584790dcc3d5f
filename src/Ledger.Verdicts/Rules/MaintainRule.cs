using Ledger.Domain.Agreements;
using Ledger.Verdicts.Answers;
using Ledger.Verdicts.Facts;

namespace Ledger.Verdicts.Rules;

/// <summary>A state must, or must not, hold while in force. Facts that name no subject speak of one and the same unnamed subject.</summary>
internal sealed class MaintainRule
{
    private readonly Force force;
    private readonly Sieves sieves;
    private readonly Sieve enterSieve;
    private readonly bool absent;
    private readonly long asOf;
    private readonly Dictionary<string, MaintainedSubject> subjects = new(StringComparer.Ordinal);
    private readonly List<MaintainedSubject> inOrder = [];

    public MaintainRule(Rule.Maintain rule, Force force, Rows enters, Rows leaves, Sieves sieves, long asOf)
    {
        (this.force, this.sieves, this.asOf, absent) = (force, sieves, asOf, rule.Required == Presence.Absent);
        (enterSieve, var leaveSieve) = absent ? (sieves.Unfavourable, sieves.Favourable) : (sieves.Favourable, sieves.Unfavourable);
        foreach (var listed in absent ? [] : rule.Subjects)
            SubjectOf(listed).MustStay();

        // With equal time the entry wins, so it is taken last.
        using var entries = Moves(enters, Sieve.Wider(enterSieve, sieves.Unfavourable)).GetEnumerator();
        using var exits = Moves(leaves, leaveSieve).GetEnumerator();
        var (entering, leaving) = (entries.MoveNext(), exits.MoveNext());
        while (entering || leaving)
        {
            if (leaving && (!entering || exits.Current.Start <= entries.Current.Start))
            {
                SubjectOf(exits.Current.Subject ?? "").Leave(exits.Current);
                leaving = exits.MoveNext();
            }
            else
            {
                Enter(entries.Current);
                entering = entries.MoveNext();
            }
        }
    }

    public Verdict Now() => force.Binds(asOf) && inOrder.Exists(subject => subject.IsWrong) ? Verdict.Breached : Verdict.Holding;

    public Outcome Evaluate()
    {
        var wrongs = new List<Wrong>();
        var duties = new List<Duty>();
        foreach (var subject in inOrder.OrderBy(subject => !subject.Listed).ThenBy(subject => subject.Listed ? "" : subject.Name, StringComparer.Ordinal))
        {
            var own = subject.Wrongs().SelectMany(wrong => force.Binding.Select(wrong.Within)).Where(wrong => !wrong.Span.IsEmpty).ToList();
            wrongs.AddRange(own);
            duties.Add(DutyOf(subject, own.FindAll(wrong => wrong.Span.From <= asOf)));
        }

        return new Outcome(Union(wrongs), duties, CountsOf(wrongs));
    }

    private void Enter(Row row)
    {
        // Where presence is required an entry speaks for its subject's being inside, but also makes it one that must stay.
        var (moves, binds) = (enterSieve.Admits(row), absent || sieves.Unfavourable.Admits(row));
        SubjectOf(row.Subject ?? "").Enter(row, moves, binds);
    }

    private IEnumerable<Row> Moves(Rows rows, Sieve sieve)
    {
        foreach (var row in rows.Counting(sieve, asOf))
            yield return row;
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
            Intervals = [.. wrongs.Select(wrong => wrong.Span with { Until = wrong.Span.Until > asOf ? Ticks.Never : wrong.Span.Until })],
            DecidedBy = wrongs.Count == 0 ? [] : violated ? [.. last.Began] : [.. last.Began, .. last.Ended],
        };
    }

    private List<Step> Union(List<Wrong> wrongs)
    {
        var steps = new StepList(force.From);
        steps.InForce(Reason.NoViolation, Ticks.Never);
        var end = Ticks.Always;
        foreach (var moment in wrongs.OrderBy(wrong => wrong.Span.From).GroupBy(wrong => wrong.Span.From))
        {
            if (end != Ticks.Always && end < moment.Key)
                steps.Add(end, Verdict.Holding, Reason.Cured);
            if (end < moment.Key)
                steps.Add(moment.Key, Verdict.Breached, Reason.Violation, [.. moment.SelectMany(wrong => wrong.Began)]);
            end = Math.Max(end, moment.Max(wrong => wrong.Span.Until));
        }

        if (end is not (Ticks.Always or Ticks.Never))
            steps.Add(end, Verdict.Holding, Reason.Cured);
        return steps.Steps;
    }

    private Counts? CountsOf(List<Wrong> wrongs)
    {
        var begun = wrongs.Where(wrong => wrong.Span.From <= asOf).Select(wrong => wrong.Span.From).ToList();
        return begun.Count == 0 ? null : new Counts(begun.Count, Ticks.ToInstant(begun.Min()), Ticks.ToInstant(begun.Max()));
    }
}
