using Ledger.Domain.Agreements;
using NodaTime;

namespace Ledger.Verdicts;

/// <summary>What a verdict answers, apart from the provision: valid time, known time and the lens.</summary>
/// <param name="AsOf">Occurrences that start later do not exist yet.</param>
/// <param name="KnownAt">A position: entries after it are not known.</param>
/// <param name="Lens">Which of the known facts count.</param>
public sealed record Question(Instant AsOf, long KnownAt, Lens Lens);
