using Ledger.Verdicts.Answers;
using Ledger.Verdicts.Facts;

namespace Ledger.Verdicts.Rules;

/// <summary>A stretch in which a subject violates the provision.</summary>
/// <param name="Span">When.</param>
/// <param name="Held">The facts by which it began, and later ones by which it would have begun without them.</param>
/// <param name="Ended">The facts that ended it.</param>
internal readonly record struct ViolatedStretch(TickSpan Span, IReadOnlyList<Mark> Held, IReadOnlyList<Mark> Ended)
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
    public ViolatedStretch Within(TickSpan binding) =>
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
    private readonly List<ViolatedStretch> _past = [];
    private bool _mustStay;
    private bool _inside;
    private bool _wrong;
    private long _since = Ticks.Always;
    private List<Mark> _held = [];
    private List<Mark> _pendingExits = [];

    public string Name => name;

    public bool Listed { get; private set; }

    public bool IsWrong => _wrong;

    /// <summary>Whether it was once inside for certain, where presence is required, or is listed.</summary>
    public bool IsBound => _mustStay;

    public void MustStay() => (Listed, _mustStay, _wrong) = (true, true, true);

    public void Enter(Row row, bool moves, bool binds)
    {
        _inside |= moves || (binds && !_mustStay && !absent);
        _mustStay |= binds;
        Settle(row, Role.Enters, counts: moves || binds);
    }

    public void Leave(Row row)
    {
        // Who is out already, and did not just leave, changes nothing by leaving.
        if (absent && !_inside && (_past.Count == 0 || _past[^1].Span.Until != row.Start))
            return;
        _inside = false;
        Settle(row, Role.Leaves, counts: true);
    }

    public IEnumerable<ViolatedStretch> Wrongs() =>
        _wrong ? _past.Append(new ViolatedStretch(new TickSpan(_since, Ticks.Never), _held, [])) : _past;

    private void Settle(Row row, Role role, bool counts)
    {
        var (was, mark) = (_wrong, Mark.Of(role, row));
        _wrong = absent ? _inside : _mustStay && !_inside;
        if (!was && _wrong)
            Begin(row.Start);
        else if (was && !_wrong)
            End(row.Start);
        // A listed subject that never entered is missing whatever is said of its leaving.
        if (_wrong && _since != Ticks.Always && role == (absent ? Role.Enters : Role.Leaves))
            _held.Add(mark);
        if (counts && role != (absent ? Role.Enters : Role.Leaves))
            Exit(mark);
    }

    private void Begin(long at)
    {
        // Out and in again at one instant is no change.
        if (_past.Count > 0 && _past[^1].Span.Until == at)
        {
            (_since, _held) = (_past[^1].Span.From, [.. _past[^1].Held]);
            _past.RemoveAt(_past.Count - 1);
            return;
        }

        (_since, _held) = (at, []);
    }

    private void End(long at)
    {
        _pendingExits = [];
        if (_since == at)
            return;
        _past.Add(new ViolatedStretch(new TickSpan(_since, at), _held, _pendingExits));
    }

    private void Exit(Mark mark)
    {
        if (_past.Count > 0 && _past[^1].Span.Until == mark.At && !_wrong)
            _pendingExits.Add(mark);
    }
}
