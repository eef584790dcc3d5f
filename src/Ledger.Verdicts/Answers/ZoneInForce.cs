using Ledger.Domain.Places;
using NodaTime;

namespace Ledger.Verdicts.Answers;

/// <summary>A geometry of a zone that is known and live.</summary>
/// <param name="Zone">Id of the zone.</param>
/// <param name="Shape">Its inner and outer geometry.</param>
/// <param name="From">In force from then until the next one is; null is from the beginning.</param>
/// <param name="Entry">The entry that delimited it; null is the agreement file.</param>
public sealed record ZoneInForce(string Zone, ZoneShape Shape, Instant? From, Guid? Entry);
