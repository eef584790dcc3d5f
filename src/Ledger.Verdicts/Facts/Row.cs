using Ledger.Domain.Agreements;
using Ledger.Domain.Places;
using Ledger.Domain.Reports;

namespace Ledger.Verdicts.Facts;

/// <summary>A fact in the part it may play in a provision.</summary>
/// <param name="Start">Ticks; for ordering a fact is at the start of its interval.</param>
/// <param name="End">Ticks; excluded.</param>
/// <param name="Match">How surely it matches the pattern; never <see cref="Certainty.No"/>.</param>
/// <param name="Low">The quantity that is totalled, at its lowest; zero when not stated.</param>
/// <param name="High">The same at its highest.</param>
internal readonly record struct Row(long Start, long End, Level Level, Certainty Match, string? Subject, long Low, long High, Fact Fact);

/// <summary>Which facts count: those at least so well established that match at least so surely.</summary>
internal readonly record struct Sieve(Level Threshold, Certainty Match)
{
    public static readonly Sieve Widest = new(Level.Alleged, Certainty.Possible);

    public static readonly Sieve Narrowest = new(Level.Confirmed, Certainty.Certain);

    public bool Admits(in Row row) => row.Match >= Match && row.Level.Meets(Threshold);

    public bool Admits(Certainty certainty) => certainty != Certainty.No && certainty >= Match;
}

/// <summary>One sieve for facts that speak for the duty-bound and one for those that speak against them.</summary>
internal readonly record struct Sieves(Sieve Favourable, Sieve Unfavourable)
{
    public static readonly Sieves Best = new(Sieve.Widest, Sieve.Narrowest);

    public static readonly Sieves Worst = new(Sieve.Narrowest, Sieve.Widest);

    public static Sieves Plain(Sieve sieve) => new(sieve, sieve);

    public static Sieves Plain(Lens lens, Agreement reading) => Plain(new Sieve(lens.Threshold ?? reading.Evidence.Threshold, lens.Match ?? Certainty.Certain));

    public bool IsPlain => Favourable == Unfavourable;

    /// <summary>Every sieve a lens can ask for.</summary>
    public static IEnumerable<Sieves> AllPlain =>
        from level in (Level[])[Level.Alleged, Level.Corroborated, Level.Confirmed]
        from match in (Certainty[])[Certainty.Possible, Certainty.Certain]
        select Plain(new Sieve(level, match));
}
