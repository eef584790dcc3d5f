using System.Collections.Immutable;
using Ledger.Domain.Places;
using Ledger.Domain.Reports;
using NodaTime;

namespace Ledger.Domain.Agreements;

/// <summary>
/// One version of an agreement file: the text of an agreement with a reading of it that can be judged.
/// </summary>
public sealed record Agreement
{
    /// <summary>The slug; also the key of the stream and of the log.</summary>
    public required string Id { get; init; }

    public required Labels Title { get; init; }

    /// <summary>Names this version of the file, so that a lens can ask for it.</summary>
    public required string Version { get; init; }

    public required LocalDate Signed { get; init; }

    /// <summary>First day on which provisions that name no other day are in force.</summary>
    public required LocalDate InForce { get; init; }

    /// <summary>Days of this agreement are days of this zone.</summary>
    public required DateTimeZone TimeZone { get; init; }

    public ImmutableArray<string> Languages { get; init; } = ["en"];

    public ImmutableArray<Publication> Published { get; init; } = [];

    public required ImmutableArray<Party> Parties { get; init; }

    public ImmutableArray<Zone> Zones { get; init; } = [];

    public required Codebook Codebook { get; init; }

    public required EvidencePolicy Evidence { get; init; }

    public ImmutableSortedDictionary<string, Lens> Lenses { get; init; } =
        ImmutableSortedDictionary<string, Lens>.Empty;

    /// <summary>Who may find whether a judged provision is kept, by id.</summary>
    public ImmutableArray<Adjudicator> Adjudicators { get; init; } = [];

    public required ImmutableArray<Provision> Provisions { get; init; }

    /// <summary>What no administrator does alone; findings that take two people are the evidence policy's.</summary>
    public ImmutableArray<SharedAct> TwoPeople { get; init; } = [];

    public Provision? Provision(string id) => Provisions.FirstOrDefault(p => p.Id == id);

    public Party? Party(string id) => Parties.FirstOrDefault(p => p.Id == id);

    public Zone? Zone(string id) => Zones.FirstOrDefault(z => z.Id == id);
}

/// <summary>Where a text is published.</summary>
public sealed record Publication(string Title, string? Url, string? Note);

/// <summary>A signatory, a faction, or anybody else whose acts are recorded under a name of the agreement.</summary>
public sealed record Party
{
    public required string Id { get; init; }

    public required Labels Name { get; init; }

    /// <summary>
    /// Whether it signed. Acts of somebody who signed nothing may still touch a signatory's duty, see
    /// <see cref="BoundBy"/>.
    /// </summary>
    public bool Signatory { get; init; }

    /// <summary>Ids of parties that belong to this one; naming a party in a pattern names its members too.</summary>
    public ImmutableArray<PartyMember> Members { get; init; } = [];

    /// <summary>Ids of the parties whose duty this one's acts touch.</summary>
    public ImmutableArray<string> BoundBy { get; init; } = [];

    /// <summary>Other names under which reports speak of it.</summary>
    public ImmutableArray<string> Aliases { get; init; } = [];
}

/// <summary>
/// That one party belongs to another, from the start of one day until the start of another; open ends are null.
/// </summary>
public sealed record PartyMember(string Party, LocalDate? From, LocalDate? Until);

public sealed record Zone
{
    public required string Id { get; init; }

    public required Labels Name { get; init; }

    /// <summary>Who drew it, from what, and how sure that is.</summary>
    public string? Source { get; init; }

    /// <summary>The geometry the file itself gives; later ones are recorded as delimitations.</summary>
    public ZoneShape? Shape { get; init; }

    /// <summary>First day on which <see cref="Shape"/> is in force.</summary>
    public LocalDate? From { get; init; }
}

/// <summary>The words in which reports to this agreement are coded.</summary>
public sealed record Codebook
{
    public required ImmutableSortedDictionary<string, Labels> Kinds { get; init; }

    public ImmutableSortedDictionary<string, AttributeCode> Attributes { get; init; } =
        ImmutableSortedDictionary<string, AttributeCode>.Empty;

    public ImmutableSortedDictionary<string, Labels> Quantities { get; init; } =
        ImmutableSortedDictionary<string, Labels>.Empty;
}

/// <summary>An attribute a report may state and the values it may take.</summary>
public sealed record AttributeCode(Labels Label, ImmutableSortedDictionary<string, Labels> Values);

/// <summary>What counts as evidence where a question does not say otherwise.</summary>
public sealed record EvidencePolicy
{
    public Level Threshold { get; init; } = Level.Alleged;

    /// <summary>
    /// So many linked live reports from sources independent of each other count as corroborated; null when they do not.
    /// </summary>
    public int? CorroboratedBy { get; init; }

    /// <summary>Findings that take two people.</summary>
    public ImmutableArray<Level> TwoPeople { get; init; } = [];
}

/// <summary>Somebody whose recorded finding decides a judged provision.</summary>
public sealed record Adjudicator(string Id, Labels Name);
