namespace Ledger.Benchmarks.Measuring;

/// <summary>Several measurements of one thing, in order of size.</summary>
internal sealed class Spread(IEnumerable<double> measured)
{
    private readonly double[] _sorted = [.. measured.Order()];

    public int Count => _sorted.Length;

    public double Min => _sorted[0];

    public double Median => At(0.5);

    public double Max => _sorted[^1];

    /// <summary>The smallest measurement that a share of them does not exceed.</summary>
    public double At(double share) => _sorted[Math.Max(0, (int)Math.Ceiling(share * _sorted.Length) - 1)];
}
