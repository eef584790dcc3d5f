using Ledger.Verdicts.Answers;
using Ledger.Verdicts.Facts;

namespace Ledger.Verdicts.Rules;

/// <summary>A stretch in which a subject violates the provision.</summary>
/// <param name="Span">When.</param>
/// <param name="Held">The facts by which it began, and later ones by which it would have begun without them.</param>
/// <param name="Ended">The facts that ended it.</param>
internal readonly record struct Wrong(TickSpan Span, IReadOnlyList<Mark> Held, IReadOnlyList<Mark> Ended)
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
    public Wrong Within(TickSpan binding) =>
        this with
        {
            Span = Span.Cut(binding),
            Ended = Span.Until < binding.Until ? Ended : [],
        };
}

/// <summary>
/// Somebody or something that moves in and out, told of its moves in order of time, and of equal times first of those
/// out.
/// </summary>
internal sealed class MaintainedSubject(string name, bool absent)
{
    private readonly List<Wrong> past = [];
    private bool mustStay;
    private bool inside;
    private bool wrong;
    private long since = Ticks.Always;
    private List<Mark> held = [];
    private List<Mark> pendingExits = [];

    public string Name => name;

    public bool Listed { get; private set; }

    public bool IsWrong => wrong;

    public void MustStay() => (Listed, mustStay, wrong) = (true, true, true);

    public void Enter(Row row, bool moves, bool binds)
    {
        inside |= moves || (binds && !mustStay && !absent);
        mustStay |= binds;
        Settle(row, Role.Enters, counts: moves || binds);
    }

    public void Leave(Row row)
    {
        // Who is out already, and did not just leave, changes nothing by leaving.
        if (absent && !inside && (past.Count == 0 || past[^1].Span.Until != row.Start))
            return;
        inside = false;
        Settle(row, Role.Leaves, counts: true);
    }

    public IEnumerable<Wrong> Wrongs() =>
        wrong ? past.Append(new Wrong(new TickSpan(since, Ticks.Never), held, [])) : past;

    private void Settle(Row row, Role role, bool counts)
    {
        var (was, mark) = (wrong, Mark.Of(role, row));
        wrong = absent ? inside : mustStay && !inside;
        if (!was && wrong)
            Begin(row.Start);
        else if (was && !wrong)
            End(row.Start);
        // A listed subject that never entered is missing whatever is said of its leaving.
        if (wrong && since != Ticks.Always && role == (absent ? Role.Enters : Role.Leaves))
            held.Add(mark);
        if (counts && role != (absent ? Role.Enters : Role.Leaves))
            Exit(mark);
    }

    private void Begin(long at)
    {
        // Out and in again at one instant is no change.
        if (past.Count > 0 && past[^1].Span.Until == at)
        {
            (since, held) = (past[^1].Span.From, [.. past[^1].Held]);
            past.RemoveAt(past.Count - 1);
            return;
        }

        (since, held) = (at, []);
    }

    private void End(long at)
    {
        pendingExits = [];
        if (since == at)
            return;
        past.Add(new Wrong(new TickSpan(since, at), held, pendingExits));
    }

    private void Exit(Mark mark)
    {
        if (past.Count > 0 && past[^1].Span.Until == mark.At && !wrong)
            pendingExits.Add(mark);
    }
}
