using Ledger.Domain.Agreements;
using Ledger.Verdicts.Answers;
using Ledger.Verdicts.Facts;

namespace Ledger.Verdicts.Rules;

/// <summary>A state must, or must not, hold while in force. Facts that name no subject speak of one and the same unnamed subject.</summary>
internal static class MaintainRule
{
    /// <summary>A stretch in which a subject violates the provision.</summary>
    /// <param name="Span">When.</param>
    /// <param name="Held">The facts by which it began, and later ones by which it would have begun without them.</param>
    /// <param name="Ended">The facts that ended it.</param>
    private readonly record struct Wrong(TickSpan Span, IReadOnlyList<Mark> Held, IReadOnlyList<Mark> Ended)
    {
        /// <summary>Without all of these it would not have been so at its start.</summary>
        public IEnumerable<Mark> Began
        {
            get
            {
                var start = Span.From;
                return Held.Where(mark => mark.At <= start);
            }
        }

        /// <summary>The part in a stretch of binding time; what ended it no sooner than that did not end this.</summary>
        public Wrong Within(TickSpan binding)
        {
            var common = Span.Cut(binding);
            return this with { Span = common, Ended = Span.Until < binding.Until ? Ended : [] };
        }
    }

    public static Outcome Evaluate(Rule.Maintain rule, Force force, IEnumerable<Row> enters, IEnumerable<Row> leaves, Sieves sieves, long asOf)
    {
        var absent = rule.Required == Presence.Absent;
        var (enterSieve, leaveSieve) = absent ? (sieves.Unfavourable, sieves.Favourable) : (sieves.Favourable, sieves.Unfavourable);
        // Where presence is required an entry speaks for its subject's being inside, but also makes it one that must stay.
        var moves = enters.Where(row => row.Start <= asOf)
            .Select(row => (Row: row, Entry: true, Moves: enterSieve.Admits(row), Binds: sieves.Unfavourable.Admits(row)))
            .Concat(leaves.Where(row => row.Start <= asOf && leaveSieve.Admits(row)).Select(row => (Row: row, Entry: false, Moves: true, Binds: false)))
            .Where(move => move.Moves || move.Binds)
            // With equal time the entry wins, so it is taken last.
            .OrderBy(move => move.Row.Start).ThenBy(move => move.Entry)
            .GroupBy(move => move.Row.Subject ?? "", StringComparer.Ordinal)
            .ToDictionary(group => group.Key, StringComparer.Ordinal);

        var listed = absent ? [] : rule.Subjects;
        var subjects = listed.Concat(moves.Keys.Order(StringComparer.Ordinal)).Distinct(StringComparer.Ordinal);
        var duties = new List<Duty>();
        var all = new List<Wrong>();
        foreach (var subject in subjects)
        {
            var states = moves.TryGetValue(subject, out var own) ? own : Enumerable.Empty<(Row Row, bool Entry, bool Moves, bool Binds)>();
            var wrongs = Walk(states, absent, listed.Contains(subject))
                .SelectMany(wrong => force.Binding.Select(wrong.Within))
                .Where(wrong => !wrong.Span.IsEmpty)
                .ToList();
            all.AddRange(wrongs);
            duties.Add(DutyOf(subject, wrongs.FindAll(wrong => wrong.Span.From <= asOf), asOf));
        }

        return new Outcome(Union(all, force), duties, CountsOf(all, asOf));
    }

    /// <summary>When the subject was where it must not be, or was not where it must be.</summary>
    private static IEnumerable<Wrong> Walk(IEnumerable<(Row Row, bool Entry, bool Moves, bool Binds)> moves, bool absent, bool listed)
    {
        var (inside, bound) = (false, absent || listed);
        var (since, marks) = (Ticks.Always, new List<Mark>());
        var wrong = !absent && listed;
        var violating = absent ? Role.Enters : Role.Leaves;
        foreach (var moment in moves.GroupBy(move => move.Row.Start))
        {
            var wasWrong = wrong;
            var now = new List<Mark>();
            foreach (var move in moment)
            {
                if (move.Entry && move.Binds && !bound)
                    (bound, inside) = (true, true);
                if (move.Moves)
                    inside = move.Entry;
                now.Add(new Mark(move.Entry ? Role.Enters : Role.Leaves, move.Row.Fact, null, move.Row.Start));
            }

            wrong = absent ? inside : bound && !inside;
            if (wasWrong && !wrong)
                yield return new Wrong(new TickSpan(since, moment.Key), marks, [.. now.Where(mark => mark.Role != violating)]);
            if (wrong && !wasWrong)
                (since, marks) = (moment.Key, []);
            // A listed subject that never entered is missing whatever is said of its leaving.
            if (wrong && since != Ticks.Always)
                marks.AddRange(now.Where(mark => mark.Role == violating));
        }

        if (wrong)
            yield return new Wrong(new TickSpan(since, Ticks.Never), marks, []);
    }

    private static Duty DutyOf(string subject, List<Wrong> wrongs, long asOf)
    {
        var last = wrongs.Count == 0 ? default : wrongs[^1];
        var violated = wrongs.Count > 0 && last.Span.Contains(asOf);
        return new Duty
        {
            Key = subject.Length == 0 ? null : subject,
            Verdict = violated ? Verdict.Breached : Verdict.Holding,
            CuredAt = wrongs.Count > 0 && !violated ? last.Span.Until : Ticks.Never,
            Intervals = [.. wrongs.Select(wrong => wrong.Span with { Until = wrong.Span.Until > asOf ? Ticks.Never : wrong.Span.Until })],
            DecidedBy = wrongs.Count == 0 ? [] : violated ? [.. last.Began] : [.. last.Began, .. last.Ended],
        };
    }

    private static List<Step> Union(List<Wrong> all, Force force)
    {
        var steps = new StepList();
        steps.Add(Ticks.Always, Verdict.Holding, Reason.NotYetInForce);
        if (force.From != Ticks.Never)
            steps.Add(force.From, Verdict.Holding, Reason.NoViolation);
        var end = Ticks.Always;
        foreach (var moment in all.OrderBy(wrong => wrong.Span.From).GroupBy(wrong => wrong.Span.From))
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

    private static Counts? CountsOf(List<Wrong> all, long asOf)
    {
        var begun = all.Where(wrong => wrong.Span.From <= asOf).Select(wrong => wrong.Span.From).ToList();
        return begun.Count == 0 ? null : new Counts(begun.Count, Ticks.ToInstant(begun.Min()), Ticks.ToInstant(begun.Max()));
    }
}
