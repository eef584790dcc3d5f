using System.Collections.Immutable;

namespace Ledger.Domain.Input;

/// <summary>
/// The outcome of reading outside input: a value that cannot be wrong, or everything that is wrong with it.
/// </summary>
public abstract record Parsed<T>
{
    private Parsed() { }

    public sealed record Good(T Value) : Parsed<T>;

    public sealed record Bad(ImmutableArray<Problem> Problems) : Parsed<T>;

    /// <summary>
    /// The value; throws when there is none. For tests and for text that was checked when it was recorded.
    /// </summary>
    public T Required() =>
        this switch
        {
            Good good => good.Value,
            Bad bad => throw new FormatException(string.Join('\n', bad.Problems)),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    public Parsed<TOther> Then<TOther>(Func<T, Parsed<TOther>> next) =>
        this switch
        {
            Good good => next(good.Value),
            Bad bad => new Parsed<TOther>.Bad(bad.Problems),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
}
