using System.Collections.Immutable;
using Ledger.Domain.Reports;

namespace Ledger.Domain.Agreements;

/// <summary>Which facts matter to a provision. Empty parts ask nothing.</summary>
public sealed record Pattern
{
    /// <summary>Any of these kinds of the codebook.</summary>
    public required ImmutableArray<string> Kinds { get; init; }

    /// <summary>All of these must hold.</summary>
    public ImmutableArray<ActorPattern> Actors { get; init; } = [];

    /// <summary>In any of these zones.</summary>
    public ImmutableArray<string> Zones { get; init; } = [];

    /// <summary>About exactly this subject.</summary>
    public string? Subject { get; init; }

    /// <summary>Each attribute must have any of its values.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<string>> Attributes { get; init; } =
        ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty;

    /// <summary>Each quantity must be at least so large.</summary>
    public ImmutableSortedDictionary<string, long> AtLeast { get; init; } =
        ImmutableSortedDictionary<string, long>.Empty;

    /// <summary>A fact that matches any of these does not match.</summary>
    public ImmutableArray<Pattern> Unless { get; init; } = [];
}

/// <summary>Some actor in this role (any role when null) is one of these parties or a member of one.</summary>
public sealed record ActorPattern(ActorRole? Role, ImmutableArray<string> AnyOf);
