using System.Collections.Frozen;

namespace Ledger.Domain.Agreements;

/// <summary>What takes two people where the agreement file says so: one proposes it, another agrees.</summary>
public enum SharedAct
{
    /// <summary>Giving the right to open sealed values, and the role of those who give it.</summary>
    OpensSealed,

    /// <summary>Destroying a person's key.</summary>
    Erasures,
}

public static class SharedActs
{
    /// <summary>As words of the file.</summary>
    public static readonly FrozenDictionary<string, SharedAct> All = new Dictionary<string, SharedAct>
    {
        ["opens-sealed"] = SharedAct.OpensSealed,
        ["erasures"] = SharedAct.Erasures,
    }.ToFrozenDictionary();
}
