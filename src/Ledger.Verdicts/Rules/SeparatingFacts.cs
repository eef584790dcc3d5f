namespace Ledger.Verdicts.Rules;

/// <summary>The facts that keep the bounds apart: all, or of very many the first and the last, and how many there are.</summary>
internal sealed class SeparatingFacts
{
    /// <summary>So many of the first and so many of the last are listed.</summary>
    private const int MostOfEach = 25;

    private readonly List<Mark> _first = [];
    private readonly Queue<Mark> _last = [];
    private readonly HashSet<int> _filings = [];

    public int Count { get; private set; }

    /// <summary>Whether some are only counted.</summary>
    public bool IsPartial => Count > _first.Count + _last.Count;

    public int Omitted => Count - _first.Count - _last.Count;

    public IEnumerable<Mark> Listed => _first.Concat(_last).OrderBy(mark => mark.At);

    /// <summary>The filings of the facts, while all of them are listed.</summary>
    public IEnumerable<int> Filings => _filings;

    /// <summary>Marks of one round come in order of time. A fact counts once, whatever it does.</summary>
    public void Add(Mark mark)
    {
        if (!IsPartial && !_filings.Add(mark.Row!.Value.Head))
            return;
        Count++;
        if (_first.Count < MostOfEach)
        {
            _first.Add(mark);
            return;
        }

        if (_last.Count == MostOfEach)
            _last.Dequeue();
        _last.Enqueue(mark);
    }
}
