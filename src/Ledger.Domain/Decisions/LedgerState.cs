using System.Collections.Immutable;
using Ledger.Domain.Agreements;
using Ledger.Domain.Entries;
using NodaTime;

namespace Ledger.Domain.Decisions;

/// <summary>What a decision may look at.</summary>
public sealed record LedgerState
{
    /// <summary>Every version of the agreement file that was recorded, oldest first; empty before adoption.</summary>
    public ImmutableArray<Agreement> Readings { get; init; } = [];

    /// <summary>When the event would be recorded.</summary>
    public required Instant RecordedAt { get; init; }

    /// <summary>
    /// Finds an earlier entry of the same ledger, for every id in <see cref="EntryDecider.References"/>.
    /// </summary>
    public required Func<Guid, Entry?> Find { get; init; }

    /// <summary>
    /// How many retractions hang below an entry: 0 for one that retracts nothing, one more for each retraction of a
    /// retraction.
    /// </summary>
    public Func<Guid, int> RetractionsBelow { get; init; } = _ => 0;

    /// <summary>The latest version; null before adoption.</summary>
    public Agreement? Agreement => Readings is [.., var latest] ? latest : null;

    /// <summary>The state after <paramref name="event"/> was recorded.</summary>
    public LedgerState After(LedgerEvent @event) =>
        @event switch
        {
            AgreementAdopted adopted => this with { Readings = [AgreementFile.Read(adopted.File).Required()] },
            AgreementRevised revised => this with
            {
                Readings = Readings.Add(AgreementFile.Read(revised.File).Required()),
            },
            _ => this,
        };
}
