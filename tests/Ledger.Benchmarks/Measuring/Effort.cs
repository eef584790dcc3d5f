namespace Ledger.Benchmarks.Measuring;

/// <summary>How long to measure. A quick run shows that everything works; its figures are rough.</summary>
/// <param name="Rounds">How often each contender runs; they take turns, so that a busy moment of the machine meets them
/// all.</param>
/// <param name="Round">How long each runs in a round.</param>
/// <param name="BookSizes">Entries of the books that are asked; the first is also written to PostgreSQL.</param>
/// <param name="Questions">Questions for each book and kind of lens, as many as <paramref name="Patience"/>
/// allows.</param>
/// <param name="Patience">How long to ask one book.</param>
/// <param name="Leaves">Size of the tree that proofs are made of.</param>
/// <param name="ProjectedSizes">Entries from which the projected tables are made again.</param>
internal sealed record Effort(
    int Rounds,
    TimeSpan Round,
    int[] BookSizes,
    int Questions,
    TimeSpan Patience,
    int Leaves,
    int[] ProjectedSizes
)
{
    public static readonly Effort Full = new(
        5,
        TimeSpan.FromSeconds(1.5),
        [10_000, 100_000, 1_000_000],
        1_000,
        TimeSpan.FromSeconds(10),
        1_000_000,
        [20_000, 200_000]
    );

    public static readonly Effort Quick = new(
        3,
        TimeSpan.FromSeconds(0.5),
        [10_000, 100_000],
        200,
        TimeSpan.FromSeconds(5),
        100_000,
        [20_000]
    );
}
