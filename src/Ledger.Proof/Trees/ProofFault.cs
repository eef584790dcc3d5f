namespace Ledger.Proof.Trees;

/// <summary>Why a proof does not prove what it should.</summary>
public enum ProofFault
{
    /// <summary>It does: nothing is wrong.</summary>
    None,

    /// <summary>The index is negative or not below the size.</summary>
    IndexOutsideTree,

    /// <summary>A size is negative.</summary>
    NegativeSize,

    /// <summary>The new tree is smaller than the old one: a rollback.</summary>
    Shrunk,

    /// <summary>The old tree is empty. Every tree is consistent with it, so a proof says nothing.</summary>
    EmptyOldTree,

    /// <summary>Two roots for one size: the log shows different histories.</summary>
    TwoRootsForOneSize,

    /// <summary>Hashes are missing.</summary>
    TooFewHashes,

    /// <summary>Hashes are left over.</summary>
    TooManyHashes,

    /// <summary>An inclusion proof leads from the leaf to another root.</summary>
    OtherRoot,

    /// <summary>A consistency proof does not contain the old root.</summary>
    OtherOldRoot,

    /// <summary>A consistency proof contains the old root but leads to another new one. An old root of a
    /// power of two of leaves is itself the first hash of the proof, so that a wrong one shows here.</summary>
    OtherNewRoot,
}
