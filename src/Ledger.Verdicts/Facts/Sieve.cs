using Ledger.Domain.Agreements;
using Ledger.Domain.Places;
using Ledger.Domain.Reports;

namespace Ledger.Verdicts.Facts;

/// <summary>Which facts count: those at least so well established that match at least so surely.</summary>
internal readonly record struct Sieve(Level Threshold, Certainty Match)
{
    public static readonly Sieve Widest = new(Level.Alleged, Certainty.Possible);

    public static readonly Sieve Narrowest = new(Level.Confirmed, Certainty.Certain);

    public bool Admits(Row row) => row.Match >= Match && row.Level.Meets(Threshold);

    public bool Admits(Certainty certainty) => certainty != Certainty.No && certainty >= Match;

    /// <summary>Lets through whatever either does.</summary>
    public static Sieve Wider(Sieve one, Sieve other) =>
        new(
            one.Threshold < other.Threshold ? one.Threshold : other.Threshold,
            one.Match < other.Match ? one.Match : other.Match
        );
}

/// <summary>One sieve for facts that speak for the duty-bound and one for those that speak against them.</summary>
internal readonly record struct Sieves(Sieve Favourable, Sieve Unfavourable)
{
    public static readonly Sieves Best = new(Sieve.Widest, Sieve.Narrowest);

    public static readonly Sieves Worst = new(Sieve.Narrowest, Sieve.Widest);

    public static Sieves Plain(Sieve sieve) => new(sieve, sieve);

    public static Sieves Plain(Lens lens, Agreement reading) =>
        Plain(new Sieve(lens.Threshold ?? reading.Evidence.Threshold, lens.Match ?? Certainty.Certain));

    public bool IsPlain => Favourable == Unfavourable;

    /// <summary>Every sieve a lens can ask for.</summary>
    public static IEnumerable<Sieves> AllPlain =>
        from level in (Level[])[Level.Alleged, Level.Corroborated, Level.Confirmed]
        from match in (Certainty[])[Certainty.Possible, Certainty.Certain]
        select Plain(new Sieve(level, match));
}
