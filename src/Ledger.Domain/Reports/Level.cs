using System.Collections.Frozen;

namespace Ledger.Domain.Reports;

/// <summary>
/// How well a report is established. The three that count are ordered; the order of the values is that order.
/// </summary>
public enum Level
{
    /// <summary>Counts nowhere.</summary>
    Refuted,

    /// <summary>Counts as alleged, and is marked.</summary>
    Inconclusive,

    Alleged,
    Corroborated,
    Confirmed,
}

public static class Levels
{
    /// <summary>Findings, as words of the wire.</summary>
    public static readonly FrozenDictionary<string, Level> All = new Dictionary<string, Level>
    {
        ["alleged"] = Level.Alleged,
        ["corroborated"] = Level.Corroborated,
        ["confirmed"] = Level.Confirmed,
        ["inconclusive"] = Level.Inconclusive,
        ["refuted"] = Level.Refuted,
    }.ToFrozenDictionary();

    /// <summary>Levels that can be a threshold.</summary>
    public static readonly FrozenDictionary<string, Level> Thresholds = All.Where(pair => pair.Value >= Level.Alleged)
        .ToFrozenDictionary();

    /// <summary>Whether a report at <paramref name="level"/> counts under <paramref name="threshold"/>.</summary>
    public static bool Meets(this Level level, Level threshold) =>
        level != Level.Refuted && (level == Level.Inconclusive ? Level.Alleged : level) >= threshold;
}
