using Ledger.Verdicts.Facts;

namespace Ledger.Verdicts.Rules;

/// <summary>
/// Acts that count for one duty, in order of time: those of its subject, or all. A struct, because there is one for
/// every duty.
/// </summary>
internal struct Acts
{
    private Rows.SubjectScan own;
    private Rows.Scan all;
    private readonly bool isOwn;

    public Acts(Rows.SubjectScan own) => (this.own, isOwn) = (own, true);

    public Acts(Rows.Scan all) => this.all = all;

    public readonly Row Current => isOwn ? own.Current : all.Current;

    public readonly Acts GetEnumerator() => this;

    public bool MoveNext() => isOwn ? own.MoveNext() : all.MoveNext();
}
