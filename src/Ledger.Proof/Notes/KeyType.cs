namespace Ledger.Proof.Notes;

/// <summary>C2SP signed-note, "Signature types": the two kinds we use of those assigned.</summary>
public enum KeyType : byte
{
    /// <summary>Ed25519 over the note's text: how a log signs its checkpoint.</summary>
    Ed25519 = 0x01,

    /// <summary>Ed25519 over a time and the checkpoint: how a witness cosigns it (tlog-cosignature).</summary>
    Cosignature = 0x04,
}
