namespace Ledger.Store;

/// <summary>An agreement's stream as Marten knows it: where it ends and what its text is called.</summary>
public sealed record AgreementHead
{
    /// <summary>The slug.</summary>
    public required string Id { get; init; }
}
