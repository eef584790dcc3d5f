namespace Ledger.Server.Limits;

/// <summary>The endpoint computes or carries much, so that fewer of its requests are taken.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TakesTimeAttribute : Attribute;

/// <summary>
/// The body or the answer goes on for as long as it goes on, so no clock ends it; slow clients are cut by their pace.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class StreamsAttribute : Attribute;
