using System.Collections.Immutable;

namespace Ledger.Domain.Input;

/// <summary>Collects every problem of one document, so that its author mends all of them at once.</summary>
/// <param name="where">Line and column of a pointer, when the document came from a text.</param>
public sealed class Problems(Func<string, (int Line, int Column)?>? where = null)
{
    /// <summary>A document with more problems than this is the wrong document; the rest would be noise.</summary>
    public const int Most = 100;

    private readonly List<Problem> _found = [];

    public bool Any => _found.Count > 0;

    public ImmutableArray<Problem> ToImmutable() => [.. _found];

    public void Add(string code, string pointer, string message)
    {
        if (_found.Count >= Most)
            return;

        var place = where?.Invoke(pointer);
        _found.Add(new Problem(code, pointer, message, place?.Line, place?.Column));
    }
}
