using Ledger.Domain.Agreements;
using Ledger.Verdicts.Answers;

namespace Ledger.Verdicts.Analyses;

/// <summary>Any other lens on the same point, answered as a difference. Nothing is stored.</summary>
public static class WhatIf
{
    public static DiffAnswer Ask(Book book, Question question, Lens other) =>
        Diff.Between(book, question, question with { Lens = other });
}
