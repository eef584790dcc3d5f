namespace Ledger.Verdicts.Tests.Random;

/// <summary>Chance with a seed, so that every failure can be had again.</summary>
public sealed class Dice(ulong seed)
{
    private readonly System.Random random = new(unchecked((int)(seed ^ (seed >> 32))));

    public int Below(int n) => random.Next(n);

    /// <summary>True in <paramref name="percent"/> of a hundred throws.</summary>
    public bool Chance(int percent) => random.Next(100) < percent;

    public T Of<T>(params ReadOnlySpan<T> items) => items[random.Next(items.Length)];

    public T In<T>(IReadOnlyList<T> items) => items[random.Next(items.Count)];

    public Guid Id()
    {
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes);
    }
}
