using System.Collections.Immutable;

namespace Ledger.Domain.Agreements;

/// <summary>What must be so of other provisions: of one, of any of several, or of all of them.</summary>
public abstract record Proviso
{
    private Proviso() { }

    /// <summary>Every provision that it speaks of.</summary>
    public abstract IEnumerable<Stands> Provisions { get; }

    /// <summary>As the rest of a sentence that begins with "while" or "once".</summary>
    public abstract string Words { get; }

    /// <summary>A provision stands so, or, where it lasts, has ever stood so.</summary>
    /// <param name="Provision">Which provision.</param>
    /// <param name="Is">Verdicts in the words of the file, any of which will do.</param>
    /// <param name="Lasts">Whether it stays true once it was.</param>
    public sealed record Stands(string Provision, ImmutableArray<string> Is, bool Lasts) : Proviso
    {
        public override IEnumerable<Stands> Provisions => [this];

        public override string Words => $"{Provision} {(Lasts ? "has become" : "is")} {string.Join(" or ", Is)}";
    }

    public sealed record Any(ImmutableArray<Proviso> Of) : Proviso
    {
        public override IEnumerable<Stands> Provisions => Of.SelectMany(condition => condition.Provisions);

        public override string Words => $"({string.Join(" or ", Of.Select(condition => condition.Words))})";
    }

    public sealed record All(ImmutableArray<Proviso> Of) : Proviso
    {
        public override IEnumerable<Stands> Provisions => Of.SelectMany(condition => condition.Provisions);

        public override string Words => $"({string.Join(" and ", Of.Select(condition => condition.Words))})";
    }
}
