using System.Collections.Immutable;
using Ledger.Domain.Entries;
using Ledger.Domain.Places;
using Ledger.Domain.Reports;
using NodaTime;

namespace Ledger.Domain.Agreements;

/// <summary>
/// Chooses among the known facts. A part that is null leaves the choice to the agreement.
/// </summary>
public sealed record Lens
{
    public static Lens House { get; } = new();

    /// <summary>Facts below this level do not count.</summary>
    public Level? Threshold { get; init; }

    /// <summary>
    /// <see cref="Certainty.Certain"/> or <see cref="Certainty.Possible"/>: how surely a fact must match.
    /// </summary>
    public Certainty? Match { get; init; }

    /// <summary>A version of the agreement file; null is the latest live one known.</summary>
    public string? Reading { get; init; }

    /// <summary>Only what had been said by then, inclusive.</summary>
    public Instant? SaidBy { get; init; }

    public SourceFilter? Sources { get; init; }

    /// <summary>Entries to treat as retracted.</summary>
    public ImmutableArray<Guid> Without { get; init; } = [];

    /// <summary>Entries to treat as recorded after all others; never stored.</summary>
    public ImmutableArray<LedgerEvent> Suppose { get; init; } = [];
}

/// <summary>Which sources count: with <see cref="Only"/> just these, without it all but these.</summary>
public sealed record SourceFilter
{
    public required bool Only { get; init; }

    public ImmutableArray<SourceClass> Classes { get; init; } = [];

    /// <summary>Party ids, matched with the party that a source speaks for.</summary>
    public ImmutableArray<string> Parties { get; init; } = [];

    /// <summary>Admiralty letters, A to F.</summary>
    public ImmutableArray<char> Reliabilities { get; init; } = [];

    public bool Admits(Source source)
    {
        var named =
            (source.Party is { } party && Parties.Contains(party))
            || Classes.Contains(source.Class)
            || (source.Reliability is { } reliability && Reliabilities.Contains(reliability));
        return named == Only;
    }
}
