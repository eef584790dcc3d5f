using Ledger.Domain.Identities;

namespace Ledger.Store.Sealing;

/// <summary>What may still happen with a person's key.</summary>
public enum HandleState
{
    /// <summary>Values may be sealed with it.</summary>
    Open,

    /// <summary>Its erasure was requested: nothing new comes under it.</summary>
    Requested,

    /// <summary>Its key is destroyed, and there will never be another.</summary>
    Erased,
}

/// <summary>A random name for a person's key in one agreement. Who the person is stands nowhere.</summary>
internal sealed class Handle
{
    /// <summary>One request for erasure names every position, and an entry has room for so many.</summary>
    public const int MostEntries = 5_000;

    public required Guid Id { get; init; }

    public required AgreementId Agreement { get; init; }

    public HandleState State { get; set; } = HandleState.Open;

    /// <summary>Null while it is not kept anywhere yet.</summary>
    public KeyPlace? Place { get; init; }

    /// <summary>Entries with a value under it.</summary>
    public int Entries { get; set; }

    /// <summary>Read from the folder, or fresh; null when it is gone.</summary>
    public byte[]? Key { get; init; }

    /// <summary>Positions and names of what it seals; known where an erasure asks for it.</summary>
    public SortedSet<long> Positions { get; } = [];

    public SortedSet<string> Names { get; } = new(StringComparer.Ordinal);

    /// <summary>The position of the request, and of its confirmation, in the batch being written.</summary>
    public long? RequestedAt { get; set; }

    public long? ErasedAt { get; set; }

    public bool IsTouched { get; set; }
}
