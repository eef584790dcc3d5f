using Ledger.Verdicts.Facts;

namespace Ledger.Verdicts.Rules;

/// <summary>
/// Acts that count for one duty, in order of time: those of its subject, or all. A struct, because there is one for
/// every duty.
/// </summary>
internal struct Acts
{
    private Rows.SubjectScan _own;
    private Rows.Scan _all;
    private readonly bool _isOwn;

    public Acts(Rows.SubjectScan own) => (_own, _isOwn) = (own, true);

    public Acts(Rows.Scan all) => _all = all;

    public readonly Row Current => _isOwn ? _own.Current : _all.Current;

    public readonly Acts GetEnumerator() => this;

    public bool MoveNext() => _isOwn ? _own.MoveNext() : _all.MoveNext();
}
