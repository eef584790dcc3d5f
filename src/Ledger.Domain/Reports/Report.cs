using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Ledger.Domain.Places;
using Ledger.Domain.Time;

namespace Ledger.Domain.Reports;

/// <summary>
/// A claim by one source that something happened. What it says may be wrong; that it was said is what is recorded.
/// </summary>
public sealed record Report
{
    /// <summary>A kind of the agreement's codebook.</summary>
    public required string Kind { get; init; }

    public required Occurrence Occurred { get; init; }

    public Place? Place { get; init; }

    public ImmutableArray<Actor> Actors { get; init; } = [];

    /// <summary>Ties reports together: a weapon, a unit, a post, a road.</summary>
    public string? Subject { get; init; }

    public ImmutableSortedDictionary<string, Quantity> Quantities { get; init; } =
        ImmutableSortedDictionary<string, Quantity>.Empty;

    public ImmutableSortedDictionary<string, string> Attributes { get; init; } =
        ImmutableSortedDictionary<string, string>.Empty;

    public required Source Source { get; init; }

    /// <summary>
    /// What is claimed, in a sentence that may be published. Whatever may not belongs into <see cref="Narrative"/>.
    /// </summary>
    public string? Summary { get; init; }

    /// <summary>Free text in its own language; sealed.</summary>
    public string? Narrative { get; init; }

    /// <summary>
    /// What was sealed before recording, by the names in <see cref="SealedNames"/>, each with the digest that stands
    /// for it in the entry. Empty in what a client sends; <see cref="Narrative"/>, <see cref="Source.Identity"/> and
    /// <see cref="Place.Exact"/> are empty in what is recorded.
    /// </summary>
    public ImmutableSortedDictionary<string, string> Sealed { get; init; } =
        ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>What a client says about sealing it. Empty in what is recorded.</summary>
    [JsonIgnore]
    public ReportSeal Seal { get; init; } = ReportSeal.None;

    /// <summary>Lower-case hexadecimal SHA-256 of each file that belongs to it.</summary>
    public ImmutableArray<string> Evidence { get; init; } = [];

    public Origin? Origin { get; init; }

    /// <summary>The level at filing; null is alleged. Later findings are assessments.</summary>
    public Level? Level { get; init; }
}

/// <summary>Who took part, as the source says: a party's id, or any name.</summary>
public sealed record Actor(string Name, ActorRole Role);

public enum ActorRole
{
    By,
    Against,
    Observed,
}

/// <summary>A number as a source gives it. Numbers of different reports are never merged into one.</summary>
public sealed record Quantity(long Low, long? Best, long High);

/// <summary>
/// Who says so. Reliability and credibility are separate axes; F and 6 mean "cannot be judged", not "worst".
/// </summary>
public sealed record Source
{
    public required SourceClass Class { get; init; }

    /// <summary>A public body, an outlet, an office. A person is named in <see cref="Identity"/> only.</summary>
    public string? Name { get; init; }

    /// <summary>The party for which it speaks.</summary>
    public string? Party { get; init; }

    /// <summary>Admiralty letter of the source, A to F.</summary>
    public char? Reliability { get; init; }

    /// <summary>Admiralty number of the information, 1 to 6.</summary>
    public int? Credibility { get; init; }

    /// <summary>Who the source is, where that must be protected; sealed.</summary>
    public string? Identity { get; init; }
}

public enum SourceClass
{
    OwnObservation,
    Witness,
    Party,
    Official,
    Organisation,
    Media,
    OpenSource,
    Other,
}

/// <summary>Where an imported report was taken from.</summary>
public sealed record Origin(string DataSet, string? Record, string? Url);

/// <summary>The closed lists of words in a report.</summary>
public static class ReportWords
{
    public static readonly FrozenDictionary<string, ActorRole> Roles = new Dictionary<string, ActorRole>
    {
        ["by"] = ActorRole.By,
        ["against"] = ActorRole.Against,
        ["observed"] = ActorRole.Observed,
    }.ToFrozenDictionary();

    public static readonly FrozenDictionary<string, SourceClass> Classes = new Dictionary<string, SourceClass>
    {
        ["own-observation"] = SourceClass.OwnObservation,
        ["witness"] = SourceClass.Witness,
        ["party"] = SourceClass.Party,
        ["official"] = SourceClass.Official,
        ["organisation"] = SourceClass.Organisation,
        ["media"] = SourceClass.Media,
        ["open-source"] = SourceClass.OpenSource,
        ["other"] = SourceClass.Other,
    }.ToFrozenDictionary();
}
